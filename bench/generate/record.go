package generate

import (
	"bytes"
	"strconv"
	"time"
)

// firstDay is the date of the first document; a day has perDay documents, and after so many days the dates begin again.
var firstDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const perDay, daysInAll = 500, 9000

// AppendJSON appends the document's record: id, source, date and text, and a line end.
func (d *Document) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"id": "`...)
	dst = appendID(dst, d.Number)
	dst = append(dst, `", "source": "paper-`...)
	dst = strconv.AppendInt(dst, int64(d.Source), 10)
	dst = append(dst, `", "date": "`...)
	dst = firstDay.AddDate(0, 0, d.Number/perDay%daysInAll).AppendFormat(dst, time.DateOnly)
	dst = append(dst, `", "text": "`...)
	// Texts hold letters, digits, marks and line breaks: nothing else is escaped.
	for text := d.Text; ; {
		line, rest, found := bytes.Cut(text, []byte("\n"))
		dst = append(dst, line...)
		if !found {
			break
		}
		dst, text = append(dst, `\n`...), rest
	}
	return append(dst, "\"}\n"...)
}

// appendID appends the id of a document: its number, so that a label or a decision can be read back.
func appendID(dst []byte, number int) []byte {
	dst = append(dst, 'n')
	for limit := 100_000_000; limit > 1 && number < limit; limit /= 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(number), 10)
}
