package page

import (
	"fmt"
	"strings"
)

// Table is one table of a page, where it stands between two lines that name it and the command that makes it.
type Table struct {
	Name string
	Note string
	Head []string
	Rows [][]string
}

// Add appends a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Markdown writes the table, its note before it, after a line that tells where it was measured.
func (t *Table) Markdown(measured string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s\n\n", strings.TrimSpace(t.Note+" "+measured))
	writeRow(&s, t.Head)
	s.WriteString("|" + strings.Repeat("---|", len(t.Head)) + "\n")
	for _, row := range t.Rows {
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
func beginLine(command, name string) string { return "<!-- made by " + command + ": " + name + " -->" }

const endLine = "<!-- end -->"

// Replace puts a text between the lines that name a table and the command that makes it. All else of the page stays.
func Replace(page, command, name, text string) (string, error) {
	begin := beginLine(command, name)
	before, rest, ok := strings.Cut(page, begin+"\n")
	if !ok {
		return "", fmt.Errorf("the page has no line %q", begin)
	}
	_, after, ok := strings.Cut(rest, endLine)
	if !ok {
		return "", fmt.Errorf("nothing ends the table %s with %q", name, endLine)
	}
	return before + begin + "\n" + text + endLine + after, nil
}
