package report

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/corpus"
)

// lineSet are documents of a file, by their numbers.
type lineSet = roaring.Bitmap

// linesOf finds the documents of one source: decisions.jsonl does not name sources, so that all records are read. The key is the name of
// a file below the folder, after a dry run that of the input.
func (l *library) linesOf(source string) (map[string]*lineSet, error) {
	out := map[string]*lineSet{}
	for i := range l.written.Inputs {
		if in := &l.written.Inputs[i]; in.Kept+in.Removed == 0 {
			continue // it may be nothing that can be read
		}
		name := l.written.Inputs[i].Name
		for _, folder := range []string{"kept", "removed"} {
			s := l.shelf(folder, name)
			set, err := l.linesOfShelf(&s, source)
			if err != nil {
				return nil, fmt.Errorf("report: %w", err)
			}
			out[path.Join(folder, name)] = set
		}
	}
	return out, nil
}

// shelf is where the records of an input stand that went to a folder: after a dry run only in the input.
func (l *library) shelf(folder, name string) shelf {
	if l.written.Options.DryRun {
		return shelf{path: l.written.input(name), name: name}
	}
	s := shelf{name: name, output: true}
	if local := filepath.FromSlash(name); filepath.IsLocal(local) && (folder == "kept" || folder == "removed") {
		s.path = filepath.Join(l.dir, folder, local) // no run wrote another name
	}
	return s
}

func (l *library) linesOfShelf(s *shelf, source string) (*lineSet, error) {
	set := roaring.New()
	if info, err := os.Stat(s.path); err != nil || !info.Mode().IsRegular() {
		return set, nil
	}
	return set, l.browser.each(s, func(number int, line *corpus.Line) bool {
		if rec, err := l.browser.decode(line); err == nil && scalar(line.Raw, rec.Source) == source {
			set.AddInt(number)
		}
		return true
	})
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
