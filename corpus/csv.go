package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// csvFormat is a table with a header line, as in RFC 4180: values between commas, semicolons, tabs or bars, whichever makes the header
// hold the text column; in quotes if they hold one of these, a quote (twice) or a line end. A column is named as in the header.
var csvFormat = format{
	name:   "csv",
	is:     func(_ []byte, ext string) bool { return ext == ".csv" },
	cutter: func(l *Layout, head []byte, o *ReadOptions) (cutter, error) { return newCSVCutter(l, head, o, ",;\t|") },
	scan:   scanCSV,
	edit:   editCSV,
	byLine: true,
	sink:   headedSink,
}

// tsvFormat is the same with tabs only.
var tsvFormat = format{
	name:   "tsv",
	is:     func(_ []byte, ext string) bool { return ext == ".tsv" || ext == ".tab" },
	cutter: func(l *Layout, head []byte, o *ReadOptions) (cutter, error) { return newCSVCutter(l, head, o, "\t") },
	scan:   scanCSV,
	edit:   editCSV,
	byLine: true,
	sink:   headedSink,
}

// newCSVCutter reads the header line and chooses the separator.
func newCSVCutter(l *Layout, head []byte, o *ReadOptions, commas string) (cutter, error) {
	full := len(head) == headSize
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), "\r\n")
	var first error
	for _, comma := range []byte(commas) {
		names, err := headerNames(head, comma, full)
		if err == nil {
			l.columns, err = findColumns(o.Fields, names)
		}
		if err == nil {
			l.comma = comma
			return &csvCutter{comma: comma, kind: header}, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// headerNames gives the names in the first line; full says that more follows than the head.
func headerNames(head []byte, comma byte, full bool) ([]string, error) {
	c := csvCutter{comma: comma, kind: header}
	n, end := c.next(head, 0, !full)
	if !end {
		return nil, fmt.Errorf("header line is longer than %d bytes or missing", headSize)
	}
	if c.reason != "" {
		return nil, errors.New("header: " + c.reason)
	}
	var names []string
	eachValue(head[:n], comma, func(start, end int, quoted bool) {
		name := head[start:end]
		if quoted {
			name = appendUndoubled(nil, name)
		}
		names = append(names, string(name))
	})
	return names, nil
}

// csvCutter cuts at line ends outside of quotes. What stands between two records is nothing, but blank lines pass.
//
// A quote that is never closed would take all that follows. So a quote inside a quoted value must be doubled or end it: where something
// else follows, the record is broken, and ends with that line.
type csvCutter struct {
	comma  byte
	state  csvState
	text   bool // the record is not a blank line
	blank  int  // where the line begins that follows blank ones in data; 0 if there are none
	reason string
	kind   pieceKind
	begun  bool // the header was found
}

type csvState uint8

const (
	valueStart csvState = iota
	plainValue
	quotedValue
	quoteInside // after a quote in a quoted value: its end, or half of a doubled one
	lineEndDue  // after a carriage return that follows such a quote
	brokenLine
)

func (c *csvCutter) next(data []byte, seen int, eof bool) (int, bool) {
	if seen == 0 && c.state == valueStart && !c.text {
		c.reason = ""
	}
	if seen == 0 {
		c.blank = 0
	}
	for i := seen; i < len(data); i++ {
		if c.state == quotedValue {
			if q := bytes.IndexByte(data[i:], '"'); q >= 0 {
				i, c.state = i+q, quoteInside
				continue
			}
			break
		}
		switch {
		case data[i] == '\n' && c.begun && !c.text:
			c.blank, c.state = i+1, valueStart
		case data[i] == '\n':
			return c.end(i+1, "")
		default:
			if c.step(data[i]); c.text && c.blank > 0 {
				return c.endBlank()
			}
		}
	}
	switch {
	case !eof || len(data) == 0 && !c.text:
		c.kind = c.kindNow()
		return 0, false
	case c.state == quotedValue:
		return c.end(len(data), "quote is not closed")
	}
	return c.end(len(data), "")
}

// step takes one byte that is no line end and does not stand inside quotes.
func (c *csvCutter) step(b byte) {
	c.text = c.text || !isSpace(b) || b == c.comma
	switch {
	case c.state == brokenLine:
	case b == '"' && (c.state == valueStart || c.state == quoteInside):
		c.state = quotedValue
	case b == c.comma && c.state != lineEndDue:
		c.state = valueStart
	case b == '\r' && c.state == quoteInside:
		c.state = lineEndDue
	case c.state == quoteInside, c.state == lineEndDue:
		c.state, c.reason = brokenLine, "quote inside a quoted value is not doubled"
	default:
		c.state = plainValue
	}
}

func (c *csvCutter) end(n int, reason string) (int, bool) {
	if c.reason == "" {
		c.reason = reason
	}
	c.kind = c.kindNow()
	c.begun = c.begun || c.text // blank lines before the header are part of the head
	c.state, c.text = valueStart, false
	return n, true
}

// endBlank ends a piece of blank lines where something follows them.
func (c *csvCutter) endBlank() (int, bool) {
	n := c.blank
	c.kind, c.state, c.text, c.blank = passed, valueStart, false, 0
	return n, true
}

func (c *csvCutter) kindNow() pieceKind {
	switch {
	case !c.begun:
		return header
	case c.text:
		return document
	}
	return passed
}

func (c *csvCutter) piece() piece { return piece{kind: c.kind, reason: c.reason} }

// eachValue calls f for the values of a record that the cutter found whole: their place without quotes.
func eachValue(raw []byte, comma byte, f func(start, end int, quoted bool)) {
	raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
	for at := 0; ; at++ {
		start, quoted := at, at < len(raw) && raw[at] == '"'
		if quoted {
			start++
			at = closingQuote(raw, start)
		} else if i := bytes.IndexByte(raw[at:], comma); i >= 0 {
			at += i
		} else {
			at = len(raw)
		}
		f(start, at, quoted)
		if quoted && at < len(raw) {
			at++
		}
		if at >= len(raw) {
			return
		}
	}
}

// closingQuote is the place of the quote that ends a value, or the end.
func closingQuote(raw []byte, at int) int {
	for {
		i := bytes.IndexByte(raw[at:], '"')
		if i < 0 {
			return len(raw)
		}
		if at += i; at+1 >= len(raw) || raw[at+1] != '"' {
			return at
		}
		at += 2
	}
}

func scanCSV(_ *Decoder, l *Layout, raw []byte, rec *Record) error {
	column, values := 0, rec.list()
	eachValue(raw, l.comma, func(start, end int, quoted bool) {
		f := verbatim
		if quoted {
			f |= doubled
		}
		for i, wanted := range l.columns.of {
			if wanted == column {
				*values[i] = Value{start, end, String, f}
			}
		}
		column++
	})
	if column != l.columns.width {
		return refuse(raw, "%d values, but the header has %d", column, l.columns.width)
	}
	if i := invalidUTF8(raw[rec.Text.Start:rec.Text.End]); i >= 0 {
		return refuse(raw, "text is not valid UTF-8 at byte %d", rec.Text.Start+i+1)
	}
	return nil
}

// editCSV writes the edited text in quotes if it was, or if it must be now.
func editCSV(dst []byte, l *Layout, raw []byte, rec *Record, edits []Edit) []byte {
	v := rec.Text
	text := appendSpliced(nil, AppendString(nil, raw, v), edits)
	quoted := v.form&doubled != 0
	dst = append(dst, raw[:v.Start]...)
	alone := l.columns.width == 1 && blank(text) // without quotes it would be a blank line, which is no record
	if quoted || alone || strings.ContainsAny(string(text), "\"\r\n"+string(rune(l.comma))) {
		text = bytes.ReplaceAll(text, []byte{'"'}, []byte{'"', '"'})
		if !quoted {
			text = append(append([]byte{'"'}, text...), '"')
		}
	}
	return append(append(dst, text...), raw[v.End:]...)
}
