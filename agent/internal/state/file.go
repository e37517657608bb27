package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"

	"winauthmon/agent/internal/disk"
)

// File keeps a state in a file that is replaced in one step. While the disk has no room for
// that, the state goes into a spare file beside it, whose room was taken before.
type File struct {
	path string
	turn uint64
}

// saved is a state as written. The higher turn is the newer one, whatever the clock said.
type saved struct {
	State
	Turn uint64 `json:"turn,omitempty"`
}

// The spare file has two slots that are written in turn, in place, so that a torn write
// leaves the one before. A slot has room for some hundred sessions.
const (
	slotSize   = 64 << 10
	slotHeader = 16
)

// Open reads the state; a missing or spoilt file is a first start (zero state).
func Open(path string) (*File, State, error) {
	f := &File{path: path}
	b, err := os.ReadFile(path)
	var newest saved
	if err == nil {
		err = json.Unmarshal(b, &newest)
	}
	if err != nil {
		newest = saved{}
	} else if spare := f.readSpare(); spare.Turn > newest.Turn {
		newest = spare
	}
	f.turn = newest.Turn
	if err != nil {
		// Whatever the spare holds belongs to a state that is gone.
		disk.Remove(f.sparePath())
	}
	_ = disk.Reserve(f.sparePath(), 2*slotSize)
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return f, newest.State, err
}

// Save keeps the state durably.
func (f *File) Save(s State) error {
	f.turn++
	b, err := json.Marshal(saved{State: s, Turn: f.turn})
	if err != nil {
		return err
	}
	err = WriteFile(f.path, b)
	if err != nil && f.writeSpare(b) == nil {
		return nil
	}
	return err
}

func (f *File) sparePath() string { return f.path + ".spare" }

func (f *File) readSpare() saved {
	var newest saved
	b, err := os.ReadFile(f.sparePath())
	if err != nil {
		return newest
	}
	for ; len(b) >= slotSize; b = b[slotSize:] {
		var sum uint32
		var length int
		n, err := fmt.Sscanf(string(b[:slotHeader]), "%08x %06d ", &sum, &length)
		if n != 2 || err != nil || length < 0 || length > slotSize-slotHeader {
			continue
		}
		var s saved
		body := b[slotHeader : slotHeader+length]
		if crc32.ChecksumIEEE(body) == sum && json.Unmarshal(body, &s) == nil && s.Turn > newest.Turn {
			newest = s
		}
	}
	return newest
}

func (f *File) writeSpare(body []byte) error {
	if len(body) > slotSize-slotHeader {
		return fmt.Errorf("a state of %d bytes is too long", len(body))
	}
	spare, err := disk.OpenFile(f.sparePath(), os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer spare.Close()
	slot := append([]byte(fmt.Sprintf("%08x %06d ", crc32.ChecksumIEEE(body), len(body))), body...)
	if _, err := spare.WriteAt(slot, int64(f.turn%2)*slotSize); err != nil {
		return err
	}
	return spare.Sync()
}
