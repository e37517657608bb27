package spool

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"winauthmon/agent/internal/disk"
)

// segment is one file of the spool. Counters cover the records above the acknowledged
// one at the time it was read, plus what was appended since.
type segment struct {
	path     string
	size     int64
	records  int
	failures int
	sessions int
	lastSeq  uint64
	// isSealed: what is behind size could not be cut off, so nothing may be written there.
	isSealed bool
}

func segmentPath(dir string, firstSeq uint64) string {
	return filepath.Join(dir, fmt.Sprintf("%020d.spool", firstSeq))
}

func (s *segment) count(r Record) {
	s.records++
	if r.Class == ClassFailure {
		s.failures++
	} else {
		s.sessions++
	}
	if r.Seq > s.lastSeq {
		s.lastSeq = r.Seq
	}
}

// eachLine reads a segment from an offset up to its size and calls visit for each line
// with the offset just behind it. A line longer than any record is cut to maxLine and
// cannot decode. ended is false for a last line without its line break.
func eachLine(path string, from, size int64, visit func(line []byte, end int64, ended bool) bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(io.NewSectionReader(f, from, size-from), maxLine)
	at := from
	for {
		line, err := in.ReadSlice('\n')
		at += int64(len(line))
		if errors.Is(err, bufio.ErrBufferFull) {
			head := append([]byte(nil), line...)
			for errors.Is(err, bufio.ErrBufferFull) {
				line, err = in.ReadSlice('\n')
				at += int64(len(line))
			}
			line = append(head, '\n')
			if err == nil && !visit(line[:len(line)-1], at, true) {
				return nil
			}
			if err == nil {
				continue
			}
			line = head
		}
		if err == nil {
			if !visit(line[:len(line)-1], at, true) {
				return nil
			}
			continue
		}
		if errors.Is(err, io.EOF) {
			if len(line) > 0 {
				visit(line, at, false)
			}
			return nil
		}
		return err
	}
}

// readSegment counts what is in a file and repairs its tail: a last line that was cut
// short is taken off, one that only lacks its line break gets it. Lines that are neither
// are returned as damage; the records around them stay readable.
func readSegment(path string, acked uint64) (*segment, [][]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("it is no file")
	}
	s := &segment{path: path, size: info.Size()}
	var damage [][]byte
	wholeEnd, missingBreak := int64(0), false
	err = eachLine(path, 0, s.size, func(line []byte, end int64, ended bool) bool {
		r, ok := decode(line)
		if ok && r.Seq > acked {
			s.count(r)
		} else if ok && r.Seq > s.lastSeq {
			s.lastSeq = r.Seq
		}
		if !ok && len(line) > 0 {
			damage = append(damage, append([]byte(nil), line...))
		}
		if ended || ok {
			wholeEnd, missingBreak = end, !ended
		}
		return true
	})
	if err != nil {
		return nil, nil, err
	}
	return s, damage, s.repairTail(wholeEnd, missingBreak)
}

func (s *segment) repairTail(wholeEnd int64, missingBreak bool) error {
	if wholeEnd == s.size && !missingBreak {
		return nil
	}
	f, err := disk.OpenFile(s.path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(wholeEnd); err != nil {
		return err
	}
	s.size = wholeEnd
	if missingBreak {
		if _, err := f.WriteAt([]byte{'\n'}, wholeEnd); err != nil {
			s.isSealed = true // a full disk: readable as it is
			return nil
		}
		s.size++
	}
	return f.Sync()
}

// rewrite replaces a segment by one that holds only the records keep wants, in order.
// The old file stays until the new one is whole on disk; an empty result removes it.
func (s *segment) rewrite(keep func(Record) bool) error {
	next := &segment{path: s.path, lastSeq: s.lastSeq}
	tmp := s.path + ".tmp"
	f, err := disk.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, maxLine)
	readErr := eachLine(s.path, 0, s.size, func(line []byte, _ int64, _ bool) bool {
		r, ok := decode(line)
		if !ok || !keep(r) {
			return true
		}
		next.count(r)
		next.size += int64(len(line)) + 1
		out.Write(line)
		out.WriteByte('\n')
		return true
	})
	err = firstError(readErr, out.Flush(), f.Sync(), f.Close())
	if err == nil && next.records > 0 {
		err = os.Rename(tmp, s.path)
	} else {
		disk.Remove(tmp)
		if err == nil {
			err = disk.Remove(s.path)
		}
	}
	if err != nil {
		disk.Remove(tmp)
		return err
	}
	*s = *next
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
