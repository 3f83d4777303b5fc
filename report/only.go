package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/corpus"
)

// lineSet are lines of a file.
type lineSet = roaring.Bitmap

// linesOf finds the documents of one source: decisions.jsonl does not name sources, so that all records are read. The key is the name of
// a file below the folder, after a dry run that of the input.
func (l *library) linesOf(source string) (map[string]*lineSet, error) {
	scanner, err := corpus.NewScanner(l.written.Options.Fields)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	out := map[string]*lineSet{}
	for i := range l.written.Inputs {
		name := l.written.Inputs[i].Name
		for _, folder := range []string{"kept", "removed"} {
			file := l.file(folder, name)
			set, err := linesOfFile(scanner, file, source)
			if err != nil {
				return nil, fmt.Errorf("report: %w", err)
			}
			out[path.Join(folder, name)] = set
		}
	}
	return out, nil
}

// file is where the records of an input stand that went to a folder: after a dry run only in the input.
func (l *library) file(folder, name string) string {
	if l.written.Options.DryRun {
		return l.written.input(name)
	}
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) || folder != "kept" && folder != "removed" {
		return "" // no run wrote such a name
	}
	return filepath.Join(l.dir, folder, local)
}

func linesOfFile(scanner *corpus.Scanner, file, source string) (*lineSet, error) {
	set := roaring.New()
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return set, nil
	}
	src, err := corpus.Open(file)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	chunks := corpus.NewChunks(src, file, 0)
	chunks.Limit = math.MaxInt - 1
	var rec corpus.Record
	var buf []byte
	for {
		chunk, err := chunks.Next(buf)
		if errors.Is(err, io.EOF) {
			return set, nil
		}
		if err != nil {
			return nil, err
		}
		for line := range chunk.Lines() {
			if scanner.Scan(line.Raw, &rec) == nil && scalar(line.Raw, rec.Source) == source {
				set.AddInt(line.Number)
			}
		}
		buf = chunk.Data
	}
}

// counts tells whether a decision is about a document that is asked for, or the document it was compared with is.
func (e *evidence) counts(b *brief) bool {
	if e.only == nil {
		return true
	}
	output, line, partner := "kept/", b.keptLine, b.keptLine
	if string(b.action) == "removed" {
		output, line = "removed/", b.removedLine
	}
	if e.opt.dryRun {
		line, partner = b.line, b.duplicateLine
	}
	return e.holds(output+string(b.file), line) || len(b.duplicateFile) > 0 && e.holds("kept/"+string(b.duplicateFile), partner)
}

func (e *evidence) has(p Place) bool {
	line := p.OutputLine
	if e.opt.dryRun {
		line = p.Line
	}
	return e.only == nil || e.holds(p.Output+"/"+p.File, line)
}

func (e *evidence) holds(file string, line int) bool {
	set := e.only[file]
	return set != nil && set.ContainsInt(line)
}
