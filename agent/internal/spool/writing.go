package spool

import (
	"os"

	"winauthmon/agent/internal/disk"
)

// writable returns the segment to append to, starting a new one when there is none open
// for writing or the last is full.
func (s *Spool) writable(firstSeq uint64) (*segment, error) {
	if n := len(s.segments); n > 0 && s.segments[n-1].isOpen(s.options.SegmentBytes) {
		last := s.segments[n-1]
		if s.active != nil {
			return last, nil
		}
		f, err := disk.OpenFile(last.path, os.O_WRONLY, 0o600)
		if err == nil {
			s.active = f
			return last, nil
		}
	}
	s.seal()
	path := segmentPath(s.options.Dir, firstSeq)
	f, err := disk.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	syncDir(s.options.Dir)
	s.active = f
	seg := &segment{path: path}
	s.segments = append(s.segments, seg)
	return seg, nil
}

// write puts a block at the segment's end and syncs it. After a failure the half-written
// block is cut off again; where even that fails the segment is not written to any more.
func (s *Spool) write(seg *segment, block []byte) error {
	_, err := s.active.WriteAt(block, seg.size)
	if err == nil {
		err = s.active.Sync()
	}
	if err == nil {
		return nil
	}
	undo := firstError(s.active.Truncate(seg.size), s.active.Sync())
	if seg.size == 0 {
		s.seal()
		s.segments = s.segments[:len(s.segments)-1]
		disk.Remove(seg.path)
	} else if undo != nil {
		s.seal()
		seg.isSealed = true
	}
	return err
}

func (s *Spool) seal() {
	if s.active != nil {
		s.active.Close()
		s.active = nil
	}
}

func (s *segment) isOpen(limit int64) bool { return !s.isSealed && s.size < limit }
