package report

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/corpus"
)

// TestLineFile finds all lines of files of a few letters, read in blocks of any size.
func TestLineFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "bc", "\n", "\r\n", "نص", byteOrderMark, strings.Repeat("x", 40)}), 0, 30).Draw(t, "content"), "")
		known := rapid.Bool().Draw(t, "known")
		block := rapid.IntRange(2, 50).Draw(t, "block")
		f := newLineFile(strings.NewReader(content), int64(len(content)), block, 1000)
		if known {
			f.marks = marksOf(content, int64(block))
		}
		if f.marks == nil {
			if err := f.count(); err != nil {
				t.Fatal(err)
			}
		}
		want := strings.SplitAfter(content, "\n")
		want[0] = strings.TrimPrefix(want[0], byteOrderMark)
		for number := range len(want) + 2 {
			line, err := f.line(number)
			switch there := number > 0 && number <= len(want); {
			case err != nil:
				t.Fatal(err)
			case there != (line != nil):
				t.Fatalf("line %d of %q is %q", number, content, line)
			case there && string(line) != want[number-1]:
				t.Fatalf("line %d of %q is %q, want %q", number, content, line, want[number-1])
			}
		}
	})
}

// TestLineFileBounds reads no more of a long line than may be, and tells what the disk says.
func TestLineFileBounds(t *testing.T) {
	f := newLineFile(strings.NewReader("a\n"+strings.Repeat("x", 5000)), 5002, 16, 1000)
	if err := f.count(); err != nil {
		t.Fatal(err)
	}
	if line, err := f.line(2); line != nil || err != nil {
		t.Errorf("a line of 5000 bytes is read: %d bytes, error %v", len(line), err)
	}
	broken := newLineFile(brokenFile{}, 100, 16, 1000)
	if err := broken.count(); !errors.Is(err, errBroken) {
		t.Errorf("a file that cannot be read is counted: %v", err)
	}
}

var errBroken = errors.New("broken")

type brokenFile struct{}

func (brokenFile) ReadAt([]byte, int64) (int, error) { return 0, errBroken }

// marksOf marks lines as who writes them does.
func marksOf(content string, step int64) []corpus.LineMark {
	var marks []corpus.LineMark
	at, last := int64(0), int64(0)
	for i, line := range strings.SplitAfter(content, "\n") {
		if at-last >= step {
			marks, last = append(marks, corpus.LineMark{Lines: i, Offset: at}), at
		}
		at += int64(len(line))
	}
	return marks
}
