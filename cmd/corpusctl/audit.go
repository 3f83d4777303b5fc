package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/corpus/sample"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/audit"
)

// auditFlags are those of audit, as they are typed.
type auditFlags struct {
	sampleFlags
	presets []string
	rule    string
	raw     bool
}

func newAudit(env environment) *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "audit INPUT...",
		Short: "Say what presets and each of their rules would drop of a sample, where and why",
		Long: `audit judges a sample by presets and says of each rule how much it drops, in all and of each source; what it drops alone, so that the
rule is to blame; how many of these texts it would keep if their lines were trimmed; which rules say the same; and which documents stand just on
each side of its threshold. It warns where a rule hits a source far more than others. Nothing is written.`,
		Example: `  corpusctl audit news/ --preset news-ar,gopher,fineweb2-arb
  corpusctl audit news.jsonl --preset fineweb2-arb --rule line_punct_ratio --raw
  corpusctl audit news.jsonl --preset my.yaml --sample 5000 --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, inputs []string) error {
			result, err := f.examine(cmd.Context(), inputs)
			if err != nil {
				return err
			}
			return f.show(env.out, result, func(w io.Writer) error { return result.Print(w, corpus.Printable, f.rule != "") })
		},
	}
	fs := cmd.Flags()
	f.define(fs)
	fs.StringSliceVar(&f.presets, "preset", []string{"news-ar"}, "presets to judge by: "+strings.Join(quality.PresetNames(), ", ")+", or paths of files")
	fs.StringVar(&f.rule, "rule", "", "look at this rule alone, with all sources and more examples")
	fs.BoolVar(&f.raw, "raw", false, "judge texts as they stand, not as clean judges them, repaired")
	return cmd
}

func (f *auditFlags) examine(ctx context.Context, inputs []string) (*audit.Result, error) {
	opt := audit.Options{Rule: f.rule, Raw: f.raw, Workers: f.workers}
	if f.rule != "" {
		opt.Examples = 5
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	for _, name := range f.presets {
		p, err := loadPreset(name, nil)
		if err != nil {
			return nil, err
		}
		if p == nil {
			return nil, errors.New("preset none has no rules: name another")
		}
		opt.Presets = append(opt.Presets, p)
	}
	if err := knownRule(opt.Presets, f.rule); err != nil {
		return nil, err
	}
	docs, err := f.draw(ctx, inputs)
	if err != nil {
		return nil, err
	}
	return audit.Examine(docs, opt)
}

// knownRule wants that a preset has the rule.
func knownRule(presets []*quality.Preset, rule string) error {
	var names []string
	for _, p := range presets {
		for _, r := range p.Rules {
			if names = append(names, r.Name); r.Name == rule {
				return nil
			}
		}
	}
	if rule == "" {
		return nil
	}
	return fmt.Errorf("no rule %q in these presets: use one of %s", rule, strings.Join(names, ", "))
}

// draw reads the sample.
func (f *auditFlags) draw(ctx context.Context, inputs []string) ([]audit.Document, error) {
	shards, err := corpus.Expand(inputs)
	if err != nil {
		return nil, err
	}
	drawn, err := sample.Draw(ctx, shards, sample.Options{Reading: f.reading, Documents: f.documents, Seed: f.seed, Workers: f.workers})
	if err != nil {
		return nil, err
	}
	if drawn.Read == 0 {
		return nil, drawn.Nothing()
	}
	docs := make([]audit.Document, len(drawn.Documents))
	for i := range docs {
		d := &drawn.Documents[i]
		docs[i] = audit.Document{ID: d.ID(), Place: fmt.Sprintf("%s:%d", shards[d.Shard].Name, d.Line), Source: d.Source(), Text: string(d.Text())}
	}
	return docs, nil
}
