package job

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// places remember of every document its line and its id, packed: some documents a group, read back a group at a time, from memory or
// from a file.
type places struct {
	log    *spill.Log
	groups []int64 // where each whole group begins
	group  []byte  // of the last, which is not whole yet
	last   int     // the line of the document added last
	n      int
}

// groupSize is the number of documents in a group: few, because the other one of a pair stands anywhere in a large corpus, and its group is read and
// unpacked for its sake alone.
const groupSize = 16

func newPlaces(space *spill.Space) *places { return &places{log: spill.NewLog(space)} }

// add notes the next document.
func (p *places) add(line int, id []byte) error {
	p.group = binary.AppendVarint(p.group, int64(line-p.last))
	p.group = binary.AppendUvarint(p.group, uint64(len(id)))
	p.group = append(p.group, id...)
	p.last = line
	if p.n++; p.n%groupSize == 0 {
		return p.flush()
	}
	return nil
}

// flush puts the last group with the others.
func (p *places) flush() error {
	if len(p.group) == 0 {
		return nil
	}
	p.groups = append(p.groups, p.log.Append(p.group))
	p.group, p.last = p.group[:0], 0
	return p.log.Settle()
}

// groupLength is the length of a packed group.
func (p *places) groupLength(number int) int {
	next := p.log.End()
	if number+1 < len(p.groups) {
		next = p.groups[number+1]
	}
	return spill.Length(p.groups[number], next)
}

// len is the number of documents.
func (p *places) len() int { return p.n }

// placeReader reads places back; one for each goroutine. The first error stays in err, and whoever wants the lines asks for it in the end.
type placeReader struct {
	*places
	buf    []byte
	recent [recentGroups]placeGroup
	err    error
}

// recentGroups is how many groups a reader keeps unpacked, of half a KiB each: copies lie near each other more often than not.
const recentGroups = 1024

// placeGroup is a group unpacked. Where ids stand is told by numbers: so many strings would keep the garbage collector busy.
type placeGroup struct {
	number int // plus one; 0 for none
	packed string
	lines  [groupSize]int
	ids    [groupSize]struct{ from, to uint32 } // in packed
}

func (g *placeGroup) id(i int) string { return g.packed[g.ids[i].from:g.ids[i].to] }

// line returns the line of a document.
func (r *placeReader) line(doc int) int { return r.unpack(doc / groupSize).lines[doc%groupSize] }

// id returns the id of a document, "" if it has none.
func (r *placeReader) id(doc int) string { return r.unpack(doc / groupSize).id(doc % groupSize) }

func (r *placeReader) unpack(number int) *placeGroup {
	g := &r.recent[number%recentGroups]
	if g.number == number+1 {
		return g
	}
	raw, buf, err := r.log.Read(r.groups[number], r.groupLength(number), r.buf)
	if r.buf = buf; err == nil {
		err = g.set(raw)
	}
	if err != nil {
		r.err = errors.Join(r.err, fmt.Errorf("places of documents: %w", err))
		*g = placeGroup{}
	}
	g.number = number + 1
	return g
}

// set unpacks a group. It keeps a copy of it.
func (g *placeGroup) set(raw []byte) error {
	g.packed = string(raw)
	line, at := 0, 0
	for i := 0; i < groupSize && at < len(raw); i++ {
		step, from, to, err := nextPlace(raw, at)
		if err != nil {
			return err
		}
		line += step
		at = to
		g.lines[i], g.ids[i].from, g.ids[i].to = line, uint32(from), uint32(to)
	}
	return nil
}

// placeIn returns what a packed group says of its i-th document.
func placeIn(raw []byte, i int) (line int, id []byte, err error) {
	step, from, to := 0, 0, 0
	for range i + 1 {
		if step, from, to, err = nextPlace(raw, to); err != nil {
			return 0, nil, err
		}
		line += step
	}
	return line, raw[from:to], nil
}

// nextPlace reads what a packed group says at a place: how many lines after the document before another one stands, and from where to where the
// group has its id.
func nextPlace(raw []byte, at int) (step, from, to int, err error) {
	lines, a := binary.Varint(raw[at:])
	size, b := binary.Uvarint(raw[at+max(a, 0):])
	from = at + a + b
	if a <= 0 || b <= 0 || uint64(len(raw)-from) < size {
		return 0, 0, 0, errors.New("a group is damaged")
	}
	return int(lines), from, from + int(size), nil
}
