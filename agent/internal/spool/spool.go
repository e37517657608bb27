// Package spool keeps events on disk until the server has them.
//
// It is a folder of append-only segment files with one checksummed line a record, and a
// cursor file that says up to where the server has acknowledged. A record is on the disk
// (synced) when Append returns. Records come out in the order they went in.
package spool

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Options of a spool. MaxBytes bounds the unsent records on disk.
type Options struct {
	Dir          string
	MaxBytes     int64
	SegmentBytes int64
	// OnDrop is told, before Append returns, how many records a full spool gave up.
	OnDrop func(Dropped)
	// OnDamage is told about lines that are not whole, wherever they came from. They are
	// kept in damaged.txt beside the segments.
	OnDamage func(segment string, lines int)
}

// Stats of a spool at one moment.
type Stats struct {
	Length  int
	Bytes   int64
	Dropped Dropped
}

// Spool is safe for concurrent use; Peek and Ack belong to one sender.
type Spool struct {
	mu       sync.Mutex
	options  Options
	cursor   *cursorFile
	segments []*segment
	active   *os.File
	nextSeq  uint64
	length   int
	head     int64
	peeked   []mark
	closed   bool
}

// mark is where a peeked record ends.
type mark struct {
	seq uint64
	seg *segment
	end int64
}

// Open reads a spool folder, makes it when absent, and repairs torn tails.
func Open(options Options) (*Spool, error) {
	if options.SegmentBytes <= 0 {
		options.SegmentBytes = 1 << 20
	}
	if options.MaxBytes <= 0 {
		return nil, fmt.Errorf("the spool needs a size above zero")
	}
	if err := os.MkdirAll(options.Dir, 0o700); err != nil {
		return nil, err
	}
	cursor, err := openCursor(filepath.Join(options.Dir, "cursor"))
	if err != nil {
		return nil, err
	}
	s := &Spool{options: options, cursor: cursor, nextSeq: cursor.now.Acked + 1}
	if err := s.load(); err != nil {
		cursor.close()
		return nil, err
	}
	return s, nil
}

func (s *Spool) load() error {
	// Not by a pattern: the folder's own path may have brackets.
	files, err := os.ReadDir(s.options.Dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		path := filepath.Join(s.options.Dir, file.Name())
		if strings.HasSuffix(path, ".spool.tmp") {
			os.Remove(path)
			continue
		}
		if !strings.HasSuffix(path, ".spool") {
			continue
		}
		seg, damage, err := readSegment(path, s.cursor.now.Acked)
		if err != nil {
			return fmt.Errorf("reading %s: %w", filepath.Base(path), err)
		}
		if seg.lastSeq >= s.nextSeq {
			s.nextSeq = seg.lastSeq + 1
		}
		s.keepDamage(seg, damage)
		if seg.records == 0 {
			os.Remove(path)
			continue
		}
		s.length += seg.records
		s.segments = append(s.segments, seg)
	}
	return nil
}

// keepDamage puts broken lines aside and cleans the segment of them. When the disk does
// not allow it they stay where they are, skipped at every reading.
func (s *Spool) keepDamage(seg *segment, damage [][]byte) {
	if len(damage) == 0 {
		return
	}
	if s.options.OnDamage != nil {
		s.options.OnDamage(filepath.Base(seg.path), len(damage))
	}
	f, err := os.OpenFile(filepath.Join(s.options.Dir, "damaged.txt"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	for _, line := range damage {
		if _, err := fmt.Fprintf(f, "%q\n", line); err != nil {
			return
		}
	}
	if seg.records > 0 && f.Sync() == nil {
		acked := s.cursor.now.Acked
		_ = seg.rewrite(func(r Record) bool { return r.Seq > acked })
	}
}

// Entry is what a caller wants kept: one line of JSON and its class.
type Entry struct {
	Class Class
	Data  []byte
}

// Append keeps all entries durably, in order, or none of them: on an error nothing of
// them will be sent, and the caller may try again.
func (s *Spool) Append(entries ...Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return os.ErrClosed
	}
	records, block, err := s.encodeAll(entries)
	if err != nil {
		return err
	}
	kept, dropped, err := s.makeRoom(records, int64(len(block)))
	if dropped != (Dropped{}) && s.options.OnDrop != nil {
		s.options.OnDrop(dropped)
	}
	if err != nil {
		return err
	}
	if len(kept) < len(records) {
		if block, err = encodeRecords(kept); err != nil || len(kept) == 0 {
			return err
		}
	}
	seg, err := s.writable()
	if err != nil {
		return err
	}
	if err := s.write(seg, block); err != nil {
		return err
	}
	for _, r := range kept {
		seg.count(r)
	}
	seg.size += int64(len(block))
	s.length += len(kept)
	s.nextSeq = kept[len(kept)-1].Seq + 1
	return nil
}

func (s *Spool) encodeAll(entries []Entry) ([]Record, []byte, error) {
	records := make([]Record, len(entries))
	for i, e := range entries {
		records[i] = Record{Seq: s.nextSeq + uint64(i), Class: e.Class, Data: e.Data}
	}
	if len(records) == 0 {
		return nil, nil, fmt.Errorf("nothing to keep")
	}
	block, err := encodeRecords(records)
	return records, block, err
}

func encodeRecords(records []Record) ([]byte, error) {
	var block []byte
	for _, r := range records {
		line, err := encode(r)
		if err != nil {
			return nil, err
		}
		block = append(block, line...)
	}
	return block, nil
}

// writable returns the segment to append to, starting a new one when there is none open
// for writing or the last is full.
func (s *Spool) writable() (*segment, error) {
	if n := len(s.segments); n > 0 && s.segments[n-1].isOpen(s.options.SegmentBytes) {
		last := s.segments[n-1]
		if s.active != nil {
			return last, nil
		}
		f, err := os.OpenFile(last.path, os.O_WRONLY, 0o600)
		if err == nil {
			s.active = f
			return last, nil
		}
	}
	s.seal()
	path := segmentPath(s.options.Dir, s.nextSeq)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
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
		os.Remove(seg.path)
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
