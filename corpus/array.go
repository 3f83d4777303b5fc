package corpus

import (
	"bytes"
	"strings"
)

// arrayFormat is one JSON array of objects, over as many lines as it likes. A document is numbered by its place in the array. Only the
// elements are validated: commas too many or too few between them cost nothing.
var arrayFormat = format{
	name: "json",
	is: func(head []byte, ext string) bool {
		two := firstTwo(head)
		return two == "[{" || two == "[]" && ext != ".jsonl" || strings.HasPrefix(two, "[") && ext == ".json"
	},
	cutter: func(l *Layout, _ []byte, _ *ReadOptions) (cutter, error) { return &arrayCutter{layout: l}, nil },
	scan: func(d *Decoder, _ *Layout, raw []byte, rec *Record) error {
		return d.json.Scan(raw, rec)
	},
	edit: editJSON,
	sink: newArraySink,
}

// arrayCutter counts brackets outside of strings. A piece is what stands before an element, and the element.
//
// A line end in a string is an error of JSON that, taken lightly, makes one missing quote take all that follows. There the element is
// broken, and ends before the next line that begins with a brace.
type arrayCutter struct {
	layout *Layout
	state  arrayState
	depth  int
	escape bool // the last byte was a backslash in a string
	line   bool // brokenElement: nothing but white space since the line began
	what   piece
}

type arrayState uint8

const (
	beforeArray arrayState = iota
	betweenElements
	inElement
	inString
	inScalar
	brokenElement
	afterArray // white space
	garbage    // what is no array, or what follows one
	arrayDone
)

func (c *arrayCutter) next(data []byte, seen int, eof bool) (int, bool) {
	if seen == 0 && c.state <= betweenElements {
		c.what = piece{}
	}
	for i := seen; i < len(data); i++ {
		if c.state == inString && !c.escape {
			if i, _ = plainRun(data, i); i == len(data) {
				break
			}
		}
		if n, end := c.step(data, i); end {
			return n, true
		}
	}
	if !eof || c.state == arrayDone {
		return 0, false
	}
	return c.finish(len(data))
}

// step takes one byte.
func (c *arrayCutter) step(data []byte, i int) (n int, end bool) {
	b := data[i]
	switch c.state {
	case beforeArray:
		c.before(b)
	case betweenElements:
		c.between(data, i)
	case inElement:
		return c.inside(b, i)
	case inString:
		return c.text(b, i)
	case inScalar:
		if b == ',' || b == ']' || isSpace(b) {
			return c.endElement(i)
		}
	case brokenElement:
		return c.broken(b, i)
	case afterArray:
		if !isSpace(b) {
			c.state = garbage
			c.what = piece{reason: "something follows the array"}
		}
	}
	return 0, false
}

func (c *arrayCutter) before(b byte) {
	switch {
	case b == '[':
		c.state = betweenElements
	case !isSpace(b):
		c.state, c.what = garbage, piece{reason: "not a JSON array"}
	}
}

// between takes a byte of the gap, or the first of an element.
func (c *arrayCutter) between(data []byte, i int) {
	switch data[i] {
	case ' ', '\t', '\r', '\n', ',':
		return
	case ']':
		c.state, c.what = afterArray, piece{kind: trailer}
		return
	case '{', '[':
		c.state, c.depth = inElement, 1
	case '"':
		c.state, c.depth = inString, 0
	default:
		c.state = inScalar
	}
	if c.layout.head == nil && bytes.IndexByte(data[:i], '[') >= 0 {
		c.layout.head = bytes.Clone(data[:i])
	}
	c.what = piece{gap: i}
}

func (c *arrayCutter) inside(b byte, i int) (int, bool) {
	switch b {
	case '"':
		c.state = inString
	case '{', '[':
		c.depth++
	case '}', ']':
		if c.depth--; c.depth == 0 {
			return c.endElement(i + 1)
		}
	}
	return 0, false
}

// text takes the byte of a string that is not plain, or comes after a backslash.
func (c *arrayCutter) text(b byte, i int) (int, bool) {
	switch {
	case b == '\n':
		c.state, c.line, c.escape = brokenElement, true, false
		c.what.reason = "not JSON: control character in a string"
	case c.escape:
		c.escape = false
	case b == '\\':
		c.escape = true
	case b == '"' && c.depth == 0:
		return c.endElement(i + 1)
	case b == '"':
		c.state = inElement
	}
	return 0, false
}

// broken looks for the line that begins the next element.
func (c *arrayCutter) broken(b byte, i int) (int, bool) {
	if b == '{' && c.line {
		return c.endElement(i)
	}
	c.line = b == '\n' || c.line && (isSpace(b) || b == ',')
	return 0, false
}

func (c *arrayCutter) endElement(n int) (int, bool) {
	c.state = betweenElements
	return n, true
}

// finish ends what is open at the end of the shard.
func (c *arrayCutter) finish(n int) (int, bool) {
	switch {
	case c.state == beforeArray && n == 0:
		return 0, false
	case c.state != afterArray && c.what.reason == "":
		c.what.reason = "array is not closed"
		c.what.gap = 0
	}
	c.state = arrayDone
	return n, true
}

func (c *arrayCutter) piece() piece { return c.what }
