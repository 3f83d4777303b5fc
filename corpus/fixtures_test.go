package corpus

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// TestFixtures reads the files of other projects' test suites (corpora/fixtures of the evaluation data) and compares with
// testdata/fixtures.tsv:
//
//	file, text column, documents, records in quarantine, hash of the texts, what is said of the rest, what another reader says
//
// The hash is the first 16 digits of SHA-256 over the texts, a zero byte after each. The last column is from pyarrow 26.0.1 and warcio 1.8.1, which
// read the same column by the same rules: "same", or how and why they differ. Lines without a column are of files that are no corpora.
func TestFixtures(t *testing.T) {
	root := evaldata.Path(t, "corpora/fixtures")
	table := readFixtures(t)
	seen := 0
	must(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		want, known := table[filepath.ToSlash(rel)]
		if !known {
			t.Errorf("%s is not in the table", rel)
			return nil
		}
		seen++
		if got := fixtureRow(t, path, want[1]); !slices.Equal(got, want[2:6]) {
			t.Errorf("%s:\n got %q\nwant %q", rel, got, want[2:6])
		}
		return nil
	}))
	if seen != len(table) {
		t.Errorf("%d files, the table has %d", seen, len(table))
	}
}

func readFixtures(t *testing.T) map[string][]string {
	f, err := os.Open("testdata/fixtures.tsv")
	must(t, err)
	defer f.Close()
	table := map[string][]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		row := strings.Split(lines.Text(), "\t")
		if len(row) != 7 {
			t.Fatalf("fixtures.tsv: %q has %d columns", row[0], len(row))
		}
		table[row[0]] = row
	}
	return table
}

// fixtureRow reads a file and gives documents, records in quarantine, hash and reasons.
func fixtureRow(t *testing.T, path, column string) []string {
	if column == "" {
		column = "text"
	}
	docs, opened := readDocs(t, path, ReadOptions{Fields: Fields{Text: column}}, 0)
	if !opened {
		return []string{"0", "0", "", "refused: " + docs[0].Reason}
	}
	hash, read := sha256.New(), 0
	var reasons []string
	for _, d := range docs {
		if d.Reason == "" {
			read++
			hash.Write(append([]byte(d.Text), 0))
		} else if reason := digitsMasked(d.Reason); !slices.Contains(reasons, reason) && len(reasons) < 3 {
			reasons = append(reasons, reason)
		}
	}
	return []string{fmt.Sprint(read), fmt.Sprint(len(docs) - read), fmt.Sprintf("%.8x", hash.Sum(nil)), strings.Join(reasons, "; ")}
}

// digitsMasked gives a reason without its numbers, so that a table can hold many of a kind.
func digitsMasked(s string) string {
	before, after, found := strings.Cut(s, " at ")
	if !found {
		return s
	}
	return before + " at " + strings.TrimRight(after, "0123456789") + "N"
}
