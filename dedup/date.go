package dedup

import (
	"math"
	"time"
)

// noDate stands for a date that is missing or cannot be read.
const noDate = math.MinInt64

// dateLayouts are the forms of a date that news corpora use, tried in this order.
var dateLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04", "2006/01/02", "2006/01/02 15:04:05",
	"20060102", time.RFC1123Z, time.RFC1123, time.RFC822Z, "02-01-2006", "02/01/2006", "2006-01", "2006",
}

// parseDate returns seconds since 1970, or noDate.
func parseDate(s string) int64 {
	if s == "" {
		return noDate
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Unix()
		}
	}
	return noDate
}
