package corpus

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// warcFormat is WARC (ISO 28500) and WET. Documents are the records of type conversion and resource whose Content-Type is text or
// missing, and of type response whose HTTP message is text. The text is the block, or the body of the message, as it stands: HTML is not
// extracted, and a body that is packed or chunked is not read. All else (warcinfo, requests, images …) passes.
//
// Fields: url, date, id and source stand for WARC-Target-URI, WARC-Date, WARC-Record-ID and the host of the target; other names are those of
// header fields, in any case. The text is called text, whatever Fields.Text says.
var warcFormat = format{
	name: "warc",
	is: func(head []byte, _ string) bool {
		return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte(warcMagic))
	},
	cutter: func(_ *Layout, _ []byte, o *ReadOptions) (cutter, error) {
		return &warcCutter{limit: o.MaxDocument}, nil
	},
	scan: scanWARC,
	edit: editWARC,
	sink: newMemberSink,
}

const (
	warcMagic  = "WARC/"
	maxHeader  = 32 << 10 // bytes of a header, of WARC or HTTP
	nextRecord = "\nWARC/"
)

// warcCutter skips from header to header. Where a record does not end as its Content-Length says, the next one is looked for by its magic,
// from the header on: a wrong length costs one record.
type warcCutter struct {
	limit int
	state warcState
	from  int   // where to look on in data, or where the block begins
	block int   // where the block begins in data; -1 if its beginning was let go
	left  int64 // of the block
	what  piece
}

type warcState uint8

const (
	inHeader  warcState = iota
	inMessage           // in the HTTP header at the beginning of the block
	inBlock
	afterBlock // in the line ends after it
	lost       // looking for the next record
)

func (c *warcCutter) piece() piece { return c.what }

func (c *warcCutter) next(data []byte, seen int, eof bool) (int, bool) {
	if seen == 0 && c.state == inHeader {
		c.what, c.from = piece{}, 0
	} else if seen == 0 { // the beginning was let go
		c.from, c.block = 0, -1
	}
	c.what.keep = 0
	for {
		state := c.state
		n, end := c.step(data, eof)
		if end || c.state == state {
			return n, end
		}
	}
}

// step goes on in one state. It changes the state, or returns.
func (c *warcCutter) step(data []byte, eof bool) (n int, end bool) {
	switch c.state {
	case inHeader:
		c.header(data, eof)
	case inMessage:
		c.message(data, eof)
	case inBlock:
		c.skip(data, eof)
	case afterBlock:
		return c.after(data, eof)
	case lost:
		return c.find(data, eof)
	}
	return 0, false
}

// header looks for the empty line that ends the header.
func (c *warcCutter) header(data []byte, eof bool) {
	start := len(data) - len(bytes.TrimLeft(data, "\r\n"))
	n := headerEnd(data[start:min(len(data), start+maxHeader)])
	switch {
	case !eof && len(data)-start < len(warcMagic):
	case !bytes.HasPrefix(data[start:], []byte(warcMagic)):
		if len(data) > start {
			c.lose("not a WARC record", start)
		} else if start > 0 { // line ends and nothing else
			c.what, c.state, c.left, c.from = piece{kind: passed}, inBlock, 0, start
		}
	case n == 0 && (eof || len(data)-start > maxHeader):
		c.lose("WARC header has no end", start+1)
	case n > 0:
		c.begin(data[start:start+n], start+n)
	}
}

// begin decides by its header what a record is.
func (c *warcCutter) begin(head []byte, block int) {
	c.block, c.from = block, block
	h := warcHeader(head)
	length, err := strconv.ParseInt(string(h.get("content-length")), 10, 64)
	if err != nil || length < 0 {
		c.lose("Content-Length is missing or no number", block)
		return
	}
	c.left, c.state = length, inBlock
	media := h.get("content-type")
	switch kind := strings.ToLower(string(h.get("warc-type"))); {
	case kind == "response" && hasFold(media, "application/http"):
		c.state = inMessage
	case (kind == "conversion" || kind == "resource") && (len(media) == 0 || hasFold(media, "text/")):
		c.document()
	default:
		c.what.kind = passed
	}
}

// document notes that the record is one; of one that is too long the length is not believed.
func (c *warcCutter) document() {
	if c.state = inBlock; c.left > int64(c.limit) {
		c.lose(fmt.Sprintf("record is longer than %d bytes", c.limit), c.from)
	}
}

// message waits for the header of an HTTP message.
func (c *warcCutter) message(data []byte, eof bool) {
	block := data[c.block:]
	if int64(len(block)) > c.left {
		block = block[:c.left]
	}
	n := headerEnd(block[:min(len(block), maxHeader)])
	switch whole := eof || len(block) >= maxHeader || int64(len(block)) == c.left; {
	case n == 0 && !whole:
		return
	case n > 0 && hasFold(warcHeader(block[:n]).get("content-type"), "text/"):
		c.document()
		return
	}
	c.state, c.what.kind = inBlock, passed
}

// skip passes over the block.
func (c *warcCutter) skip(data []byte, eof bool) {
	n := min(c.left, int64(len(data)-c.from))
	c.from, c.left = c.from+int(n), c.left-n
	switch {
	case c.left == 0:
		c.state = afterBlock
	case eof:
		c.retry(fmt.Sprintf("record ends %d bytes early", c.left))
	}
}

// after wants line ends, and then another record or nothing.
func (c *warcCutter) after(data []byte, eof bool) (int, bool) {
	rest := bytes.TrimLeft(data[c.from:], "\r\n")
	at := len(data) - len(rest)
	switch {
	case len(rest) >= len(warcMagic) && string(rest[:len(warcMagic)]) == warcMagic, eof && len(rest) == 0:
		c.state = inHeader
		return at, true
	case len(rest) < len(warcMagic) && !eof:
		c.what.keep = len(rest)
		return 0, false
	}
	c.retry("Content-Length does not lead to the next record")
	return 0, false
}

// complete reports whether the block of the open record is all there.
func (c *warcCutter) complete() bool { return c.state == afterBlock }

// retry looks for the next record in the block, if that is still there.
func (c *warcCutter) retry(reason string) {
	c.lose(reason, max(c.block, 0))
}

func (c *warcCutter) lose(reason string, from int) {
	c.state, c.what, c.from = lost, piece{reason: reason}, max(from-1, 0)
}

// find looks for the next record.
func (c *warcCutter) find(data []byte, eof bool) (int, bool) {
	if i := bytes.Index(data[min(c.from, len(data)):], []byte(nextRecord)); i >= 0 {
		c.state = inHeader
		return c.from + i + 1, true
	}
	if eof && (len(data) > 0 || c.what.reason != "") {
		c.state = inHeader
		return len(data), true
	}
	c.from = max(len(data)-len(nextRecord)+1, 0)
	c.what.keep = len(data) - c.from
	return 0, false
}

// hasFold reports whether b begins with a prefix, in any case.
func hasFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// headerEnd is the length of a header with its empty line, 0 if that is not there.
func headerEnd(data []byte) int {
	at := 0
	for {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return 0
		}
		at += i + 1
		if bytes.HasPrefix(data[at:], []byte("\n")) {
			return at + 1
		}
		if bytes.HasPrefix(data[at:], []byte("\r\n")) {
			return at + 2
		}
	}
}
