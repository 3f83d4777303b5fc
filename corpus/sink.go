package corpus

import "bytes"

// A RecordWriter writes the records of one shard that go to one folder of an [Output], in the order they were read, as they lay in their
// file: with the same header and separators, packed alike. It is for one goroutine at a time.
type RecordWriter struct {
	create func() (*ShardWriter, error)
	layout *Layout
	file   *ShardWriter // nil before the first record, if the format is lazy
	sink   sink
	head   []byte // to be written first
	lines  int    // written so far, where each record is one
	marks  []LineMark
	done   bool
	err    error
}

// A LineMark is a place of a file at which a line begins.
type LineMark struct {
	Lines  int // before it
	Offset int64
}

// LineMarkStep is how far apart marks are, in bytes: each stands at the first line that begins so far behind the last one, or the beginning.
const LineMarkStep = 64 << 10

// sink puts records into a file.
type sink interface {
	write(line *Line) error
	close() error // ends the records, not the file
}

// Records creates folder/name, laid out like the shard that l describes. Where a file is one document (plain text), there is no file
// until a record is written; elsewhere a writer that is closed without a record gives a valid file without records.
func (o *Output) Records(folder, name string, l *Layout) (*RecordWriter, error) {
	w := &RecordWriter{layout: l, create: func() (*ShardWriter, error) { return o.Writer(folder, name, l.codec) }}
	if !l.format.lazy {
		w.open()
	}
	return w, w.err
}

func (w *RecordWriter) open() {
	if w.file != nil || w.err != nil {
		return
	}
	if w.file, w.err = w.create(); w.err != nil {
		return
	}
	if _, w.err = w.file.Write(w.head); w.err != nil {
		return
	}
	w.sink = plainSink{w.file}
	if w.layout.format.sink != nil {
		w.sink, w.err = w.layout.format.sink(w.file, w.layout)
	}
}

// Head writes what comes before all else: see [Chunk.Head].
func (w *RecordWriter) Head(p []byte) error {
	if len(p) == 0 || w.err != nil {
		return w.err
	}
	if w.file == nil {
		w.head = bytes.Clone(p)
		return nil
	}
	_, w.err = w.file.Write(p)
	return w.err
}

// Write writes a record: as it was read, or with Raw replaced by what [Decoder.AppendEdited] made of it.
func (w *RecordWriter) Write(line *Line) error {
	if w.open(); w.err == nil && w.done {
		w.err = errClosed
	}
	if w.err == nil {
		w.mark()
		w.err = w.sink.write(line)
	}
	return w.err
}

// mark notes where the next record begins, if it is a line of a file that is not packed, far enough from the last mark.
func (w *RecordWriter) mark() {
	if w.layout.format != &jsonlFormat || w.layout.codec != Plain {
		return
	}
	last := int64(0)
	if n := len(w.marks); n > 0 {
		last = w.marks[n-1].Offset
	}
	if at := w.file.offset(); at-last >= LineMarkStep {
		w.marks = append(w.marks, LineMark{w.lines, at})
	}
	w.lines++
}

// Marks are places from which lines of the file can be counted; none where a record is no line, where the file is packed, or is short.
func (w *RecordWriter) Marks() []LineMark { return w.marks }

// Close ends the file. It may be called again.
func (w *RecordWriter) Close() error {
	if w.done || w.file == nil {
		w.done = true
		return w.err
	}
	w.done = true
	if w.err == nil {
		w.err = w.sink.close()
	}
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}

// Sum is what the file is known by once it is closed; false if there is none.
func (w *RecordWriter) Sum() (FileSum, bool) {
	if w.file == nil {
		return FileSum{}, false
	}
	return w.file.Sum(), true
}

// plainSink writes records one after the other; records with a line end too few get it, see [ShardWriter.WriteLine].
type plainSink struct{ w *ShardWriter }

func (s plainSink) close() error { return nil }

func (s plainSink) write(line *Line) error {
	return s.w.WriteLine(line.Raw)
}

// paragraphSink puts a blank line between paragraphs that have lost what stood between them to another file.
type paragraphSink struct {
	plainSink
	open bool // the last thing written was a paragraph
}

func newTextSink(w *ShardWriter, l *Layout) (sink, error) {
	if l.split == "blank" {
		return &paragraphSink{plainSink: plainSink{w}}, nil
	}
	return plainSink{w}, nil
}

func (s *paragraphSink) write(line *Line) error {
	if s.open && !line.Pass {
		if err := s.w.WriteLine([]byte("\n")); err != nil {
			return err
		}
	}
	s.open = !line.Pass
	return s.plainSink.write(line)
}

// headed writes a header before the records. It is known once the first record was read.
type headed struct {
	plainSink
	layout *Layout
	begun  bool
}

func headedSink(w *ShardWriter, l *Layout) (sink, error) {
	return &headed{plainSink: plainSink{w}, layout: l}, nil
}

func (s *headed) write(line *Line) error {
	if err := s.close(); err != nil {
		return err
	}
	return s.plainSink.write(line)
}

func (s *headed) close() error {
	if s.begun {
		return nil
	}
	s.begun = true
	return s.w.WriteLine(s.layout.head)
}

// arraySink writes elements with what stood before them, and a bracket at both ends.
type arraySink struct {
	w      *ShardWriter
	layout *Layout
	begun  bool
}

func newArraySink(w *ShardWriter, l *Layout) (sink, error) {
	return &arraySink{w: w, layout: l}, nil
}

func (s *arraySink) write(line *Line) error {
	gap, element := line.Raw[:line.gap], line.Raw[line.gap:]
	switch {
	case !s.begun:
		gap = s.head()
	case bytes.IndexByte(gap, ',') < 0 || bytes.IndexByte(gap, '[') >= 0:
		gap = []byte(",\n")
	}
	s.begun = true
	if _, err := s.w.Write(gap); err != nil {
		return err
	}
	_, err := s.w.Write(element)
	return err
}

func (s *arraySink) head() []byte {
	if s.layout.head == nil {
		return []byte("[")
	}
	return s.layout.head
}

func (s *arraySink) close() error {
	tail := s.layout.tail
	if len(tail) == 0 {
		tail = []byte("]\n")
	}
	if !s.begun && bytes.IndexByte(tail, '[') < 0 {
		tail = append([]byte("["), bytes.TrimLeft(tail, ", \t\r\n")...)
	}
	_, err := s.w.Write(tail)
	return err
}

// memberSink packs each record on its own, as in a WARC file, so that one can be read without those before it.
type memberSink struct{ w *ShardWriter }

func newMemberSink(w *ShardWriter, _ *Layout) (sink, error) {
	w.small()
	return memberSink{w}, nil
}

func (s memberSink) close() error { return nil }

func (s memberSink) write(line *Line) error {
	if _, err := s.w.Write(line.Raw); err != nil || line.More {
		return err
	}
	return s.w.endMember()
}
