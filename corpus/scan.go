package corpus

// maxDepth is the deepest nesting of objects and arrays that is valid, as in encoding/json.
const maxDepth = 10000

// A Scanner validates lines and finds the wanted fields. Make one per goroutine; it does not allocate per line.
type Scanner struct {
	fields Fields
	root   node
	slots  []Value             // one per alternative; see want
	first  [fieldCount + 1]int // the slots of field f are first[f] to first[f+1]

	line   []byte
	at     int // place in line
	expect step
	stack  []frame // the objects and arrays that are open
	key    *wanted // the key whose value comes next; nil if it is not wanted
	name   []byte  // scratch for keys with escapes
}

// frame is an object or array that is open.
type frame struct {
	key    *wanted // that it is the value of
	object *node   // what is wanted of it; nil for nothing
	array  bool
}

// step is what may come next in the line.
type step uint8

const (
	aValue       step = iota
	firstElement      // a value or ]
	firstKey          // a key or }
	aKey
	aComma // or the end of what is open
)

// NewScanner compiles the names of the wanted fields.
func NewScanner(f Fields) (*Scanner, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s := &Scanner{fields: f}
	for i, path := range f.list() {
		if s.first[i+1] = s.first[i]; path != "" {
			s.first[i+1] = s.root.want(path, s.first[i])
		}
	}
	s.slots = make([]Value, s.first[fieldCount])
	return s, nil
}

// Scan validates one line, with or without its line end, and finds the wanted values. The line is accepted if encoding/json
// accepts it (json.Valid), it is an object, and the text field is a string of valid UTF-8 without half surrogate pairs; the rest
// of the line may hold what is not UTF-8. The spans of rec are good for this line only.
//
// The error is a *Defect without a place ([Locate] adds it), with one of the reasons
//
//	not JSON: <what> at column N                         N counts bytes from 1
//	not an object (array|number|string|true|false|null)
//	no field "text" (fields here: id, body, …)           at most 8 names, made safe to show
//	text is null|number|object|array|bool, not a string
//	text is not valid UTF-8 at byte N                    N counts bytes of the line from 1
//	text holds half a surrogate pair
//
// and rec holds nothing then.
func (s *Scanner) Scan(line []byte, rec *Record) error {
	*rec = Record{}
	if wrong := s.walk(line); wrong != "" {
		return refuse(line, "not JSON: %s at column %d", wrong, s.at+1)
	}
	if word := notObject(line); word != "" {
		return refuse(line, "not an object (%s)", word)
	}
	values := rec.list()
	for f, v := range values {
		for _, slot := range s.slots[s.first[f]:s.first[f+1]] {
			if slot.Kind != Missing {
				*v = slot
				break
			}
		}
	}
	if err := s.checkText(&rec.Text); err != nil {
		*rec = Record{}
		return err
	}
	return nil
}

func (s *Scanner) checkText(v *Value) error {
	raw := s.line[v.Start:v.End]
	switch {
	case v.Kind == Missing:
		return refuse(s.line, "no field %q (%s)", s.fields.Text, fieldNames(s.line))
	case v.Kind != String:
		return refuse(s.line, "text is %s, not a string", v.Kind)
	}
	if v.form&validUTF8 == 0 {
		if i := invalidUTF8(raw); i >= 0 {
			return refuse(s.line, "text is not valid UTF-8 at byte %d", v.Start+i+1)
		}
	}
	if v.form&surrogate != 0 && halfSurrogate(raw[1:len(raw)-1]) {
		return refuse(s.line, "text holds half a surrogate pair")
	}
	v.form |= validUTF8
	return nil
}

// walk goes over the line once. It returns what is wrong at s.at, or "".
func (s *Scanner) walk(line []byte) (wrong string) {
	clear(s.slots)
	s.line, s.at, s.stack, s.key, s.expect = line, 0, s.stack[:0], nil, aValue
	for wrong == "" && s.skipSpace() {
		switch s.expect {
		case aValue, firstElement:
			wrong = s.value()
		case aKey, firstKey:
			wrong = s.member()
		case aComma:
			wrong = s.comma()
		}
	}
	if wrong == "" && (s.expect != aComma || len(s.stack) > 0) {
		return "unexpected end of line"
	}
	return wrong
}

// skipSpace reports whether something other than white space follows.
func (s *Scanner) skipSpace() bool {
	for s.at < len(s.line) {
		if !isSpace(s.line[s.at]) {
			return true
		}
		s.at++
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func (s *Scanner) value() (wrong string) {
	switch c := s.line[s.at]; {
	case c == '"':
		return s.text()
	case c == '{':
		return s.open(Object)
	case c == '[':
		return s.open(Array)
	case c == '-' || '0' <= c && c <= '9':
		return s.number()
	case c == 't':
		return s.literal("true", Bool)
	case c == 'f':
		return s.literal("false", Bool)
	case c == 'n':
		return s.literal("null", Null)
	case c == ']' && s.expect == firstElement:
		s.close()
		return ""
	}
	return "a value was expected"
}

// member reads a key and its colon.
func (s *Scanner) member() (wrong string) {
	c := s.line[s.at]
	if c == '}' && s.expect == firstKey {
		s.close()
		return ""
	}
	if c != '"' {
		return "a key was expected"
	}
	start := s.at + 1
	end, f, wrong := stringEnd(s.line, start)
	if s.at = end; wrong != "" {
		return wrong
	}
	s.at++
	if object := s.stack[len(s.stack)-1].object; object != nil {
		s.key = object.find(s.keyName(s.line[start:end], f))
	}
	if !s.skipSpace() {
		return "" // walk reports the end
	}
	if s.line[s.at] != ':' {
		return "a colon was expected"
	}
	s.at++
	s.expect = aValue
	return ""
}

// keyName decodes a key if need be.
func (s *Scanner) keyName(raw []byte, f form) []byte {
	if f&escaped == 0 {
		return raw // a wanted name holds no replacement character, so wrong UTF-8 equals none
	}
	s.name = appendDecoded(s.name[:0], raw, f)
	return s.name
}

// comma reads what stands between values.
func (s *Scanner) comma() (wrong string) {
	if len(s.stack) == 0 {
		return "something follows the record"
	}
	c, array := s.line[s.at], s.stack[len(s.stack)-1].array
	switch {
	case c == ',' && array:
		s.expect = aValue
	case c == ',':
		s.expect = aKey
	case c == ']' && array, c == '}' && !array:
		s.close()
		return ""
	case array:
		return "a comma or ] was expected"
	default:
		return "a comma or } was expected"
	}
	s.at++
	return ""
}

// open begins an object or array.
func (s *Scanner) open(kind Kind) (wrong string) {
	if len(s.stack) == maxDepth {
		return "nesting is deeper than 10000"
	}
	f := frame{key: s.key, array: kind == Array}
	s.expect = firstElement
	if kind == Object {
		s.expect = firstKey
		if len(s.stack) == 0 {
			f.object = &s.root
		} else if s.key != nil && len(s.key.object.keys) > 0 {
			f.object = &s.key.object
		}
	}
	s.found(Value{Start: s.at, Kind: kind})
	s.stack = append(s.stack, f)
	s.at++
	return ""
}

// close ends the innermost object or array.
func (s *Scanner) close() {
	s.at++
	last := len(s.stack) - 1
	if key := s.stack[last].key; key != nil {
		for _, slot := range key.slots {
			s.slots[slot].End = s.at
		}
	}
	s.stack = s.stack[:last]
	s.expect = aComma
}

// found notes the value of the key before it, in place of an earlier value of the same key.
func (s *Scanner) found(v Value) {
	if s.key == nil {
		return
	}
	for _, slot := range s.key.below {
		s.slots[slot] = Value{}
	}
	for _, slot := range s.key.slots {
		s.slots[slot] = v
	}
	s.key = nil
}

// scalar notes a value that ends at end.
func (s *Scanner) scalar(end int, kind Kind, f form) {
	s.found(Value{s.at, end, kind, f})
	s.at, s.expect = end, aComma
}

func (s *Scanner) text() (wrong string) {
	end, f, wrong := stringEnd(s.line, s.at+1)
	if wrong != "" {
		s.at = end
		return wrong
	}
	s.scalar(end+1, String, f)
	return ""
}

func (s *Scanner) literal(word string, kind Kind) (wrong string) {
	rest := s.line[s.at:]
	for i := range len(word) {
		if i == len(rest) || rest[i] != word[i] {
			s.at += i
			return "the word " + word + " was expected"
		}
	}
	s.scalar(s.at+len(word), kind, 0)
	return ""
}

// number reads a number by the grammar of RFC 8259.
func (s *Scanner) number() (wrong string) {
	line, start := s.line, s.at
	if line[start] == '-' {
		start++
	}
	end := digits(line, start)
	if end > start && line[start] == '0' {
		end = start + 1 // a zero stands alone before the point
	}
	whole := end > start
	if whole && end < len(line) && line[end] == '.' {
		start = end + 1
		end = digits(line, start)
		whole = end > start
	}
	if whole && end < len(line) && line[end]|0x20 == 'e' {
		start = end + 1
		if start < len(line) && (line[start] == '+' || line[start] == '-') {
			start++
		}
		end = digits(line, start)
		whole = end > start
	}
	if !whole {
		s.at = end
		return "a digit was expected"
	}
	s.scalar(end, Number, 0)
	return ""
}

// digits is the place after the digits that begin at i.
func digits(line []byte, i int) int {
	for i < len(line) && '0' <= line[i] && line[i] <= '9' {
		i++
	}
	return i
}

// stringEnd checks the string whose first byte after the quote is at i, and returns the place of its closing quote; or, when
// something is wrong, that place.
func stringEnd(line []byte, i int) (end int, f form, wrong string) {
	valid := true // what was seen is certain to be UTF-8
	for {
		var run bool
		i, run = plainRun(line, i)
		valid = valid && run
		switch {
		case i == len(line):
			return i, f, "unexpected end of line"
		case line[i] == '"' && valid:
			return i, f | validUTF8, ""
		case line[i] == '"':
			return i, f, ""
		case line[i] < ' ':
			return i, f, "control character in a string"
		}
		f |= escaped
		for i < len(line) && line[i] == '\\' {
			if i+1 < len(line) && escapes[line[i+1]] != 0 {
				i += 2
				continue
			}
			size, half := unicodeEscape(line[i:])
			if size == 0 {
				return i, f, "bad escape in a string"
			}
			i += size
			f |= half
		}
	}
}
