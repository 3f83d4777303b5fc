package corpus

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Fields names the values that are wanted of a record. "" is not wanted; Text must be given.
//
// A dot reaches into an object: "meta.text" is the value of the key "meta.text" itself if the record has it, otherwise the
// value of "text" in the object "meta"; and so at every level with what is left of the path. Arrays are not entered. As in
// encoding/json, of a key that stands twice in an object the last one counts, with all that is below it: after
// {"meta":{"text":"x"},"meta":{}} there is no "meta.text".
type Fields struct {
	Text   string `json:"text"`
	ID     string `json:"id"`
	Source string `json:"source"`
	Date   string `json:"date"`
	URL    string `json:"url"`
}

// A Record holds the places of the wanted values of one line, as [Scanner.Scan] found them. Text is always a string; the
// others may be of any kind, and Missing if the record has no such field.
type Record struct {
	Text, ID, Source, Date, URL Value
}

// A Value is the place of one value in its record: line[Start:End]; of a string of JSON with its quotes.
type Value struct {
	Start, End int
	Kind       Kind
	form       form
}

// A Kind is the type of a JSON value.
type Kind uint8

// The kinds. Missing is the zero value.
const (
	Missing Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// String gives "missing", "null", "bool", "number", "string", "array" or "object".
func (k Kind) String() string {
	return [...]string{"missing", "null", "bool", "number", "string", "array", "object", "?"}[min(k, 7)]
}

// form is what the scan learned about a string; the zero value knows nothing.
type form uint8

const (
	escaped   form = 1 << iota // holds a backslash
	surrogate                  // holds an escaped half of a surrogate pair, perhaps beside its other half
	validUTF8                  // was checked to be UTF-8
	verbatim                   // not JSON: the bytes are the value
	doubled                    // not JSON: the bytes are the value with each quote twice
)

// Each wanted path compiles into one alternative per way to cut it into keys: "a.b" into the key "a.b", and "b" in "a". An
// alternative is a slot of Scanner.slots, and the first slot of a field that holds a value is the field's value. The keys of
// all alternatives form a tree.

// node is an object of which some keys are wanted.
type node struct{ keys []*wanted }

// wanted is a key to look for in an object.
type wanted struct {
	name   string
	slots  []int // alternatives that the value answers
	below  []int // alternatives that stand below it: they are forgotten when the key comes again
	object node  // what is wanted of the value if it is an object
}

// fieldCount is the number of fields of a record.
const fieldCount = 5

func (f Fields) list() [fieldCount]string { return [...]string{f.Text, f.ID, f.Source, f.Date, f.URL} }

func (r *Record) list() [fieldCount]*Value {
	return [...]*Value{&r.Text, &r.ID, &r.Source, &r.Date, &r.URL}
}

// check refuses names that no key can equal.
func (f Fields) check() error {
	if f.Text == "" {
		return errors.New("fields: the text field needs a name")
	}
	for _, name := range f.list() {
		if !utf8.ValidString(name) || strings.ContainsRune(name, utf8.RuneError) {
			return fmt.Errorf("fields: name %q is not valid UTF-8", name)
		}
	}
	return nil
}

// want adds the alternatives of one path, numbered from slot, and returns the next free number.
func (n *node) want(path string, slot int) int {
	var above []*wanted
	for {
		key := n.key(path)
		key.slots = append(key.slots, slot)
		for _, a := range above {
			a.below = append(a.below, slot)
		}
		slot++
		head, rest, dot := strings.Cut(path, ".")
		if !dot {
			return slot
		}
		parent := n.key(head)
		above = append(above, parent)
		n, path = &parent.object, rest
	}
}

// key finds or adds a key.
func (n *node) key(name string) *wanted {
	for _, k := range n.keys {
		if k.name == name {
			return k
		}
	}
	k := &wanted{name: name}
	n.keys = append(n.keys, k)
	return k
}

// find returns the wanted key of that name, or nil.
func (n *node) find(name []byte) *wanted {
	for _, k := range n.keys {
		if string(name) == k.name {
			return k
		}
	}
	return nil
}
