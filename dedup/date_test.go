package dedup

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	day := time.Date(2015, 7, 21, 0, 0, 0, 0, time.UTC)
	minute := day.Add(13*time.Hour + 5*time.Minute)
	second := minute.Add(9 * time.Second)
	for in, want := range map[string]time.Time{
		"2015-07-21":                      day,
		"2015/07/21":                      day,
		"20150721":                        day,
		"21-07-2015":                      day,
		"21/07/2015":                      day,
		"2015-07-21 13:05":                minute,
		"2015-07-21T13:05:09":             second,
		"2015-07-21 13:05:09":             second,
		"2015/07/21 13:05:09":             second,
		"2015-07-21T13:05:09Z":            second,
		"2015-07-21T16:05:09+03:00":       second,
		"2015-07-21T13:05:09.000Z":        second,
		"Tue, 21 Jul 2015 13:05:09 GMT":   second,
		"Tue, 21 Jul 2015 16:05:09 +0300": second,
		"21 Jul 15 16:05 +0300":           minute,
		"2015-07-21T13:05":                minute,
		"2015-07-21T16:05:09+0300":        second,
		"2015-07-21 16:05:09 +0300":       second,
		"2015-07-21 13:05:09 UTC":         second,
		" 2015-07-21\n":                   day,
		"1437483909":                      second,
		"1437483909123":                   second,
		"1437483909.5":                    second,
		"Tue Jul 21 13:05:09 +0000 2015":  second,
		"Tue, 1 Sep 2015 00:00:00 +0000":  time.Date(2015, 9, 1, 0, 0, 0, 0, time.UTC),
		"July 21, 2015":                   day,
		"21 July 2015":                    day,
		"1/7/2015":                        time.Date(2015, 7, 1, 0, 0, 0, 0, time.UTC),
		"2015-07":                         time.Date(2015, 7, 1, 0, 0, 0, 0, time.UTC),
		"2015":                            time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC),
		"1969-12-31":                      time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC),
		"0001-01-01":                      {},
	} {
		if got := parseDate(in); got != want.Unix() {
			t.Errorf("parseDate(%q) = %d, want %d", in, got, want.Unix())
		}
	}
	for _, in := range []string{"", "yesterday", "2015-13-01", "2015-02-30", "٢١/٧", "21", "1437-02-30 هـ", "\xff", " ", "-143748390", "+437483909", "."} {
		if got := parseDate(in); got != noDate {
			t.Errorf("parseDate(%q) = %d, want no date", in, got)
		}
	}
}

// TestCompareDates checks that unreadable dates come last in either direction.
func TestCompareDates(t *testing.T) {
	for _, c := range []struct {
		x, y             int64
		earliest, latest int
	}{
		{1, 1, 0, 0}, {1, 2, -1, 1}, {2, 1, 1, -1}, {noDate, noDate, 0, 0}, {noDate, -5, 1, 1}, {-5, noDate, -1, -1},
	} {
		if e, l := compareDates(c.x, c.y, 1), compareDates(c.x, c.y, -1); e != c.earliest || l != c.latest {
			t.Errorf("%d, %d: earliest %d, latest %d", c.x, c.y, e, l)
		}
	}
}

// TestDateReader checks that what is remembered is what would be read again.
func TestDateReader(t *testing.T) {
	var r dateReader
	for _, s := range []string{"", "2015-07-21", "2015-07-21", "", "قبل يومين", "2015-07-22", "2015-13-40", "2015-07-22T10:11:12Z", "2015-07-22T25:11:12Z", "2015-02-30", "2016-02-29"} {
		if got, want := r.parse(s), parseDate(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

// FuzzISOTime checks the quick way against the layouts.
func FuzzISOTime(f *testing.F) {
	for _, s := range []string{"2015-07-21", "2015-07-21 02:51:32", "2015-07-21T02:51:32", "2015-02-30", "2016-02-29 23:59:60", "0000-01-01", "2015-7-21 02:51:032"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := isoTime(s)
		if !ok {
			return
		}
		for _, layout := range dateLayouts {
			if want, err := time.Parse(layout, s); err == nil {
				if want.Unix() != got {
					t.Fatalf("%q: %d, want %d", s, got, want.Unix())
				}
				return
			}
		}
		t.Fatalf("%q is read as %d and is no date", s, got)
	})
}
