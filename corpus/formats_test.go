package corpus

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// doc is what was read of a record. Of one that cannot be read all but Number and Reason is empty.
type doc struct {
	Number                              int
	Text, ID, Source, Date, URL, Reason string
}

var stdFields = Fields{Text: "text", ID: "id", Source: "source", Date: "date", URL: "url"}

// readDocs reads a shard with buffers of a size, 0 for the usual. Defects of chunks come as documents with a reason.
func readDocs(t testing.TB, path string, o ReadOptions, size int) (docs []doc, opened bool) {
	t.Helper()
	r, err := OpenShard(Shard{Path: path, Name: filepath.Base(path)}, 0, o)
	if err != nil {
		return []doc{{Reason: strings.TrimPrefix(err.Error(), "input: "+path+": ")}}, false
	}
	defer r.Close()
	d, err := NewDecoder(o)
	must(t, err)
	for {
		c, err := r.Next(make([]byte, 0, size))
		if err == io.EOF {
			return docs, true
		}
		must(t, err)
		for line := range c.Lines() {
			if !line.Pass {
				docs = append(docs, decodeDoc(d, &c, &line))
			}
		}
		if c.Defect != nil {
			docs = append(docs, doc{Number: c.Defect.Line, Reason: c.Defect.Reason})
		}
	}
}

func decodeDoc(d *Decoder, c *Chunk, line *Line) doc {
	var rec Record
	if err := d.Decode(c, line, &rec); err != nil {
		return doc{Number: line.Number, Reason: Locate(err, "", *line).Reason}
	}
	get := func(v Value) string { return string(AppendString(nil, line.Raw, v)) }
	return doc{line.Number, get(rec.Text), get(rec.ID), get(rec.Source), get(rec.Date), get(rec.URL), ""}
}

// copyShard writes the records that keep says to one file and the others to another, and gives the bytes of both, "no file" for none.
func copyShard(t testing.TB, path string, o ReadOptions, keep func(n int) bool, edit func(text string) []Edit) (kept, removed string) {
	t.Helper()
	dir := t.TempDir()
	out, err := CreateOutput(filepath.Join(dir, "out"), OutputOptions{})
	must(t, err)
	defer out.Abort()
	s := Shard{Path: path, Name: filepath.Base(path)}
	r, err := OpenShard(s, 0, o)
	must(t, err)
	defer r.Close()
	d, err := NewDecoder(o)
	must(t, err)
	var files [2]*RecordWriter
	for i, folder := range []string{"kept", "removed"} {
		files[i], err = out.Records(folder, s.Name, r.Layout())
		must(t, err)
	}
	n := 0
	for {
		c, err := r.Next(nil)
		if err == io.EOF {
			break
		}
		must(t, files[0].Head(c.Head))
		for line := range c.Lines() {
			if line.Pass {
				must(t, files[0].Write(&line))
				continue
			}
			var rec Record
			if d.Decode(&c, &line, &rec) != nil {
				continue
			}
			to := files[0]
			if !keep(n) {
				to = files[1]
			} else if edit != nil {
				line.Raw = d.AppendEdited(nil, &c, &line, &rec, edit(string(AppendString(nil, line.Raw, rec.Text))))
			}
			must(t, to.Write(&line))
			n++
		}
	}
	for _, f := range files {
		must(t, f.Close())
	}
	must(t, out.Commit())
	read := func(folder string) string {
		b, err := os.ReadFile(filepath.Join(dir, "out", folder, s.Name))
		if os.IsNotExist(err) {
			return "no file"
		}
		must(t, err)
		return string(b)
	}
	return read("kept"), read("removed")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func all(int) bool { return true }

func conversion(id, text string) string {
	return "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://user@paper.example/a?b\r\nWARC-Date: 2015-08-01T00:00:00Z\r\n" +
		"WARC-Record-ID: <urn:uuid:" + id + ">\r\nWARC-Block-Digest: sha1:x\r\nContent-Type: text/plain\r\nContent-Length: " +
		strconv.Itoa(len(text)) + "\r\n\r\n" + text + "\r\n\r\n"
}

func warcOf(kind, media, block string) string {
	return "WARC/1.0\r\nWARC-Type: " + kind + "\r\nContent-Type: " + media + "\r\nContent-Length: " + strconv.Itoa(len(block)) + "\r\n\r\n" + block + "\r\n\r\n"
}

func wet(number int, id, text string) doc {
	return doc{number, text, "urn:uuid:" + id, "paper.example", "2015-08-01T00:00:00Z", "http://user@paper.example/a?b", ""}
}

// formatCase is a small shard and what it holds. All its good records kept give the same bytes, unless it is lossy.
type formatCase struct {
	name, content string
	o             ReadOptions
	want          []doc
	lossy         bool
}

const mediaHTTP = "application/http; msgtype=response"

var formatCases = []formatCase{
	{name: "a.jsonl", content: "{\"text\":\"x\",\"id\":1}\n\n[1]\n", lossy: true,
		want: []doc{{Number: 1, Text: "x", ID: "1"}, {Number: 3, Reason: "not an object (array)"}}},
	{name: "whole.txt", content: "one\n\ntwo\n", want: []doc{{Number: 1, Text: "one\n\ntwo\n"}}},
	{name: "empty.txt", content: "", want: []doc{{Number: 1}}},
	{name: "bom.txt", content: bom + "x", want: []doc{{Number: 1, Text: "x"}}},
	{name: "latin.txt", content: "caf\xe9", lossy: true, want: []doc{{Number: 1, Reason: "text is not valid UTF-8 at byte 4"}}},
	{name: "lines.txt", content: "\n one\r\n \n\ntwo\nthree", o: ReadOptions{Split: "lines"},
		want: []doc{{Number: 2, Text: " one"}, {Number: 5, Text: "two"}, {Number: 6, Text: "three"}}},
	{name: "blank.txt", content: "\n \none\ntwo\r\n\t\n\nthree\nfour", o: ReadOptions{Split: "blank"},
		want: []doc{{Number: 3, Text: "one\ntwo"}, {Number: 7, Text: "three\nfour"}}},
	{name: "empty-lines.txt", content: "", o: ReadOptions{Split: "lines"}},
	{name: "only-blank.txt", content: " \n\n", o: ReadOptions{Split: "blank"}},
	{name: "blank-end.txt", content: "a\n\n", o: ReadOptions{Split: "blank"}, want: []doc{{Number: 1, Text: "a"}}},
	{name: "a.csv", content: bom + "id,text,\"da\"\"te\"\r\n1,x,\r\n\r\n2,\"a \"\"b\"\",\nc\",2015\n3,y,z",
		o:    ReadOptions{Fields: Fields{Text: "text", ID: "id", Date: `da"te`}},
		want: []doc{{Number: 2, Text: "x", ID: "1"}, {Number: 4, Text: "a \"b\",\nc", ID: "2", Date: "2015"}, {Number: 6, Text: "y", ID: "3", Date: "z"}}},
	{name: "semicolon.csv", content: "id;text\n1;a,b\n", want: []doc{{Number: 2, Text: "a,b", ID: "1"}}},
	{name: "a.tsv", content: "id\ttext\n1\ta,b\n", want: []doc{{Number: 2, Text: "a,b", ID: "1"}}},
	{name: "header.csv", content: "\nid,text", want: nil},
	{name: "wide.csv", content: "id,text\n1,a,b\n2\n3,c\n", lossy: true,
		want: []doc{{Number: 2, Reason: "3 values, but the header has 2"}, {Number: 3, Reason: "1 values, but the header has 2"}, {Number: 4, Text: "c", ID: "3"}}},
	{name: "quote.csv", content: "id,text\n1,\"open\n2,\"x\"\n3,c\n4,\"d", lossy: true,
		want: []doc{{Number: 2, Reason: "quote inside a quoted value is not doubled"}, {Number: 4, Text: "c", ID: "3"}, {Number: 5, Reason: "quote is not closed"}}},
	{name: "fields.csv", content: "id,body\n1,x\n", lossy: true, want: []doc{{Reason: `no field "text" (fields here: id, body)`}}},
	{name: "a.json", content: "[\n {\"text\":\"x\",\"id\":\"[}\\\"\"} ,\n {\"text\":\"y\", \"a\":[[]]}\n]\n",
		want: []doc{{Number: 1, Text: "x", ID: `[}"`}, {Number: 2, Text: "y"}}},
	{name: "content.data", content: ` [ {"text":"x"}]`, want: []doc{{Number: 1, Text: "x"}}},
	{name: "none.json", content: "[]", want: nil},
	{name: "mixed.json", content: `[1,{"text":"x"},"y, z",null]`, lossy: true, want: []doc{{Number: 1, Reason: "not an object (number)"},
		{Number: 2, Text: "x"}, {Number: 3, Reason: "not an object (string)"}, {Number: 4, Reason: "not an object (null)"}}},
	{name: "broken.json", content: "[\n{\"text\":\"x},\n{\"text\":\"y\"},\n{\"text\":\"z\"}\n]", lossy: true,
		want: []doc{{Number: 1, Reason: "not JSON: control character in a string"}, {Number: 2, Text: "y"}, {Number: 3, Text: "z"}}},
	{name: "open.json", content: `[{"text":"x"},{"text":`, lossy: true, want: []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "array is not closed"}}},
	{name: "comma.json", content: `[{"text":"x"}`, lossy: true, want: []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "array is not closed"}}},
	{name: "after.json", content: `[{"text":"x"}] {"text":"y"}`, lossy: true, want: []doc{{Number: 1, Text: "x"}, {Number: 2, Reason: "something follows the array"}}},
	{name: "a.wet", content: warcOf("warcinfo", "application/warc-fields", "a: b") + conversion("1", "نص\nx") + warcOf("metadata", "text/x", "m") + conversion("2", ""),
		want: []doc{wet(2, "1", "نص\nx"), wet(4, "2", "")}},
	{name: "a.warc", content: warcOf("response", mediaHTTP, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>") +
		warcOf("response", mediaHTTP, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\xff") +
		warcOf("resource", "text/plain", "y") + warcOf("resource", "image/png", "\xff") +
		warcOf("response", mediaHTTP, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n") +
		warcOf("response", mediaHTTP, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n\x1f"), lossy: true,
		want: []doc{{Number: 1, Text: "<p>x</p>"}, {Number: 3, Text: "y"}, {Number: 5, Reason: "HTTP body is chunked"}, {Number: 6, Reason: "HTTP body is packed (gzip)"}}},
	{name: "length.warc", content: strings.Replace(conversion("1", "abc"), "Length: 3", "Length: 300", 1) + conversion("2", "x") +
		strings.Replace(conversion("3", "abc"), "Length: 3", "Length: 2", 1) + strings.Replace(conversion("4", "abc"), "Length: 3", "Length: -2", 1) +
		conversion("5", "y") + "garbage\n\n" + conversion("6", "z") + strings.Replace(conversion("7", "abc"), "Length: 3", "Length: 30", 1), lossy: true,
		want: []doc{{Number: 1, Reason: "Content-Length does not lead to the next record"}, wet(2, "2", "x"), {Number: 3, Reason: "Content-Length does not lead to the next record"},
			{Number: 4, Reason: "Content-Length is missing or no number"}, {Number: 5, Reason: "Content-Length does not lead to the next record"}, wet(6, "6", "z"),
			{Number: 7, Reason: "record ends 23 bytes early"}}},
}

// eachCase calls f with each case as a file; its wanted reasons are complete.
func eachCase(t *testing.T, f func(t *testing.T, c formatCase, dir, path string)) {
	for _, c := range formatCases {
		t.Run(c.name, func(t *testing.T) {
			if c.o.Fields.Text == "" {
				c.o.Fields = stdFields
			}
			dir := t.TempDir()
			f(t, c, dir, write(t, dir, c.name, c.content))
		})
	}
}

func TestFormats(t *testing.T) {
	eachCase(t, func(t *testing.T, c formatCase, dir, path string) {
		paths := []string{path, write(t, dir, c.name+".gz", gz(t, c.content)), write(t, dir, c.name+".zst", zst(t, c.content))}
		for _, p := range paths {
			for _, size := range []int{0, 1, 7, 64} {
				got, _ := readDocs(t, p, c.o, size)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s, buffer %d: %s", filepath.Base(p), size, diff)
				}
			}
		}
	})
}

// good are the documents that could be read, without their numbers.
func good(docs []doc) []doc {
	var list []doc
	for _, d := range docs {
		if d.Number = 0; d.Reason == "" {
			list = append(list, d)
		}
	}
	return list
}

func TestAllKeptIsTheSame(t *testing.T) {
	eachCase(t, func(t *testing.T, c formatCase, dir, path string) {
		if c.lossy {
			return
		}
		kept, removed := copyShard(t, path, c.o, all, func(string) []Edit { return nil })
		if len(c.want) == 0 && kept == "no file" {
			kept = ""
		}
		if diff := cmp.Diff(c.content, kept); diff != "" {
			t.Error(diff)
		}
		if removed != "no file" {
			if again, _ := readDocs(t, write(t, dir, "again-"+c.name, removed), c.o, 0); len(again) != 0 {
				t.Errorf("removed holds %v", again)
			}
		}
		if kept, _ := copyShard(t, write(t, dir, c.name+".gz", gz(t, c.content)), c.o, all, nil); kept != "no file" && unpack(t, kept) != c.content {
			t.Errorf("packed: kept %q", unpack(t, kept))
		}
	})
}

func unpack(t testing.TB, s string) string {
	src, err := Open(write(t, t.TempDir(), "x.gz", s))
	must(t, err)
	defer src.Close()
	b, err := io.ReadAll(src)
	must(t, err)
	return string(b)
}

// TestSomeKept keeps every set of the records, and what is kept and removed must be read as what it was.
func TestSomeKept(t *testing.T) {
	eachCase(t, func(t *testing.T, c formatCase, dir, path string) {
		docs, opened := readDocs(t, path, c.o, 0)
		if !opened {
			return
		}
		list := good(docs)
		for mask := range 1 << len(list) {
			kept, removed := copyShard(t, path, c.o, func(n int) bool { return mask>>n&1 == 1 }, nil)
			var want [2][]doc
			for i, d := range list {
				want[1-mask>>i&1] = append(want[1-mask>>i&1], d)
			}
			for i, content := range []string{kept, removed} {
				if content == "no file" && len(want[i]) == 0 {
					continue
				}
				got, _ := readDocs(t, write(t, dir, "part-"+c.name, content), c.o, 0)
				for i := range got {
					got[i].Number = 0
				}
				if diff := cmp.Diff(want[i], got); diff != "" {
					t.Errorf("kept %b, file %d: %s\n%q", mask, i, diff, content)
				}
			}
		}
	})
}

// TestEditedRecords cuts the first character of each text and puts two others in its place.
func TestEditedRecords(t *testing.T) {
	edit := func(text string) []Edit {
		if text == "" {
			return nil
		}
		_, size := utf8.DecodeRuneInString(text)
		return []Edit{{0, size, `",`}}
	}
	eachCase(t, func(t *testing.T, c formatCase, dir, path string) {
		docs, opened := readDocs(t, path, c.o, 0)
		if !opened {
			return
		}
		want := good(docs)
		for i, d := range want {
			for _, e := range edit(d.Text) {
				want[i].Text = e.Put + d.Text[e.End:]
			}
		}
		kept, _ := copyShard(t, path, c.o, all, edit)
		if kept == "no file" {
			return
		}
		got, _ := readDocs(t, write(t, dir, "edited-"+c.name, kept), c.o, 0)
		for i := range got {
			got[i].Number = 0
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%q", diff, kept)
		}
	})
}
