package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// What follows runs once per bad record and may be slow.

const (
	maxNames      = 8  // field names in a reason
	maxNameLength = 40 // characters of such a name
)

// refuse makes the defect of a line.
func refuse(line []byte, format string, args ...any) error {
	return &Defect{Reason: fmt.Sprintf(format, args...), Sample: sample(line)}
}

// notObject says what a valid line is, "" if it is an object.
func notObject(line []byte) string {
	line = bytes.Trim(line, " \t\r\n")
	switch line[0] {
	case '{':
		return ""
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f', 'n':
		return string(line)
	}
	return "number"
}

// fieldNames lists the first keys of an object for a reason.
func fieldNames(line []byte) string {
	var names []string
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.Token() // the brace
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			break
		}
		if name = shown(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
		if len(names) > maxNames {
			names[maxNames] = "…"
			break
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			break
		}
	}
	if len(names) == 0 {
		return "the record is empty"
	}
	return "fields here: " + strings.Join(names, ", ")
}

func shown(name string) string {
	return string(appendPrintable(nil, []byte(name), maxNameLength))
}
