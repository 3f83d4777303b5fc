package arabic_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// The columns of testdata/folding.tsv.
const (
	colID = iota
	colPeer
	colRule
	colInput
	colExpected
	colOurs
	colReason
	columns
)

// table reads a file of tab-separated rows, without its comments.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return rows
}

func unescape(t *testing.T, s string) string {
	t.Helper()
	u, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return u
}

// TestPeers holds the folding to the cases of other normalisers: it agrees, or the table says why not.
func TestPeers(t *testing.T) {
	rows := table(t, "testdata/folding.tsv")
	if len(rows) != 82 {
		t.Errorf("%d cases, want 82", len(rows))
	}
	for _, row := range rows {
		if len(row) != columns {
			t.Fatalf("%q: %d columns, want %d", row, len(row), columns)
		}
		input, expected, ours := unescape(t, row[colInput]), unescape(t, row[colExpected]), unescape(t, row[colOurs])
		law(t, []byte(input))
		if got := arabic.Fold(input); got != ours {
			t.Errorf("%s: %q folds to %q, the table says %q", row[colID], input, got, ours)
		}
		if same := ours == expected; same != (row[colReason] == "") {
			t.Errorf("%s: ours %q, %s %q, reason %q", row[colID], ours, row[colPeer], expected, row[colReason])
		}
	}
}

// TestPeersAreAll compares the table with the collection it was made from.
func TestPeersAreAll(t *testing.T) {
	source := table(t, evaldata.Path(t, "field/folding-cases.tsv"))[1:]
	rows := table(t, "testdata/folding.tsv")
	if len(rows) != len(source) {
		t.Fatalf("%d cases, the collection has %d", len(rows), len(source))
	}
	for i, row := range rows {
		if s := source[i]; row[colID] != s[0] || unescape(t, row[colInput]) != s[2] || unescape(t, row[colExpected]) != s[3] {
			t.Errorf("%s is not what the collection has: %q", row[colID], s)
		}
	}
}

// TestRules has at least one case for each rule of the package doc.
func TestRules(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"presentation forms", "ﺍﻟﺴﻼﻢ ﻻ ﻹ ﻷ ﻵ", "السلام لا لا لا لا"},
		{"word signs", "﷽ ﷺ ﷻ ﷼ \uFD40 \uFDFF", "بسم الله الرحمن الرحيم صلي الله عليه وسلم جل جلاله ريال رحمه الله عز وجل"},
		{"word sign against a word", "محمدﷺ", "محمدصلي الله عليه وسلم"},
		{"isolated harakat hold a space", "ا\uFE70ب\uFC5Eت", "ا ب ت"},
		{"harakat on a tatweel do not", "ا\uFE71ب\uFCF2ت\uFE77ث", "ابتث"},
		{"a space before a haraka is a border", "أيضا ًمن", "ايضا من"},
		{"Quranic marks", "ٱلۡقُرۡءَانَۖ لَهُۥ بِهِۦ\u06DD١", "القرءان له به1"},
		{"format characters", "\uFEFFال\u200Fنص\u200D ال\u00ADثا\u061Cني\u2069", "النص الثاني"},
		{"alef", "آأإٱٲٳا\u0653ا\u0654ا\u0655ﺁ", "اااااااااا"},
		{"ya", "ىیۍېےئۓي\u0654ى\u0654ﻰ", "يييييييييي"},
		{"waw", "ؤو\u0654ﺅ", "ووو"},
		{"kaf", "کڪﮎ", "ككك"},
		{"ha", "ةھہۂۀەۃه\u0654ە\u0654ﺔ", "هههههههههه"},
		{"letters that stand", "ءپچگڤژٹێ", "ءپچگڤژٹێ"},
		{"digits", "٠١٢ ۳۴۵ ६७८ 𝟗 ²", "012 345 678 9 2"},
		{"decimal and thousands signs", "٢٢٫٤ 22.4 ١٬٠٠٠ 1,000", "22 4 22 4 1 000 1 000"},
		{"fractions and units", "½ ㎏ ™", "1 2 kg tm"},
		{"composed and not", "É E\u0301 Ǘ u\u0308\u0301 が か\u3099", "é é ǘ ǘ が が"},
		{"marks without a letter to compose with", "q\u0301 \u0301 x\u20DD ا\u0301", "q x ا"},
		{"an Arabic mark inside another letter", "e\u0654\u0301 e\u064B\u0301", "é é"},
		{"case", "ΟΔΟΣ οδος İI ẞß ſ", "οδοσ οδοσ ii ßß s"},
		{"Hangul", "각 \u1100\u1161\u11A8 \u1100\u0301\u1161\u0301\u11A8 ㄱ", "각 각 각 \u1100"},
		{"spaces", "\t«ال»،\n\u00A0نص…\u2028\x00\x1A\uFFFD ", "ال نص"},
		{"not UTF-8", "\xd8ال\xffنص\xe2\x80", "ال نص"},
		{"a byte order mark alone", "\uFEFF", ""},
		{"signs of the Quran that are symbols", "ا\u06DEب\u06E9ت", "ا ب ت"},
	} {
		law(t, []byte(c.src))
		if got := arabic.Fold(c.src); got != c.want {
			t.Errorf("%s: %q folds to %q, want %q", c.name, c.src, got, c.want)
		}
	}
}
