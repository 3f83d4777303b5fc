package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Shard is one input file.
type Shard struct {
	Path string // as given, or found below a folder as given; "-" is standard input
	Name string // its name in the output, slash-separated and unique among the inputs: "2015/a.jsonl.gz"; .bz2 is .zst there
	Root string // the folder given on the command line that it was found in; "" if it was named itself
	Copy string // the file that is read in its place, where Path can be read only once; "" if Path is read
}

// Stdin is the path that stands for standard input; its shard is called "stdin.jsonl".
const Stdin = "-"

// Expand turns arguments (files, folders, globs, "-") into shards: in the order given, the contents of a folder or glob sorted
// by their slash-separated name.
//
// A folder is read recursively; files and folders whose name begins with a dot are left out, symbolic links are followed, and
// what is no regular file (a socket, a pipe) is left out. A glob knows *, ? and [a-z] inside a name, and ** for any number of
// folders; an argument that exists is never taken as a glob.
//
// Names: a file's own name; below a folder the path from that folder; of a glob the path from its last folder without a
// pattern. Should two shards get the same name, the first keeps it and the later ones become "a~2.jsonl.gz", "a~3.jsonl.gz".
//
// Every file is read once. A file that a folder or glob holds again, also by a symbolic link, is left out; one that is named
// itself and was there before is an error, and so are a missing file, an empty folder and a glob that matches nothing.
func Expand(args []string) ([]Shard, error) {
	e := expansion{seen: map[string]bool{}}
	for _, arg := range args {
		if err := e.add(arg); err != nil {
			return nil, err
		}
	}
	if len(e.shards) == 0 {
		return nil, errors.New("no input: give files, folders, globs or - for standard input")
	}
	unite(e.shards)
	return e.shards, nil
}

// expansion is the state of one Expand.
type expansion struct {
	shards []Shard
	seen   map[string]bool // real paths of the files and folders met
}

func (e *expansion) add(arg string) error {
	if arg == Stdin {
		return e.file(Shard{Path: Stdin, Name: "stdin.jsonl"})
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return e.folder(arg)
	case err == nil:
		return e.file(Shard{Path: arg, Name: filepath.Base(arg)})
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?["):
		return e.glob(arg)
	}
	return fmt.Errorf("input: %w", err)
}

func (e *expansion) file(s Shard) error {
	if !e.first(s.Path) {
		return fmt.Errorf("input %s is among the inputs already: give each file once", s.Path)
	}
	s.Name = outputName(s.Name)
	e.shards = append(e.shards, s)
	return nil
}

// outputName is the name under which records of a shard are written: bzip2 is read only, and what was packed with it is packed with zstd.
func outputName(name string) string {
	if stem, ok := strings.CutSuffix(name, ".bz2"); ok {
		return stem + ".zst"
	}
	return name
}

func (e *expansion) folder(root string) error {
	before := len(e.shards)
	found, err := e.walk(root, "")
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("input folder %s holds no files (hidden ones are not read)", root)
	}
	e.keep(root, found, root)
	if len(e.shards) == before {
		return fmt.Errorf("input folder %s holds only files that are among the inputs already: give each once", root)
	}
	return nil
}

// glob matches a pattern that no file is called. Folders that match are not read: "data/*/" is no way to name them.
func (e *expansion) glob(pattern string) error {
	root, rest := splitGlob(pattern)
	if _, err := path.Match(strings.ReplaceAll(rest, "**", "*"), ""); err != nil {
		return fmt.Errorf("input: there is no file %s, and it is no pattern: %w", pattern, err)
	}
	names, err := e.walk(root, rest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("input pattern %s matches no file", pattern)
	}
	e.keep(root, names, "")
	return nil
}

// keep adds the files below dir that are new, sorted by name.
func (e *expansion) keep(dir string, names []string, root string) {
	slices.Sort(names)
	for _, name := range names {
		if p := filepath.Join(dir, filepath.FromSlash(name)); e.first(p) {
			e.shards = append(e.shards, Shard{Path: p, Name: outputName(name), Root: root})
		}
	}
}

// walk lists the regular files below root, slash-separated, that match the pattern ("" matches all). Folders are known by
// their real path, so a loop of symbolic links ends.
func (e *expansion) walk(root, pattern string) ([]string, error) {
	w := walker{root: root, visited: map[string]bool{}}
	if pattern != "" {
		w.pattern = strings.Split(pattern, "/")
	}
	err := w.folder("", w.pattern)
	return slices.Compact(slices.Sorted(slices.Values(w.found))), err
}

// walker is one walk below one folder.
type walker struct {
	root    string
	pattern []string // segments; nil matches everything
	visited map[string]bool
	found   []string
}

// folder looks at one folder; rest is what of the pattern its entries must match.
func (w *walker) folder(name string, rest []string) error {
	dir := filepath.Join(w.root, filepath.FromSlash(name))
	if key := realPath(dir) + "\x00" + strings.Join(rest, "/"); w.visited[key] {
		return nil
	} else {
		w.visited[key] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("input folder: %w", err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if err := w.entry(path.Join(name, entry.Name()), rest); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(name string, rest []string) error {
	if w.pattern == nil {
		return w.visit(name, nil, true)
	}
	if rest[0] == "**" {
		if err := w.visit(name, rest, false); err != nil { // ** takes this folder
			return err
		}
		if len(rest) == 1 {
			return w.visit(name, rest, true)
		}
		return w.entry(name, rest[1:]) // or nothing
	}
	if ok, _ := path.Match(rest[0], path.Base(name)); !ok {
		return nil
	}
	return w.visit(name, rest[1:], len(rest) == 1)
}

// visit goes into a folder, or takes a file if it may.
func (w *walker) visit(name string, rest []string, take bool) error {
	info, err := os.Stat(filepath.Join(w.root, filepath.FromSlash(name)))
	switch {
	case err != nil:
		return fmt.Errorf("input folder: %w", err)
	case info.IsDir() && (w.pattern == nil || len(rest) > 0):
		return w.folder(name, rest)
	case info.Mode().IsRegular() && take:
		w.found = append(w.found, name)
	}
	return nil
}

// splitGlob cuts a pattern after its last folder that holds no pattern.
func splitGlob(pattern string) (root, rest string) {
	segments := strings.Split(filepath.ToSlash(pattern), "/")
	n := slices.IndexFunc(segments, func(s string) bool { return strings.ContainsAny(s, "*?[") })
	root = strings.Join(segments[:n], "/")
	switch {
	case n == 0:
		root = "."
	case root == "":
		root = "/"
	}
	return filepath.FromSlash(root), strings.Join(segments[n:], "/")
}

// first reports whether the file is met for the first time.
func (e *expansion) first(p string) bool {
	real := p
	if p != Stdin {
		real = realPath(p)
	}
	if e.seen[real] {
		return false
	}
	e.seen[real] = true
	return true
}

// realPath is the absolute path without symbolic links, as far as it can be known: /dev/fd/63 has none.
func realPath(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return filepath.Clean(p)
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// unite makes the names unique. All names as they are come first, so that a number never takes the name of another file.
func unite(shards []Shard) {
	natural := map[string]bool{}
	taken := map[string]bool{} // also the folders of names, where no file can be
	for _, s := range shards {
		natural[s.Name] = true
		for dir := path.Dir(s.Name); dir != "."; dir = path.Dir(dir) {
			taken[dir] = true
		}
	}
	for i, s := range shards {
		for n := 2; taken[shards[i].Name]; n++ {
			if name := numbered(s.Name, n); !natural[name] {
				shards[i].Name = name
			}
		}
		taken[shards[i].Name] = true
	}
}

// numbered puts ~n before the extensions of the last element.
func numbered(name string, n int) string {
	dir, base := path.Split(name)
	stem, ext, dot := strings.Cut(base, ".")
	if dot {
		ext = "." + ext
	}
	return fmt.Sprintf("%s%s~%d%s", dir, stem, n, ext)
}
