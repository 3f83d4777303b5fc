package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/corpus"
)

// spool copies inputs that can be read only once, standard input and pipes, to files in a folder, that in which the output grows, because a job reads
// twice. remove deletes the copies.
func spool(ctx context.Context, x *index, o corpus.ReadOptions, dir string) (remove func(), err error) {
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
		name, err := copyInput(ctx, s.Path, dir)
		if name != "" {
			copies = append(copies, name)
		}
		if ctx.Err() != nil {
			return remove, context.Cause(ctx)
		}
		if err != nil {
			return remove, fmt.Errorf("copy %s, which can be read only once, beside the output: %w", s.Path, err)
		}
		s.Copy = name
		if s.Path == corpus.Stdin {
			x.nameStdin(s, o)
		}
	}
	return remove, nil
}

// nameStdin calls standard input by its format, if that is not the usual one and nothing else has the name.
func (x *index) nameStdin(s *shard, o corpus.ReadOptions) {
	src, err := corpus.OpenShard(s.Shard, 0, o)
	if err != nil {
		return // reading it says why
	}
	defer src.Close()
	ext := src.Layout().Format()
	if ext == "text" {
		ext = "txt"
	}
	name := "stdin." + ext
	if !slices.ContainsFunc(x.shards, func(other shard) bool { return other.Name == name || strings.HasPrefix(other.Name, name+"/") }) {
		s.Name = name
	}
}

func readOnce(path string) bool {
	if path == corpus.Stdin {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular()
}

// copyInput returns the name of the copy, also when it could not be made whole. It ends when the context is cancelled, even
// while nobody writes to the pipe.
func copyInput(ctx context.Context, path, dir string) (string, error) {
	out, err := os.CreateTemp(dir, ".corpusctl-input-*")
	if err != nil {
		return "", err
	}
	done := make(chan error, 1)
	go func() { done <- copyFrom(path, out) }()
	select {
	case err = <-done:
	case <-ctx.Done():
	}
	return out.Name(), errors.Join(err, out.Close())
}

func copyFrom(path string, out io.Writer) error {
	in := os.Stdin
	if path != corpus.Stdin {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	_, err := io.Copy(out, in)
	return err
}
