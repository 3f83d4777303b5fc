package job_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/job"
)

// keysOf lists the keys of a JSON object in their order, those of objects in it as a.b; arrays are looked at by their first element.
func keysOf(t *testing.T, object []byte) []string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(object))
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		if value[0] == '[' {
			var elements []json.RawMessage
			if json.Unmarshal(value, &elements) == nil && len(elements) > 0 {
				value = elements[0]
			}
		}
		if value[0] == '{' {
			for _, below := range keysOf(t, value) {
				keys = append(keys, key.(string)+"."+below)
			}
		}
	}
	return keys
}

// TestNamesAreStable holds the names in all files against those that docs/FORMAT.md promises: they may be added to, never changed.
func TestNamesAreStable(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in.jsonl")
	write(t, in, append(concatenate(t, []string{bundled}), "[]\n"...))
	dir, _ := dedup(t, job.Options{Inputs: []string{in}})
	for name, want := range map[string]string{
		"decisions.jsonl": "id file line action reasons reasons.rule reasons.kind reasons.value reasons.threshold duplicate_of relation " +
			"jaccard containment cluster removed_line duplicate_file duplicate_line kept_line",
		"pairs.jsonl":      "a b relation drop jaccard containment_a containment_b",
		"quarantine.jsonl": "file line offset reason sample",
		"report.json": "tool version command fold_version options documents documents.read documents.kept documents.removed " +
			"documents.quarantined inputs inputs.file inputs.name inputs.codec inputs.bytes inputs.xxh64 inputs.read inputs.kept " +
			"inputs.removed inputs.quarantined sources sources.source sources.read sources.kept sources.removed removed pairs copies " +
			"copies.kept_source copies.removed_source copies.documents clusters clusters.count clusters.largest clusters.sizes " +
			"ids ids.missing ids.repeated comparison comparison.candidates comparison.capped_buckets comparison.capped_postings " +
			"quarantine run run.seconds run.stages run.peak_memory_bytes run.workers run.started",
	} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if line, _, _ := bytes.Cut(content, []byte("\n")); name != "report.json" {
			content = line
		}
		got := " " + strings.Join(keysOf(t, content), " ") + " "
		for _, key := range strings.Fields(want) {
			_, after, found := strings.Cut(got, " "+key+" ")
			if !found {
				t.Errorf("%s: no %s, or not in its place; the rest is%s", name, key, got)
				break
			}
			got = " " + after
		}
	}
}
