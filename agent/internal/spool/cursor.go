package spool

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"winauthmon/agent/internal/disk"
)

// Dropped counts the events a full spool has given up since the agent was installed.
type Dropped struct {
	Failures uint64 `json:"failures"`
	Sessions uint64 `json:"sessions"`
}

// position is what must survive a restart: everything up to Acked is with the server.
type position struct {
	Turn    uint64  `json:"turn"`
	Acked   uint64  `json:"acked"`
	Dropped Dropped `json:"dropped"`
}

const slotSize = 512

// cursorFile keeps the position in two slots that are written in turn, in place. Writing
// needs no disk space (a full disk must not stop the acknowledgements that free it), and
// a torn write spoils only the newer slot: the older one means some events are sent
// again, which the server recognises.
type cursorFile struct {
	file *disk.File
	now  position
}

func openCursor(path string) (*cursorFile, error) {
	f, err := disk.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	c := &cursorFile{file: f}
	buf := make([]byte, 2*slotSize)
	n, err := f.ReadAt(buf, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		f.Close()
		return nil, err
	}
	if n < len(buf) {
		// The room is taken now, while there is some; without it the first save takes it.
		if _, err := f.WriteAt(make([]byte, len(buf)-n), int64(n)); err == nil {
			_ = f.Sync()
		}
	}
	for i := 0; i < 2; i++ {
		if p, ok := decodeSlot(buf[:n], i); ok && p.Turn > c.now.Turn {
			c.now = p
		}
	}
	return c, nil
}

func decodeSlot(buf []byte, i int) (position, bool) {
	if len(buf) < (i+1)*slotSize {
		return position{}, false
	}
	slot := buf[i*slotSize : (i+1)*slotSize]
	var sum uint32
	var length int
	if n, err := fmt.Sscanf(string(slot[:14]), "%08x %04d ", &sum, &length); n != 2 || err != nil {
		return position{}, false
	}
	if length < 2 || length > slotSize-14 {
		return position{}, false
	}
	body := slot[14 : 14+length]
	var p position
	if crc32.Checksum(body, castagnoli) != sum || json.Unmarshal(body, &p) != nil {
		return position{}, false
	}
	return p, true
}

// save keeps the position durably; in memory it counts even when the disk refuses.
func (c *cursorFile) save(acked uint64, dropped Dropped) error {
	c.now = position{Turn: c.now.Turn + 1, Acked: acked, Dropped: dropped}
	body, err := json.Marshal(c.now)
	if err != nil {
		return err
	}
	slot := make([]byte, slotSize)
	copy(slot, fmt.Sprintf("%08x %04d ", crc32.Checksum(body, castagnoli), len(body)))
	copy(slot[14:], body)
	if _, err := c.file.WriteAt(slot, int64(c.now.Turn%2)*slotSize); err != nil {
		return err
	}
	return c.file.Sync()
}

func (c *cursorFile) close() error { return c.file.Close() }
