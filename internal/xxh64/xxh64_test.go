package xxh64

import (
	"encoding/binary"
	"testing"

	"github.com/cespare/xxhash/v2"
)

// sum is XXH64 by its steps.
func sum(b []byte) uint64 {
	h := Begin(uint64(len(b)))
	for ; len(b) >= 8; b = b[8:] {
		h = Eight(h, binary.LittleEndian.Uint64(b))
	}
	if len(b) >= 4 {
		h = Four(h, binary.LittleEndian.Uint32(b))
		b = b[4:]
	}
	for _, c := range b {
		h = One(h, c)
	}
	return End(h)
}

func FuzzSteps(f *testing.F) {
	f.Add([]byte("قال الوزير: the minister said"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for n := range min(len(b), 31) + 1 {
			if got, want := sum(b[:n]), xxhash.Sum64(b[:n]); got != want {
				t.Errorf("%q: %x, want %x", b[:n], got, want)
			}
		}
	})
}
