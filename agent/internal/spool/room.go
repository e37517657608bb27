package spool

// makeRoom brings the spool below its size before incoming records are written: the
// oldest failures go first, then incoming failures, and only then the oldest sessions, so
// that a flood of refused sign-ins never costs a session. Returns the incoming records
// that are to be kept. Records a sender is busy with are not touched.
func (s *Spool) makeRoom(incoming []Record, size int64) ([]Record, Dropped, error) {
	var dropped Dropped
	if s.bytes()+size <= s.options.MaxBytes {
		return incoming, dropped, nil
	}
	// A tenth is freed at once, so that a full spool is not rewritten for every event.
	goal := s.options.MaxBytes - s.options.MaxBytes/10 - size
	if goal < 0 {
		goal = 0
	}
	s.seal()
	err := s.dropOldest(ClassFailure, goal, &dropped)
	if err == nil && s.bytes()+size > s.options.MaxBytes {
		kept := make([]Record, 0, len(incoming))
		for _, r := range incoming {
			if r.Class == ClassFailure && r.Seq > s.protected() {
				dropped.Failures++
				size -= lineSize(r)
				continue
			}
			kept = append(kept, r)
		}
		incoming = kept
		if len(incoming) > 0 {
			err = s.dropOldest(ClassSession, goal, &dropped)
		}
	}
	s.countDropped(dropped)
	return incoming, dropped, err
}

func (s *Spool) countDropped(dropped Dropped) {
	if dropped == (Dropped{}) {
		return
	}
	total := s.cursor.now.Dropped
	total.Failures += dropped.Failures
	total.Sessions += dropped.Sessions
	// The count is for people; a disk that refuses it must not stop the events.
	_ = s.cursor.save(s.cursor.now.Acked, total)
}

// protected is the last record that a sender may be busy with.
func (s *Spool) protected() uint64 {
	if n := len(s.peeked); n > 0 {
		return s.peeked[n-1].seq
	}
	return s.cursor.now.Acked
}

func (s *Spool) dropOldest(class Class, goal int64, dropped *Dropped) error {
	protected := s.protected()
	for _, seg := range append([]*segment(nil), s.segments...) {
		excess := s.bytes() - goal
		if excess <= 0 {
			return nil
		}
		if seg.lastSeq <= protected || seg.has(class) == 0 {
			continue
		}
		if err := s.dropFrom(seg, class, protected, excess, dropped); err != nil {
			return err
		}
	}
	return nil
}

func (s *Spool) dropFrom(seg *segment, class Class, protected uint64, excess int64, dropped *Dropped) error {
	gone := 0
	acked := s.cursor.now.Acked
	err := seg.rewrite(func(r Record) bool {
		if r.Seq <= acked {
			return false
		}
		if r.Class != class || r.Seq <= protected || excess <= 0 {
			return true
		}
		excess -= lineSize(r)
		gone++
		return false
	})
	if err != nil {
		return err
	}
	if len(s.segments) > 0 && s.segments[0] == seg {
		s.head = 0
	}
	// Offsets of this file are no longer true; the records behind them are skipped by number.
	for i := range s.peeked {
		if s.peeked[i].seg == seg {
			s.peeked[i].end = 0
		}
	}
	s.length -= gone
	if class == ClassFailure {
		dropped.Failures += uint64(gone)
	} else {
		dropped.Sessions += uint64(gone)
	}
	if seg.records == 0 {
		s.forget(seg)
	}
	return nil
}

func (s *Spool) forget(seg *segment) {
	for i, other := range s.segments {
		if other == seg {
			s.segments = append(s.segments[:i:i], s.segments[i+1:]...)
			return
		}
	}
}

func (s *segment) has(class Class) int {
	if class == ClassFailure {
		return s.failures
	}
	return s.sessions
}

func lineSize(r Record) int64 {
	line, err := encode(r)
	if err != nil {
		return 0
	}
	return int64(len(line))
}
