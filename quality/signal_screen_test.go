package quality

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/corpusctl/corpusctl/arabic"
)

// screenText has what the pass treats apart: harakat, digits, signs inside words, lost characters, Latin, Persian, several rows.
const screenText = "قال «نعم».وقال...لا…ثم 1,5 و10.5 و a.b A.B 3% أ/ب it's كلمة،كلمة؟ مِنْ این کتاب است ???? ?? \uFFFD\n" +
	"أعلنت وزارة النقل، أمس، أن العمل في «طريق الساحل» سيكتمل خلال ١٨ شهراً! وفي ذلك... في\u2028ﻓﻲ ـفي\u200F ﷺ\r\n \u00A0\n\xff\xd8 \x1c.\n"

// checkScreen holds what a glance and a pass left in a screen and in fast to what the whole Analyzer says of the text.
func checkScreen(t *testing.T, s *screen, fast, full *Analyzer, text string) {
	t.Helper()
	want := full.Analyze(text)
	for _, look := range []struct {
		name  string
		known map[string]knowledge
		got   *Signals
	}{{"glance", glanced, &s.glance.out}, {"pass", screened, &fast.out}} {
		for name, known := range look.known {
			g, _ := look.got.Value(name)
			w, _ := want.Value(name)
			if known == exactSignal && g != w || known == mostSignal && g < w || known == leastSignal && g > w {
				t.Fatalf("%s of %.200q is %v, the %s says %v", name, text, w, look.name, g)
			}
		}
	}
}

// looks glances at a text and goes over it, as clears does if a glance does not suffice.
func (s *screen) looks(a *Analyzer, text string) {
	s.letters.read(text)
	a.readLists()
	s.glance.read(a.lists.plain, &s.letters, text)
	s.pass.read(a, &s.letters, text)
}

func FuzzScreen(f *testing.F) {
	for _, s := range []string{"", "a", ".", "x x x x x x x x x x", screenText, strings.ReplaceAll(screenText, "\n", " "), strings.Repeat("a b c d e. ", 9),
		"a? b? c? d? e?", "لەگەڵ هەموو که یہ", "ا\u0653لى إلى", ". . . . . . .", strings.Repeat("ب", 40) + " " + strings.Repeat("ب", 40),
		"في «في»، (في) \u00A0في. في\u200Fفي \u200Fفي في-في في،في من في من في", "\xf8", "قال قال\n\u200Fقال قال\n قال قال:  \r\n", story} {
		f.Add(s)
	}
	var s screen
	var fast, full Analyzer
	f.Fuzz(func(t *testing.T, text string) {
		for _, text := range []string{text, text + " " + text, text + "\n" + text + "\n", "في " + text + "\u00A0" + text} {
			s.looks(&fast, text)
			checkScreen(t, &s, &fast, &full, text)
		}
	})
}

// TestScreenNews does so over corpora, and counts the texts that the default preset clears.
func TestScreenNews(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 10 MB")
	}
	preset, err := LoadPreset("news-ar")
	if err != nil {
		t.Fatal(err)
	}
	screen := newScreen(preset)
	var fast, full Analyzer
	for _, file := range []string{"corpora/factcheck-2024.jsonl.zst", "gold/webpages-dev.jsonl.zst"} {
		kept, cleared, glances := 0, 0, 0
		eachLabelled(t, file, func(g labelled) {
			if len(g.Text) > measuredTokens {
				return
			}
			clears := screen.clears(&fast, g.Text)
			screen.looks(&fast, g.Text)
			checkScreen(t, screen, &fast, &full, g.Text)
			glances = glances + bit(screen.byGlance.refuted(&screen.glance.out))
			hits := len(preset.Judge(&full.out)) > 0
			if hits && clears {
				t.Fatalf("%s is cleared, and a rule hits", g.ID)
			}
			kept, cleared = kept+bit(!hits), cleared+bit(clears)
		})
		t.Logf("%s: %d texts that no rule hits, %d cleared, %d of them at a glance", file, kept, cleared, glances)
	}
}

// TestPlainFolding: a plain letter folds to the letter of its code, in any word of plain letters.
func TestPlainFolding(t *testing.T) {
	var plain []rune
	for r := rune(utf8.RuneSelf); r < 0x800; r++ {
		b := string(r)
		if cells()[uint16(b[0])<<8|uint16(b[1])]&isPlain != 0 {
			plain = append(plain, r)
		}
	}
	if len(plain) < 100 {
		t.Fatalf("%d letters are plain", len(plain))
	}
	for _, x := range plain {
		for _, y := range plain {
			word := string([]rune{x, y, x})
			folded := arabic.Fold(word)
			if utf8.RuneCountInString(folded) != 3 || wordKey(folded) != wordKey(word) {
				t.Fatalf("%q folds to %q", word, folded)
			}
		}
	}
}

// TestPlainLists: the words of the folded lists are plain, so that each has a key of its own.
func TestPlainLists(t *testing.T) {
	var file struct{ Folded map[string]string }
	if err := yaml.Unmarshal(wordsFile, &file); err != nil {
		t.Fatal(err)
	}
	for _, list := range file.Folded {
		for w := range strings.FieldsSeq(list) {
			for _, r := range arabic.Fold(w) {
				if b := string(r); len(b) != 2 || cells()[uint16(b[0])<<8|uint16(b[1])]&isPlain == 0 {
					t.Errorf("%U of %s is not plain", r, w)
				}
			}
		}
	}
}

// TestListedNeedsLetter: what has no letter of the Arabic script folds to none, so that no list can hold it; and no list holds a sign.
func TestListedNeedsLetter(t *testing.T) {
	letter := func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }
	lists, _ := words()
	for r := range rune(0x20000) {
		folded := arabic.Fold(string(r))
		switch {
		case refIsSign(r):
			if lists.folded.of(wordHash(folded)) != 0 {
				t.Errorf("%U is listed", r)
			}
		case strings.ContainsFunc(folded, letter) && classOf(r)&(isArabic|isExtended) == 0:
			t.Errorf("%U folds to a letter of the Arabic script", r)
		}
	}
}

func refIsSign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// TestNoScreen: a preset with a rule that no pass can refute has no screen.
func TestNoScreen(t *testing.T) {
	for _, name := range PresetNames() {
		p, err := LoadPreset(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := newScreen(p) != nil, name == "news-ar"; got != want && len(p.Rules) > 0 {
			t.Errorf("%s has a screen: %v", name, got)
		}
	}
}

// BenchmarkScreen measures the stages that end in a judgement, and their floor.
func BenchmarkScreen(b *testing.B) {
	preset, err := LoadPreset("news-ar")
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	size := 0
	eachLabelled(b, "corpora/factcheck-2024.jsonl.zst", func(g labelled) {
		texts = append(texts, g.Text)
		size += len(g.Text)
	})
	var a Analyzer
	var r repeats
	var m textMarks
	var cuts Truncations
	screen := newScreen(preset)
	for _, c := range []struct {
		name string
		look func(string)
	}{
		{"analyzer", func(s string) { a.Analyze(s) }},
		{"screen", func(s string) { screen.clears(&a, s) }},
		{"repeats", func(s string) { m.read(s); r.append(nil, s, &m) }},
		{"truncation", func(s string) { cuts.Judge(s, nil) }},
		{"floor=valid", func(s string) { utf8.ValidString(s) }},
	} {
		b.Run("stage="+c.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, s := range texts {
					c.look(s)
				}
			}
		})
	}
}
