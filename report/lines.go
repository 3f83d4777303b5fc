package report

import (
	"bytes"
	"errors"
	"io"
	"sort"
	"sync"

	"github.com/corpusctl/corpusctl/corpus"
)

// lineFile finds lines of a file that is not packed by their numbers. A page wants a few lines from all over it. Who has just written the file
// knows where lines begin; else line ends are counted on all processors, block by block, and of the rest nothing is looked at but the lines that
// are wanted.
type lineFile struct {
	file   io.ReaderAt
	size   int64
	block  int               // bytes in a block
	limit  int               // bytes of the longest line that is read
	marks  []corpus.LineMark // those known, or else
	before []int             // line ends before each block
	spare  sync.Pool
}

// lineBlock is how much is read at once, in bytes: little is read for nothing where a line is wanted, a file of 10 GB has 160,000 blocks, and
// a line that has no mark begins no further behind the last one.
const lineBlock = corpus.LineMarkStep

const byteOrderMark = "\xef\xbb\xbf"

func newLineFile(file io.ReaderAt, size int64, block, limit int) *lineFile {
	return &lineFile{file: file, size: size, block: block, limit: limit, spare: sync.Pool{New: func() any { b := make([]byte, block); return &b }}}
}

// count counts the line ends.
func (f *lineFile) count() error {
	f.before = make([]int, (f.size+int64(f.block)-1)/int64(f.block)+1)
	err := inParallel(len(f.before)-1, func(i int) error {
		return f.withBlock(int64(i)*int64(f.block), func(data []byte) { f.before[i+1] = bytes.Count(data, []byte{'\n'}) })
	})
	for i := range f.before[1:] {
		f.before[i+1] += f.before[i]
	}
	return err
}

// withBlock reads a block that begins at a place and shows it to do.
func (f *lineFile) withBlock(at int64, do func(data []byte)) error {
	buf := f.spare.Get().(*[]byte)
	defer f.spare.Put(buf)
	n, err := f.file.ReadAt(*buf, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	do((*buf)[:n])
	return nil
}

// line returns a line with its end, nil if the file has not so many or it is too long. The first is 1.
func (f *lineFile) line(number int) ([]byte, error) {
	start, err := f.start(number)
	if start < 0 || err != nil {
		return nil, err
	}
	var line []byte
	for size := f.block / 2; ; size *= 2 {
		from := len(line)
		line = append(line, make([]byte, size)...)
		n, err := f.file.ReadAt(line[from:], start+int64(from))
		line = line[:from+n]
		end := bytes.IndexByte(line[from:], '\n')
		switch {
		case end >= 0:
			return unmarked(line[:from+end+1], number), nil
		case errors.Is(err, io.EOF):
			return unmarked(line, number), nil
		case err != nil:
			return nil, err
		case len(line) > f.limit:
			return nil, nil
		}
	}
}

// unmarked takes the byte order mark off the first line.
func unmarked(line []byte, number int) []byte {
	if number == 1 {
		return bytes.TrimPrefix(line, []byte(byteOrderMark))
	}
	return line
}

// start returns where a line begins: behind the end of the one before it; less than 0 if there are not so many.
func (f *lineFile) start(number int) (at int64, err error) {
	if number <= 1 {
		return int64(number - 1), nil
	}
	at, left := f.near(number - 1)
	if at < 0 {
		return -1, nil
	}
	err = f.withBlock(at, func(data []byte) {
		for ; left > 0; left-- {
			end := bytes.IndexByte(data, '\n') + 1
			if end == 0 {
				at = -1
				return
			}
			at, data = at+int64(end), data[end:]
		}
	})
	return at, err
}

// near returns a place and how many line ends behind it, in one block, the last of some is; less than 0 if there are not so many.
func (f *lineFile) near(ends int) (at int64, left int) {
	if f.before == nil {
		i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].Lines > ends }) - 1
		if i < 0 {
			return 0, ends
		}
		return f.marks[i].Offset, ends - f.marks[i].Lines
	}
	i := sort.SearchInts(f.before, ends) - 1 // the block that holds the end
	if i == len(f.before)-1 {
		return -1, 0
	}
	return int64(i) * int64(f.block), ends - f.before[i]
}

// readLines fills in documents of a file of JSONL that is not packed.
func (l *library) readLines(w *wanted, file io.ReaderAt, size int64) error {
	f := newLineFile(file, size, lineBlock, l.written.reading(w.name).MaxDocument)
	if f.marks = l.marks[w.path]; f.marks == nil {
		if err := f.count(); err != nil {
			return err
		}
	}
	numbers := sortedKeys(w.documents)
	return inParallel(len(numbers), func(i int) error {
		line, err := f.line(numbers[i])
		if err != nil || line == nil {
			return err
		}
		b, err := newBrowser(l.written)
		if err != nil {
			return err
		}
		if rec, err := b.decode(&corpus.Line{Number: numbers[i], Raw: line}); err == nil {
			w.documents[numbers[i]].fill(line, rec)
		}
		return nil
	})
}
