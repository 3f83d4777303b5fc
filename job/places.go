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

// groupSize is the number of documents in a group.
const groupSize = 64

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

// recentGroups is how many groups a reader keeps unpacked, of a size of 1.5 KiB each: copies lie near each other more often than not.
const recentGroups = 256

// placeGroup is a group unpacked.
type placeGroup struct {
	number int // plus one; 0 for none
	lines  [groupSize]int
	ids    [groupSize]string
}

// line returns the line of a document.
func (r *placeReader) line(doc int) int { return r.unpack(doc / groupSize).lines[doc%groupSize] }

// id returns the id of a document, "" if it has none.
func (r *placeReader) id(doc int) string { return r.unpack(doc / groupSize).ids[doc%groupSize] }

func (r *placeReader) unpack(number int) *placeGroup {
	g := &r.recent[number%recentGroups]
	if g.number == number+1 {
		return g
	}
	raw, buf, err := r.log.Read(r.groups[number], r.groupLength(number), r.buf)
	if r.buf = buf; err == nil {
		err = g.set(string(raw))
	}
	if err != nil {
		r.err = errors.Join(r.err, fmt.Errorf("places of documents: %w", err))
		*g = placeGroup{}
	}
	g.number = number + 1
	return g
}

// set unpacks a group. The ids are parts of raw.
func (g *placeGroup) set(raw string) error {
	line := 0
	for i := 0; i < groupSize && len(raw) > 0; i++ {
		head := []byte(raw[:min(len(raw), 2*binary.MaxVarintLen64)])
		step, a := binary.Varint(head)
		size, b := binary.Uvarint(head[max(a, 0):])
		if a <= 0 || b <= 0 || uint64(len(raw)-a-b) < size {
			return errors.New("a group is damaged")
		}
		line += int(step)
		end := a + b + int(size)
		g.lines[i], g.ids[i], raw = line, raw[a+b:end], raw[end:]
	}
	return nil
}
