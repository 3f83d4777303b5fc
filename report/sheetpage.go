package report

import (
	"bytes"
	_ "embed" // the parts of the page
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

//go:embed page/sheet.js
var sheetScript string

//go:embed page/sheet.html
var sheetControls string

// WritePage writes the page on which a sheet is labelled: it needs nothing but itself, and saves a file of labels. What the run said of a pair
// is not shown, so that nobody is led; of a document the spans that the run found are, to be taken or thrown out.
func (s *Sheet) WritePage(w io.Writer) error {
	lines, err := json.Marshal(s.Lines) // with <, > and & as escapes: it can end no element
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var b bytes.Buffer
	headOf(&b, "corpusctl labels", sheetScript)
	b.WriteString(sheetControls)
	for i := range s.Lines {
		b.WriteString(string(s.Lines[i].body(i)))
	}
	fmt.Fprintf(&b, "</main>\n<script type=\"application/json\" id=\"lines\">%s</script>\n<script>%s</script>\n</body>\n</html>\n", lines, sheetScript)
	_, err = w.Write(b.Bytes())
	return err
}

// body shows one line.
func (l *SheetLine) body(i int) string {
	var m markup
	m.raw(`<article class="task"`)
	m.attr("id", "t"+strconv.Itoa(i))
	m.raw(` hidden>`)
	if l.A != "" {
		m.raw(`<div class="heads"><p><strong>a</strong> <bdi>`)
		m.text(l.A)
		m.raw(`</bdi></p><p><strong>b</strong> <bdi>`)
		m.text(l.B)
		m.raw(`</bdi></p></div>`)
		m.sideBySide(l.texts[0], l.texts[1])
	} else {
		m.raw(`<div class="heads one"><p><bdi>`)
		m.text(l.ID)
		m.raw(`</bdi> <bdi class="src">`)
		m.text(l.Source)
		m.raw(`</bdi></p></div><div class="text" dir="auto">`)
		m.foundSpans([]rune(l.Text), l.spans)
		m.raw(`</div>`)
	}
	m.raw("</article>\n")
	return m.b.String()
}

// foundSpans writes a whole text with its spans, each of which can be clicked. The script counts characters in it: all that is not of the text is
// of the class tag, and an escape stands for one character.
func (m *markup) foundSpans(text []rune, spans []Span) {
	at := 0
	for i, s := range spans {
		if s.Start < at {
			continue
		}
		m.text(string(text[at:s.Start]))
		m.raw(`<mark tabindex="0" role="checkbox" aria-checked="true"`)
		m.attr("data-n", strconv.Itoa(i))
		m.raw(`>`)
		m.text(string(text[s.Start:s.End]))
		m.raw(`</mark><small class="tag" dir="ltr">`)
		m.text(s.Kind + ": " + s.Rule)
		m.raw(`</small>`)
		at = s.End
	}
	m.text(string(text[at:]))
}
