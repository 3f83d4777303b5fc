package corpus

import (
	"bytes"
	"strings"
)

// textFormat is plain text: one document a file, a line or a paragraph. It has no fields but its text, whatever that is called.
var textFormat = format{
	name:   "text",
	is:     func(_ []byte, ext string) bool { return ext == ".txt" || ext == ".text" },
	cutter: newTextCutter,
	scan: func(_ *Decoder, l *Layout, raw []byte, rec *Record) error {
		return verbatimText(raw, 0, len(l.textOf(raw)), rec)
	},
	edit:   editText,
	sink:   newTextSink,
	byLine: true,
	lazy:   true,
}

// parts reports whether a file of plain text holds many documents.
func (l *Layout) parts() bool {
	return l.format.name == "text" && (l.split == "lines" || l.split == "blank")
}

// Vanishes reports whether a record that is left with this text is no document any more when its file is read again: where lines or paragraphs are
// documents, a blank one is none.
func (l *Layout) Vanishes(text []byte) bool { return l.parts() && blank(text) }

// textOf takes the line end off, but of a whole file.
func (l *Layout) textOf(raw []byte) []byte {
	if l.parts() {
		return bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
	}
	return raw
}

// editText edits a document so that it stays one. What is put in keeps its length in characters, so that every cut can still be undone.
func editText(dst []byte, l *Layout, raw []byte, rec *Record, edits []Edit) []byte {
	if l.parts() && l.split == "lines" {
		edits = onOneLine(edits)
	}
	start := len(dst)
	dst = editVerbatim(dst, raw, rec.Text, edits)
	if l.parts() && l.split == "blank" && holdsBlankLine(dst[start:]) {
		return editVerbatim(dst[:start], raw, rec.Text, withoutSpace(edits))
	}
	return dst
}

// onOneLine keeps what is put into a line from breaking it.
func onOneLine(edits []Edit) []Edit {
	out := make([]Edit, len(edits))
	for i, e := range edits {
		e.Put = strings.NewReplacer("\n", " ", "\r", " ").Replace(e.Put)
		out[i] = e
	}
	return out
}

// withoutSpace keeps what is put into a paragraph from making a line of it blank.
func withoutSpace(edits []Edit) []Edit {
	const noBreak = "\u00a0"
	out := onOneLine(edits)
	for i := range out {
		if blank([]byte(out[i].Put)) {
			out[i].Put = strings.NewReplacer(" ", noBreak, "\t", noBreak).Replace(out[i].Put)
		}
	}
	return out
}

// holdsBlankLine reports whether a text with other lines has a blank one.
func holdsBlankLine(text []byte) bool {
	if blank(text) {
		return false
	}
	for line := range bytes.Lines(text) {
		if blank(line) {
			return true
		}
	}
	return false
}

func newTextCutter(l *Layout, _ []byte, _ *ReadOptions) (cutter, error) {
	switch l.split {
	case "lines":
		return &lineCutter{}, nil
	case "blank":
		return &lineCutter{paragraphs: true}, nil
	}
	return &fileCutter{}, nil
}

// fileCutter takes all for one document, even nothing.
type fileCutter struct{ done bool }

func (c *fileCutter) next(data []byte, _ int, eof bool) (int, bool) {
	if !eof || c.done {
		return 0, false
	}
	c.done = true
	return len(data), true
}

func (c *fileCutter) piece() piece { return piece{} }

// lineCutter makes a document of each line that is not blank, or of such lines in a row. Blank lines pass, all that stand in a row as one piece,
// so that what is kept is the file as it was.
type lineCutter struct {
	paragraphs bool
	inside     bool // the open piece holds a line that is not blank
	line       int  // where the line that is looked at begins in data
	text       bool // that line is not blank
	kind       pieceKind
}

func (c *lineCutter) next(data []byte, seen int, eof bool) (int, bool) {
	if seen == 0 {
		c.line = 0 // also where the line began in what was let go: that is long, and blank or not all the same
	}
	for i := seen; i < len(data); i++ {
		if data[i] == '\n' {
			if n, end := c.lineEnd(i + 1); end {
				return n, true
			}
			c.line, c.text = i+1, false
		} else if !c.text && !isSpace(data[i]) {
			if c.text = true; c.line > 0 && !c.inside { // after blank lines
				return c.end(c.line, passed)
			}
		}
	}
	c.kind = passed
	if c.text || c.inside {
		c.kind = document
	}
	if eof && (len(data) > 0 || c.kind == document) {
		return c.atEOF(len(data))
	}
	return 0, false
}

// lineEnd looks at a line that ends at end, and returns where the piece ends, if it does.
func (c *lineCutter) lineEnd(end int) (int, bool) {
	switch {
	case c.inside && !c.text: // the blank line is not part of the paragraph
		return c.end(c.line, document)
	case c.text && !c.paragraphs:
		return c.end(end, document)
	}
	c.inside = c.text
	return 0, false
}

// atEOF ends the last piece. A paragraph does not hold the white space after its last line.
func (c *lineCutter) atEOF(size int) (int, bool) {
	if c.inside && !c.text && c.line < size {
		return c.end(c.line, document)
	}
	return c.end(size, c.kind)
}

func (c *lineCutter) end(n int, kind pieceKind) (int, bool) {
	c.kind, c.inside, c.text, c.line = kind, false, false, 0
	return n, true
}

func (c *lineCutter) piece() piece { return piece{kind: c.kind} }
