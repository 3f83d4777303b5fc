package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
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

// shelf is a file of the output, or after a dry run of the input, with the lines that are wanted of it.
type shelf struct {
	path  string
	lines map[int]*document
	last  int
}

// library reads the texts of many documents, each file once and no further than the last of them.
type library struct {
	dir     string
	written *written
	shelves map[string]*shelf
	buf     []byte // of the chunks that are read
}

func newLibrary(dir string, w *written) *library {
	return &library{dir: dir, written: w, shelves: map[string]*shelf{}}
}

// want asks for a document. It is filled in by read.
func (l *library) want(p Place) *document {
	path, line := l.file(p.Output, p.File), p.OutputLine
	if l.written.Options.DryRun {
		line = p.Line
	}
	s := l.shelves[path]
	if s == nil {
		s = &shelf{path: path, lines: map[int]*document{}}
		l.shelves[path] = s
	}
	if s.lines[line] == nil {
		s.lines[line] = &document{}
		s.last = max(s.last, line)
	}
	return s.lines[line]
}

// read fills in what was wanted. What cannot be read again, such as standard input after a dry run, stays empty.
func (l *library) read() error {
	scanner, err := corpus.NewScanner(l.written.Options.Fields)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for _, path := range sortedKeys(l.shelves) {
		s := l.shelves[path]
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := l.readShelf(s, scanner); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return nil
}

func (l *library) readShelf(s *shelf, scanner *corpus.Scanner) error {
	src, err := corpus.Open(s.path)
	if err != nil {
		return err
	}
	defer src.Close()
	chunks := corpus.NewChunks(src, s.path, 0)
	chunks.Limit = math.MaxInt - 1 // the run may have had any limit
	wanted := sortedKeys(s.lines)
	for len(wanted) > 0 {
		chunk, err := chunks.Next(l.buf)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		wanted = s.chunk(scanner, &chunk, wanted)
		l.buf = chunk.Data[:0]
	}
	return nil
}

// chunk fills in the wanted lines of a chunk and returns those that are still wanted.
func (s *shelf) chunk(scanner *corpus.Scanner, chunk *corpus.Chunk, wanted []int) []int {
	var rec corpus.Record
	for line := range chunk.Lines() {
		if len(wanted) == 0 || line.Number < wanted[0] {
			continue
		}
		for len(wanted) > 0 && wanted[0] < line.Number {
			wanted = wanted[1:]
		}
		if len(wanted) > 0 && wanted[0] == line.Number && scanner.Scan(line.Raw, &rec) == nil {
			s.lines[line.Number].fill(line.Raw, &rec)
		}
	}
	return wanted
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
	i := slices.IndexFunc(w.Inputs, func(in Input) bool { return in.Name == name })
	if i < 0 || w.Inputs[i].File == corpus.Stdin {
		return ""
	}
	return w.Inputs[i].File
}
