package job_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
)

// resumable are the options of a run that learns, repairs and compares, and keeps all that is finished.
func resumable(t *testing.T, inputs ...string) job.Options {
	t.Helper()
	preset, err := quality.LoadPreset("news-ar")
	if err != nil {
		t.Fatal(err)
	}
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	return job.Options{Inputs: inputs, Quality: &quality.Options{Preset: preset, Phrases: phrases}, Learn: true, Signals: job.FieldSignals, StateAfter: -1}
}

// undisturbed runs a job and returns its files.
func undisturbed(t *testing.T, opt job.Options) map[string]string {
	t.Helper()
	opt.Output = filepath.Join(t.TempDir(), "out")
	if _, err := job.Clean(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	return files(t, opt.Output)
}

// witness copies the work folder of a run whenever it tells of its progress: each copy is what a kill at that moment would leave.
type witness struct {
	t      *testing.T
	parent string // of the output
	stage  string
	looked int
	copies []string // folders in which the output was to be written
	stages []string // of each
}

func (w *witness) Stage(name string, _ int64) {
	w.stage = name
	w.look()
}

func (w *witness) Advance(int64, int) {
	if w.looked++; w.stage == "write" || w.looked%4 == 0 { // before, little is kept
		w.look()
	}
}

func (w *witness) look() {
	to := w.t.TempDir()
	if err := os.CopyFS(filepath.Join(to, ".out.corpusctl-work"), os.DirFS(filepath.Join(w.parent, ".out.corpusctl-work"))); err != nil {
		w.t.Fatal(err)
	}
	w.copies, w.stages = append(w.copies, to), append(w.stages, w.stage)
}

// watch runs a job and returns what kills would have left.
func watch(t *testing.T, opt job.Options) *witness {
	t.Helper()
	w := &witness{t: t, parent: t.TempDir()}
	opt.Output, opt.Progress = filepath.Join(w.parent, "out"), w
	if _, err := job.Clean(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	return w
}

// goOn runs a job into a folder beside which a killed one has left its work, and returns what was notified.
func goOn(t *testing.T, opt job.Options, parent string) (notes string, got map[string]string) {
	t.Helper()
	var b strings.Builder
	opt.Output = filepath.Join(parent, "out")
	opt.Notify = func(s string) { fmt.Fprintln(&b, s) }
	if _, err := job.Clean(context.Background(), opt); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	got = files(t, opt.Output)
	os.RemoveAll(opt.Output)
	nothingLeft(t, parent)
	return b.String(), got
}

// TestResume goes on from all moments at which a run tells of its progress.
func TestResume(t *testing.T) {
	for name, change := range map[string]func(*job.Options){
		"usual":    func(*job.Options) {},
		"dry":      func(o *job.Options) { o.DryRun = true },
		"memory":   func(o *job.Options) { o.Memory = 1 },
		"nothing":  func(o *job.Options) { o.Quality, o.Learn, o.Signals = nil, false, "" },
		"no-learn": func(o *job.Options) { o.Learn = false },
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "usual" {
				t.Skip("takes seconds")
			}
			opt := resumable(t, bundled)
			change(&opt)
			want := undisturbed(t, opt)
			met := map[string]int{}
			w := watch(t, opt)
			for i, parent := range w.copies {
				notes, got := goOn(t, opt, parent)
				sameFiles(t, fmt.Sprintf("copy %d, in %s: %s", i, w.stages[i], notes), want, got)
				met[kindOfResume(notes)]++
			}
			t.Log(met)
			for _, kind := range []string{"learned", "decided", "written"} {
				if met[kind] == 0 && !(kind == "learned" && !opt.Learn) {
					t.Errorf("never went on from what was %s", kind)
				}
			}
		})
	}
}

// kindOfResume is how far a run was from which another says it goes on.
func kindOfResume(notes string) string {
	switch {
	case strings.Contains(notes, "goes on") && strings.Contains(notes, "files are written"):
		return "written"
	case strings.Contains(notes, "goes on") && strings.Contains(notes, "all is decided"):
		return "decided"
	case strings.Contains(notes, "goes on") && strings.Contains(notes, "what recurs is learned"):
		return "learned"
	}
	return "nothing"
}

// lastOf returns what a kill late in the last stage would have left.
func lastOf(t *testing.T, opt job.Options) string {
	t.Helper()
	w := watch(t, opt)
	return w.copies[len(w.copies)-1]
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// TestResumeDamaged flips a bit of each file that a killed run has left, in several places, or cuts it: it is made anew, and that is said.
func TestResumeDamaged(t *testing.T) {
	opt := resumable(t, bundled)
	want := undisturbed(t, opt)
	left := lastOf(t, opt)
	work := filepath.Join(left, ".out.corpusctl-work")
	var names []string
	err := filepath.Walk(work, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && info.Size() > 0 {
			name, _ := filepath.Rel(work, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) < 20 {
		t.Fatal(err, names)
	}
	for i, name := range names {
		if testing.Short() && i%3 > 0 && strings.Contains(name, "output") {
			continue
		}
		for what, change := range map[string]func([]byte) []byte{
			"first": func(b []byte) []byte { b[0] ^= 1; return b }, "middle": func(b []byte) []byte { b[len(b)/2] ^= 8; return b },
			"half": func(b []byte) []byte { return b[:len(b)/2] },
		} {
			parent := copyOf(t, left)
			path := filepath.Join(parent, ".out.corpusctl-work", name)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			write(t, path, change(content))
			notes, got := goOn(t, opt, parent)
			sameFiles(t, name+" "+what+": "+notes, want, got)
			unfinished := strings.HasSuffix(name, "sada.jsonl") && !strings.Contains(name, "signals") // the last shard
			if !unfinished && !strings.Contains(notes, "damaged") && !strings.Contains(notes, "cannot be read") {
				t.Errorf("%s %s: nothing is said: %q", name, what, notes)
			}
		}
	}
}

// TestResumeNotMixed changes the input or the options before a run is to go on: it begins anew and says why.
func TestResumeNotMixed(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in")
	if err := os.CopyFS(in, os.DirFS(bundled)); err != nil {
		t.Fatal(err)
	}
	opt := resumable(t, in)
	left := lastOf(t, opt)
	other := filepath.Join(in, "other.jsonl")
	for _, c := range []struct {
		change func(*job.Options)
		why    string
	}{
		{func(o *job.Options) { o.Dedup.Bands = 16 }, "options"},
		{func(o *job.Options) { o.Learn = false }, "options"},
		{func(o *job.Options) { o.Signals = "" }, "options"},
		{func(o *job.Options) { o.Strict = true }, "options"},
		{func(o *job.Options) { o.Version = "v2" }, "another build"},
		{func(o *job.Options) { o.Inputs = []string{bundled} }, "inputs were others"},
		{func(*job.Options) { write(t, other, []byte(`{"text":"جديد"}`+"\n")) }, "inputs were others"},
		{func(*job.Options) { write(t, other, []byte(`{"text":"قديم"}`+"\n")) }, "inputs were others"},
		{func(*job.Options) { os.Remove(other) }, ""},
		{func(*job.Options) { os.Chtimes(filepath.Join(in, "sada.jsonl"), time.Time{}, time.Unix(1, 5)) }, "sada.jsonl has changed"},
	} {
		opt := opt
		c.change(&opt)
		notes, got := goOn(t, opt, copyOf(t, left))
		if c.why == "" {
			if kindOfResume(notes) != "written" {
				t.Errorf("nothing has changed, but: %s", notes)
			}
		} else if !strings.Contains(notes, "begins anew") || !strings.Contains(notes, c.why) {
			t.Errorf("%s: said is %q", c.why, notes)
		}
		sameFiles(t, c.why, undisturbed(t, opt), got)
	}
}

// TestResumeOtherFiles puts something else in the place of a state.
func TestResumeOtherFiles(t *testing.T) {
	opt := resumable(t, bundled)
	want := undisturbed(t, opt)
	for content, why := range map[string]string{
		"": "no state of corpusctl", "x\n": "no state of corpusctl", "corpusctl state 0\n": "another version of corpusctl", "corpusctl state 1\n": "not those of a run",
	} {
		parent := t.TempDir()
		write(t, filepath.Join(parent, ".out.corpusctl-work/state"), []byte(content))
		write(t, filepath.Join(parent, ".out.corpusctl-work/output/kept/madar.jsonl"), []byte("half"))
		notes, got := goOn(t, opt, parent)
		sameFiles(t, content, want, got)
		if !strings.Contains(notes, "begins anew") || !strings.Contains(notes, why) {
			t.Errorf("%q: said is %q", content, notes)
		}
	}
}

// TestInterrupt cancels runs and goes on, again and again, until one comes to its end.
func TestInterrupt(t *testing.T) {
	opt := resumable(t, bundled)
	want := undisturbed(t, opt)
	parent := t.TempDir()
	opt.Output = filepath.Join(parent, "out")
	told := map[string]int{}
	opt.Notify = func(s string) { told[kindOfResume(s)]++ }
	for n := 1; ; n++ {
		ctx, cancel := context.WithCancel(context.Background())
		count := 0
		opt.Progress = progressFunc(func() {
			if count++; count == n {
				cancel()
			}
		})
		_, err := job.Clean(ctx, opt)
		cancel()
		if err == nil {
			break
		}
		var interrupted *job.Interrupted
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if errors.As(err, &interrupted) {
			if _, err := os.Stat(filepath.Join(interrupted.Work, "state")); err != nil || !strings.Contains(interrupted.Error(), "same command") {
				t.Error(err, interrupted)
			}
		} else {
			nothingLeft(t, parent)
		}
	}
	sameFiles(t, "after interruptions", want, files(t, opt.Output))
	if t.Log(told); told["learned"] == 0 || told["decided"]+told["written"] == 0 {
		t.Error("it never went on")
	}
}

// TestInterruptAtOnce cancels a run while it looks at what an earlier one has left: that stays.
func TestInterruptAtOnce(t *testing.T) {
	opt := resumable(t, bundled)
	parent := lastOf(t, opt)
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("enough"))
	opt.Output = filepath.Join(parent, "out")
	var interrupted *job.Interrupted
	if _, err := job.Clean(ctx, opt); !errors.As(err, &interrupted) {
		t.Errorf("error %v", err)
	}
	if notes, _ := goOn(t, opt, parent); kindOfResume(notes) != "written" {
		t.Errorf("said is %q", notes)
	}
}

// progressFunc is called whenever a run tells of its progress.
type progressFunc func()

func (f progressFunc) Stage(string, int64) { f() }
func (f progressFunc) Advance(int64, int)  { f() }

// TestInterruptErrorLeavesNothing checks that an error of a run that went on leaves nothing.
func TestInterruptErrorLeavesNothing(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in.jsonl")
	write(t, in, concatenate(t, []string{bundled}))
	opt := resumable(t, in)
	parent := lastOf(t, opt)
	opt.Output = filepath.Join(parent, "out")
	opt.Progress = &changer{stage: "write", do: func() { os.Truncate(in, 100) }}
	if _, err := job.Clean(context.Background(), opt); err == nil || !strings.Contains(err.Error(), "changed while it was read") {
		t.Error(err)
	}
	nothingLeft(t, parent)
}
