package corpus

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"hash"
	"strconv"
	"strings"
)

// warcHeader is the header of a WARC record or an HTTP message: its lines, the first included.
type warcHeader []byte

// get returns the value of a field, nil if it is not there. The name is given in lower case.
func (h warcHeader) get(name string) []byte {
	start, end := h.find(name)
	return h[start:end]
}

// find returns the place of a field's value, nowhere if it is not there.
func (h warcHeader) find(name string) (start, end int) {
	for at := 0; at < len(h); {
		line := h[at : at+lineEnd(h[at:])]
		if colon := len(name); len(line) > colon && line[colon] == ':' && strings.EqualFold(string(line[:colon]), name) {
			value := bytes.TrimLeft(line[colon+1:], " \t\r\n")
			start = at + len(line) - len(value)
			return start, start + len(bytes.TrimRight(value, " \t\r\n"))
		}
		at += len(line)
	}
	return 0, 0
}

// warcRecord is a record that was cut whole: where its parts are.
type warcRecord struct {
	raw              []byte
	head, block, end int // header is raw[head:block], block is raw[block:end]
	body             int // where the text begins
}

// parseWARC takes a record apart. What the cutter found to be a record is one; of others the parts are empty.
func parseWARC(raw []byte) warcRecord {
	r := warcRecord{raw: raw, head: len(raw) - len(bytes.TrimLeft(raw, "\r\n"))}
	r.block = r.head + headerEnd(raw[r.head:])
	length, _ := strconv.Atoi(string(r.header().get("content-length")))
	r.end = min(r.block+max(length, 0), len(raw))
	r.body = r.block
	if r.isResponse() {
		r.body += headerEnd(raw[r.block:r.end])
	}
	return r
}

func (r *warcRecord) header() warcHeader { return r.raw[r.head:r.block] }

// message is the HTTP header, empty if there is none.
func (r *warcRecord) message() warcHeader { return r.raw[r.block:r.body] }

func (r *warcRecord) isResponse() bool {
	return bytes.EqualFold(r.header().get("warc-type"), []byte("response"))
}

// warcNames are the header fields behind the short names of fields.
var warcNames = map[string]string{"url": "warc-target-uri", "date": "warc-date", "id": "warc-record-id"}

func scanWARC(d *Decoder, _ *Layout, raw []byte, rec *Record) error {
	r := parseWARC(raw)
	if packing := r.message().get("content-encoding"); len(packing) > 0 && !bytes.EqualFold(packing, []byte("identity")) {
		return refuse(raw[r.block:], "HTTP body is packed (%s)", shown(string(packing)))
	}
	if len(r.message().get("transfer-encoding")) > 0 {
		return refuse(raw[r.block:], "HTTP body is chunked")
	}
	values := rec.list()
	for i, name := range d.fields.list() {
		if start, end := r.field(name); start < end {
			*values[i] = Value{start, end, String, verbatim}
		}
	}
	return verbatimText(raw, r.body, r.end, rec)
}

// field returns the place of the value of a field, nowhere if it has none.
func (r *warcRecord) field(name string) (start, end int) {
	name = strings.ToLower(name)
	wanted := name
	if name == "source" {
		wanted = "url"
	}
	if long := warcNames[wanted]; long != "" {
		wanted = long
	}
	start, end = r.header().find(wanted)
	start, end = start+r.head, end+r.head
	if end-start >= 2 && r.raw[start] == '<' && r.raw[end-1] == '>' { // around a URI
		start, end = start+1, end-1
	}
	if name == "source" {
		return host(r.raw, start, end)
	}
	return start, end
}

// host returns the place of the host in the URI raw[start:end], nowhere if it has none.
func host(raw []byte, start, end int) (int, int) {
	i := bytes.Index(raw[start:end], []byte("://"))
	if i < 0 {
		return 0, 0
	}
	start += i + 3
	if i := bytes.IndexAny(raw[start:end], "/?#"); i >= 0 {
		end = start + i
	}
	return start + bytes.IndexByte(raw[start:end], '@') + 1, end
}

// editWARC makes lengths and digests fit the edited text.
func editWARC(dst []byte, _ *Layout, raw []byte, rec *Record, edits []Edit) []byte {
	r := parseWARC(raw)
	text := appendSpliced(nil, raw[rec.Text.Start:rec.Text.End], edits)
	var block []byte
	if r.body > r.block {
		block = appendHeader(nil, r.message(), map[string]string{"content-length": strconv.Itoa(len(text))})
	}
	block = append(block, text...)
	dst = append(dst, raw[:r.head]...)
	dst = appendHeader(dst, r.header(), map[string]string{
		"content-length":      strconv.Itoa(len(block)),
		"warc-block-digest":   digest(r.header().get("warc-block-digest"), block),
		"warc-payload-digest": digest(r.header().get("warc-payload-digest"), text),
	})
	return append(append(dst, block...), raw[r.end:]...)
}

// appendHeader appends a header with the values of some fields replaced; "" leaves the field out.
func appendHeader(dst []byte, h warcHeader, values map[string]string) []byte {
	for line := range bytes.Lines(h) {
		key, rest, ok := bytes.Cut(line, []byte(":"))
		value, replaced := values[strings.ToLower(string(key))]
		switch {
		case !ok || !replaced:
			dst = append(dst, line...)
		case value != "":
			old := bytes.Trim(rest, " \t\r\n")
			at := bytes.Index(rest, old)
			dst = append(append(append(dst, key...), ':'), rest[:at]...)
			dst = append(append(dst, value...), rest[at+len(old):]...)
		}
	}
	return dst
}

// digests are the hash functions of labelled digests in WARC headers.
var digests = map[string]func() hash.Hash{"sha1": sha1.New, "md5": md5.New, "sha256": sha256.New, "sha-256": sha256.New}

// digest computes anew what an old labelled digest says; "" if its function is not known.
func digest(old, data []byte) string {
	label, value, _ := strings.Cut(string(old), ":")
	newHash := digests[strings.ToLower(label)]
	if newHash == nil {
		return ""
	}
	h := newHash()
	h.Write(data)
	sum := h.Sum(nil)
	if len(value) == 2*len(sum) {
		return fmt.Sprintf("%s:%x", label, sum)
	}
	return label + ":" + base32.StdEncoding.EncodeToString(sum)
}
