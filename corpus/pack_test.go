package corpus

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestPackedBytes packs the same records with different numbers of processors and in different pieces: the bytes are the same, and unpack to what
// was written.
func TestPackedBytes(t *testing.T) {
	var plain bytes.Buffer
	for i := range 60_000 {
		fmt.Fprintf(&plain, "{\"text\":\"%x\"}\n", i*i*i)
	}
	for _, codec := range []Codec{Gzip, Zstd} {
		var want []byte
		for _, run := range []struct{ processors, piece int }{{1, 1000}, {2, 1000}, {4, 77_777}, {16, plain.Len()}} {
			got := packWith(t, codec, plain.Bytes(), run.processors, run.piece)
			if want == nil {
				want = got
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: %+v gives other bytes", codec, run)
			}
		}
		p := filepath.Join(t.TempDir(), "a")
		must(t, os.WriteFile(p, want, 0o600))
		src, err := Open(p)
		must(t, err)
		got, err := io.ReadAll(src)
		if src.Close(); err != nil || !bytes.Equal(got, plain.Bytes()) {
			t.Errorf("%s: %d bytes come back of %d, %v", codec, len(got), plain.Len(), err)
		}
	}
}

func packWith(t *testing.T, codec Codec, content []byte, processors, piece int) []byte {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	dir := filepath.Join(t.TempDir(), "out")
	out, err := CreateOutput(dir, OutputOptions{})
	must(t, err)
	w, err := out.Writer("", "a", codec)
	must(t, err)
	for len(content) > 0 {
		n := min(piece, len(content))
		_, err := w.Write(content[:n])
		must(t, err)
		content = content[n:]
	}
	must(t, w.Close())
	must(t, out.Commit())
	packed, err := os.ReadFile(filepath.Join(dir, "a"))
	must(t, err)
	return packed
}
