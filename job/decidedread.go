package job

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/internal/spill"
)

// errDecided says that the file "decided" does not hold what it should.
var errDecided = errors.New("what was decided does not read back")

// outcome is what the file "decided" holds.
type outcome struct {
	decidedHead
	index     *index
	documents *keptDocuments
	removed   []dedup.Decision
}

// readDecided reads the file of a run over these shards.
func readDecided(ctx context.Context, path string, want corpus.FileSum, shards []corpus.Shard, space *spill.Space) (*outcome, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum, size := xxhash.New(), counter(0)
	o, err := unpackDecided(ctx, io.TeeReader(f, io.MultiWriter(sum, &size)), shards, space)
	if err == nil && (int64(size) != want.Size || sum.Sum64() != want.Sum) {
		err = errDecided
	}
	return o, err
}

// counter counts bytes.
type counter int64

// Write counts what would be written.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// unpackDecided reads what writeDecided wrote. Whatever the bytes, it takes no more memory than a few times their number, and what it
// returns without an error can be used without a panic.
func unpackDecided(ctx context.Context, from io.Reader, shards []corpus.Shard, space *spill.Space) (*outcome, error) {
	u := &unpacker{ctx: ctx, r: bufio.NewReaderSize(from, 128<<10)}
	o := &outcome{index: newIndex(shards, space), documents: &keptDocuments{}}
	if string(u.raw(len(decidedMagic))) != decidedMagic || json.Unmarshal(u.bytes(), &o.decidedHead) != nil || !o.setShards() {
		return nil, cmp.Or(u.err, errDecided)
	}
	for _, part := range []func(*outcome){u.places, u.notes, u.lengths, u.documents, u.removed} {
		if u.err == nil {
			part(o)
		}
	}
	if _, err := u.r.Peek(1); u.err == nil && err != io.EOF {
		u.err = errDecided
	}
	return o, u.err
}

// setShards tells whether the head fits the shards, and enters what it says of them.
func (o *outcome) setShards() bool {
	x := o.index
	if len(o.Shards) != len(x.shards) || len(o.Lengths) != len(x.lengths.before) ||
		o.Documents < 0 || uint64(o.Documents) > math.MaxUint32 {
		return false
	}
	copy(x.lengths.before[:], o.Lengths)
	for _, doc := range o.Vanished {
		if int(doc) >= o.Documents {
			return false
		}
		x.vanished.Add(doc)
	}
	first := 0
	for i, s := range o.Shards {
		if s.Documents < 0 || s.Documents > o.Documents-first {
			return false
		}
		to := &x.shards[i]
		to.opened, to.format, to.codec, to.signals = s.Opened, s.Format, s.Codec, s.Signals
		to.fingerprint, to.bytes = s.Content.Sum, s.Content.Bytes
		to.first, to.documents, to.quarantined = first, s.Documents, s.Quarantined
		first += s.Documents
	}
	return first == o.Documents
}

// unpacker reads what packer wrote. After an error all is empty.
type unpacker struct {
	ctx context.Context
	r   *bufio.Reader
	n   int // things read
	buf []byte
	err error
}

func (u *unpacker) fail(err error) {
	if u.err == nil {
		u.err = err
	}
}

func (u *unpacker) check(ok bool) {
	if !ok {
		u.fail(errDecided)
	}
}

// raw reads n bytes, which stand in a buffer that is used again. They are read as they come: n may be a lie.
func (u *unpacker) raw(n int) []byte {
	u.tick()
	u.buf = u.buf[:0]
	for n > 0 && u.err == nil {
		from, step := len(u.buf), min(n, 64<<10)
		u.buf = append(u.buf, make([]byte, step)...)
		_, err := io.ReadFull(u.r, u.buf[from:])
		u.check(err == nil)
		n -= step
	}
	if u.err != nil {
		return nil
	}
	return u.buf
}

func (u *unpacker) number() uint64 {
	if u.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(u.r)
	u.check(err == nil)
	return n
}

// below reads a number that must be smaller than most.
func (u *unpacker) below(most uint64) uint64 {
	n := u.number()
	u.check(n < most)
	if n >= most {
		return 0
	}
	return n
}

func (u *unpacker) bytes() []byte { return u.raw(int(u.below(1 << 30))) }

func (u *unpacker) places(o *outcome) {
	p := o.index.places
	var group placeGroup
	for p.n < o.Documents && u.err == nil {
		p.group = append(p.group[:0], u.bytes()...)
		if u.err == nil {
			u.fail(group.set(p.group))
			p.n += min(groupSize, o.Documents-p.n)
			u.fail(p.flush())
		}
	}
}

func (u *unpacker) notes(o *outcome) {
	x, doc := o.index, uint64(0)
	for i := 0; i < o.Found && u.err == nil; i++ {
		step := u.number()
		if doc += step >> 1; i > 0 {
			u.check(step > 1)
		}
		u.check(step>>1 < math.MaxUint32 && doc < uint64(o.Documents))
		note := u.bytes()
		if u.err != nil {
			return
		}
		x.found.Add(uint32(doc))
		if step&1 == 1 {
			x.rejected.Add(uint32(doc))
		}
		u.fail(x.notes.add(note))
	}
}

func (u *unpacker) lengths(o *outcome) {
	x := o.index
	for left := o.Documents; left > 0 && u.err == nil; {
		some := u.raw(min(left, 1<<16))
		for _, bin := range some {
			u.check(int(bin) < len(x.lengths.before))
		}
		x.lengths.after = append(x.lengths.after, some...)
		left -= len(some)
	}
}

func (u *unpacker) documents(o *outcome) {
	d := o.documents
	d.names = o.Sources
	for range o.Documents {
		source, days := u.below(uint64(len(d.names))), u.number()
		if u.err != nil {
			return
		}
		day := int64(noDays)
		if days > 0 {
			day = int64((days-1)>>1) ^ -int64((days-1)&1)
		}
		d.source, d.days = append(d.source, uint32(source)), append(d.days, day)
		u.tick()
	}
}

// tick looks now and then whether all is to end.
func (u *unpacker) tick() {
	if u.n++; u.n%(1<<12) == 0 {
		u.fail(u.ctx.Err())
	}
}

func (u *unpacker) removed(o *outcome) {
	doc, all := uint64(0), uint64(o.Documents)
	for i := 0; i < o.Removed && u.err == nil; i++ {
		step := u.below(math.MaxUint32)
		u.check(i == 0 || step > 0)
		doc += step
		u.check(doc < all)
		d := dedup.Decision{Doc: uint32(doc), Kept: uint32(u.below(all))}
		d.Pair.A, d.Pair.B = min(d.Doc, d.Kept), max(d.Doc, d.Kept)
		for _, n := range []*int32{&d.Pair.Measure.Shared, &d.Pair.Measure.A, &d.Pair.Measure.B} {
			*n = int32(u.below(1 << 31))
		}
		d.Pair.Relation = dedup.Relation(u.below(uint64(dedup.Template) + 1))
		flags := u.below(uint64(dedup.DropEither+1) << 2)
		d.Pair.Drop, d.Pair.EndsEarly, d.Exact = dedup.Drop(flags>>2), flags>>1&1 == 1, flags&1 == 1
		d.Cluster = int32(u.below(uint64(o.Removed))) // each has lost a document at least
		o.removed = append(o.removed, d)
		u.tick()
	}
}
