package advise

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteConfig writes the settings as a file for --config of dedup and clean, each with its reason. What only clean takes stands there as a
// comment, because dedup refuses what it does not know.
func (a *Advice) WriteConfig(w io.Writer, printable func(string) string) error {
	var b bytes.Buffer
	c := &a.Corpus
	fmt.Fprintf(&b, "# Made by corpusctl advise from %d of about %d different texts in %d documents (seed %d).\n", c.Sample, c.Distinct, c.Documents, c.Seed)
	b.WriteString("# Give it with --config to dedup or clean; flags on the command line win.\n")
	for _, s := range a.Settings {
		b.WriteByte('\n')
		comment(&b, printable(s.Why))
		value, err := yaml.Marshal(map[string]any{s.Flag: scalar(s.Value)})
		if err != nil {
			return err
		}
		if s.Clean {
			comment(&b, "only clean takes this: take the # away, and give the file to clean alone")
			b.WriteString("# ")
		}
		b.Write(value)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// scalar is a value as YAML writes it: a number plainly.
func scalar(value string) any {
	var n int
	if _, err := fmt.Sscanf(value, "%d", &n); err == nil && fmt.Sprint(n) == value {
		return n
	}
	return value
}

// comment writes lines of at most 100 columns.
func comment(b *bytes.Buffer, text string) {
	line := "#"
	for _, word := range strings.Fields(text) {
		if len([]rune(line))+1+len([]rune(word)) > 100 {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}
