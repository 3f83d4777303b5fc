// Package journal keeps a file that says how far a long piece of work is, so that another process can go on after this one was killed.
//
// The file is a line that says what it is, "corpusctl state 1\n", and records, one after the other, to which more are only appended:
//
//	kind     1 byte, not 0
//	length   4 bytes, little endian
//	payload  length bytes
//	sum      8 bytes, little endian: XXH64 of all of the record before it
//
// A file is believed up to the first record that is cut off or whose sum is wrong. What it says of other files is to be checked there.
package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"
)

// Version is that of the layout of the file and of what the records hold: it goes up when either changes.
const Version = 1

const magic = "corpusctl state "

func head() string { return fmt.Sprintf("%s%d\n", magic, Version) }

const (
	recordHead = 1 + 4
	recordSum  = 8
)

// Record is one thing that the work has come to.
type Record struct {
	Kind    byte
	Payload []byte
	End     int64 // of the record in the file
}

// Errors of Parse.
var (
	ErrNoJournal = errors.New("it is no state of corpusctl")
	ErrVersion   = errors.New("another version of corpusctl wrote it")
	ErrDamaged   = errors.New("it ends in a record that is damaged or cut off")
)

// Parse reads the records of a file. Where the error is ErrDamaged, those returned are good.
func Parse(data []byte) ([]Record, error) {
	line, _, whole := bytes.Cut(data[:min(len(data), 64)], []byte("\n"))
	switch {
	case !whole || !bytes.HasPrefix(line, []byte(magic)):
		return nil, ErrNoJournal
	case string(line)+"\n" != head():
		return nil, ErrVersion
	}
	var records []Record
	for at := len(line) + 1; at < len(data); {
		rest := data[at:]
		if len(rest) < recordHead {
			return records, ErrDamaged
		}
		size := uint64(binary.LittleEndian.Uint32(rest[1:]))
		if rest[0] == 0 || size+recordHead+recordSum > uint64(len(rest)) {
			return records, ErrDamaged
		}
		body := rest[:recordHead+size]
		if binary.LittleEndian.Uint64(rest[len(body):]) != xxhash.Sum64(body) {
			return records, ErrDamaged
		}
		at += len(body) + recordSum
		records = append(records, Record{Kind: rest[0], Payload: body[recordHead:], End: int64(at)})
	}
	return records, nil
}

// AppendRecord appends a record as it stands in a file.
func AppendRecord(dst []byte, kind byte, payload []byte) []byte {
	from := len(dst)
	dst = append(dst, kind)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(payload)))
	dst = append(dst, payload...)
	return binary.LittleEndian.AppendUint64(dst, xxhash.Sum64(dst[from:]))
}

// Journal is a file to which records are appended. It is for one goroutine.
type Journal struct {
	file    *os.File
	pending []byte
}

// Create makes a file without records, in the place of one that is there.
func Create(path string) (*Journal, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &Journal{file: f, pending: []byte(head())}, nil
}

// Continue opens a file to append after the record that ends at end; what follows there is cut off.
func Continue(path string, end int64) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err = f.Truncate(end); err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Journal{file: f}, nil
}

// Append adds a record. It is in the file after Flush.
func (j *Journal) Append(kind byte, payload []byte) {
	j.pending = AppendRecord(j.pending, kind, payload)
}

// Flush writes what was appended, with one call to the system, so that a process that is killed leaves whole records.
func (j *Journal) Flush() error {
	if len(j.pending) == 0 {
		return nil
	}
	_, err := j.file.Write(j.pending)
	j.pending = j.pending[:0]
	return err
}

// Close writes what was appended and closes the file.
func (j *Journal) Close() error {
	return errors.Join(j.Flush(), j.file.Close())
}
