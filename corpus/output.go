package corpus

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// OutputOptions says under which conditions a folder may be written.
type OutputOptions struct {
	// Force replaces the folder of an earlier run: one whose report.json says "tool":"corpusctl" and in which nothing lies
	// that no run of ours writes. It stays as it is until the new one is complete.
	Force bool
	// Resume leaves what an earlier run into the same folder has finished, if it was stopped: see [Output.Unfinished]. It has no effect where
	// the system has no locks.
	Resume bool
	// Inputs are the shards that will be read. The output may not lie in a folder given as input, and no input in the output.
	Inputs []Shard

	create func(path string) (io.WriteCloser, error) // for tests; nil creates files
}

// An Output is a folder that appears whole or not at all: files are written into a folder "output" inside a hidden work folder beside it, named
// ".<folder>.corpusctl-work", and Commit gives that its name. A run that was killed leaves its work folder behind, never a
// half-written result; the next run into the same folder goes on in it or removes it. While one run has the folder, another is refused, where the
// system has locks; where it has none, work folders have a number in their name and nobody goes on in them. Its methods may be called by
// several goroutines.
type Output struct {
	dir     string // final
	work    string
	options OutputOptions

	locked     *os.File // nil where there are no locks, and when done
	leftovers  []string
	unfinished bool // work is that of an earlier run

	mu    sync.Mutex
	open  map[*ShardWriter]bool
	spare []*bufio.Writer // to use again
	err   error           // the first that a writer met
	done  bool            // committed or aborted
}

// toolName is what report.json holds as "tool".
const toolName = "corpusctl"

// ownNames is all that a run writes at the top of its folder.
var ownNames = [...]string{"kept", "removed", "signals", "decisions.jsonl", "pairs.jsonl", "quarantine.jsonl", "report.json", "report.html", "profile.yaml"}

// CreateOutput makes the work folder for dir. It refuses, with an error that says what to do, when another run writes there, when dir exists (see Force),
// when the folder it is to stand in is missing or cannot be written, and when input and output would lie in each other.
func CreateOutput(dir string, o OutputOptions) (*Output, error) {
	if o.create == nil {
		o.create = createFile
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("output: %w", err)
	}
	out := &Output{dir: abs, options: o, open: map[*ShardWriter]bool{}}
	if err := out.checkPlace(); err != nil {
		return nil, err
	}
	if err := out.lock(); err != nil {
		return nil, err
	}
	if err = out.checkOld(); err == nil {
		err = out.makeWork()
	}
	if err != nil {
		out.unlock()
		return nil, err
	}
	return out, nil
}

// createFile creates a file that must not exist: two shards whose names a file system takes for one must not become one.
func createFile(path string) (io.WriteCloser, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// TempDir makes a folder for temporary files inside the work folder and returns it, empty.
func (o *Output) TempDir() (string, error) {
	dir := filepath.Join(o.work, spillFolder)
	err := os.RemoveAll(dir)
	if err == nil {
		err = os.Mkdir(dir, 0o700)
	}
	if err != nil {
		return "", fmt.Errorf("make a folder for temporary files: %w", fileError(err))
	}
	return dir, nil
}

// Dir is the final folder, absolute.
func (o *Output) Dir() string { return o.dir }

// Work is the hidden folder, for what is not part of the result. It is removed by Commit and Abort.
func (o *Output) Work() string { return o.work }

// Files is the folder in which the files stand until Commit, for who must read again what was written. A file is whole once its writer
// is closed.
func (o *Output) Files() string { return filepath.Join(o.work, filesFolder) }

// What lies inside the work folder: the folder that gets the final name, where one that it replaces waits meanwhile, temporary files.
const (
	filesFolder = "output"
	oldFolder   = "old"
	spillFolder = "spill"
)

// Writer creates folder/name in the output, packed with codec: Writer("kept", shard.Name, source.Codec()), or
// Writer("", "report.json", Plain). Folders are made as needed; a name that would leave the output, or is there already, is an
// error. A writer that is closed without a write gives a valid empty file.
func (o *Output) Writer(folder, name string, codec Codec) (*ShardWriter, error) {
	full := path.Join(folder, name)
	if !local(name) || folder != "" && !local(folder) {
		return nil, fmt.Errorf("output: name %q leads out of the output folder", full)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done {
		return nil, fmt.Errorf("output: %s cannot be created, the output is finished", full)
	}
	place := filepath.Join(o.Files(), filepath.FromSlash(full))
	if err := os.MkdirAll(filepath.Dir(place), 0o777); err != nil {
		return nil, fmt.Errorf("create %s: %w", full, fileError(err))
	}
	file, err := o.options.create(place)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", full, fileError(err))
	}
	w, err := newShardWriter(o, full, file, codec)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", full, errors.Join(err, file.Close()))
	}
	o.open[w] = true
	return w, nil
}

// local reports whether a slash-separated name stays below its folder.
func local(name string) bool {
	return name != "." && filepath.IsLocal(filepath.FromSlash(name)) && !strings.ContainsRune(name, 0)
}

// Commit closes the writers that are still open and gives the folder its final name. After an error, also an earlier one of a
// writer, nothing stands under the final name that was not there before; call Abort then.
func (o *Output) Commit() error {
	if err := o.closeAll(); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.done:
		return errors.New("output: finished already")
	case o.err != nil:
		return o.err
	}
	if err := o.checkOld(); err != nil { // it may have appeared meanwhile
		return err
	}
	defer o.unlock() // also when it fails: no more will come of it
	if err := o.replace(); err != nil {
		return err
	}
	o.done = true
	return nil
}

// replace moves an old folder aside, the new one in, and removes what is left; if the second step fails, the old one goes back.
func (o *Output) replace() error {
	old, replaced := filepath.Join(o.work, oldFolder), false
	if o.options.Force {
		err := os.Rename(o.dir, old)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("output: cannot move the old folder aside: %w", err)
		}
		replaced = err == nil
	}
	if err := os.Rename(o.Files(), o.dir); err != nil {
		if replaced {
			err = errors.Join(err, os.Rename(old, o.dir))
		}
		return fmt.Errorf("output: cannot give the folder its name: %w", err)
	}
	if err := syncFolder(filepath.Dir(o.dir)); err != nil {
		return fmt.Errorf("output: %s is complete, but perhaps not on the disk: %w", o.dir, fileError(err))
	}
	if err := os.RemoveAll(o.work); err != nil {
		return fmt.Errorf("output: %s is complete, but the work folder could not be removed: %w", o.dir, err)
	}
	return nil
}

// Abort closes what is open and removes the work folder. After Commit it does nothing, so it may be deferred.
func (o *Output) Abort() error {
	if o.finish() {
		return nil
	}
	defer o.unlock()
	o.closeAll() // what cannot be written is thrown away
	if err := os.RemoveAll(o.work); err != nil {
		return fmt.Errorf("output: cannot remove the work folder: %w", err)
	}
	return nil
}

// closeAll closes the writers that are open and returns the error of one.
func (o *Output) closeAll() error {
	o.mu.Lock()
	open := make([]*ShardWriter, 0, len(o.open))
	for w := range o.open {
		open = append(open, w)
	}
	o.mu.Unlock()
	slices.SortFunc(open, func(a, b *ShardWriter) int { return strings.Compare(a.name, b.name) })
	var first error
	for _, w := range open {
		if err := w.Close(); first == nil {
			first = err
		}
	}
	return first
}

// forget takes a writer that is closed off the list, and keeps its buffer.
func (o *Output) forget(w *ShardWriter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.open, w)
	if len(o.spare) < spareBuffers {
		w.buffer.Reset(nil)
		o.spare = append(o.spare, w.buffer)
	}
}

// spareBuffers is how many buffers are kept: a run writes a few files at the same time, but perhaps a hundred thousand one after the other.
const spareBuffers = 4

// takeBuffer returns a buffer before a file. The lock is held.
func (o *Output) takeBuffer(file io.Writer) *bufio.Writer {
	last := len(o.spare) - 1
	if last < 0 {
		return bufio.NewWriterSize(file, writeBuffer)
	}
	b := o.spare[last]
	o.spare = o.spare[:last]
	b.Reset(file)
	return b
}

func (o *Output) spoil(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil {
		o.err = err
	}
}

// makeWork makes the work folder, unless that of an earlier run is there to go on in.
func (o *Output) makeWork() error {
	if o.unfinished {
		return os.RemoveAll(filepath.Join(o.work, spillFolder))
	}
	parent := filepath.Dir(o.dir)
	for n := os.Getpid(); ; n++ {
		o.work = o.beside(fmt.Sprint(n))
		if o.locked != nil {
			o.work = o.beside("work")
		}
		err := os.Mkdir(o.work, 0o777)
		if err == nil {
			if err = os.Mkdir(o.Files(), 0o777); err != nil {
				os.Remove(o.work)
			}
		}
		switch {
		case err == nil:
			return nil
		case errors.Is(err, fs.ErrExist) && o.locked == nil:
			continue
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("output: the folder %s does not exist, create it first", parent+string(filepath.Separator))
		}
		return fmt.Errorf("output: cannot write to the folder %s: %w", parent, fileError(err))
	}
}

// checkPlace refuses input and output within each other.
func (o *Output) checkPlace() error {
	dir := filepath.Join(realPath(filepath.Dir(o.dir)), filepath.Base(o.dir))
	for _, s := range o.options.Inputs {
		if s.Root != "" && within(realPath(s.Root), dir) {
			return fmt.Errorf("output: %s lies in the input folder %s, choose a folder outside", o.dir, s.Root)
		}
		if s.Path != Stdin && within(dir, realPath(s.Path)) {
			return fmt.Errorf("output: the input %s lies in the output folder %s, choose another", s.Path, o.dir)
		}
	}
	return nil
}

// within reports whether p is dir or lies below it; both are absolute.
func within(dir, p string) bool {
	rel, err := filepath.Rel(dir, p)
	return err == nil && filepath.IsLocal(rel)
}

// checkOld refuses what stands under the final name, unless it is ours and may be replaced.
func (o *Output) checkOld() error {
	_, err := os.Lstat(o.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("output: %w", err)
	case !o.options.Force:
		return fmt.Errorf("output: %s exists, choose another folder or replace it with --force", o.dir)
	}
	if why := notOurs(o.dir); why != "" {
		return fmt.Errorf("output: %s is not replaced: %s; remove it yourself or choose another folder", o.dir, why)
	}
	return nil
}

// notOurs says why a folder is not one that a run of ours wrote, "" if it is.
func notOurs(dir string) string {
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		return "it is no folder"
	}
	var report struct {
		Tool   string `json:"tool"`
		Inputs []struct {
			Name    string `json:"name"`
			Signals string `json:"signals"`
		} `json:"inputs"`
	}
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil || json.Unmarshal(data, &report) != nil || report.Tool != toolName {
		return "it holds no report.json of corpusctl"
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "it cannot be read"
	}
	for _, e := range entries {
		if !slices.Contains(ownNames[:], e.Name()) {
			return fmt.Sprintf("it holds %q, which corpusctl did not write", e.Name())
		}
	}
	shards := map[string]bool{}
	for _, in := range report.Inputs {
		shards[in.Name], shards[in.Signals] = true, true
	}
	for _, folder := range recordFolders {
		if foreign := foreignFile(filepath.Join(dir, folder), shards); foreign != "" {
			return fmt.Sprintf("it holds %q, which corpusctl did not write", folder+"/"+foreign)
		}
	}
	return ""
}

// recordFolders are the folders of an output in which files have the names of shards.
var recordFolders = [...]string{"kept", "removed", "signals"}

// foreignFile returns the slash-separated name of a file below a folder that is not the name of a shard; "" if there is none.
func foreignFile(folder string, shards map[string]bool) (foreign string) {
	fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !shards[name] {
			foreign = name
			return fs.SkipAll
		}
		return nil // what is not there or cannot be read holds no file that would be lost unseen: removing it fails
	})
	return foreign
}
