package arabic

import (
	"encoding/binary"
	"flag"
	"os"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestSettled computes the entries of the tables from the definition.
func TestSettled(t *testing.T) {
	var computed []byte
	for _, block := range settledBlocks {
		for r := block.lo; r < block.hi; r++ {
			computed = binary.LittleEndian.AppendUint32(computed, entryOf(r))
		}
	}
	generated(t, "settled.bin", computed, settled)
}

// generated compares what was computed with a file of the package, or writes that anew.
func generated(t *testing.T, name string, computed []byte, file string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, computed, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(computed) != file {
		t.Errorf("%s does not hold what the definition says: run go generate ./arabic, and raise FoldVersion if a folding has changed", name)
	}
}

// entryOf computes the entry of a character from the definition: what it becomes between two letters.
func entryOf(r rune) entry {
	open := appendOpened(nil, r)
	switch {
	case len(open) == 0:
		return entryDrop
	case !open[0].starts:
		return entrySlow // it may compose with what stands before
	}
	var f folder
	f.take(0, 'x')
	f.take(0, r)
	f.take(0, 'x')
	f.flush()
	return entryFor(f.dst[1 : len(f.dst)-1])
}

// entryFor packs bytes into an entry, if they are of a shape that entries have: one byte, or one or two letters of two bytes.
func entryFor(b []byte) entry {
	var e entry
	pairs := len(b) <= 4 && len(b) == 2*utf8.RuneCount(b)
	for i := len(b) - 1; i >= 0; i-- {
		e = e<<8 | entry(b[i])
		pairs = pairs && b[i] >= utf8.RuneSelf
	}
	if len(b) == 1 || pairs {
		return e
	}
	return entrySlow
}
