package spool

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strconv"
)

// Class says how dear a record is when the spool is full.
type Class byte

// Failures are dropped before sessions.
const (
	ClassFailure Class = 'F'
	ClassSession Class = 'S'
)

// Record is one line of the spool: a sequence number that only grows, its class, and the
// event's JSON, which holds no line break.
type Record struct {
	Seq   uint64
	Class Class
	Data  []byte
}

// maxLine bounds a record's line; an event of full length stays far below it.
const maxLine = 64 << 10

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encode writes `crc seq class json\n`. The checksum covers what follows it, so that a
// line cut short or written over by a power cut is told from a whole one.
func encode(r Record) ([]byte, error) {
	if len(r.Data) == 0 || bytes.IndexByte(r.Data, '\n') >= 0 {
		return nil, fmt.Errorf("a record must be one non-empty line")
	}
	body := strconv.AppendUint(nil, r.Seq, 10)
	body = append(body, ' ', byte(r.Class), ' ')
	body = append(body, r.Data...)
	if len(body)+10 > maxLine {
		return nil, fmt.Errorf("a record of %d bytes is too long", len(body))
	}
	line := make([]byte, 0, len(body)+10)
	line = append(line, fmt.Sprintf("%08x ", crc32.Checksum(body, castagnoli))...)
	line = append(line, body...)
	return append(line, '\n'), nil
}

// decode reads a line without its line break; false when it is not whole.
func decode(line []byte) (Record, bool) {
	if len(line) < 14 || line[8] != ' ' {
		return Record{}, false
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	if err != nil || uint32(sum) != crc32.Checksum(line[9:], castagnoli) {
		return Record{}, false
	}
	number, rest, ok := bytes.Cut(line[9:], []byte{' '})
	if !ok || len(rest) < 3 || rest[1] != ' ' {
		return Record{}, false
	}
	seq, err := strconv.ParseUint(string(number), 10, 64)
	class := Class(rest[0])
	if err != nil || seq == 0 || (class != ClassFailure && class != ClassSession) {
		return Record{}, false
	}
	return Record{Seq: seq, Class: class, Data: rest[2:]}, true
}
