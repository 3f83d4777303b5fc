package job

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/corpus"
)

// spool copies inputs that can be read only once, standard input and pipes, to files beside the output, because a job reads
// twice. remove deletes the copies.
func spool(x *index, beside string) (remove func(), err error) {
	var copies []string
	remove = func() {
		for _, c := range copies {
			os.Remove(c)
		}
	}
	for i := range x.shards {
		s := &x.shards[i]
		if !readOnce(s.Path) {
			continue
		}
		name, err := copyInput(s.Path, filepath.Dir(beside))
		if name != "" {
			copies = append(copies, name)
		}
		if err != nil {
			return remove, fmt.Errorf("copy %s, which can be read only once, beside the output: %w", s.Path, err)
		}
		s.read = name
	}
	return remove, nil
}

func readOnce(path string) bool {
	if path == corpus.Stdin {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular()
}

// copyInput returns the name of the copy, also when it could not be made whole.
func copyInput(path, dir string) (string, error) {
	in := os.Stdin
	if path != corpus.Stdin {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	out, err := os.CreateTemp(dir, ".corpusctl-input-*")
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return out.Name(), err
	}
	return out.Name(), out.Close()
}
