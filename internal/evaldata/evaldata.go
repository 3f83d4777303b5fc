// Package evaldata finds the evaluation corpora for tests and benchmarks, and for the command bench/run.
//
// They are real newspaper articles whose terms do not let them stand in this repository; they lie in a folder "shared" beside
// the checkout, or where CORPUSCTL_SHARED points. A test that wants them is skipped with a clear line when they are absent.
package evaldata

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Find returns the place of a file of the evaluation data, such as "gold/pairs-dev.jsonl", and whether it is there.
func Find(name string) (path string, ok bool) {
	path = filepath.Join(root(), filepath.FromSlash(name))
	_, err := os.Stat(path)
	return path, err == nil
}

// Path returns the place of a file of the evaluation data or skips the test.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	p, ok := Find(name)
	if !ok {
		tb.Skipf("evaluation data not here: %s (set CORPUSCTL_SHARED to the folder that holds corpora/ and gold/)", name)
	}
	return p
}

// Plain returns the place of an unpacked copy of a .zst file of the evaluation data, or skips the test. The copy is made
// once and kept in the system's folder for temporary files.
func Plain(tb testing.TB, name string) string {
	tb.Helper()
	src := Path(tb, name)
	info, err := os.Stat(src)
	if err != nil {
		tb.Fatal(err)
	}
	dir := filepath.Join(os.TempDir(), "corpusctl-evaldata")
	base := strings.TrimSuffix(filepath.Base(src), ".zst")
	dst := filepath.Join(dir, fmt.Sprintf("%d-%s", info.Size(), base))
	if _, err := os.Stat(dst); err == nil {
		return dst
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := unpack(src, dst); err != nil {
		tb.Fatal(err)
	}
	return dst
}

// unpack writes beside dst and renames, so that two test binaries at once do no harm.
func unpack(src, dst string) error {
	in, err := os.Open(src)
	if err != nil {
		return err
	}
	defer in.Close()
	z, err := zstd.NewReader(in)
	if err != nil {
		return err
	}
	defer z.Close()
	out, err := os.CreateTemp(filepath.Dir(dst), "unpack-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	if _, err := io.Copy(out, z); err != nil {
		out.Close()
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.Rename(out.Name(), dst)
}

func root() string {
	if dir := os.Getenv("CORPUSCTL_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return "shared"
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "shared"
		}
		dir = up
	}
}
