package quality

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzLetters compares the letters of the kernel with those found byte by byte, and runs and keys of them with the text.
func FuzzLetters(f *testing.F) {
	for _, text := range []string{"", "a", "\xd8", "في البيت", story, screenText, strings.Repeat("ب", 200), "ا\u0653لى ٱ\xd9 \xd8\xd9\x81 پ"} {
		f.Add(text, uint8(0))
		f.Add(text, uint8(62))
		f.Add(text, uint8(63))
	}
	var got, want plainLetters
	var gotRuns, wantRuns letterRuns
	f.Fuzz(func(t *testing.T, text string, before uint8) {
		text = strings.Repeat("-", int(before)) + text + text
		got.read(text)
		want.read(text)
		want.plain(text)
		if !bytes.Equal(got.codes, want.codes) || !slices.Equal(got.words, want.words) || !slices.Equal(got.classes, want.classes) {
			t.Fatalf("%q: %x %x %x, byte by byte %x %x %x", text, got.codes, got.words, got.classes, want.codes, want.words, want.classes)
		}
		gotRuns.read(&got)
		wantRuns.read(&got)
		n := wantRuns.plain(&got)
		if !slices.Equal(gotRuns.starts, wantRuns.starts[:n]) || !slices.Equal(gotRuns.ends, wantRuns.ends[:n]) || !slices.Equal(gotRuns.hashes, wantRuns.hashes[:n]) {
			t.Fatalf("%q: runs %v, one by one %v", text, gotRuns, wantRuns)
		}
		for i := range len(text) {
			if n := got.run(i); n != plainRun(text, i) {
				t.Fatalf("%q: %d bytes of letters at %d", text, n, i)
			} else if word := text[i : i+n]; n > 0 && n <= 16 && utf8.RuneStart(word[0]) && spread(got.key(i, n)) != wordKey(word) {
				t.Fatalf("%q: key of %q", text, word)
			}
		}
	})
}

// plainRun is what run says, by cells.
func plainRun(text string, i int) int {
	from := i
	if !utf8.RuneStart(text[i]) && i > 0 && isPlainPair(text[i-1], text[i]) {
		i++
	}
	for i+1 < len(text) && isPlainPair(text[i], text[i+1]) {
		i += 2
	}
	return i - from
}

func isPlainPair(a, b byte) bool { return cells()[uint16(a)<<8|uint16(b)]&plainArabic == plainArabic }
