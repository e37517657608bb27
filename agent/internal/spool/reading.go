package spool

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"winauthmon/agent/internal/disk"
)

// Peek returns the oldest records that are not acknowledged, at most max of them and
// about maxBytes of data, without taking them off. Reading again gives the same ones.
func (s *Spool) Peek(max, maxBytes int) ([]Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peeked = s.peeked[:0]
	var out []Record
	bytes := 0
	take := func(r Record, seg *segment, end int64) bool {
		if len(out) >= max || (len(out) > 0 && bytes+len(r.Data) > maxBytes) {
			return false
		}
		r.Data = append([]byte(nil), r.Data...)
		bytes += len(r.Data)
		out = append(out, r)
		s.peeked = append(s.peeked, mark{seq: r.Seq, seg: seg, end: end})
		return true
	}
	for _, seg := range append([]*segment(nil), s.segments...) {
		from := int64(0)
		if seg == s.segments[0] {
			from = s.head
		}
		full := false
		err := eachLine(seg.path, from, seg.size, func(line []byte, end int64, _ bool) bool {
			r, ok := decode(line)
			if !ok || r.Seq <= s.cursor.now.Acked {
				return true
			}
			full = !take(r, seg, end)
			return !full
		})
		if errors.Is(err, fs.ErrNotExist) {
			s.missed(seg)
			continue
		}
		if err != nil && len(out) == 0 {
			if s.failedReads++; s.failedReads < mostReads {
				return nil, err
			}
			if seg == s.segments[len(s.segments)-1] {
				s.seal() // Windows renames no file that is open
			}
			if !s.setAside(seg.path, err) {
				return nil, err
			}
			s.forgetUnread(seg)
			continue
		}
		if err != nil {
			return out, nil
		}
		s.failedReads = 0
		if full || len(out) >= max {
			return out, nil
		}
	}
	for _, r := range s.waiting {
		if !take(r, nil, 0) {
			break
		}
	}
	return out, nil
}

// missed gives up a segment somebody else deleted, so that the ones behind it go out.
func (s *Spool) missed(seg *segment) {
	s.forgetUnread(seg)
	if s.options.OnDamage != nil {
		s.options.OnDamage(filepath.Base(seg.path), seg.records)
	}
}

// forgetUnread goes on without a segment and the records in it.
func (s *Spool) forgetUnread(seg *segment) {
	s.failedReads = 0
	if seg == s.segments[0] {
		s.head = 0
	}
	if seg == s.segments[len(s.segments)-1] {
		s.seal()
	}
	s.forget(seg)
	s.length -= seg.records
	if s.length < 0 {
		s.length = 0
	}
}

// Ack takes the first n records of the last Peek off, because the server has them. An
// error means it may be forgotten by a power cut, which sends them again; here and now
// they are gone.
func (s *Spool) Ack(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n <= 0 || n > len(s.peeked) {
		return nil
	}
	last := s.peeked[n-1]
	s.peeked = append(s.peeked[:0], s.peeked[n:]...)
	inMemory := 0
	for inMemory < len(s.waiting) && s.waiting[inMemory].Seq <= last.seq {
		inMemory++
	}
	s.waiting = s.waiting[inMemory:]
	s.length -= n - inMemory
	err := s.cursor.save(last.seq, s.cursor.now.Dropped)
	for len(s.segments) > 0 {
		seg := s.segments[0]
		isLast := len(s.segments) == 1
		if seg.lastSeq > last.seq {
			if seg == last.seg {
				s.head = last.end
			}
			break
		}
		if isLast {
			s.seal()
		}
		// A virus scanner may hold the file; then it goes at the next start.
		_ = disk.Remove(seg.path)
		s.segments = s.segments[1:]
		s.head = 0
	}
	return err
}

// Stats counts what waits to be sent.
func (s *Spool) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Stats{Length: s.length + len(s.waiting), Bytes: s.bytes(), Dropped: s.cursor.now.Dropped}
}

func (s *Spool) bytes() int64 {
	total := -s.head
	for _, seg := range s.segments {
		total += seg.size
	}
	return total
}

// Close releases the files. Everything kept is on disk already, or the error says how much
// of what waited in memory is lost.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	reason := s.flush()
	lost := dropOf(s.waiting)
	s.countDropped(lost)
	s.waiting = nil
	s.seal()
	err := s.cursor.close()
	if reason != nil {
		return fmt.Errorf("%d events that waited in memory are lost: %w", lost.Failures+lost.Sessions, reason)
	}
	return err
}

// syncDir makes a new file's name durable where the system keeps names apart from
// contents. Windows journals them itself and cannot sync a folder.
func syncDir(dir string) {
	if runtime.GOOS == "windows" {
		return
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
