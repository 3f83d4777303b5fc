package spill

// Window reads strings of a Log that are asked for in about the order in which they stand there: many at a time where they lie near one
// another, since a call of the system costs more than to copy what is between them. One goroutine uses it, while nobody appends or settles.
type Window struct {
	log  *Log
	buf  []byte // what stands from place at on
	at   int64
	next int64 // the place behind the string read last
}

const (
	windowBytes = 32 << 10 // read at a time
	nearBytes   = 4 << 10  // how far apart strings may be for that
)

// NewWindow returns a Window on a Log.
func NewWindow(l *Log) *Window { return &Window{log: l} }

// Read returns the n bytes of the string at a place. They are good until the next call; the caller must not change them.
func (w *Window) Read(at int64, n int) (text []byte, err error) {
	if at >= w.log.onDisk {
		text, _, err = w.log.Read(at, n, nil)
		return text, err
	}
	near := at >= w.next && at-w.next <= nearBytes
	w.next = at + int64(n+sumBytes)
	if at < w.at || w.next > w.at+int64(len(w.buf)) {
		if err := w.fill(at, n+sumBytes, near); err != nil {
			return nil, err
		}
	}
	return checked(w.buf[at-w.at : w.next-w.at])
}

// fill reads what stands at a place: n bytes, and as many more as the window holds where that is worth it.
func (w *Window) fill(at int64, n int, ahead bool) error {
	if ahead {
		n = max(n, int(min(windowBytes, w.log.onDisk-at)))
	}
	if cap(w.buf) < n {
		w.buf = make([]byte, n, max(n+n/4, windowBytes))
	}
	w.buf, w.at = w.buf[:n], at
	if _, err := w.log.file.ReadAt(w.buf, at); err != nil {
		w.buf = w.buf[:0]
		return readError(err)
	}
	return nil
}
