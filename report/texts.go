package report

import (
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/corpus"
)

// A document of the page: its text as it was written out, cut to what a page can show.
type document struct {
	text   string // the first maxShown bytes
	tail   string // the last tailShown bytes of a longer text
	source string
	date   string
	found  bool
}

// What is kept of a text, in bytes. The page must not grow with the length of texts.
const (
	maxShown  = 64 << 10
	tailShown = 2 << 10
)

// wanted are the documents that are wanted of a file.
type wanted struct {
	shelf
	documents map[int]*document // by number
}

// library reads the texts of many documents, each file once and no further than the last of them.
type library struct {
	dir     string
	written *written
	browser *browser
	wanted  map[string]*wanted           // by path
	marks   map[string][]corpus.LineMark // of files, as far as they are known, by path
}

func newLibrary(dir string, w *written) (*library, error) {
	b, err := newBrowser(w)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &library{dir: dir, written: w, browser: b, wanted: map[string]*wanted{}}, nil
}

// know takes note of where lines of the output begin.
func (l *library) know(lines map[string][]corpus.LineMark) {
	l.marks = map[string][]corpus.LineMark{}
	for name, marks := range lines {
		l.marks[filepath.Join(l.dir, filepath.FromSlash(name))] = marks
	}
}

// want asks for a document. It is filled in by read.
func (l *library) want(p Place) *document {
	s, number := l.shelf(p.Output, p.File), p.OutputLine
	switch {
	case !s.output:
		number = p.Line
	case number == 0:
		return &document{found: true} // nothing is left of it
	}
	w := l.wanted[s.path]
	if w == nil {
		w = &wanted{s, map[int]*document{}}
		l.wanted[s.path] = w
	}
	if w.documents[number] == nil {
		w.documents[number] = &document{}
	}
	return w.documents[number]
}

// read fills in what was wanted. What cannot be read again, such as standard input after a dry run, stays empty.
func (l *library) read() error {
	l.written.byName("") // after that it only reads
	paths := sortedKeys(l.wanted)
	if err := inParallel(len(paths), func(i int) error { return l.readShelf(l.wanted[paths[i]]) }); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func (l *library) readShelf(w *wanted) error {
	info, err := os.Stat(w.path)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	if in := l.written.byName(w.name); in != nil && in.Format == "jsonl" && in.Codec == corpus.Plain.String() {
		file, err := os.Open(w.path)
		if err != nil {
			return err
		}
		defer file.Close()
		return l.readLines(w, file, info.Size())
	}
	b, err := newBrowser(l.written)
	if err != nil {
		return err
	}
	numbers := sortedKeys(w.documents)
	return b.each(&w.shelf, func(number int, line *corpus.Line) bool {
		for len(numbers) > 0 && numbers[0] < number {
			numbers = numbers[1:]
		}
		if len(numbers) == 0 || numbers[0] > number {
			return len(numbers) > 0
		}
		if rec, err := b.decode(line); err == nil {
			w.documents[number].fill(line.Raw, rec)
		}
		return len(numbers) > 1
	})
}

func (d *document) fill(raw []byte, rec *corpus.Record) {
	text := corpus.AppendString(nil, raw, rec.Text)
	d.found, d.text = true, string(text[:runeStart(text, min(maxShown, len(text)))])
	if len(text) > maxShown {
		d.tail = string(text[runeStart(text, len(text)-tailShown):])
	}
	d.source, d.date = scalar(raw, rec.Source), scalar(raw, rec.Date)
}

// runeStart returns the last place up to at where no character is split.
func runeStart(text []byte, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// scalar is the text of a string or the digits of a number, no longer than a page can show.
func scalar(raw []byte, v corpus.Value) string {
	const longest = 1 << 10
	var s []byte
	switch v.Kind {
	case corpus.String:
		s = corpus.AppendString(nil, raw, v)
	case corpus.Number:
		s = raw[v.Start:v.End]
	}
	return string(s[:runeStart(s, min(longest, len(s)))])
}

// input returns the path of an input file as it was given.
func (w *written) input(name string) string {
	in := w.byName(name)
	if in == nil || in.File == corpus.Stdin {
		return ""
	}
	return in.File
}
