package corpus

import (
	"bufio"
	"bytes"
	"compress/bzip2"
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

// The codecs. Gzip and bzip2 files may have many members, zstd files many frames.
const (
	Plain Codec = iota
	Gzip
	Zstd
	Bzip2 // read only: what comes out of such a shard is packed as zstd
)

// String gives "plain", "gzip", "zstd" or "bzip2".
func (c Codec) String() string { return [...]string{"plain", "gzip", "zstd", "bzip2"}[c%4] }

// A Source is the unpacked content of a shard. Position may be called while another goroutine reads; nothing else may.
//
// What goes wrong while reading comes as an error of Read after the bytes that could be unpacked, in short words that serve as
// a defect's reason; it comes again at every later call.
type Source struct {
	file     *os.File
	codec    Codec
	head     []byte // the first packed bytes
	size     int64
	position atomic.Int64
	unpack   io.Reader
	close    func()
	ahead    []byte // unpacked by peek and not read yet
	started  bool   // some bytes were unpacked
	err      error
}

const (
	fileBuffer = 256 << 10
	// maxWindow is the largest zstd window that is unpacked: what the zstd tool takes without an option (--long=27).
	maxWindow = 128 << 20
)

// Open opens a shard; "-" is standard input. The content decides how it is unpacked: the magic bytes of gzip, zstd and bzip2
// first, then, when it does not begin like JSON, the name (.gz, .zst, .bz2). The error is that of opening the file: wrong
// content shows at the first Read, and so does what has no lines, such as Parquet ([OpenShard] reads that).
func Open(path string) (*Source, error) {
	s, err := openSource(path)
	if err == nil && s.err == nil {
		if what := foreign(s.head); what != "" {
			s.err = fmt.Errorf("%s is not read: unpack or convert it first", what)
		}
	}
	return s, err
}

// openSource opens a shard whatever is in it.
func openSource(path string) (*Source, error) {
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
	if len(s.ahead) > 0 {
		n := copy(p, s.ahead)
		s.ahead = s.ahead[n:]
		return n, nil
	}
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

// peek returns the first unpacked bytes, at most n and fewer only where the shard ends, and leaves them to be read.
func (s *Source) peek(n int) []byte {
	if s.codec == Plain && s.size >= 0 {
		n = int(min(int64(n), s.size+1)) // a tiny shard needs no more
	}
	head := make([]byte, 0, n)
	for len(head) < n {
		m, err := s.Read(head[len(head):n])
		if head = head[:len(head)+m]; err != nil {
			break // it stays and comes again after these bytes
		}
	}
	s.ahead = append(head, s.ahead...)
	return head
}

// packed counts the bytes that come from the file.
type packed struct{ s *Source }

// Read reads on in the file.
func (p packed) Read(b []byte) (int, error) {
	n, err := p.s.file.Read(b)
	p.s.position.Add(int64(n))
	return n, err
}

// bufferSize is what to read of a file at once: no more than it has, so that a hundred thousand tiny shards cost no gigabytes.
func bufferSize(size int64) int {
	if size < 0 || size >= fileBuffer {
		return fileBuffer
	}
	return max(int(size), 512) + 1
}

// start recognises the content and prepares to unpack it. Nothing fails here: an error waits for the first Read.
func (s *Source) start(path string) {
	in := bufio.NewReaderSize(packed{s}, bufferSize(s.size))
	head, _ := in.Peek(512) // a read error stays in the buffer and comes again
	s.head = bytes.Clone(head[:min(len(head), 16)])
	s.codec = recognise(head, path)
	var err error
	switch s.codec {
	case Plain:
		s.unpack = in
	case Bzip2:
		s.unpack = bzip2.NewReader(in)
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
	if isBzip2(head) {
		return Bzip2
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
	case strings.HasSuffix(path, ".bz2"):
		return Bzip2
	}
	return Plain
}

// isBzip2 wants the magic of the first block too: a text may well begin with "BZh1".
func isBzip2(head []byte) bool {
	const block, end = "\x31\x41\x59\x26\x53\x59", "\x17\x72\x45\x38\x50\x90"
	return len(head) >= 10 && string(head[:3]) == "BZh" && '1' <= head[3] && head[3] <= '9' &&
		(string(head[4:10]) == block || string(head[4:10]) == end)
}

// foreign names content that would otherwise be reported line by line.
func foreign(head []byte) string {
	for _, f := range [...]struct{ bytes, what string }{
		{"\xfd7zXZ\x00", "xz"},
		{"PK\x03\x04", "zip"},
		{"\x04\x22\x4d\x18", "lz4"},
		{"PAR1", "parquet"},
		{"PARE", "encrypted parquet"},
		{"filedesc://", "ARC"},
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
	structural, _ := errors.AsType[bzip2.StructuralError](err)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		words = "stream ends early, the rest is lost"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zstd.ErrMagicMismatch), notBzip2(structural):
		words = "was expected by the file's name, but this is something else"
		if s.started {
			words = "stream is followed by garbage"
		}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch), strings.HasSuffix(string(structural), "checksum mismatch"):
		words = "checksum does not match, the data is damaged"
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		words = "window is larger than 128 MiB, pack it again without --ultra --long"
	case errors.As(err, &damage), structural != "", s.codec == Zstd && !isFileError(err):
		words = "data is damaged, the rest is lost"
	default:
		return fmt.Errorf("read error: %w", fileError(err))
	}
	return fmt.Errorf("%s %s", s.codec, words)
}

// notBzip2 reports whether a stream, or what follows its first member, is none of bzip2. The library has words only.
func notBzip2(err bzip2.StructuralError) bool {
	return err == "bad magic value" || err == "bad magic value in continuation file"
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
