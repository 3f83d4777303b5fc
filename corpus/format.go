package corpus

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A format is a way in which records lie in a shard. Each has a file of its own in this package and a line in formats.
//
// Most formats are a stream: a cutter says where records end. One that is not (Parquet) gives its blocks itself.
type format struct {
	name string
	// is recognises the format: by the first unpacked bytes, and by the extension without that of a compression, lower case.
	is func(head []byte, ext string) bool
	// cutter begins a shard of a stream. It fills in what the layout has to say beyond format and codec, from the first
	// bytes; its error costs the shard.
	cutter func(l *Layout, head []byte, o *ReadOptions) (cutter, error)
	// open begins a shard that is no stream; it is nil for those that are.
	open func(src *Source, l *Layout, s Shard, number int, o *ReadOptions) (blocks, error)
	// scan finds the wanted values of a record, like [Scanner.Scan].
	scan func(d *Decoder, l *Layout, raw []byte, rec *Record) error
	// edit appends a record with its text edited, like [AppendEdited].
	edit func(dst []byte, l *Layout, raw []byte, rec *Record, edits []Edit) []byte
	// sink writes records. It is nil where they are lines, or bytes that need nothing between them.
	sink func(w *ShardWriter, l *Layout) (sink, error)
	// byLine says that a record's number is that of its first line; else the records are counted.
	byLine bool
	// lazy says that a file without records is no file.
	lazy bool
}

// formats are all that are read, in the order in which they are asked; what nobody knows is JSONL.
func formats() []*format {
	return []*format{&parquetFormat, &warcFormat, &arrayFormat, &jsonlFormat, &csvFormat, &tsvFormat, &textFormat}
}

// Formats lists the names that [ReadOptions] takes as Format, but for "auto".
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// findFormat chooses the format of a shard: the one asked for, else by its content, else by its name, else JSONL.
func findFormat(name string, head []byte, file string) *format {
	ext := extension(file)
	for _, f := range formats() {
		if f.name == name || name == "" && f.is(head, ext) {
			return f
		}
	}
	return &jsonlFormat
}

// extension gives ".csv" for "a.CSV.gz".
func extension(file string) string {
	file = strings.ToLower(file)
	for _, packed := range [...]string{".gz", ".zst", ".zstd", ".bz2"} {
		file = strings.TrimSuffix(file, packed)
	}
	return path.Ext(file)
}

// firstTwo returns the first two bytes that are not white space, after a byte order mark: enough to tell JSON from text.
func firstTwo(head []byte) string {
	var two []byte
	for _, c := range bytes.TrimPrefix(head, []byte(bom)) {
		if !isSpace(c) {
			two = append(two, c)
		}
		if len(two) == 2 {
			break
		}
	}
	return string(two)
}

// ReadOptions says how shards are read. The zero value of each field but Fields is a good default.
type ReadOptions struct {
	// Format is one of [Formats]; "" or "auto" chooses by content first and name second, shard by shard.
	Format string
	// Split says what a document of plain text is: the whole "file" (default), each of the "lines" that is not blank, or
	// each stretch between "blank" lines.
	Split string
	// Fields names the wanted values. What a name means in each format is said in the package's documentation.
	Fields Fields
	// MaxDocument is the longest record that is read, in bytes; 0 means [MaxDocument]. A longer one is refused in bounded memory.
	MaxDocument int
}

// splits are the values of ReadOptions.Split.
var splits = [...]string{"", "file", "lines", "blank"}

// check refuses what no shard can be read with, and makes "auto" the empty name.
func (o *ReadOptions) check() error {
	if o.Format == "auto" {
		o.Format = ""
	}
	if o.Format != "" && !slices.Contains(Formats(), o.Format) {
		return fmt.Errorf("format %q is not known: auto, %s", o.Format, strings.Join(Formats(), ", "))
	}
	if !slices.Contains(splits[:], o.Split) {
		return fmt.Errorf("split %q is not known: file, lines, blank", o.Split)
	}
	if o.MaxDocument <= 0 {
		o.MaxDocument = MaxDocument
	}
	return o.Fields.check()
}

// A Layout is how the records of one shard lie in their file: what [Output.Records] must know to write them alike. It is
// complete when the shard was read to its end.
type Layout struct {
	format  *format
	codec   Codec
	split   string
	head    []byte // before the first record, in every file: a header line
	tail    []byte // after the last
	comma   byte   // between values of CSV
	columns columns
	parquet *parquetLayout
}

// columns are the places of the wanted fields among the columns of a table; -1 for one that is not there. width is the number
// of all columns.
type columns struct {
	of    [fieldCount]int
	width int
}

// Format is the name of the format, one of [Formats].
func (l *Layout) Format() string { return l.format.name }

// Codec is how the shard is packed.
func (l *Layout) Codec() Codec { return l.codec }

// findColumns looks for the wanted fields among the names of the columns. A table without the text column is refused as a
// whole, with the names that are there.
func findColumns(f Fields, names []string) (columns, error) {
	c := columns{width: len(names)}
	for i, name := range f.list() {
		c.of[i] = -1
		if name != "" {
			c.of[i] = slices.Index(names, name)
		}
	}
	if c.of[0] < 0 {
		return c, fmt.Errorf("no field %q (fields here: %s)", f.Text, joinNames(names))
	}
	return c, nil
}

// joinNames lists the first names of columns for a reason.
func joinNames(names []string) string {
	var list []string
	for _, name := range names[:min(len(names), maxColumns)] {
		list = append(list, shown(name))
	}
	if len(names) > maxColumns {
		list = append(list, "…")
	}
	return strings.Join(list, ", ")
}

// maxColumns is how many columns a reason names.
const maxColumns = 20
