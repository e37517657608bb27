package spool

import (
	"os"
	"path/filepath"
	"time"

	"winauthmon/agent/internal/disk"
)

const (
	// maxWaiting bounds the records in memory while the disk takes none.
	maxWaiting = 20_000
	// flushAtOnce is how many of them are written in one go.
	flushAtOnce = 256
	// reserveEvery is how often a reserve that was used is tried to make again.
	reserveEvery = 5 * time.Minute
)

// Keep takes entries that come only once: durably, or into memory as long as the disk
// takes none. An error says that an entry can't be kept at all.
func (s *Spool) Keep(entries ...Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	records, err := s.number(entries)
	if err != nil {
		return err
	}
	wasWaiting := len(s.waiting) > 0
	reason := s.flush()
	if reason == nil {
		reason = s.store(records)
	}
	if reason == nil {
		return nil
	}
	s.waiting = append(s.waiting, records...)
	s.counted(records)
	if !wasWaiting && s.options.OnWait != nil {
		s.options.OnWait(reason)
	}
	s.shedWaiting()
	return nil
}

// Flush tries again to write what waits in memory, and to make a reserve that was used. It
// returns why the disk took none.
func (s *Spool) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return os.ErrClosed
	}
	err := s.flush()
	if err == nil && time.Since(s.reservedAt) >= reserveEvery {
		s.reserve()
	}
	return err
}

func (s *Spool) flush() error {
	for len(s.waiting) > 0 {
		n := len(s.waiting)
		if n > flushAtOnce {
			n = flushAtOnce
		}
		if err := s.store(s.waiting[:n]); err != nil {
			return err
		}
		s.waiting = s.waiting[n:]
	}
	s.waiting = nil
	return nil
}

// shedWaiting gives up a tenth of a full memory: the oldest failures first, then the oldest
// sessions, and none that a sender is busy with.
func (s *Spool) shedWaiting() {
	if len(s.waiting) <= maxWaiting {
		return
	}
	excess := len(s.waiting) - maxWaiting + maxWaiting/10
	var gone []Record
	for _, class := range []Class{ClassFailure, ClassSession} {
		kept := make([]Record, 0, len(s.waiting))
		for _, r := range s.waiting {
			if r.Class == class && r.Seq > s.protected() && len(gone) < excess {
				gone = append(gone, r)
			} else {
				kept = append(kept, r)
			}
		}
		s.waiting = kept
	}
	lost := dropOf(gone)
	s.countDropped(lost)
	if s.options.OnLose != nil {
		s.options.OnLose(lost)
	}
}

func dropOf(records []Record) Dropped {
	var d Dropped
	for _, r := range records {
		if r.Class == ClassFailure {
			d.Failures++
		} else {
			d.Sessions++
		}
	}
	return d
}

func (s *Spool) reservePath() string { return filepath.Join(s.options.Dir, "reserve") }

// reserve takes room on the disk while there is some.
func (s *Spool) reserve() {
	if s.options.ReserveBytes <= 0 || s.reserved {
		return
	}
	s.reservedAt = time.Now()
	s.reserved = disk.Reserve(s.reservePath(), s.options.ReserveBytes) == nil
}

// freeReserve gives the reserve's room back to the disk; false when there was none.
func (s *Spool) freeReserve() bool {
	if !s.reserved {
		return false
	}
	s.reserved = false
	s.reservedAt = time.Now()
	return disk.Remove(s.reservePath()) == nil
}

// FreeReserve makes room for something else that must be on disk; false when there is none.
func (s *Spool) FreeReserve() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.freeReserve()
}
