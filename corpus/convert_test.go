package corpus

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// article is a record of SaudiNewsNet, as other libraries write it.
type article struct {
	Text   string `json:"text" parquet:"text"`
	ID     string `json:"id" parquet:"id"`
	Source string `json:"source" parquet:"source,dict"`
	Date   string `json:"date" parquet:"date"`
	URL    string `json:"url" parquet:"url"`
}

// TestConverted writes articles of a real corpus in each format, with other writers than ours, and reads the same documents. With all kept,
// the bytes are the same; of Parquet, the rows and the schema (see TestParquet).
func TestConverted(t *testing.T) {
	path := evaldata.Path(t, "corpora/saudinewsnet.jsonl.zst")
	docs, _ := readDocs(t, path, ReadOptions{Fields: stdFields}, 0)
	if testing.Short() {
		docs = docs[:1000]
	}
	dir := t.TempDir()
	for name, convert := range converters {
		var b bytes.Buffer
		convert(t, &b, docs)
		p := filepath.Join(dir, name)
		must(t, os.WriteFile(p, b.Bytes(), 0o600))
		o := ReadOptions{Fields: stdFields}
		got, _ := readDocs(t, p, o, 0)
		if len(got) != len(docs) {
			t.Fatalf("%s: %d documents, want %d: %v", name, len(got), len(docs), got[0])
		}
		for i, d := range docs {
			if got[i].Number = d.Number; got[i] != d {
				t.Fatalf("%s: %s", name, cmp.Diff(d, got[i]))
			}
		}
		if name == "a.parquet" {
			continue
		}
		kept, _ := copyShard(t, p, o, all, nil)
		if kept != b.String() {
			t.Errorf("%s: kept is not the same", name)
		}
	}
}

var converters = map[string]func(t testing.TB, b *bytes.Buffer, docs []doc){
	"a.jsonl": func(t testing.TB, b *bytes.Buffer, docs []doc) {
		enc := json.NewEncoder(b)
		for _, d := range docs {
			must(t, enc.Encode(articleOf(d)))
		}
	},
	"a.json": func(t testing.TB, b *bytes.Buffer, docs []doc) {
		var list []article
		for _, d := range docs {
			list = append(list, articleOf(d))
		}
		out, err := json.MarshalIndent(list, "", "  ")
		must(t, err)
		b.Write(out)
	},
	"a.csv": func(t testing.TB, b *bytes.Buffer, docs []doc) {
		w := csv.NewWriter(b)
		must(t, w.Write([]string{"url", "text", "id", "source", "date"}))
		for _, d := range docs {
			must(t, w.Write([]string{d.URL, d.Text, d.ID, d.Source, d.Date}))
		}
		w.Flush()
	},
	"a.wet": func(t testing.TB, b *bytes.Buffer, docs []doc) {
		b.WriteString(warcOf("warcinfo", "application/warc-fields", "software: none\r\n"))
		for i, d := range docs {
			docs[i].URL, docs[i].Source = fmt.Sprintf("https://%s/%d", d.Source, i), d.Source
			fmt.Fprintf(b, "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nWARC-Record-ID: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
				docs[i].URL, d.Date, d.ID, len(d.Text), d.Text)
		}
	},
	"a.parquet": func(t testing.TB, b *bytes.Buffer, docs []doc) {
		w := parquet.NewGenericWriter[article](b, parquet.Compression(&parquet.Snappy))
		for _, d := range docs {
			_, err := w.Write([]article{articleOf(d)})
			must(t, err)
		}
		must(t, w.Close())
	},
}

func articleOf(d doc) article { return article{d.Text, d.ID, d.Source, d.Date, d.URL} }

// TestTextTree writes articles as files of a folder.
func TestTextTree(t *testing.T) {
	docs, _ := readDocs(t, evaldata.Path(t, "corpora/saudinewsnet.jsonl.zst"), ReadOptions{Fields: stdFields}, 0)
	dir := t.TempDir()
	for i, d := range docs[:500] {
		p := write(t, dir, fmt.Sprintf("%d.txt", i), d.Text)
		o := ReadOptions{Fields: stdFields}
		got, _ := readDocs(t, p, o, 0)
		if diff := cmp.Diff([]doc{{Number: 1, Text: d.Text}}, got); diff != "" {
			t.Fatal(diff)
		}
		if kept, _ := copyShard(t, p, o, all, nil); kept != d.Text {
			t.Fatalf("kept %q", kept)
		}
	}
}
