package corpus

import (
	"cmp"
	"fmt"
	"io"

	"github.com/cespare/xxhash/v2"
)

// A ShardReader gives the records of one shard, of whatever format. It is not for several goroutines at once, but for
// Position; the chunks it gives are.
type ShardReader struct {
	src    *Source
	layout *Layout
	blocks blocks
}

// blocks is what a format gives the records of a shard with.
type blocks interface {
	next(buf []byte) (Chunk, error)
	sum() (xxh64 uint64, bytes int64)
}

// headSize is how much of a shard is looked at before its format is chosen, in bytes. A header line must fit.
const headSize = 64 << 10

// OpenShard opens a shard and chooses its format. The number goes into chunks.
//
// The error is one that costs the whole shard: it cannot be opened; it is in a format that is not read; it is a table without
// the text column; its Parquet footer is broken. What goes wrong later comes in the chunks.
func OpenShard(s Shard, number int, o ReadOptions) (*ShardReader, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	src, err := openSource(cmp.Or(s.Copy, s.Path))
	if err != nil {
		return nil, err
	}
	r, err := readSource(src, s, number, &o)
	if err != nil {
		src.Close()
		return nil, fmt.Errorf("input: %s: %w", s.Path, err)
	}
	return r, nil
}

// readSource chooses the format and begins to read. The options are checked.
func readSource(src *Source, s Shard, number int, o *ReadOptions) (*ShardReader, error) {
	head := src.peek(headSize)
	r := &ShardReader{src: src, layout: &Layout{codec: src.Codec(), split: o.Split}}
	f := findFormat(o.Format, head, s.Name)
	r.layout.format = f
	if what := foreign(head); what != "" && f.open == nil {
		return nil, fmt.Errorf("%s is not read: unpack or convert it first", what)
	}
	var err error
	switch {
	case f.open != nil:
		r.blocks, err = f.open(src, r.layout, s, number, o)
	case f.cutter != nil:
		var c cutter
		if c, err = f.cutter(r.layout, head, o); err == nil {
			r.blocks = newStream(src, r.layout, c, s, number, o)
		}
	default:
		r.blocks = newLines(src, r.layout, s, number, o)
	}
	return r, err
}

// Next reads the next chunk into buf, as [Chunks.Next] does. The error is io.EOF after the last chunk and nil before.
func (r *ShardReader) Next(buf []byte) (Chunk, error) { return r.blocks.next(buf) }

// Layout is what [Output.Records] must know; complete after the last chunk.
func (r *ShardReader) Layout() *Layout { return r.layout }

// Position is the number of bytes read from the file so far, packed.
func (r *ShardReader) Position() int64 { return r.src.Position() }

// Size is the number of bytes of the file, packed; -1 if it is not known.
func (r *ShardReader) Size() int64 { return r.src.Size() }

// Fingerprint is XXH64 of what was read, and its length: of the unpacked records; of Parquet, of the file. It is good after the
// last chunk. A byte order mark and lines that are too long do not count.
func (r *ShardReader) Fingerprint() (xxh64 uint64, bytes int64) { return r.blocks.sum() }

// Close closes the file. It may be called again.
func (r *ShardReader) Close() error { return r.src.Close() }

// lines are the blocks of JSONL: see Chunks.
type lines struct {
	chunks *Chunks
	layout *Layout
	digest *xxhash.Digest
	bytes  int64
}

func newLines(src io.Reader, l *Layout, s Shard, number int, o *ReadOptions) *lines {
	r := &lines{chunks: NewChunks(src, s.Path, number), layout: l, digest: xxhash.New()}
	r.chunks.Limit = o.MaxDocument
	return r
}

func (r *lines) next(buf []byte) (Chunk, error) {
	c, err := r.chunks.Next(buf)
	c.layout = r.layout
	r.digest.Write(c.Data)
	c.sum = r.digest.Sum64()
	r.bytes += int64(len(c.Data))
	return c, err
}

func (r *lines) sum() (uint64, int64) { return r.digest.Sum64(), r.bytes }

// jsonlFormat is one JSON object a line (jsonlines.org).
var jsonlFormat = format{
	name: "jsonl",
	is: func(head []byte, ext string) bool {
		two := firstTwo(head)
		return ext == ".jsonl" || ext == ".ndjson" || two == `{"` || two == "{}"
	},
	scan:   func(d *Decoder, _ *Layout, raw []byte, rec *Record) error { return d.json.Scan(raw, rec) },
	edit:   editJSON,
	byLine: true,
}

func editJSON(dst []byte, _ *Layout, raw []byte, rec *Record, edits []Edit) []byte {
	return AppendEdited(dst, raw, rec.Text, edits)
}
