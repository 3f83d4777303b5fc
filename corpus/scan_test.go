package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var testFields = Fields{Text: "text", ID: "id", Source: "meta.source", Date: "meta.a.b", URL: "meta"}

func newScanner(tb testing.TB, f Fields) *Scanner {
	tb.Helper()
	s, err := NewScanner(f)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestScanReasons(t *testing.T) {
	deep := func(n int) string {
		return `{"text":"x","a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`
	}
	cases := []struct{ line, reason string }{
		{`{"text":"x"}`, ""},
		{"{\"text\":\"x\"}\r\n", ""},
		{" \t{ \"text\" : \"x\" , \"a\" : [ ] , \"b\" : { } } \n", ""},
		{`{"text":""}`, ""},
		{`{"text":"\u0000"}`, ""},
		{`{"te\u0078t":"x"}`, ""},
		{`{"text":"\ud83d\ude00"}`, ""},
		{"{\"text\":\"x\",\"b\":\"\xff\"}", ""},
		{`{"text":1,"text":"x"}`, ""},
		{deep(9999), ""},
		{deep(10000), "not JSON: nesting is deeper than 10000 at column 10016"},
		{"", "not JSON: unexpected end of line at column 1"},
		{"\n", "not JSON: unexpected end of line at column 2"},
		{`{"text":"x"`, "not JSON: unexpected end of line at column 12"},
		{`{"text":"x`, "not JSON: unexpected end of line at column 11"},
		{`{"text"`, "not JSON: unexpected end of line at column 8"},
		{`{"text":"x"}}`, "not JSON: something follows the record at column 13"},
		{`{"text":"x"} {}`, "not JSON: something follows the record at column 14"},
		{`{"text":"x",}`, "not JSON: a key was expected at column 13"},
		{`{,}`, "not JSON: a key was expected at column 2"},
		{`{"text" "x"}`, "not JSON: a colon was expected at column 9"},
		{`{"text":}`, "not JSON: a value was expected at column 9"},
		{`[1,]`, "not JSON: a value was expected at column 4"},
		{`{"text":"x" "b":1}`, "not JSON: a comma or } was expected at column 13"},
		{`[1 2]`, "not JSON: a comma or ] was expected at column 4"},
		{`{"a":[}`, "not JSON: a value was expected at column 7"},
		{`{"a":1]`, "not JSON: a comma or } was expected at column 7"},
		{"{\"text\":\"a\tb\"}", "not JSON: control character in a string at column 11"},
		{"{\"text\":\"aaaaaaaaaaaaaaaaa\x00b\"}", "not JSON: control character in a string at column 27"},
		{`{"text":"\x"}`, "not JSON: bad escape in a string at column 10"},
		{`{"text":"\u12g4"}`, "not JSON: bad escape in a string at column 10"},
		{`{"text":nul}`, "not JSON: the word null was expected at column 12"},
		{`{"text":-}`, "not JSON: a digit was expected at column 10"},
		{`{"text":01}`, "not JSON: a comma or } was expected at column 10"},
		{`{"text":1.}`, "not JSON: a digit was expected at column 11"},
		{`{"text":1e+}`, "not JSON: a digit was expected at column 12"},
		{"\xef\xbb\xbf{}", "not JSON: a value was expected at column 1"},
		{`[]`, "not an object (array)"},
		{`-1.5e3`, "not an object (number)"},
		{`"x"`, "not an object (string)"},
		{`true`, "not an object (true)"},
		{" false\n", "not an object (false)"},
		{`null`, "not an object (null)"},
		{`{}`, `no field "text" (the record is empty)`},
		{`{"id":1,"body":{"text":"x"},"id":2}`, `no field "text" (fields here: id, body)`},
		{`{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":2}`, `no field "text" (fields here: a, b, c, d, e, f, g, h, …)`},
		{`{"a\u202eb\u001b[1m":1}`, `no field "text" (fields here: a\u202eb\u001b[1m)`},
		{`{"text":null}`, "text is null, not a string"},
		{`{"text":12}`, "text is number, not a string"},
		{`{"text":{"a":"b"}}`, "text is object, not a string"},
		{`{"text":["a"]}`, "text is array, not a string"},
		{`{"text":false}`, "text is bool, not a string"},
		{`{"text":"x","text":false}`, "text is bool, not a string"},
		{"{\"text\":\"ab\xffc\"}", "text is not valid UTF-8 at byte 12"},
		{"{\"text\":\"مرحبا بكم\xd8\"}", "text is not valid UTF-8 at byte 27"},
		{`{"text":"\ud83d"}`, "text holds half a surrogate pair"},
		{`{"text":"\ude00\ud83d"}`, "text holds half a surrogate pair"},
		{`{"text":"\ud83d\ud83d\ude00"}`, "text holds half a surrogate pair"},
		{`{"text":"\\\ud83dx"}`, "text holds half a surrogate pair"},
	}
	s := newScanner(t, Fields{Text: "text", ID: "id"})
	for _, c := range cases {
		rec := Record{ID: Value{Kind: Null}}
		err := s.Scan([]byte(c.line), &rec)
		got := ""
		if err != nil {
			d, ok := errors.AsType[*Defect](err)
			if !ok {
				t.Fatalf("%.60q: the error is a %T", c.line, err)
			}
			got = d.Reason
			if rec != (Record{}) {
				t.Errorf("%.60q: the record is not empty after an error", c.line)
			}
		} else if rec.Text.Kind != String || rec.ID.Kind != Missing {
			t.Errorf("%.60q: record %+v", c.line, rec)
		}
		if got != c.reason {
			t.Errorf("%.60q: reason %q, want %q", c.line, got, c.reason)
		}
	}
}

func TestScanFields(t *testing.T) {
	fields := Fields{Text: "m.t", ID: "id", Source: "m.t.x", Date: "m", URL: "a.b.c"}
	cases := []struct {
		line string
		want [5]string // text, id, source, date, url as JSON
	}{
		{`{"m":{"t":"1"},"id":7}`, [5]string{`"1"`, `7`, ``, `{"t":"1"}`, ``}},
		{`{"m":{"t":"1"},"m.t":"2"}`, [5]string{`"2"`, ``, ``, `{"t":"1"}`, ``}},
		{`{"m.t":"2","m":{"t":"1"}}`, [5]string{`"2"`, ``, ``, `{"t":"1"}`, ``}},
		{`{"m":{"t":"1","t":"3"}}`, [5]string{`"3"`, ``, ``, `{"t":"1","t":"3"}`, ``}},
		{`{"m":{"t":"0"},"m":{"t" : "1","t.x":[]}}`, [5]string{`"1"`, ``, `[]`, `{"t" : "1","t.x":[]}`, ``}},
		{`{"m.t":"2","m.t.x":null,"m":{"t":{"x":true}}}`, [5]string{`"2"`, ``, `null`, `{"t":{"x":true}}`, ``}},
		{`{"m.t":"2","a":{"b":{"c":-0.1}}}`, [5]string{`"2"`, ``, ``, ``, `-0.1`}},
		{`{"m.t":"2","a":{"b":{"c":1},"b.c":2}}`, [5]string{`"2"`, ``, ``, ``, `2`}},
		{`{"m.t":"2","a":{"b":{"c":1}},"a":[{"b":{"c":1}}]}`, [5]string{`"2"`, ``, ``, ``, ``}},
		{`{"m.t":"2","x":{"id":3,"m":5},"y":[{"id":3}]}`, [5]string{`"2"`, ``, ``, ``, ``}},
		{`{"\u006d":{"t":"1"},"i\u0064":"n\n"}`, [5]string{`"1"`, `"n\n"`, ``, `{"t":"1"}`, ``}},
	}
	s := newScanner(t, fields)
	for _, c := range cases {
		var rec Record
		if err := s.Scan([]byte(c.line), &rec); err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		var got [5]string
		for i, v := range rec.list() {
			got[i] = c.line[v.Start:v.End]
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.line, diff)
		}
	}
}

func TestAppendStringKinds(t *testing.T) {
	s := newScanner(t, Fields{Text: "text", ID: "id"})
	cases := []struct{ id, want string }{
		{`null`, ""}, {`true`, ""}, {`[1]`, ""}, {`{"id":1}`, ""}, {`""`, ""},
		{`12.50e1`, "12.50e1"}, {`"a\"\\\/\b\f\n\r\tب"`, "a\"\\/\b\f\n\r\tب"},
		{`"\u0628\u0041\u20ac\ud83d\ude00"`, "بA€😀"}, {`"\ud83dA"`, "\uFFFDA"}, {"\"a\xff\\u0628\"", "a\uFFFDب"},
	}
	for _, c := range cases {
		line := []byte(`{"text":"","id":` + c.id + `}`)
		var rec Record
		if err := s.Scan(line, &rec); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if got := string(AppendString([]byte("+"), line, rec.ID)); got != "+"+c.want {
			t.Errorf("%s: %q, want %q", c.id, got, c.want)
		}
	}
	if got := AppendString(nil, nil, Value{}); got != nil {
		t.Errorf("missing value gives %q", got)
	}
}

func TestNewScannerRefusesNames(t *testing.T) {
	for _, f := range []Fields{{}, {ID: "id"}, {Text: "a\xff"}, {Text: "a", URL: "\uFFFD"}} {
		if _, err := NewScanner(f); err == nil {
			t.Errorf("%+v is accepted", f)
		}
	}
}

func TestScanDoesNotAllocate(t *testing.T) {
	s := newScanner(t, testFields)
	line := []byte(`{"te\u0078t":"a\u0628 ب\n","id":1,"meta":{"source":"x","a":{"b":[1,{}]}}}`)
	var rec Record
	dst := make([]byte, 0, 100)
	if err := s.Scan(line, &rec); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() {
		s.Scan(line, &rec)
		dst = AppendString(dst[:0], line, rec.Text)
	}); n != 0 {
		t.Errorf("%v allocations per line", n)
	}
}

// slowLookup is the rule of Fields on decoded objects.
func slowLookup(object []byte, path string) json.RawMessage {
	var m map[string]json.RawMessage
	if kindOf(object) != Object || json.Unmarshal(object, &m) != nil {
		return nil
	}
	if v, ok := m[path]; ok {
		return v
	}
	head, rest, dot := strings.Cut(path, ".")
	if !dot {
		return nil
	}
	return slowLookup(m[head], rest)
}

func kindOf(v []byte) Kind {
	if v = bytes.TrimLeft(v, " \t\r\n"); len(v) == 0 {
		return Missing
	}
	switch v[0] {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

// slowHalf looks for half a surrogate pair in a valid JSON string, one UTF-16 unit after the other.
func slowHalf(raw string) bool {
	var units []uint16
	for i := 1; i < len(raw)-1; i++ {
		switch {
		case raw[i] == '\\' && raw[i+1] == 'u':
			n, _ := strconv.ParseUint(raw[i+2:i+6], 16, 16)
			units = append(units, uint16(n))
			i += 5
		case raw[i] == '\\':
			units = append(units, ' ')
			i++
		default:
			units = append(units, ' ')
		}
	}
	for i := 0; i < len(units); i++ {
		if !utf16.IsSurrogate(rune(units[i])) {
			continue
		}
		if i+1 == len(units) || utf16.DecodeRune(rune(units[i]), rune(units[i+1])) == utf8.RuneError {
			return true
		}
		i++
	}
	return false
}

// slowReason is the beginning of the reason by encoding/json; "" for a good line.
func slowReason(line []byte, path string) string {
	if !json.Valid(line) {
		return "not JSON: "
	}
	if kindOf(line) != Object {
		return "not an object ("
	}
	text := slowLookup(line, path)
	switch kind := kindOf(text); {
	case kind == Missing:
		return "no field "
	case kind != String:
		return fmt.Sprintf("text is %s, not a string", kind)
	case !utf8.Valid(text):
		return "text is not valid UTF-8 at byte "
	case slowHalf(string(text)):
		return "text holds half a surrogate pair"
	}
	return ""
}

func checkScan(t interface{ Fatalf(string, ...any) }, s *Scanner, f Fields, line []byte) {
	var rec Record
	err := s.Scan(line, &rec)
	want := slowReason(line, f.Text)
	if want != "" || err != nil {
		if err == nil || want == "" || !strings.HasPrefix(err.Error(), want) {
			t.Fatalf("%q: error %v, want %q", line, err, want)
		}
		if s := err.(*Defect).Sample; !utf8.ValidString(s) || utf8.RuneCountInString(s) > sampleLength {
			t.Fatalf("%q: sample %q", line, s)
		}
		return
	}
	for i, v := range rec.list() {
		raw := slowLookup(line, f.list()[i])
		if v.Kind != kindOf(raw) || string(line[v.Start:v.End]) != string(raw) {
			t.Fatalf("%q: %s is %s %q, want %q", line, f.list()[i], v.Kind, line[v.Start:v.End], raw)
		}
		got, want := string(AppendString(nil, line, *v)), ""
		switch v.Kind {
		case String:
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
		case Number:
			want = string(raw)
		}
		if got != want {
			t.Fatalf("%q: %s decodes to %q, want %q", line, f.list()[i], got, want)
		}
		if again := string(AppendString(nil, line, Value{v.Start, v.End, v.Kind, 0})); v.Kind == Number && again != want {
			t.Fatalf("%q: %q", line, again)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		`{"text":"x"}`, `{"text":"a\u0628\ud83d\ude00\ud83d","id":1.5e-3}`, "{\"text\":\"ab\xffمرحبا\"}",
		`{"meta":{"source":"a","a":{"b":null}},"text":"x","meta":{"a.b":1}}`, `{"meta.a.b":[],"te\u0078t":"\/"}`,
		`{"text":"x","id":"` + "\xe2\x80\x8f\xe2\x80" + `"}`, `[1,{"a":[]}]`, `{"meta":{"meta":{"source":1}},"text":""}`,
		"{\"text\":\"\x1f\"}", `{"text":"aaaaaaaa\\\"bbbbbbb"}`, `{"text":-0.0E+1}`, "\ufeff{}", `{"":{"":""},"text":"\u0000"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		checkScan(t, newScanner(t, testFields), testFields, line)
		dotted := Fields{Text: "meta.a.b", ID: "text.", Source: ".", Date: "meta.a", URL: "text"}
		checkScan(t, newScanner(t, dotted), dotted, line)
	})
}

// Random JSON of the keys that matter, then spoilt in one place: fuzzing seldom gets that far by itself.
func TestScanAgainstEncodingJSON(t *testing.T) {
	s := newScanner(t, testFields)
	rapid.Check(t, func(t *rapid.T) {
		line := []byte(drawValue(t, 4))
		checkScan(t, s, testFields, line)
		if at := rapid.IntRange(0, len(line)-1).Draw(t, "at"); rapid.Bool().Draw(t, "spoil") {
			line[at] = rapid.Byte().Draw(t, "byte")
			checkScan(t, s, testFields, line)
			checkScan(t, s, testFields, line[:at])
		}
	})
}

var (
	drawnKeys   = rapid.SampledFrom([]string{`"text"`, `"te\u0078t"`, `"id"`, `"meta"`, `"m\u0065ta"`, `"source"`, `"a"`, `"b"`, `"a.b"`, `"meta.a.b"`, `"meta.a"`, `"meta.source"`, `""`})
	drawnPieces = rapid.SampledFrom([]string{"a", "مرحبا بالعالم ", "”", "😀", `\n`, `\"`, `\\`, `\u0628`, `\u00e9`, `\u0041`, `\ud83d`, `\uDE00`, `\ud83d\ude00`, `\u0000`, "\xff", "\xd8", "\xc0\x80", "\xe2\x80", "\xed\xa0\x80", "abcdefghij"})
	drawnPlain  = rapid.SampledFrom([]string{"1", "-0", "0.5e+10", "true", "false", "null", "[]", "{}", " 7 "})
)

func drawValue(t *rapid.T, depth int) string {
	switch kind := rapid.IntRange(0, 5).Draw(t, "kind"); {
	case depth == 4 || kind >= 3 && depth > 0:
		var members []string
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			members = append(members, drawnKeys.Draw(t, "key")+rapid.SampledFrom([]string{":", " : "}).Draw(t, "colon")+drawValue(t, depth-1))
		}
		return "{" + strings.Join(members, ",") + "}"
	case kind == 0:
		return drawnPlain.Draw(t, "plain")
	case kind == 2 && depth > 0:
		return "[" + drawValue(t, depth-1) + "," + drawValue(t, depth-1) + "]"
	}
	return `"` + strings.Join(rapid.SliceOfN(drawnPieces, 0, 12).Draw(t, "pieces"), "") + `"`
}

func FuzzInvalidUTF8(f *testing.F) {
	for _, seed := range []string{"مرحبا بالعالم", "a\xd8", "\xc1\xbfaaaaaaaaaa", "aaaaaaa\xd8\xd8aaaaaaa", "“مرحبا” 😀 ", "\xed\xa0\x80", "aaaaaaa\xd8", "\x80aaaaaaaa", "aaaaaaa\xd8\xa7aaaaaaa\xa7"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		want := -1
		for i, r := range string(b) {
			if r == utf8.RuneError && !strings.HasPrefix(string(b[i:]), "\uFFFD") {
				want = i
				break
			}
		}
		if got := invalidUTF8(b); got != want {
			t.Fatalf("%q: %d, want %d", b, got, want)
		}
	})
}

func TestInvalidUTF8EveryPlace(t *testing.T) {
	base := []byte("قال “رئيس” 😀 الوزراء aaaaaaaaaaaaaaaa قال رئيس الوزراء السابق في حديث")
	for i := range base {
		for c := range 256 {
			b := bytes.Clone(base)
			b[i] = byte(c)
			if got := invalidUTF8(b) < 0; got != utf8.Valid(b) {
				t.Fatalf("byte %d = %#x: valid %v", i, c, got)
			}
		}
		if got := invalidUTF8(base[:i]) < 0; got != utf8.Valid(base[:i]) {
			t.Fatalf("first %d bytes: valid %v", i, got)
		}
	}
}
