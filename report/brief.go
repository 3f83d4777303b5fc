package report

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// brief is what must be known of a decision to sample it. Its parts may point into the line.
type brief struct {
	action, file, truncated     []byte
	line, keptLine, removedLine int
	duplicateFile               []byte
	duplicateLine               int
	reasons                     []briefReason
	spans                       []briefSpan
}

type briefReason struct {
	rule, kind       []byte
	value, threshold float64
}

type briefSpan struct{ kind, rule []byte }

// read reads a line of decisions.jsonl; false if it is not one. A corpus has many decisions and the page few: what is not wanted is
// stepped over. What the fast way does not know it leaves to the slow one.
func (b *brief) read(line []byte) bool {
	b.clear()
	c := cursor{rest: line}
	if c.object(b.field) && len(bytes.TrimSpace(c.rest)) == 0 {
		return true
	}
	return b.readSlowly(line)
}

func (b *brief) clear() { *b = brief{reasons: b.reasons[:0], spans: b.spans[:0]} }

// readSlowly is the plain way.
func (b *brief) readSlowly(line []byte) bool {
	var d Decision
	if json.Unmarshal(line, &d) != nil {
		return false
	}
	b.clear()
	b.action, b.file, b.truncated, b.duplicateFile = []byte(d.Action), []byte(d.File), []byte(d.Truncated), []byte(d.DuplicateFile)
	b.line, b.keptLine, b.removedLine, b.duplicateLine = d.Line, d.KeptLine, d.RemovedLine, d.DuplicateLine
	for _, r := range d.Reasons {
		b.reasons = append(b.reasons, briefReason{[]byte(r.Rule), []byte(r.Kind), r.Value, r.Threshold})
	}
	for _, s := range d.Spans {
		b.spans = append(b.spans, briefSpan{[]byte(s.Kind), []byte(s.Rule)})
	}
	return true
}

// field takes a field of a decision.
func (b *brief) field(c *cursor, key []byte) bool {
	switch string(key) {
	case "action":
		return c.word(&b.action)
	case "file":
		return c.word(&b.file)
	case "truncated":
		return c.word(&b.truncated)
	case "duplicate_file":
		return c.word(&b.duplicateFile)
	case "line":
		return c.int(&b.line)
	case "kept_line":
		return c.int(&b.keptLine)
	case "removed_line":
		return c.int(&b.removedLine)
	case "duplicate_line":
		return c.int(&b.duplicateLine)
	case "reasons":
		b.reasons = b.reasons[:0]
		return c.array(b.reason)
	case "spans":
		b.spans = b.spans[:0]
		return c.array(b.span)
	case "id", "duplicate_of", "relation", "jaccard", "containment", "cluster":
		return c.skip()
	}
	return false
}

func (b *brief) reason(c *cursor) bool {
	var r briefReason
	ok := c.object(func(c *cursor, key []byte) bool {
		switch string(key) {
		case "rule":
			return c.word(&r.rule)
		case "kind":
			return c.word(&r.kind)
		case "value":
			return c.float(&r.value)
		case "threshold":
			return c.float(&r.threshold)
		case "evidence":
			return c.skip()
		}
		return false
	})
	b.reasons = append(b.reasons, r)
	return ok
}

func (b *brief) span(c *cursor) bool {
	var s briefSpan
	ok := c.object(func(c *cursor, key []byte) bool {
		switch string(key) {
		case "kind":
			return c.word(&s.kind)
		case "rule":
			return c.word(&s.rule)
		case "start", "end", "cut", "text", "put":
			return c.skip()
		}
		return false
	})
	b.spans = append(b.spans, s)
	return ok
}

// cursor walks over JSON without spaces, as corpusctl writes it. Its methods return false where they meet anything else.
type cursor struct{ rest []byte }

func (c *cursor) byte(want byte) bool {
	if len(c.rest) == 0 || c.rest[0] != want {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

// object calls field for the value of each key.
func (c *cursor) object(field func(c *cursor, key []byte) bool) bool {
	if !c.byte('{') {
		return false
	}
	for {
		key, ok := c.string()
		if !ok || !c.byte(':') || !field(c, key) {
			return false
		}
		if c.byte('}') {
			return true
		}
		if !c.byte(',') {
			return false
		}
	}
}

// array calls element for each element; an empty one is not written.
func (c *cursor) array(element func(c *cursor) bool) bool {
	if !c.byte('[') {
		return false
	}
	for {
		if !element(c) {
			return false
		}
		if c.byte(']') {
			return true
		}
		if !c.byte(',') {
			return false
		}
	}
}

// string returns what stands between quotes, escapes as they are.
func (c *cursor) string() (raw []byte, ok bool) {
	if !c.byte('"') {
		return nil, false
	}
	for i := 0; ; i++ {
		n := bytes.IndexByte(c.rest[i:], '"')
		if n < 0 {
			return nil, false
		}
		i += n
		slashes := 0
		for slashes < i && c.rest[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			raw, c.rest = c.rest[:i], c.rest[i+1:]
			return raw, true
		}
	}
}

// word takes a string that is wanted: one that needs no decoding.
func (c *cursor) word(to *[]byte) bool {
	raw, ok := c.string()
	*to = raw
	return ok && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw)
}

// token takes a number or a word such as true.
func (c *cursor) token() []byte {
	i := 0
	for i < len(c.rest) && c.rest[i] != ',' && c.rest[i] != '}' && c.rest[i] != ']' {
		i++
	}
	raw := c.rest[:i]
	c.rest = c.rest[i:]
	return raw
}

func (c *cursor) int(to *int) bool {
	n, err := strconv.Atoi(string(c.token()))
	*to = n
	return err == nil
}

func (c *cursor) float(to *float64) bool {
	f, err := strconv.ParseFloat(string(c.token()), 64)
	*to = f
	return err == nil
}

// skip steps over a string, a number, true or false.
func (c *cursor) skip() bool {
	if len(c.rest) > 0 && c.rest[0] == '"' {
		_, ok := c.string()
		return ok
	}
	raw := c.token()
	return len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' || string(raw) == "true" || string(raw) == "false")
}
