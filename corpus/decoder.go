package corpus

import (
	"bytes"
	"unicode/utf8"
)

// A Decoder finds the wanted values in records of any format. Make one per goroutine; it does not allocate per record.
type Decoder struct {
	fields Fields
	json   *Scanner
}

// NewDecoder checks the options and compiles the names of the wanted fields.
func NewDecoder(o ReadOptions) (*Decoder, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	s, err := NewScanner(o.Fields)
	return &Decoder{fields: o.Fields, json: s}, err
}

// Decode finds the wanted values of a record of the chunk; [AppendString] gives them. The error is a *Defect without a place,
// as of [Scanner.Scan]; what a line's Pass is true for is never to be decoded.
func (d *Decoder) Decode(c *Chunk, line *Line, rec *Record) error {
	if len(line.known) > 0 {
		rec.recall(line.known)
		return nil
	}
	if c.layout == nil || c.layout.format == &jsonlFormat {
		return d.json.Scan(line.Raw, rec)
	}
	*rec = Record{}
	if line.reason != "" {
		return refuse(line.Raw, "%s", line.reason)
	}
	if err := c.layout.format.scan(d, c.layout, line.Raw[line.gap:], rec); err != nil {
		*rec = Record{}
		return err
	}
	for _, v := range rec.list() {
		v.Start, v.End = v.Start+line.gap, v.End+line.gap
	}
	return nil
}

// AppendEdited appends a record of the chunk with its text edited: see the function of the same name. Lengths and checksums
// that the record holds are made to fit.
func (d *Decoder) AppendEdited(dst []byte, c *Chunk, line *Line, rec *Record, edits []Edit) []byte {
	switch {
	case len(edits) == 0:
		return append(dst, line.Raw...)
	case c.layout == nil:
		return AppendEdited(dst, line.Raw, rec.Text, edits)
	}
	return c.layout.format.edit(dst, c.layout, line.Raw, rec, edits)
}

// verbatimText makes a text of bytes that stand as they are, if they are UTF-8.
func verbatimText(raw []byte, start, end int, rec *Record) error {
	if i := invalidUTF8(raw[start:end]); i >= 0 {
		return refuse(raw[start:end], "text is not valid UTF-8 at byte %d", i+1)
	}
	rec.Text = Value{start, end, String, verbatim}
	return nil
}

// editVerbatim is AppendEdited for a text that stands as it is.
func editVerbatim(dst, raw []byte, v Value, edits []Edit) []byte {
	dst = append(dst, raw[:v.Start]...)
	dst = appendSpliced(dst, raw[v.Start:v.End], edits)
	return append(dst, raw[v.End:]...)
}

// appendSpliced appends a decoded text with edits made.
func appendSpliced(dst, text []byte, edits []Edit) []byte {
	at := 0
	for _, e := range edits {
		dst = append(append(dst, text[at:e.Start]...), e.Put...)
		at = e.End
	}
	return append(dst, text[at:]...)
}

// appendUndoubled decodes what stands between the quotes of a value of CSV.
func appendUndoubled(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '"')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i+1]...)
		src = src[min(i+2, len(src)):]
	}
}

// appendValid appends bytes with what is not UTF-8 replaced.
func appendValid(dst, src []byte) []byte {
	if invalidUTF8(src) < 0 {
		return append(dst, src...)
	}
	return append(dst, bytes.ToValidUTF8(src, []byte(string(utf8.RuneError)))...)
}
