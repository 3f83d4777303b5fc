package advise

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/corpus"
)

// Field is a field of JSON records, objects inside objects with dots, as the first records have it.
type Field struct {
	Name     string  `json:"name"`
	Role     string  `json:"role,omitempty"` // what it looks like: text, id, source, date, url
	Kind     string  `json:"kind"`           // string, number, bool, array, null
	Coverage float64 `json:"coverage"`       // share of the records that have it, and not empty
	Length   int     `json:"length"`         // mean length in characters, of strings
	Distinct int     `json:"distinct"`       // different values
	Records  int     `json:"records"`        // that were looked at

	sum    int
	filled int
	values map[string]int
	dates  int
	urls   int
}

const (
	maxFields = 200
	maxDepth  = 4
)

// findFields looks at records and says what their fields look like. The names in force are taken at their word.
func findFields(records [][]byte, names corpus.Fields) []Field {
	found := map[string]*Field{}
	n := 0
	for _, raw := range records {
		var object map[string]any
		d := json.NewDecoder(bytes.NewReader(bytes.TrimLeft(raw, " \t\r\n,[")))
		d.UseNumber()
		if d.Decode(&object) == nil {
			n++
			survey(found, "", object, 0)
		}
	}
	fields := make([]Field, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		f := found[name]
		f.Coverage, f.Distinct, f.Records = float64(f.filled)/float64(n), len(f.values), n
		f.Length = f.sum / max(f.filled, 1)
		fields = append(fields, *f)
	}
	assign(fields, names)
	return fields
}

func survey(found map[string]*Field, prefix string, object map[string]any, depth int) {
	for key, value := range object {
		name := prefix + key
		if inner, ok := value.(map[string]any); ok {
			if depth < maxDepth {
				survey(found, name+".", inner, depth+1)
			}
			continue
		}
		f := found[name]
		if f == nil {
			if len(found) == maxFields {
				continue
			}
			f = &Field{Name: name, values: map[string]int{}}
			found[name] = f
		}
		f.take(value)
	}
}

var (
	dateForm = regexp.MustCompile(`^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{8}$)`)
	urlForm  = regexp.MustCompile(`^https?://`)
)

func (f *Field) take(value any) {
	kind, text := "null", ""
	switch v := value.(type) {
	case string:
		kind, text = "string", v
	case json.Number:
		kind, text = "number", v.String()
	case bool:
		kind = "bool"
	case []any:
		kind = "array"
	}
	if f.Kind == "" || f.Kind == "null" {
		f.Kind = kind
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	f.filled++
	f.sum += utf8.RuneCountInString(text)
	f.values[text]++
	if dateForm.MatchString(text) {
		f.dates++
	}
	if urlForm.MatchString(text) {
		f.urls++
	}
}

// role says how well a field fits a role: 0 not at all.
type role struct {
	name  string
	given string
	fits  func(f *Field) float64
}

// assign gives each role to the field named for it, or else to the one that fits best.
func assign(fields []Field, names corpus.Fields) {
	for _, r := range []role{
		{"text", names.Text, (*Field).likeText},
		{"url", names.URL, func(f *Field) float64 { return share(f.urls, f.filled) }},
		{"date", names.Date, func(f *Field) float64 { return share(f.dates, f.filled) }},
		{"id", names.ID, (*Field).likeID},
		{"source", names.Source, (*Field).likeSource},
	} {
		best := -1
		for i := range fields {
			f := &fields[i]
			if f.Name == r.given && f.filled > 0 {
				best = i
				break
			}
			if f.Role == "" && r.fits(f) > .5 && (best < 0 || r.fits(f) > r.fits(&fields[best])) {
				best = i
			}
		}
		if best >= 0 {
			fields[best].Role = cmp.Or(fields[best].Role, r.name)
		}
	}
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// likeText: the longer the likelier; a field that few records have is not it.
func (f *Field) likeText() float64 {
	if f.Kind != "string" || f.Coverage < .5 || f.Length < 20 || f.urls*2 > f.filled {
		return 0
	}
	return float64(f.Length)
}

var idName = regexp.MustCompile(`(?i)(^|[._])(id|uuid|guid|key|doc_?id|record_?id)$`)

// likeID: short, everywhere, each value once.
func (f *Field) likeID() float64 {
	if f.Kind != "string" && f.Kind != "number" || f.Length > 100 || len(f.values) < f.filled || !idName.MatchString(f.Name) {
		return 0
	}
	return f.Coverage
}

var sourceName = regexp.MustCompile(`(?i)(^|[._])(source|site|site_?name|domain|host|publisher|paper|newspaper|outlet|channel|provider)$`)

// likeSource: short, few values, a name that says so.
func (f *Field) likeSource() float64 {
	if f.Kind != "string" || f.Length > 80 || !sourceName.MatchString(f.Name) {
		return 0
	}
	return f.Coverage
}
