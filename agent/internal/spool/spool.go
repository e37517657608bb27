// Package spool keeps events on disk until the server has them.
//
// It is a folder of append-only segment files with one checksummed line a record, and a
// cursor file that says up to where the server has acknowledged. A record is on the disk
// (synced) when Append returns. Records come out in the order they went in. While the disk
// is full, those that come only once wait in memory and go to the server from there.
package spool

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"winauthmon/agent/internal/disk"
)

// Options of a spool. MaxBytes bounds the unsent records on disk.
type Options struct {
	Dir          string
	MaxBytes     int64
	SegmentBytes int64
	// ReserveBytes is the size of a file that is kept to be deleted when the disk is full.
	ReserveBytes int
	// OnDrop is told, before Append returns, how many records a full spool gave up.
	OnDrop func(Dropped)
	// OnWait is told when records begin to wait in memory, and why the disk took none.
	OnWait func(error)
	// OnLose is told how many records were given up that waited in memory.
	OnLose func(Dropped)
	// OnDamage is told about lines that are not whole, wherever they came from. They are
	// kept in damaged.txt beside the segments.
	OnDamage func(segment string, lines int)
	// OnUnreadable is told of a segment that the disk does not give back, and why. It is
	// renamed, so that what is behind it goes out.
	OnUnreadable func(segment string, reason error)
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
	active   *disk.File
	nextSeq  uint64
	length   int // on disk
	head     int64
	// failedReads counts how often in a row a segment could not be read.
	failedReads int
	// waiting are the records behind all on disk, which the disk does not take.
	waiting []Record
	peeked  []mark
	closed  bool
	// reserved: the reserve is there; reservedAt is when it was last tried to make.
	reserved   bool
	reservedAt time.Time
}

const (
	// Tries at the start, and in a running agent, before a segment is set aside.
	mostReads = 10
	readPause = 100 * time.Millisecond
)

// mark is where a peeked record ends; without a segment it waits in memory.
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
	s.reserve()
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
		seg, damage, err := s.readPatiently(path)
		if err != nil {
			if s.setAside(path, err) {
				continue
			}
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

// readPatiently reads a segment again when that fails: a virus scanner may hold it.
func (s *Spool) readPatiently(path string) (*segment, [][]byte, error) {
	for tries := 1; ; tries++ {
		seg, damage, err := readSegment(path, s.cursor.now.Acked)
		if err == nil || tries == mostReads {
			return seg, damage, err
		}
		time.Sleep(readPause)
	}
}

// setAside renames a segment that can't be read, for a person to look into, and says whether
// it could.
func (s *Spool) setAside(path string, reason error) bool {
	if os.Rename(path, path+".unreadable") != nil {
		return false
	}
	if s.options.OnUnreadable != nil {
		s.options.OnUnreadable(filepath.Base(path)+".unreadable", reason)
	}
	return true
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
	f, err := disk.OpenFile(filepath.Join(s.options.Dir, "damaged.txt"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
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
	records, err := s.number(entries)
	if err != nil {
		return err
	}
	if err := s.flush(); err != nil {
		return err
	}
	return s.store(records)
}

// number makes records of entries, and refuses what can't be kept.
func (s *Spool) number(entries []Entry) ([]Record, error) {
	if s.closed {
		return nil, os.ErrClosed
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("nothing to keep")
	}
	records := make([]Record, len(entries))
	for i, e := range entries {
		records[i] = Record{Seq: s.nextSeq + uint64(i), Class: e.Class, Data: e.Data}
	}
	_, err := encodeRecords(records)
	return records, err
}

// store writes records behind all others. A disk that refuses gets the reserve's room.
func (s *Spool) store(records []Record) error {
	err := s.tryStore(records)
	if err != nil && s.freeReserve() {
		err = s.tryStore(records)
	}
	return err
}

func (s *Spool) tryStore(records []Record) error {
	block, err := encodeRecords(records)
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
	seg, err := s.writable(kept[0].Seq)
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
	s.counted(kept)
	return nil
}

// counted moves the next number behind these records.
func (s *Spool) counted(records []Record) {
	if next := records[len(records)-1].Seq + 1; next > s.nextSeq {
		s.nextSeq = next
	}
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
