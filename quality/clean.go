package quality

import (
	"strings"
	"unsafe"
)

// Options say what a Cleaner looks for. A field left at zero is not looked for, Cut apart.
type Options struct {
	Phrases *Phrases // page furniture that is known: DefaultPhrases
	Learned Learned  // page furniture of the corpus itself
	Preset  *Preset  // verdicts: LoadPreset("news-ar")
	Signals bool     // signals are wanted of every document, not only of those that a rule may hit
	Mask    bool     // only what a page adds is wanted, to compare texts without it: no repetition, no truncation
	Cut     Kinds    // kinds that are cut; the others are only marked; 0 = DefaultCut
}

// Learned is what was learned from a corpus about the furniture of its sources: see package recur. Append is called by many
// goroutines at once; taken are the spans found before, sorted.
type Learned interface {
	Append(dst []Span, text, source string, taken []Span) []Span
}

// Cleaner repairs and judges one document after another; one for each goroutine.
type Cleaner struct {
	opt         Options
	analyzer    Analyzer
	screen      *screen // nil without a preset that it can serve, and where signals are wanted
	truncations Truncations
	repeats     repeats
	marks       textMarks
	work        []Span
	text        strings.Builder
	out         Findings
}

// Findings is what was found in one document.
type Findings struct {
	Spans    []Span    // sorted, disjoint; those that are cut take the white space with them that would be left over
	Cut      Cut       // whether the text is truncated
	Verdicts []Verdict // rules that the repaired text breaks: any, and the document goes
	Signals  *Signals  // of the repaired text; nil if neither Options.Signals nor a verdict asked for them
	Text     string    // repaired
}

// None tells that there is nothing to say about the document.
func (f *Findings) None() bool {
	return len(f.Spans) == 0 && len(f.Verdicts) == 0 && f.Cut.Where == NotTruncated
}

// NewCleaner returns a Cleaner.
func NewCleaner(opt Options) *Cleaner {
	if opt.Cut == 0 {
		opt.Cut = DefaultCut()
	}
	c := &Cleaner{opt: opt}
	c.analyzer.CharRepetition = opt.Signals || opt.Preset != nil && opt.Preset.Uses("bigscience_char_repetition")
	if opt.Preset != nil && !opt.Signals {
		c.screen = newScreen(opt.Preset)
	}
	return c
}

// Cuts tells whether a span is cut, or only marked.
func (c *Cleaner) Cuts(s Span) bool { return cuts(s, c.opt.Cut) }

func cuts(s Span, kinds Kinds) bool { return kinds.Has(s.Kind) && !s.Mark }

// Clean looks at a document. What it returns changes with the next call. Its cost is linear in the length of the text.
//
// Finders go from the surest to the least sure, and what one took the next ones do not see: code by its shape, wrong encodings, known
// phrases, what recurs in the source, captions and leads of other stories by shape, repeated paragraphs. Truncation is judged on what is left, and signals are taken of it.
func (c *Cleaner) Clean(text, source string) *Findings { return c.clean(text, source, false) }

func (c *Cleaner) clean(text, source string, noCode bool) *Findings {
	f := &c.out
	f.Spans = c.find(f.Spans[:0], text, source, noCode)
	if f.Cut = (Cut{}); !c.opt.Mask {
		f.Cut = c.truncations.Judge(text, c.certain(f.Spans))
	}
	settle(f.Spans, c.opt.Cut, text)
	f.Text = c.repaired(text, f.Spans)
	c.judge(f)
	return f
}

// CleanBytes is Clean for a text in a buffer, which must not change as long as the findings are used. noCode says that [AppendCode] is known to find
// nothing in it.
func (c *Cleaner) CleanBytes(text []byte, source string, noCode bool) *Findings {
	return c.clean(unsafe.String(unsafe.SliceData(text), len(text)), source, noCode)
}

// judge takes the signals and judges by them, unless it is plain that no rule hits and nobody wants them.
func (c *Cleaner) judge(f *Findings) {
	f.Verdicts, f.Signals = f.Verdicts[:0], nil
	switch {
	case c.opt.Preset == nil && !c.opt.Signals, c.screen != nil && c.screen.clears(&c.analyzer, f.Text):
		return
	}
	f.Signals = c.analyzer.Analyze(f.Text)
	if c.opt.Preset != nil {
		f.Verdicts = c.opt.Preset.AppendVerdicts(f.Verdicts, f.Signals)
	}
}

// certain returns the spans that are not only marked for being unsure.
func (c *Cleaner) certain(spans []Span) []Span {
	c.work = c.work[:0]
	for _, s := range spans {
		if !s.Mark {
			c.work = append(c.work, s)
		}
	}
	return c.work
}

// find appends the spans of all finders.
func (c *Cleaner) find(spans []Span, text, source string, noCode bool) []Span {
	marks := &c.marks
	if marks.read(text); !noCode && marks.holdCode(text) {
		spans = appendCode(spans, text)
	}
	add := func(more []Span) {
		spans, c.work = merge(spans, more, text), more
	}
	add(appendEncoding(c.work[:0], text, marks))
	if marks.pairs&pairClose != 0 {
		add(AppendLost(c.work[:0], text))
	}
	if c.opt.Phrases != nil {
		add(c.opt.Phrases.append(c.work[:0], text, marks, spans))
	}
	if c.opt.Learned != nil {
		more := c.opt.Learned.Append(c.work[:0], text, source, spans)
		for i := range more {
			more[i].Mark = more[i].Kind == Other // it recurs, but too seldom or without a place to be sure
		}
		add(more)
	}
	if marks.pairs&pairClose != 0 || strings.HasSuffix(text, ")") {
		add(AppendCaptions(c.work[:0], text, spans))
	}
	add(AppendStories(c.work[:0], text, spans))
	if !c.opt.Mask {
		add(c.repeats.append(c.work[:0], text, marks))
	}
	return spans
}

// repaired returns the text without what is cut.
func (c *Cleaner) repaired(text string, spans []Span) string {
	at := 0
	c.text = strings.Builder{}
	for _, s := range spans {
		if c.Cuts(s) {
			c.text.WriteString(text[at:s.Start])
			c.text.WriteString(s.Put)
			at = s.End
		}
	}
	if at == 0 {
		return text
	}
	c.text.WriteString(text[at:])
	return c.text.String()
}
