// Package disk opens the files that the agent writes. Tests can fill it: then no file can be
// made or grow, while what was written before can be read and written over, as on a disk
// without room.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// limit is the room that is left on a disk that tests have filled.
var limit struct {
	sync.Mutex
	isSet bool
	room  int64
}

// Fill lets every file of this process meet a full disk until free is called. Room is what
// files give back meanwhile. For tests.
func Fill() (free func()) {
	set := func(isSet bool) {
		limit.Lock()
		limit.isSet, limit.room = isSet, 0
		limit.Unlock()
	}
	set(true)
	return func() { set(false) }
}

func isFull() bool {
	limit.Lock()
	defer limit.Unlock()
	return limit.isSet && limit.room <= 0
}

// grow takes up to n bytes of the room and says how many it got.
func grow(n int64) int64 {
	limit.Lock()
	defer limit.Unlock()
	if !limit.isSet {
		return n
	}
	if n > limit.room {
		n = limit.room
	}
	limit.room -= n
	return n
}

func giveBack(n int64) {
	limit.Lock()
	limit.room += n
	limit.Unlock()
}

func isSet() bool {
	limit.Lock()
	defer limit.Unlock()
	return limit.isSet
}

// Remove deletes a file as os.Remove does.
func Remove(path string) error {
	info, statErr := os.Stat(path)
	err := os.Remove(path)
	if err == nil && statErr == nil && isSet() {
		giveBack(info.Size())
	}
	return err
}

// Reserve makes a file of a size, so that its room is there when the disk is full. One of
// that size stays as it is.
func Reserve(path string, size int) error {
	if info, err := os.Stat(path); err == nil && info.Size() == int64(size) {
		return nil
	}
	f, err := OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	// Zeros would take no room in a compressed folder.
	content := make([]byte, size)
	rand.Read(content)
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		Remove(path)
	}
	return err
}

// File is an open file.
type File struct {
	*os.File
	isAppended bool
}

// OpenFile opens a file as os.OpenFile does.
func OpenFile(path string, flag int, perm os.FileMode) (*File, error) {
	if isFull() && flag&os.O_CREATE != 0 {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, &os.PathError{Op: "open", Path: path, Err: syscall.ENOSPC}
		}
	}
	f, err := os.OpenFile(path, flag, perm)
	if err != nil {
		return nil, err
	}
	return &File{File: f, isAppended: flag&os.O_APPEND != 0}, nil
}

// CreateTemp makes a new file as os.CreateTemp does.
func CreateTemp(dir, pattern string) (*File, error) {
	if isFull() {
		return nil, &os.PathError{Op: "open", Path: filepath.Join(dir, pattern), Err: syscall.ENOSPC}
	}
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return &File{File: f}, nil
}

// Write writes at the file's position.
func (f *File) Write(b []byte) (int, error) {
	if !isSet() {
		return f.File.Write(b)
	}
	whence := io.SeekCurrent
	if f.isAppended {
		whence = io.SeekEnd
	}
	at, err := f.Seek(0, whence)
	if err != nil {
		return 0, err
	}
	return f.squeeze(b, at, f.File.Write)
}

// WriteString writes a text at the file's position.
func (f *File) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

// WriteAt writes at an offset.
func (f *File) WriteAt(b []byte, at int64) (int, error) {
	if !isSet() {
		return f.File.WriteAt(b, at)
	}
	return f.squeeze(b, at, func(b []byte) (int, error) { return f.File.WriteAt(b, at) })
}

// Truncate cuts the file off or extends it.
func (f *File) Truncate(size int64) error {
	if !isSet() {
		return f.File.Truncate(size)
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := f.File.Truncate(size); err != nil {
		return err
	}
	giveBack(info.Size() - size)
	return nil
}

// squeeze writes what fits into the file as it is and the room that is left.
func (f *File) squeeze(b []byte, at int64, write func([]byte) (int, error)) (int, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	end := at + int64(len(b))
	if growth := end - info.Size(); growth > 0 {
		end -= growth - grow(growth)
	}
	fit := end - at
	if fit < 0 {
		fit = 0
	}
	n, err := write(b[:fit])
	if err == nil && n < len(b) {
		err = &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return n, err
}
