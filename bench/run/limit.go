package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// tightMemory is the smallest limit that is kept.
const tightMemory = 128 << 20

// limit runs both commands without a limit and with the tightest, and compares what they write.
func (b *bench) limit() error {
	t := page.Table{Name: "memory", Head: []string{"command", "`--memory`", "peak memory", "kept", "wall", "the same bytes"}}
	t.Note = "Peak memory as the system tells it of the ended process."
	for _, command := range []string{"dedup", "clean"} {
		var want uint64
		for _, limit := range []int64{0, tightMemory} {
			flags, shown, bound := []string(nil), "none", int64(peakBound)
			if limit > 0 {
				flags, shown, bound = []string{"--memory", fmt.Sprint(limit)}, mib(limit), limit
			}
			dir := filepath.Join(b.dir, "limit")
			u, err := b.job(command, b.corpus, dir, flags...)
			if err != nil { // a limit that cannot be kept is a figure too
				t.Add("`"+command+"`", shown, "", yes(false), "", "stopped: "+err.Error())
				continue
			}
			b.record(fmt.Sprintf("Limit/command=%s/memory=%d", command, limit), u)
			sum, err := hashFolder(dir)
			if err != nil {
				return err
			}
			same := ""
			if limit == 0 {
				want = sum
			} else {
				same = yes(sum == want)
			}
			t.Add("`"+command+"`", shown, mib(u.peak), yes(u.peak <= bound), fmt.Sprintf("%.2f s", u.wall.Seconds()), same)
		}
	}
	b.tables = append(b.tables, t)
	return nil
}

// differs are the parts of a result that tell of the run: how long it took, on which machine. Pages are made from the report.
var differs = map[string]func([]byte) ([]byte, error){
	"report.json": withoutRun,
	"report.html": func([]byte) ([]byte, error) { return nil, nil },
}

// hashFolder returns a hash of the names and the bytes of all files below a folder, but for what differs from run to run.
func hashFolder(dir string) (uint64, error) {
	h := xxhash.New()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q", filepath.ToSlash(name))
		if clean := differs[name]; clean != nil {
			data, err := os.ReadFile(path)
			if err == nil {
				data, err = clean(data)
			}
			h.Write(data)
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.WriteTo(h)
		return err
	})
	return h.Sum64(), err
}

// withoutRun leaves the part "run" out of a report.
func withoutRun(report []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(report, &fields); err != nil {
		return nil, err
	}
	delete(fields, "run")
	out, err := json.Marshal(fields)
	return bytes.TrimSpace(out), err
}
