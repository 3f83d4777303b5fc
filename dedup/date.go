package dedup

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// noDate stands for a date that is missing or cannot be read.
const noDate = math.MinInt64

// Days returns the number of days from 1970 to a document's date; false if it has none that can be read.
func (d *Deduper) Days(doc int) (int64, bool) {
	const day = 24 * 60 * 60
	date := d.docs.at(uint32(doc)).date
	if date == noDate {
		return 0, false
	}
	return (date - ((date%day)+day)%day) / day, true // rounded down, before 1970 too
}

// dateLayouts are the forms of a date that news corpora use, tried in this order. Of 02/01/2006 the day comes first, as Arabic
// papers write it.
var dateLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	time.DateTime, "2006-01-02 15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 MST",
	"2006/01/02", "2006/01/02 15:04:05", "2006/01/02 15:04", "20060102", "20060102150405",
	time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC850, time.RubyDate, time.UnixDate, time.ANSIC, "Mon, 2 Jan 2006 15:04:05 -0700",
	"2-1-2006", "2/1/2006", "2/1/2006 15:04:05", "2/1/2006 15:04", "2.1.2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	"2006-01", "2006/01", "2006",
}

// dateReader parses dates and remembers the last: neighbours are often of one day.
type dateReader struct {
	last    string
	seconds int64
}

func (r *dateReader) parse(s string) int64 {
	if s != r.last || s == "" {
		r.last, r.seconds = s, parseDate(s)
	}
	return r.seconds
}

// parseDate returns seconds since 1970, or noDate.
func parseDate(s string) int64 {
	if s = strings.TrimSpace(s); s == "" {
		return noDate
	}
	if seconds, ok := isoTime(s); ok {
		return seconds
	}
	if seconds, ok := unixTime(s); ok {
		return seconds
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Unix()
		}
	}
	return noDate
}

// isoTime reads the two forms that are by far the most frequent, 2015-07-21 and 2015-07-21 02:51:32 (or with a T), as the layouts would.
func isoTime(s string) (int64, bool) {
	const form = "dddd-dd-dd dd:dd:dd"
	if len(s) != len("dddd-dd-dd") && len(s) != len(form) {
		return 0, false
	}
	var n [6]int // year, month, day, hour, minute, second
	field := 0
	for i := range len(s) {
		switch c := s[i]; {
		case form[i] == 'd':
			if c < '0' || c > '9' {
				return 0, false
			}
			n[field] = n[field]*10 + int(c-'0')
		case form[i] == c, form[i] == ' ' && c == 'T':
			field++
		default:
			return 0, false
		}
	}
	if n[1] == 0 || n[1] > 12 || n[2] == 0 || n[3] > 23 || n[4] > 59 || n[5] > 59 {
		return 0, false
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	return t.Unix(), t.Day() == n[2] // the 30th of February is none
}

// unixTime reads seconds (10 digits) or milliseconds (13 digits) since 1970: dates from 2001 to 2286.
func unixTime(s string) (int64, bool) {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil || whole[0] == '-' || whole[0] == '+':
		return 0, false
	case len(whole) == 10:
		return n, true
	case len(whole) == 13:
		return n / 1000, true
	}
	return 0, false
}
