package corpus

import (
	"encoding/binary"
	"math/bits"
)

const (
	ones    = 0x0101010101010101
	highs   = 0x80 * ones
	quotes  = '"' * ones
	slashes = '\\' * ones
	blanks  = ' ' * ones
)

// plainRunPortable is plainRun for any processor: it returns the place, from i on, of the first byte that ends a run of plain characters in a
// string, which is a quote, a backslash or a control character, or else the end of line. valid says that the run is certain to be
// UTF-8; this twin never is, since another pass would cost it more.
func plainRunPortable(line []byte, i int) (end int, valid bool) {
	for i+8 <= len(line) {
		if hit := ends(line[i:]) & highs; hit != 0 {
			return i + bits.TrailingZeros64(hit)>>3, false
		}
		i += 8
	}
	for i < len(line) && line[i] >= ' ' && line[i] != '"' && line[i] != '\\' {
		i++
	}
	return i, false
}

// ends sets the high bit of the first byte of eight that ends a run. Of a byte below 0x80, subtracting 0x20 sets the high bit if it is a
// control character, and subtracting 1 from its difference to a quote sets it if it is one. A borrow can only spoil bytes above a true hit.
func ends(b []byte) uint64 {
	x := binary.LittleEndian.Uint64(b)
	return ((x - blanks) | ((x ^ quotes) - ones) | ((x ^ slashes) - ones)) &^ x
}
