package dedup

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/corpusctl/corpusctl/arabic"
)

// checkKernels compares the kernels with their portable twins, and an outline with the definition.
func checkKernels(t *testing.T, text []byte, k int) {
	t.Helper()
	o, plain := outline{}, outline{text: text}
	o.set(bytes.Repeat([]byte("اب "), len(text)&127)) // what is left of another text does not show
	o.set(text)
	plain.chars, plain.parts = make([]int32, len(text)+1), make([]part, len(text)>>6+1)
	n := outlineOfPlain(plain.parts, plain.chars, text)
	plain.chars, plain.chars[n] = plain.chars[:n+1], int32(len(text))
	if len(text)&63 == 0 {
		plain.parts[len(text)>>6].before = int64(n)
	}
	if d := cmp.Diff(plain, o, cmp.AllowUnexported(outline{}, part{})); d != "" {
		t.Fatalf("outline of %q: %s", text, d)
	}
	checkOutline(t, &o)
	keys, want := make([]uint64, o.shingles(k)), make([]uint64, o.shingles(k))
	keysOf(keys, text, o.chars, o.ends(k))
	keysOfPlain(want, text, o.chars, o.ends(k))
	if !slices.Equal(keys, want) {
		t.Fatalf("keys of %d characters of %q: %x, want %x", k, text, keys, want)
	}
	checkNote(t, want)
	filter := make(bitset, 8)
	for i := len(want) / 2; i < len(want); i += 9 {
		filter.set(int32(want[i] >> 55))
	}
	clear(keys)
	known, wantKnown := make(bitset, len(want)>>6+1), make(bitset, len(want)>>6+1)
	keysKnown(keys, known, text, o.chars, o.ends(k), filter, 55)
	for i, h := range want {
		if filter.has(int32(h >> 55)) {
			wantKnown.set(int32(i))
		}
	}
	if !slices.Equal(keys, want) || !slices.Equal(known, wantKnown) {
		t.Fatalf("keys of %d characters of %q: %x, want %x; known %x, want %x", k, text, keys, want, known, wantKnown)
	}
}

// checkNote notes shingles by their keys, in two parts, the plain way too.
func checkNote(t *testing.T, keys []uint64) {
	t.Helper()
	var c, plain chains
	c.reset(len(keys))
	plain.reset(len(keys))
	half := len(keys) / 2
	c.note(0, keys[:half])
	c.note(int32(half), keys[half:])
	n := notePlain(keys, 0, plain.heads, plain.chain, plain.filter, plain.shift, plain.known[:len(keys)])
	plain.known = plain.known[:n]
	if d := cmp.Diff(plain, c, cmp.AllowUnexported(chains{}), cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("keys %x noted: %s", keys, d)
	}
}

// checkOutline asks an outline for what can be seen in the text.
func checkOutline(t *testing.T, o *outline) {
	t.Helper()
	letters, words := 0, 1
	for i, c := range o.text {
		if got := o.rank(i); got != letters {
			t.Fatalf("%d characters before %d of %q, want %d", got, i, o.text, letters)
		}
		at := int32(i)
		if got := o.words(span{0, at}); got != words {
			t.Fatalf("%d words before %d of %q, want %d", got, i, o.text, words)
		}
		if c != ' ' {
			start := int32(bytes.LastIndexByte(o.text[:i], ' ') + 1)
			end := at + int32(bytes.IndexByte(append(o.text[i:len(o.text):len(o.text)], ' '), ' '))
			if o.wordStart(at) != start || o.wordEnd(at) != end {
				t.Fatalf("word at %d of %q from %d to %d, want %d, %d", i, o.text, o.wordStart(at), o.wordEnd(at), start, end)
			}
			if got := o.hasDigit(span{start, end}); got != slices.ContainsFunc(o.text[start:end], isDigit) {
				t.Fatalf("%q has a digit: %v", o.text[start:end], got)
			}
		}
		if i == 0 || c&0xC0 != 0x80 {
			letters++
		}
		words += int(bit(c == ' '))
	}
	if got := o.rank(len(o.text)); got != letters || o.wordEnd(int32(len(o.text))) != int32(len(o.text)) {
		t.Fatalf("%d characters in %q, want %d", got, o.text, letters)
	}
}

func TestKernels(t *testing.T) {
	r := newRand(5)
	for n := range 150 {
		a, b := retold(r)
		checkKernels(t, a[:min(n, len(a))], 7)
		checkKernels(t, b, 1+n%20)
	}
}

func FuzzKernels(f *testing.F) {
	f.Add([]byte("وزاره الصحه تعلن 25 لقاح"), 7)
	f.Add([]byte("\x80\xff\xd8\xd8\xa7\x80abc"), 2)
	f.Add(bytes.Repeat([]byte("اب 1"), 100), 5)
	f.Add([]byte("漢字𐎠𐎡\xe2\x82"), 3)
	f.Fuzz(func(t *testing.T, text []byte, k int) {
		if k >= 1 && k <= 40 && len(text) < 1000 {
			checkKernels(t, text, k)
			checkKernels(t, []byte(arabic.Fold(string(text))), k)
		}
	})
}
