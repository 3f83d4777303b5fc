package job_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
)

// article is a record of a corpus, as other libraries write it.
type article struct {
	URL    string `json:"url" parquet:"url"`
	Text   string `json:"text" parquet:"text"`
	ID     string `json:"id" parquet:"id"`
	Source string `json:"source" parquet:"source,dict"`
	Date   string `json:"date" parquet:"date,optional"`
	Meta   meta   `json:"meta" parquet:"meta"`
}

type meta struct {
	Words int32    `json:"words" parquet:"words"`
	Tags  []string `json:"tags" parquet:"tags,list"`
}

func articles(t *testing.T, inputs []string) []article {
	var list []article
	for line := range bytes.Lines(concatenate(t, inputs)) {
		var a article
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		a.URL = fmt.Sprintf("https://%s/%d", a.Source, len(list)) // the source of a page is its host
		a.Meta = meta{int32(len(strings.Fields(a.Text))), strings.Fields(a.Date + " " + a.Source)}
		list = append(list, a)
	}
	return list
}

// tree is a folder of input: the content of files by their names.
type tree map[string][]byte

// ways are those in which the same articles are stored.
var ways = map[string]func(t *testing.T, list []article) tree{
	"jsonl":     func(t *testing.T, list []article) tree { return tree{"a.jsonl": jsonLines(t, list)} },
	"jsonl.gz":  func(t *testing.T, list []article) tree { return tree{"a.jsonl.gz": gzipped(jsonLines(t, list))} },
	"jsonl.zst": func(t *testing.T, list []article) tree { return tree{"a.jsonl.zst": zstandard(jsonLines(t, list))} },
	"shards": func(t *testing.T, list []article) tree {
		out, parts := tree{}, min(500, len(list))
		for i := range parts {
			out[fmt.Sprintf("%03d.jsonl", i)] = jsonLines(t, list[len(list)*i/parts:len(list)*(i+1)/parts])
		}
		return out
	},
	"json": func(t *testing.T, list []article) tree {
		b, err := json.MarshalIndent(list, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return tree{"a.json": b}
	},
	"csv":    func(t *testing.T, list []article) tree { return tree{"a.csv": table(t, list, ',')} },
	"tsv.gz": func(t *testing.T, list []article) tree { return tree{"a.tsv.gz": gzipped(table(t, list, '\t'))} },
	"wet":    func(t *testing.T, list []article) tree { return tree{"a.warc.wet": bytes.Join(wet(list), nil)} },
	"wet.gz": func(t *testing.T, list []article) tree {
		var b []byte
		for _, record := range wet(list) {
			b = append(b, gzipped(record)...)
		}
		return tree{"a.warc.wet.gz": b}
	},
	"parquet uncompressed": parquetWay(&parquet.Uncompressed), "parquet snappy": parquetWay(&parquet.Snappy), "parquet gzip": parquetWay(&parquet.Gzip),
	"parquet zstd": parquetWay(&parquet.Zstd), "parquet brotli": parquetWay(&parquet.Brotli), "parquet lz4": parquetWay(&parquet.Lz4Raw),
}

func jsonLines(t *testing.T, list []article) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, a := range list {
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func table(t *testing.T, list []article, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.Write([]string{"id", "text", "source", "date", "url"})
	for _, a := range list {
		w.Write([]string{a.ID, a.Text, a.Source, a.Date, a.URL})
	}
	if w.Flush(); w.Error() != nil {
		t.Fatal(w.Error())
	}
	return b.Bytes()
}

// wet gives the records of a WET file.
func wet(list []article) [][]byte {
	out := [][]byte{[]byte("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 14\r\n\r\nsoftware: none\r\n\r\n")}
	for _, a := range list {
		out = append(out, fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nWARC-Record-ID: <%s>\r\n"+
			"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", a.URL, a.Date, a.ID, len(a.Text), a.Text))
	}
	return out
}

func parquetWay(codec compress.Codec) func(t *testing.T, list []article) tree {
	return func(t *testing.T, list []article) tree {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[article](&b, parquet.Compression(codec), parquet.KeyValueMetadata("huggingface", `{"info":{}}`), parquet.MaxRowsPerRowGroup(5000))
		if _, err := w.Write(list); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return tree{"a.parquet": b.Bytes()}
	}
}

// put writes the files below a new folder.
func (files tree) put(t *testing.T) string {
	dir := t.TempDir()
	for name, content := range files {
		write(t, filepath.Join(dir, name), content)
	}
	return dir
}

// TestFormatsDoNotShow stores the same articles in every way: the decisions differ in the places alone, and kept/ and removed/ hold the same texts.
func TestFormatsDoNotShow(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		list := articles(t, inputs)
		list = list[:min(len(list), 8000)] // all of a large corpus, in each way, take minutes and show nothing more
		run := func(in string) string {
			if len(list) > 1000 { // what costs time is no different
				dir, _ := dedup(t, job.Options{Inputs: []string{in}})
				return dir
			}
			dir, _ := clean(t, job.Options{Inputs: []string{in}})
			return dir
		}
		want := run(ways["jsonl"](t, list).put(t))
		for name, way := range ways {
			t.Run(name, func(t *testing.T) {
				files := way(t, list)
				in := files.put(t)
				got := run(in)
				if d := cmp.Diff(anywhere(t, want), anywhere(t, got)); d != "" {
					t.Errorf("as JSONL (-) and as %s (+):\n%.3000s", name, d)
				}
				sameLines(t, filepath.Join(want, "pairs.jsonl"), filepath.Join(got, "pairs.jsonl"))
				for _, folder := range []string{"kept", "removed"} {
					if !slices.Equal(textsBelow(t, filepath.Join(want, folder), ""), textsBelow(t, filepath.Join(got, folder), "")) {
						t.Errorf("%s/ does not hold the same texts", folder)
					}
				}
				comesBack(t, in, files)
			})
		}
	})
}

// textsBelow reads id and text of all records below a folder.
func textsBelow(t *testing.T, dir, split string) []string {
	var out []string
	shards, err := corpus.Expand([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	o := corpus.ReadOptions{Split: split, Fields: corpus.Fields{Text: "text", ID: "id"}}
	decoder, err := corpus.NewDecoder(o)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range shards {
		r, err := corpus.OpenShard(s, i, o)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for {
			c, err := r.Next(nil)
			if err == io.EOF {
				break
			}
			for line := range c.Lines() {
				var rec corpus.Record
				if line.Pass {
					continue
				}
				if err := decoder.Decode(&c, &line, &rec); err != nil {
					t.Fatal(err)
				}
				out = append(out, string(corpus.AppendString(nil, line.Raw, rec.ID))+" "+string(corpus.AppendString(nil, line.Raw, rec.Text)))
			}
		}
	}
	return out
}

// comesBack runs a job that keeps everything, and wants the input's bytes below kept/; of Parquet its rows, schema and metadata.
func comesBack(t *testing.T, in string, files tree) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if _, err := job.Quality(context.Background(), job.Options{Inputs: []string{in}, Output: out, Quality: &quality.Options{Cut: quality.CutNone}}); err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		path := filepath.Join(out, "kept", name)
		if filepath.Ext(name) == ".parquet" {
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(readParquet(t, want), readParquet(t, got)); d != "" {
				t.Errorf("%s (-) and what was kept (+):\n%.3000s", name, d)
			}
			continue
		}
		if got := unpacked(t, path); !bytes.Equal(got, unpacked(t, filepath.Join(in, name))) {
			t.Errorf("%s: what was kept is not the same", name)
		}
	}
}

func unpacked(t *testing.T, path string) []byte {
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	b, err := io.ReadAll(src)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parquetContent is what must come back of a Parquet file.
type parquetContent struct {
	Schema   string
	Metadata map[string]string
	Codec    string
	Rows     []article // none of LZ4, which the library reads wrongly (its issue 608); the texts are compared all the same
}

func readParquet(t *testing.T, content []byte) parquetContent {
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := parquetContent{Schema: f.Schema().String(), Metadata: map[string]string{}}
	for _, kv := range f.Metadata().KeyValueMetadata {
		out.Metadata[kv.Key] = kv.Value
	}
	for _, group := range f.Metadata().RowGroups {
		for _, c := range group.Columns {
			out.Codec += c.MetaData.Codec.String() + " "
		}
	}
	if strings.Contains(out.Codec, "LZ4") {
		return out
	}
	r := parquet.NewGenericReader[article](f)
	defer r.Close()
	out.Rows = make([]article, r.NumRows())
	if n, err := r.Read(out.Rows); err != nil && err != io.EOF || n != len(out.Rows) {
		t.Fatal(n, err)
	}
	return out
}

// TestTextTree stores articles as files of a folder: the decisions are those of JSONL without ids, sources and dates.
func TestTextTree(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		list := articles(t, inputs)
		list = list[:min(len(list), 3000)] // as above
		lines, files := []byte{}, tree{}
		for i, a := range list {
			text, _ := json.Marshal(map[string]string{"text": a.Text})
			lines = append(append(lines, text...), '\n')
			files[fmt.Sprintf("%02d/%06d.txt", i/100, i+1)] = []byte(a.Text)
		}
		want, _ := clean(t, job.Options{Inputs: []string{tree{"a.jsonl": lines}.put(t)}})
		in := files.put(t)
		got, _ := clean(t, job.Options{Inputs: []string{in}})
		name := regexp.MustCompile(`\d\d/0*(\d+)\.txt:1"`)
		for _, file := range []string{"decisions.jsonl", "pairs.jsonl"} {
			content, err := os.ReadFile(filepath.Join(got, file))
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(got, "named", file), name.ReplaceAll(content, []byte(`a.jsonl:$1"`)))
		}
		if d := cmp.Diff(anywhere(t, want), anywhere(t, filepath.Join(got, "named"))); d != "" {
			t.Errorf("as JSONL (-) and as files (+):\n%.3000s", d)
		}
		sameLines(t, filepath.Join(want, "pairs.jsonl"), filepath.Join(got, "named", "pairs.jsonl"))
		for _, folder := range []string{"kept", "removed"} {
			if d := cmp.Diff(textsBelow(t, filepath.Join(want, folder), ""), textsBelow(t, filepath.Join(got, folder), "")); d != "" {
				t.Errorf("%s/ as JSONL (-) and as files (+):\n%.3000s", folder, d)
			}
		}
		comesBack(t, in, files)
	})
}

// TestSplitText makes documents of lines and of paragraphs.
func TestSplitText(t *testing.T) {
	list := articles(t, []string{bundled})
	for split, between := range map[string]string{"lines": "\n", "blank": "\n\n"} {
		var lines, text []byte
		n := 0
		for _, a := range list {
			words := strings.Join(strings.Fields(a.Text), " ")
			if words == "" {
				continue // a blank line is no document
			}
			n++
			quoted, _ := json.Marshal(map[string]string{"text": words})
			lines = append(append(lines, quoted...), '\n')
			text = append(append(text, words...), between...)
		}
		want, _ := clean(t, job.Options{Inputs: []string{tree{"a.jsonl": lines}.put(t)}})
		in := tree{"a.txt": text}
		got, rep := clean(t, job.Options{Inputs: []string{in.put(t)}, Split: split})
		if rep.Documents.Read != n || rep.Inputs[0].Format != "text" {
			t.Fatalf("%+v", rep.Inputs)
		}
		if d := cmp.Diff(nameless(anywhere(t, want)), nameless(anywhere(t, got))); d != "" {
			t.Errorf("as JSONL (-) and as %s (+):\n%.3000s", split, d)
		}
		for _, folder := range []string{"kept", "removed"} {
			if d := cmp.Diff(textsBelow(t, filepath.Join(want, folder), ""), textsBelow(t, filepath.Join(got, folder), split)); d != "" {
				t.Errorf("%s/ as JSONL (-) and as %s (+):\n%.3000s", folder, split, d)
			}
		}
	}
}

// anywhere reads the decisions without the places of the documents.
func anywhere(t *testing.T, dir string) []map[string]any {
	t.Helper()
	decisions := readLines[map[string]any](t, filepath.Join(dir, "decisions.jsonl"))
	if len(decisions) == 0 {
		t.Fatal("no decisions")
	}
	for _, d := range decisions {
		for _, place := range []string{"file", "line", "removed_line", "duplicate_file", "duplicate_line", "kept_line"} {
			delete(d, place)
		}
	}
	return decisions
}

// nameless takes out of decisions what names other documents by their places.
func nameless(decisions []map[string]any) []map[string]any {
	for _, d := range decisions {
		delete(d, "id")
		delete(d, "duplicate_of")
		reasons, _ := d["reasons"].([]any)
		for _, r := range reasons {
			delete(r.(map[string]any), "evidence")
		}
	}
	return decisions
}
