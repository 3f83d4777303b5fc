package corpus

import (
	"errors"
	"fmt"
	"strings"
)

// A Defect says which record could not be read and why. It is an error; the run goes on after it.
//
// Marshalled as JSON it is a line of quarantine.jsonl.
type Defect struct {
	File   string `json:"file"`   // the shard's path as given
	Line   int    `json:"line"`   // 1-based, blank lines counted
	Offset int64  `json:"offset"` // of the line's first byte in the unpacked shard
	Reason string `json:"reason"` // short and stable; documented at Scan and Chunks
	Sample string `json:"sample"` // the first 120 characters of the line at most, made safe by Printable
}

// Error gives "file:line: reason"; without a place, the reason alone.
func (d *Defect) Error() string {
	if d.File == "" {
		return d.Reason
	}
	return fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Reason)
}

// GenericReason cuts the details off a defect's reason, so that equal causes are counted together.
func GenericReason(reason string) string {
	for _, mark := range []string{": ", " at ", " (", " than "} {
		reason, _, _ = strings.Cut(reason, mark)
	}
	return reason
}

// Unreadable gives the defect that an error of [OpenShard] reports: it costs the whole shard, so its line is 0.
func Unreadable(err error, file string) Defect {
	reason := strings.TrimPrefix(err.Error(), "input: "+file+": ")
	if isFileError(err) {
		reason = "cannot be opened: " + err.Error()
	}
	return Defect{File: file, Reason: reason}
}

// Locate gives the defect that an error of [Scanner.Scan] reports, with its place filled in. An error that is no *Defect
// becomes one with the error's words as its reason.
func Locate(err error, file string, line Line) Defect {
	d := Defect{Reason: err.Error(), Sample: sample(line.Raw)}
	if found, ok := errors.AsType[*Defect](err); ok {
		d = *found
	}
	d.File, d.Line, d.Offset = file, line.Number, line.Offset
	return d
}
