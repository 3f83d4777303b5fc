package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// stages say what a sample of the profile was taken in: the first whose pattern is found in a function of its stack. What calls stands
// before what is called, so that folding counts as verifying, say, where a verifier folds.
var stages = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"garbage collector", regexp.MustCompile(`^runtime\.(gcBgMarkWorker|bgsweep|bgscavenge|gcAssistAlloc|gcStart)`)},
	{"learning", regexp.MustCompile(`/quality/recur\.\(\*(Batch|Counter|work|splitter)\)|job\.\(\*learner\)`)},
	{"repairing and judging", regexp.MustCompile(`/quality(/recur)?\.`)},
	{"verifying", regexp.MustCompile(`/dedup\..*([vV]erif|setSizes|oriented|[cC]ompar)`)},
	{"proposing", regexp.MustCompile(`/dedup\..*([pP]ropos|[bB]ucket|[rR]adix|[mM]eet|[sS]ort|[pP]osting|[sS]pill|[mM]erge|[rR]uns?\b|exact|group)`)},
	{"deciding", regexp.MustCompile(`/dedup\..*([dD]ecid|[cC]luster|[sS]tar|[pP]olicy|boilerplate)`)},
	{"folding", regexp.MustCompile(`/arabic\.`)},
	{"hashing and sketching", regexp.MustCompile(`/shingle\.|/dedup\.\(\*(Batch|Sketch)|/dedup\..*([sS]ketch|[fF]ingerprint|[sS]ampl)`)},
	{"writing", regexp.MustCompile(`/report\.|/job\..*([pP]ageWriter|[wW]rit|[dD]ecisions|[pP]airs|[sS]ummar)|/corpus\..*([wW]rite|Output)`)},
	{"scanning and decoding", regexp.MustCompile(`/corpus\.(\(\*Scanner\)|AppendString|.*([sS]can|[uU]nescape|[vV]alid|[fF]ield))`)},
	{"reading", regexp.MustCompile(`/corpus\.|/job\..*[rR]ead|^os\.\(\*File\)\.Read|compress/`)},
	{"the rest of dedup", regexp.MustCompile(`/dedup\.`)},
	{"the rest of the runtime", regexp.MustCompile(`^runtime\.(mcall|schedule|findRunnable|mstart|sysmon|systemstack|morestack)`)},
}

const otherStage = "other"

// stageOf returns the stage of a stack.
func stageOf(stack []string) string {
	for _, s := range stages {
		for _, function := range stack {
			if s.pattern.MatchString(function) {
				return s.name
			}
		}
	}
	return otherStage
}

// profiles takes a CPU profile of each command and shares it out among the stages.
func (b *bench) profiles() error {
	shares := map[string]map[string]time.Duration{}
	var totals []time.Duration
	head := []string{"stage"}
	for _, command := range []string{"dedup", "clean"} {
		file := filepath.Join(b.dir, command+".pprof")
		if _, err := b.job(command, b.corpus, filepath.Join(b.dir, command), "--cpuprofile", file); err != nil {
			return err
		}
		text, err := exec.Command("go", "tool", "pprof", "-traces", file).Output()
		if err != nil {
			return fmt.Errorf("go tool pprof: %w", err)
		}
		times, err := stageTimes(bytes.NewReader(text))
		if err != nil {
			return err
		}
		total := time.Duration(0)
		for _, d := range times {
			total += d
		}
		shares[command], totals = times, append(totals, total)
		head = append(head, fmt.Sprintf("`%s`, %.1f CPU-s", command, total.Seconds()))
	}
	b.tables = append(b.tables, profileTable(head, shares, totals))
	return nil
}

func profileTable(head []string, shares map[string]map[string]time.Duration, totals []time.Duration) page.Table {
	t := page.Table{Name: "profile", Head: head, Note: "CPU time by stage, one run of each. A sample belongs to the stage whose code called what ran."}
	names := make([]string, 0, len(stages)+1)
	for _, s := range stages {
		names = append(names, s.name)
	}
	for _, name := range append(names, otherStage) {
		dedup, clean := shares["dedup"][name], shares["clean"][name]
		if dedup+clean > 0 {
			t.Add(name, percent(dedup, totals[0]), percent(clean, totals[1]))
		}
	}
	return t
}

func percent(part, of time.Duration) string {
	return fmt.Sprintf("%.1f%%", 100*part.Seconds()/max(of.Seconds(), 1e-9))
}

// stageTimes reads what "go tool pprof -traces" prints: blocks between dashed lines, each the time of a sample and its stack, the function
// that ran first.
func stageTimes(r io.Reader) (map[string]time.Duration, error) {
	times := map[string]time.Duration{}
	var stack []string
	var took time.Duration
	end := func() {
		if len(stack) > 0 {
			times[stageOf(stack)] += took
		}
		stack, took = stack[:0], 0
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for inside := false; lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "-----------+") {
			end()
			inside = true
			continue
		}
		if !inside {
			continue
		}
		function := strings.TrimSpace(line)
		if first, rest, ok := strings.Cut(function, " "); ok && len(stack) == 0 {
			d, err := time.ParseDuration(strings.Replace(first, "mins", "m", 1))
			if err != nil {
				return nil, fmt.Errorf("profile: %q is no sample", line)
			}
			took, function = d, strings.TrimSpace(rest)
		}
		stack = append(stack, function)
	}
	end()
	return times, lines.Err()
}
