package main

import (
	"fmt"
	"strings"
)

// table is one table of docs/PERFORMANCE.md, where it stands between two lines that name it.
type table struct {
	name string
	note string
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// markdown writes the table, its note before it, after a line that tells where it was measured.
func (t *table) markdown(measured string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s\n\n", t.note, measured)
	writeRow(&s, t.head)
	s.WriteString("|" + strings.Repeat("---|", len(t.head)) + "\n")
	for _, row := range t.rows {
		writeRow(&s, row)
	}
	return s.String()
}

func writeRow(s *strings.Builder, cells []string) {
	for _, c := range cells {
		s.WriteString("| " + strings.ReplaceAll(strings.ReplaceAll(c, "|", `\|`), "\n", " ") + " ")
	}
	s.WriteString("|\n")
}

// The lines that a table stands between.
func beginLine(name string) string { return "<!-- made by bench/run: " + name + " -->" }

const endLine = "<!-- end -->"

// replaceTable puts a text between the lines of its name. All else stays.
func replaceTable(page, name, text string) (string, error) {
	before, rest, ok := strings.Cut(page, beginLine(name)+"\n")
	if !ok {
		return "", fmt.Errorf("the page has no line %q", beginLine(name))
	}
	_, after, ok := strings.Cut(rest, endLine)
	if !ok {
		return "", fmt.Errorf("nothing ends the table %s with %q", name, endLine)
	}
	return before + beginLine(name) + "\n" + text + endLine + after, nil
}
