package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A Codec is how a shard is packed.
type Codec uint8

// The codecs. Gzip files may have many members, zstd files many frames.
const (
	Plain Codec = iota
	Gzip
	Zstd
)

// String gives "plain", "gzip" or "zstd".
func (c Codec) String() string { return [...]string{"plain", "gzip", "zstd"}[c%3] }

// A Source is the unpacked content of a shard. Position may be called while another goroutine reads; nothing else may.
//
// What goes wrong while reading comes as an error of Read after the bytes that could be unpacked, in short words that serve as
// a defect's reason; it comes again at every later call.
type Source struct {
	file     *os.File
	codec    Codec
	size     int64
	position atomic.Int64
	unpack   io.Reader
	close    func()
	started  bool // some bytes were unpacked
	err      error
}

const (
	fileBuffer = 256 << 10
	// maxWindow is the largest zstd window that is unpacked: what the zstd tool takes without an option (--long=27).
	maxWindow = 128 << 20
)

// Open opens a shard; "-" is standard input. The content decides how it is unpacked: the magic bytes of gzip and zstd first,
// then, when it does not begin like JSON, the name (.gz, .zst). The error is that of opening the file: wrong content shows at
// the first Read.
func Open(path string) (*Source, error) {
	s := &Source{file: os.Stdin, size: -1, close: func() {}}
	if path != Stdin {
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("input: %w", err)
		}
		s.file = file
	}
	if info, err := s.file.Stat(); err == nil && info.Mode().IsRegular() {
		s.size = info.Size()
	} else if err == nil && info.IsDir() {
		s.Close()
		return nil, fmt.Errorf("input: %s is a folder", path)
	}
	s.start(path)
	return s, nil
}

// Codec says how the shard is packed, so that output can be packed alike.
func (s *Source) Codec() Codec { return s.codec }

// Position is the number of bytes read from the file so far, packed: for a progress bar, beside Size.
func (s *Source) Position() int64 { return s.position.Load() }

// Size is the number of bytes of the file, packed; -1 if it is not known, as for a pipe.
func (s *Source) Size() int64 { return s.size }

// Close closes the file. It may be called again.
func (s *Source) Close() error {
	if s.file == nil {
		return nil
	}
	s.close()
	file := s.file
	s.file, s.err = nil, os.ErrClosed
	if file == os.Stdin {
		return nil
	}
	return file.Close()
}

// Read reads unpacked bytes.
func (s *Source) Read(p []byte) (int, error) {
	if s.err != nil || len(p) == 0 {
		return 0, s.err
	}
	n, err := s.unpack.Read(p)
	s.started = s.started || n > 0
	if err != nil && err != io.EOF {
		err = s.explain(err)
	}
	s.err = err
	return n, err
}

// packed counts the bytes that come from the file.
type packed struct{ s *Source }

func (p packed) Read(b []byte) (int, error) {
	n, err := p.s.file.Read(b)
	p.s.position.Add(int64(n))
	return n, err
}

// start recognises the content and prepares to unpack it. Nothing fails here: an error waits for the first Read.
func (s *Source) start(path string) {
	in := bufio.NewReaderSize(packed{s}, fileBuffer)
	head, _ := in.Peek(512) // a read error stays in the buffer and comes again
	s.codec = recognise(head, path)
	var err error
	switch s.codec {
	case Plain:
		s.unpack = in
		if what := foreign(head); what != "" {
			s.err = fmt.Errorf("%s is not read: unpack or convert it first", what)
		}
	case Gzip:
		var z *gzip.Reader
		z, err = gzip.NewReader(in)
		s.unpack = z
	case Zstd:
		var z *zstd.Decoder
		z, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		s.unpack = z
		if err == nil {
			s.close = z.Close
		}
		if len(head) == 0 { // the decoder would take it for zero frames
			err = io.ErrUnexpectedEOF
		}
	}
	if err != nil {
		s.err = s.explain(err)
	}
}

// magics are the first bytes of what is read here.
var magics = [...]struct {
	bytes string
	codec Codec
}{
	{"\x1f\x8b", Gzip},
	{"\x28\xb5\x2f\xfd", Zstd},
}

func recognise(head []byte, path string) Codec {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.codec
		}
	}
	if len(head) >= 4 && head[0]>>4 == 5 && string(head[1:4]) == "\x2a\x4d\x18" { // a skippable frame comes first
		return Zstd
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		return Plain // packed by name only, as downloads often are
	}
	switch {
	case strings.HasSuffix(path, ".gz"):
		return Gzip
	case strings.HasSuffix(path, ".zst"), strings.HasSuffix(path, ".zstd"):
		return Zstd
	}
	return Plain
}

// foreign names content that would otherwise be reported line by line.
func foreign(head []byte) string {
	for _, f := range [...]struct{ bytes, what string }{
		{"BZh", "bzip2"},
		{"\xfd7zXZ\x00", "xz"},
		{"PK\x03\x04", "zip"},
		{"PAR1", "parquet"},
		{"\xff\xfe", "UTF-16 text"},
		{"\xfe\xff", "UTF-16 text"},
	} {
		if bytes.HasPrefix(head, []byte(f.bytes)) {
			return f.what
		}
	}
	return ""
}

// explain puts an error of unpacking into words for a defect.
func (s *Source) explain(err error) error {
	var damage flate.CorruptInputError
	var words string
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		words = "stream ends early, the rest is lost"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zstd.ErrMagicMismatch):
		words = "was expected by the file's name, but this is something else"
		if s.started {
			words = "stream is followed by garbage"
		}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		words = "checksum does not match, the data is damaged"
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		words = "window is larger than 128 MiB, pack it again without --ultra --long"
	case errors.As(err, &damage), s.codec == Zstd && !isFileError(err):
		words = "data is damaged, the rest is lost"
	default:
		return fmt.Errorf("read error: %w", fileError(err))
	}
	return fmt.Errorf("%s %s", s.codec, words)
}

func isFileError(err error) bool {
	_, ok := errors.AsType[*os.PathError](err)
	return ok
}

// fileError is the system's reason without the path, which a defect names already.
func fileError(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}
