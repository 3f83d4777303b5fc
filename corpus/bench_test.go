package corpus

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// articleLines are lines like those of a newspaper corpus: 3 KB of Arabic with paragraphs and quotes.
func articleLines(ascii bool) [][]byte {
	body := strings.Repeat("قال رئيس الوزراء، اليوم (الاثنين)، إن الحكومة تعمل على \"خطة جديدة\" لمكافحة الغلاء في 14 منطقة.\n\n", 18)
	var lines [][]byte
	for i := range 100 {
		text, _ := json.Marshal(body)
		if ascii {
			text = []byte(strconv.QuoteToASCII(body))
		}
		line := `{"id": "2015-07-21-` + strconv.Itoa(i) + `", "text": ` + string(text) +
			`, "source": "جريدة", "date": "2015-07-21", "url": "http:\/\/example.com\/a\/` + strconv.Itoa(i) + `", "meta": {"n": [1, 2.5]}}` + "\n"
		lines = append(lines, []byte(line))
	}
	return lines
}

func eachForm(b *testing.B, f func(b *testing.B, lines [][]byte)) {
	for _, form := range []string{"utf8", "escaped"} {
		lines := articleLines(form == "escaped")
		b.Run("form="+form, func(b *testing.B) {
			b.SetBytes(int64(len(bytes.Join(lines, nil))))
			b.ReportAllocs()
			f(b, lines)
		})
	}
}

var benchFields = Fields{Text: "text", ID: "id", Source: "source", Date: "date", URL: "url"}

func BenchmarkScan(b *testing.B) {
	eachForm(b, func(b *testing.B, lines [][]byte) {
		s := newScanner(b, benchFields)
		var rec Record
		for b.Loop() {
			for _, line := range lines {
				if err := s.Scan(line, &rec); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkScanDecode(b *testing.B) {
	eachForm(b, func(b *testing.B, lines [][]byte) {
		s := newScanner(b, benchFields)
		var rec Record
		var text []byte
		for b.Loop() {
			for _, line := range lines {
				if err := s.Scan(line, &rec); err != nil {
					b.Fatal(err)
				}
				text = AppendString(text[:0], line, rec.Text)
			}
		}
	})
}

func BenchmarkAppendString(b *testing.B) {
	eachForm(b, func(b *testing.B, lines [][]byte) {
		s := newScanner(b, benchFields)
		records := make([]Record, len(lines))
		for i, line := range lines {
			if err := s.Scan(line, &records[i]); err != nil {
				b.Fatal(err)
			}
		}
		var text []byte
		for b.Loop() {
			for i, line := range lines {
				text = AppendString(text[:0], line, records[i].Text)
			}
		}
	})
}

func BenchmarkEncodingJSON(b *testing.B) {
	eachForm(b, func(b *testing.B, lines [][]byte) {
		for b.Loop() {
			for _, line := range lines {
				var rec struct{ ID, Text, Source, Date, URL string }
				if err := json.Unmarshal(line, &rec); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkJSONValid(b *testing.B) {
	eachForm(b, func(b *testing.B, lines [][]byte) {
		for b.Loop() {
			for _, line := range lines {
				json.Valid(line)
			}
		}
	})
}

func BenchmarkInvalidUTF8(b *testing.B) {
	text := bytes.Repeat([]byte("قال رئيس الوزراء اليوم الاثنين إن الحكومة تعمل على خطة جديدة "), 30)
	for name, f := range map[string]func([]byte) bool{"own": func(t []byte) bool { return invalidUTF8(t) < 0 }, "utf8.Valid": utf8.Valid} {
		b.Run("by="+name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if !f(text) {
					b.Fatal("not valid")
				}
			}
		})
	}
}

func BenchmarkChunks(b *testing.B) {
	data := bytes.Repeat(bytes.Join(articleLines(false), nil), 50)
	var buf []byte
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		lines := 0
		for c := NewChunks(bytes.NewReader(data), "", 0); ; {
			chunk, err := c.Next(buf)
			if err != nil {
				break
			}
			for range chunk.Lines() {
				lines++
			}
			buf = chunk.Data
		}
		if lines != 5000 {
			b.Fatal(lines)
		}
	}
}

func BenchmarkCopy(b *testing.B) {
	data := bytes.Repeat(bytes.Join(articleLines(false), nil), 50)
	buf := make([]byte, ChunkSize)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for rest := data; len(rest) > 0; {
			rest = rest[copy(buf, rest):]
		}
	}
}

// BenchmarkCorpus reads a real corpus: open, chunk, scan, decode.
func BenchmarkCorpus(b *testing.B) {
	path := evaldata.Plain(b, "corpora/saudinewsnet.jsonl.zst")
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	s := newScanner(b, benchFields)
	buf, text := make([]byte, 0, ChunkSize), []byte(nil)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		src, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		c := NewChunks(src, path, 0)
		for {
			chunk, err := c.Next(buf)
			if err == io.EOF {
				break
			}
			for line := range chunk.Lines() {
				var rec Record
				if err := s.Scan(line.Raw, &rec); err != nil {
					b.Fatal(err)
				}
				text = AppendString(text[:0], line.Raw, rec.Text)
			}
		}
		src.Close()
	}
}

// BenchmarkShard reads a shard of each format and decodes its texts, in one goroutine.
func BenchmarkShard(b *testing.B) {
	docs, _ := readDocs(b, evaldata.Path(b, "corpora/saudinewsnet.jsonl.zst"), ReadOptions{Fields: stdFields}, 0)
	docs = docs[:5000]
	for name, convert := range converters {
		var content bytes.Buffer
		convert(b, &content, docs)
		path := write(b, b.TempDir(), name, content.String())
		b.Run("format="+name[2:], func(b *testing.B) {
			b.SetBytes(int64(content.Len()))
			b.ReportAllocs()
			for b.Loop() {
				decodeShard(b, path)
			}
		})
	}
}

func decodeShard(b *testing.B, path string) {
	o := ReadOptions{Fields: stdFields}
	r, err := OpenShard(Shard{Path: path, Name: path}, 0, o)
	must(b, err)
	defer r.Close()
	d, err := NewDecoder(o)
	must(b, err)
	var rec Record
	var text, buf []byte
	for {
		c, err := r.Next(buf)
		if err == io.EOF {
			return
		}
		for line := range c.Lines() {
			if !line.Pass && d.Decode(&c, &line, &rec) == nil {
				text = AppendString(text[:0], line.Raw, rec.Text)
			}
		}
		buf = c.Data
	}
}
