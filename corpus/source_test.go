package corpus

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gz(tb testing.TB, members ...string) string {
	tb.Helper()
	var b bytes.Buffer
	for _, m := range members {
		z := gzip.NewWriter(&b)
		if _, err := io.WriteString(z, m); err != nil {
			tb.Fatal(err)
		}
		if err := z.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	return b.String()
}

func zst(tb testing.TB, frames ...string) string {
	tb.Helper()
	var b bytes.Buffer
	for _, f := range frames {
		z, err := zstd.NewWriter(&b, zstd.WithZeroFrames(true))
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(z, f); err != nil {
			tb.Fatal(err)
		}
		if err := z.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	return b.String()
}

// noise is lines that do not pack well, so that a cut file still holds some of them.
func noise(lines int) string {
	var b strings.Builder
	state := uint32(1)
	for range lines {
		for range 100 {
			state = state*1664525 + 1013904223
			b.WriteByte('a' + byte(state>>24)%26)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func write(tb testing.TB, dir, name, content string) string {
	tb.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(content), 0o666); err != nil {
		tb.Fatal(err)
	}
	return p
}

func flip(s string, at int) string { return s[:at] + string(s[at]^0x55) + s[at+1:] }

func TestSource(t *testing.T) {
	const two = "a\nb\n"
	text := noise(20000) // 2 MB
	skippable := "\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
	cases := []struct {
		name, content string
		codec         Codec
		lines         int // -1: some but not all of text
		reason        string
	}{
		{"a.jsonl", two, Plain, 2, ""},
		{"empty.jsonl", "", Plain, 0, ""},
		{"a.jsonl.gz", gz(t, two), Gzip, 2, ""},
		{"members.gz", gz(t, "a\nb", "", "b\nc\n"), Gzip, 3, ""},
		{"empty.gz", gz(t, ""), Gzip, 0, ""},
		{"a.jsonl.zst", zst(t, two), Zstd, 2, ""},
		{"frames.zst", zst(t, "a\nb", "", "b\nc\n"), Zstd, 3, ""},
		{"skippable.zst", skippable + zst(t, two) + skippable, Zstd, 2, ""},
		{"empty.zst", zst(t, ""), Zstd, 0, ""},
		{"gzip.jsonl", gz(t, two), Gzip, 2, ""},
		{"zstd.gz", zst(t, two), Zstd, 2, ""},
		{"plain.gz", `{"a":1}` + "\n", Plain, 1, ""},
		{"plain.zst", bom + "\n [1]\n", Plain, 1, ""},
		{"nothing.gz", "", Gzip, 0, "gzip stream ends early, the rest is lost"},
		{"nothing.zst", "", Zstd, 0, "zstd stream ends early, the rest is lost"},
		{"other.gz", "this is no gzip data at all", Gzip, 0, "gzip was expected by the file's name, but this is something else"},
		{"other.zst", "this is no zstd data at all", Zstd, 0, "zstd was expected by the file's name, but this is something else"},
		{"cut.gz", gz(t, text)[:900000], Gzip, -1, "gzip stream ends early, the rest is lost"},
		{"cut.zst", zst(t, text)[:900000], Zstd, -1, "zstd stream ends early, the rest is lost"},
		{"head.gz", gz(t, two)[:5], Gzip, 0, "gzip stream ends early, the rest is lost"},
		{"tail.gz", gz(t, two)[:len(gz(t, two))-3], Gzip, 2, "gzip stream ends early, the rest is lost"},
		{"sum.gz", flip(gz(t, two), len(gz(t, two))-6), Gzip, 2, "gzip checksum does not match, the data is damaged"},
		{"sum.zst", flip(zst(t, text), len(zst(t, text))-2), Zstd, -2, "zstd checksum does not match, the data is damaged"},
		{"garbage.gz", gz(t, two) + "garbage after the member", Gzip, 2, "gzip stream is followed by garbage"},
		{"garbage.zst", zst(t, two) + "garbage after the frame", Zstd, 2, "zstd stream is followed by garbage"},
		{"a.bz2", "BZh91AY&SY", Bzip2, 0, "bzip2 stream ends early, the rest is lost"},
		{"utf16.jsonl", "\xff\xfe{\x00}\x00", Plain, 0, "UTF-16 text is not read: unpack or convert it first"},
	}
	dir := t.TempDir()
	for _, c := range cases {
		p := write(t, dir, c.name, c.content)
		src, err := Open(p)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		lines, _, defects := readAll(t, NewChunks(src, p, 0), 0)
		var reasons, want []string
		for _, d := range defects {
			reasons = append(reasons, d.Reason)
		}
		if c.reason != "" {
			want = []string{c.reason}
		}
		if diff := cmp.Diff(want, reasons); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if c.lines >= 0 && len(lines) != c.lines || c.lines < 0 && (len(lines) < 1000 || len(lines) > 20000) {
			t.Errorf("%s: %d lines", c.name, len(lines))
		}
		if c.lines == -1 && len(defects) == 1 {
			d, last := defects[0], lines[len(lines)-1]
			if d.Line != last.Number+1 || d.Offset != last.Offset+int64(len(last.Raw)) || len(d.Sample) > 100 || d.File != p {
				t.Errorf("%s: %+v after line %d", c.name, d, last.Number)
			}
			if !strings.HasPrefix(text[d.Offset:], d.Sample) {
				t.Errorf("%s: sample %q", c.name, d.Sample)
			}
		}
		if src.Codec() != c.codec || src.Size() != int64(len(c.content)) || c.reason == "" && src.Position() != src.Size() {
			t.Errorf("%s: %s, %d of %d bytes", c.name, src.Codec(), src.Position(), src.Size())
		}
		if _, again := src.Read(make([]byte, 1)); again == nil {
			t.Errorf("%s: the end does not last", c.name)
		}
		if err := src.Close(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, err := src.Read(make([]byte, 1)); err == nil || src.Close() != nil {
			t.Errorf("%s: after Close: %v", c.name, err)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "missing.jsonl")); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("folder: %v", err)
	}
}

// An error of the file itself is told apart from wrong content, whatever the codec.
func TestSourceReadError(t *testing.T) {
	text := noise(40000) // more than any buffer on the way
	for name, content := range map[string]string{"a": text, "a.gz": gz(t, text), "a.zst": zst(t, text)} {
		src, err := Open(write(t, t.TempDir(), name, content))
		if err != nil {
			t.Fatal(err)
		}
		src.file.Close()
		lines, _, defects := readAll(t, NewChunks(src, name, 0), 0)
		if len(lines) == 0 || len(defects) != 1 || defects[0].Reason != "read error: file already closed" {
			t.Errorf("%s: %d lines, %v", name, len(lines), defects)
		}
	}
}

func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		err = u.Unwrap()
	}
}

// Whatever the bytes are, reading ends, with one defect of the stream at most, and never panics.
func FuzzSource(f *testing.F) {
	for _, packed := range []string{gz(f, "a\nb\n", "c"), zst(f, "a\nb\n", "c"), "{}\n", "BZh"} {
		f.Add([]byte(packed), true)
		f.Add([]byte(packed[:len(packed)-1]), false)
	}
	f.Fuzz(func(t *testing.T, content []byte, named bool) {
		name := "a.gz"
		if named {
			name = "a.zst"
		}
		src, err := Open(write(t, t.TempDir(), name, string(content)))
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		if _, _, defects := readAll(t, NewChunks(src, name, 0), 0); len(defects) > 1 {
			t.Fatalf("%v", defects)
		}
	})
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"one/b.jsonl", "one/a.jsonl", "one/a/z.jsonl", "one/.hidden", "one/.git/x", "one/a/y/w.jsonl.gz",
		"two/a.jsonl", "two/c[1].jsonl", "two/a~2.jsonl", "three/a.jsonl",
	} {
		write(t, dir, name, "")
	}
	for link, to := range map[string]string{"one/loop": ".", "one/a/up": "..", "one/same.jsonl": "b.jsonl"} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	cases := []struct {
		args string
		want string // path=name …, or an error
	}{
		{"one/b.jsonl one/a.jsonl", "one/b.jsonl=b.jsonl one/a.jsonl=a.jsonl"},
		{"-", "-=stdin.jsonl"},
		{"two/c[1].jsonl", "two/c[1].jsonl=c[1].jsonl"},
		{"one", "one/a.jsonl=a.jsonl one/a/y/w.jsonl.gz=a/y/w.jsonl.gz one/a/z.jsonl=a/z.jsonl one/b.jsonl=b.jsonl"},
		{"one/b.jsonl one", "one/b.jsonl=b.jsonl one/a.jsonl=a.jsonl one/a/y/w.jsonl.gz=a/y/w.jsonl.gz one/a/z.jsonl=a/z.jsonl"},
		{"one/*.jsonl", "one/a.jsonl=a.jsonl one/b.jsonl=b.jsonl"},
		{"t*/a.jsonl", "three/a.jsonl=three/a.jsonl two/a.jsonl=two/a.jsonl"},
		{"one/**/*.jsonl", "one/a.jsonl=a.jsonl one/a/z.jsonl=a/z.jsonl one/b.jsonl=b.jsonl"},
		{"one/a/**", "one/a/up/a.jsonl=up/a.jsonl one/a/up/b.jsonl=up/b.jsonl one/a/y/w.jsonl.gz=y/w.jsonl.gz one/a/z.jsonl=z.jsonl"},
		{"**/w.*", "one/a/y/w.jsonl.gz=one/a/y/w.jsonl.gz"},
		{"one/a.jsonl two/a.jsonl two/a~2.jsonl three/a.jsonl", "one/a.jsonl=a.jsonl two/a.jsonl=a~3.jsonl two/a~2.jsonl=a~2.jsonl three/a.jsonl=a~4.jsonl"},
		{"", "no input: give files"},
		{"missing.jsonl", "missing.jsonl: no such file"},
		{"missing/*.jsonl", "input pattern missing/*.jsonl matches no file"},
		{"one/*.csv", "input pattern one/*.csv matches no file"},
		{"one/[", "there is no file one/[, and it is no pattern: syntax error"},
		{"empty", "input folder empty holds no files"},
		{"one one", "input folder one holds only files that are among the inputs already"},
		{"one one/a.jsonl", "input one/a.jsonl is among the inputs already"},
		{"- -", "input - is among the inputs already"},
	}
	for _, c := range cases {
		shards, err := Expand(strings.Fields(c.args))
		if err != nil {
			if !strings.Contains(err.Error(), c.want) || strings.Contains(c.want, "=") {
				t.Errorf("%s: %v, want %q", c.args, err, c.want)
			}
			continue
		}
		var got []string
		for _, s := range shards {
			got = append(got, filepath.ToSlash(s.Path)+"="+s.Name)
		}
		// Links have the real file read once, under the first name by order.
		if diff := cmp.Diff(strings.Fields(c.want), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", c.args, diff)
		}
	}
	if shards, _ := Expand([]string{"one", "two/a.jsonl"}); shards[0].Root != "one" || shards[len(shards)-1].Root != "" {
		t.Errorf("roots: %+v", shards)
	}
}

// TestBzip2 reads bzip2, also of many members, and writes zstd.
func TestBzip2(t *testing.T) {
	dir := t.TempDir()
	// printf '{"text":"x"}\n' | bzip2
	member := "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x60\xca\x62\xe4\x00\x00\x05\xd9\x80\x00\x10\x10\x00\x00\x10\x02\x00\x04\x4a\x20\x00\x22\x0d\x32\x7a\x84\x30\x20\x84\x39\xa5\x40\xbc\x5d\xc9\x14\xe1\x42\x41\x83\x29\x8b\x90"
	for name, c := range map[string]struct {
		content string
		want    []doc
	}{
		"one.jsonl.bz2":     {member, []doc{{Number: 1, Text: "x"}}},
		"two.jsonl":         {member + member, []doc{{Number: 1, Text: "x"}, {Number: 2, Text: "x"}}},
		"cut.jsonl.bz2":     {member[:len(member)-4], []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "bzip2 stream ends early, the rest is lost"}}},
		"garbage.jsonl.bz2": {member + "xxxx", []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "bzip2 stream is followed by garbage"}}},
		"flip.jsonl.bz2":    {flip(member, len(member)-2), []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "bzip2 checksum does not match, the data is damaged"}}},
		"other.jsonl.bz2":   {"no bzip2", []doc{{Number: 1, Reason: "bzip2 was expected by the file's name, but this is something else"}}},
	} {
		got, _ := readDocs(t, write(t, dir, name, c.content), ReadOptions{Fields: stdFields}, 0)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	shards, err := Expand([]string{dir})
	must(t, err)
	var names []string
	for _, s := range shards {
		names = append(names, s.Name)
	}
	if want := []string{"cut.jsonl.zst", "flip.jsonl.zst", "garbage.jsonl.zst", "one.jsonl.zst", "other.jsonl.zst", "two.jsonl"}; !slices.Equal(names, want) {
		t.Errorf("names %q, want %q", names, want)
	}
}
