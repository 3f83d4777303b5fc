package bench_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// cleaning is what the commands quality and clean look for, without what is learned.
func cleaning(tb testing.TB) quality.Options {
	tb.Helper()
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		tb.Fatal(err)
	}
	preset, err := quality.LoadPreset("news-ar")
	if err != nil {
		tb.Fatal(err)
	}
	return quality.Options{Phrases: phrases, Preset: preset}
}

// masking is what the command dedup looks for, to compare texts without it.
func masking(tb testing.TB) quality.Options {
	opt := cleaning(tb)
	opt.Preset, opt.Mask = nil, true
	return opt
}

// learned learns the furniture of the corpus.
func learned(in input) *recur.Profile {
	c := recur.NewCounter(recur.Options{})
	b := c.NewBatch()
	for _, d := range in.docs {
		b.Add(d.Source, string(d.Text), nil)
	}
	c.Append(b)
	return c.Profile()
}

// BenchmarkFinders runs each finder of leftovers alone on the texts, and the other parts of a Cleaner. Floor: utf8.Valid of the texts.
func BenchmarkFinders(b *testing.B) {
	in := load(b)
	opt, texts := cleaning(b), in.strings()
	profile := learned(in)
	var spans []quality.Span
	var judge quality.Truncations
	var analyzer quality.Analyzer
	found := func(s []quality.Span) int { spans = s; return len(s) }
	for _, f := range []struct {
		name string
		find func(text string) int
	}{
		{"code", func(t string) int { return found(quality.AppendCode(spans[:0], t)) }},
		{"encoding", func(t string) int { return found(quality.AppendEncoding(spans[:0], t)) }},
		{"phrases", func(t string) int { return found(opt.Phrases.Append(spans[:0], t, nil)) }},
		{"captions", func(t string) int { return found(quality.AppendCaptions(spans[:0], t, nil)) }},
		{"stories", func(t string) int { return found(quality.AppendStories(spans[:0], t, nil)) }},
		{"doubled", func(t string) int { return found(quality.AppendDoubled(spans[:0], t)) }},
		{"truncation", func(t string) int { return int(judge.Judge(t, nil).Where) }},
		{"signals", func(t string) int { return int(analyzer.Analyze(t).Tokens) }},
	} {
		measureEach(b, "part="+f.name, texts, f.find)
	}
	i := 0
	measureEach(b, "part=learned", texts, func(text string) int {
		source := in.docs[i%len(in.docs)].Source
		i++
		return found(profile.Append(spans[:0], text, source, nil))
	})
	signals := *analyzer.Analyze(texts[0])
	measureEach(b, "part=verdicts", texts, func(string) int { return len(opt.Preset.Judge(&signals)) })
	measureEach(b, "impl=floor", in.texts(), valid)
}

// BenchmarkClean is a whole Cleaner on the texts, as clean has it, and as dedup has it, which only wants the text without what the page
// added. Floor: utf8.Valid of the texts.
func BenchmarkClean(b *testing.B) {
	in := load(b)
	opt := cleaning(b)
	opt.Learned = learned(in)
	for _, way := range []struct {
		name string
		opt  quality.Options
	}{{"impl=own", opt}, {"impl=masked", masking(b)}} {
		c := quality.NewCleaner(way.opt)
		i := 0
		measureEach(b, way.name, in.strings(), func(text string) int {
			source := in.docs[i%len(in.docs)].Source
			i++
			return len(c.Clean(text, source).Spans)
		})
	}
	measureEach(b, "impl=floor", in.texts(), valid)
}

// BenchmarkRepair cuts what a Cleaner found out of the lines it stands in. Floor: a copy of these lines.
func BenchmarkRepair(b *testing.B) {
	in := load(b)
	c := quality.NewCleaner(cleaning(b))
	var lines [][]byte
	var values []corpus.Value
	var edits [][]corpus.Edit
	for i, text := range in.strings() {
		var e []corpus.Edit
		for _, s := range c.Clean(text, in.docs[i].Source).Spans {
			if c.Cuts(s) {
				e = append(e, corpus.Edit{Start: s.Start, End: s.End, Put: s.Put})
			}
		}
		if e != nil {
			lines, values, edits = append(lines, in.lines[i]), append(values, in.records[i].Text), append(edits, e)
		}
	}
	var line []byte
	work{size(lines), len(lines)}.measure(b, "impl=own", func(*testing.B) (n int) {
		for i := range lines {
			line = corpus.AppendEdited(line[:0], lines[i], values[i], edits[i])
			n += len(line)
		}
		return n
	})
	measureEach(b, "impl=floor", lines, func(part []byte) int {
		line = append(line[:0], part...)
		return len(line)
	})
}

// BenchmarkLearn counts what recurs in the corpus and makes a profile of it. Floor: utf8.Valid of the texts.
func BenchmarkLearn(b *testing.B) {
	in := load(b)
	w := work{size(in.texts()), len(in.docs)}
	w.measure(b, "impl=own", func(*testing.B) int { return len(learned(in).Sources) })
	measureEach(b, "impl=floor", in.texts(), valid)
}

// BenchmarkCleanJob is end to end on disk: job.Clean from plain files to a folder. Floor: reading the files once.
func BenchmarkCleanJob(b *testing.B) {
	paths := shards(b)
	w := work{int64(unpack(b, paths)), count(b)}
	opt := cleaning(b)
	w.measure(b, "impl=own", func(b *testing.B) int {
		b.StopTimer()
		out := filepath.Join(b.TempDir(), "out")
		b.StartTimer()
		report, err := job.Clean(context.Background(), job.Options{Inputs: paths, Output: out, Fields: fields, Quality: &opt, Learn: true})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.Documents.Removed), "removed")
		return report.Documents.Removed
	})
	w.measure(b, "impl=floor", func(b *testing.B) int { return unpack(b, paths) })
}
