package job

import (
	"os"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/internal/spill"
)

// room is the memory that a job may use, and the folder for what does not fit.
type room struct {
	dir   string // for temporary files; "" without a limit
	dedup int64  // bytes for the comparison; 0 = no limit
	space *spill.Space
}

// What a job takes whatever it reads: the program, tables, and the chunks under way.
const (
	fixedMemory  = 64 << 20
	leastMemory  = 16 << 20
	placesMemory = 8 << 20
)

// newRoom divides the memory that is allowed and makes the folder, inside that of the output.
func newRoom(memory int64, out *corpus.Output) (*room, error) {
	if memory <= 0 {
		return &room{}, nil
	}
	dir, err := out.TempDir()
	if err != nil {
		return nil, err
	}
	r := &room{dir: dir, space: spill.NewSpace(dir), dedup: max(leastMemory, memory-fixedMemory)}
	r.space.SetShare(max(placesMemory, memory/64))
	return r, nil
}

// close deletes the temporary files. It may be called again.
func (r *room) close() error {
	if r.dir == "" {
		return nil
	}
	err := r.space.Close()
	if e := os.RemoveAll(r.dir); err == nil {
		err = e
	}
	return err
}
