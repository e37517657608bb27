// Package logs writes the agent's three logs: what was seen (session.log), what went
// wrong (error.log) and what was done (event.log). None of them ever holds a secret.
package logs

import (
	"fmt"
	"os"
	"sync"

	"winauthmon/agent/internal/disk"
)

// generations is how many rotated files are kept beside the current one.
const generations = 3

// maxPending bounds the lines in memory while the disk takes none.
const maxPending = 200

// rotating is a file that moves itself aside at a size. Writing never fails its caller:
// a log that cannot be written must not stop the events. The newest lines that it could not
// take, such as the one that tells of a full disk, are written when it can.
type rotating struct {
	mu      sync.Mutex
	path    string
	limit   int64 // 0 = never rotated
	file    *disk.File
	size    int64
	pending []string
	isTorn  bool // the file ends within a line that the disk took in part
}

func (r *rotating) write(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pending = append(r.pending, line)
	if excess := len(r.pending) - maxPending; excess > 0 {
		r.pending = append(r.pending[:0], r.pending[excess:]...)
	}
	r.flush()
}

func (r *rotating) flush() {
	for len(r.pending) > 0 && r.put(r.pending[0]) {
		r.pending = r.pending[1:]
	}
	if len(r.pending) == 0 {
		r.pending = nil
	}
}

// put writes one line. One that the disk took in part is written again on a new one.
func (r *rotating) put(line string) bool {
	if r.file == nil && !r.open() {
		return false
	}
	if r.limit > 0 && r.size > 0 && r.size+int64(len(line)) > r.limit {
		r.rotate()
		if r.file == nil && !r.open() {
			return false
		}
	}
	if r.isTorn {
		line = "\n" + line
	}
	n, err := r.file.WriteString(line)
	r.size += int64(n)
	if n > 0 {
		r.isTorn = n < len(line)
	}
	if err != nil {
		r.close()
	}
	return err == nil
}

func (r *rotating) open() bool {
	f, err := disk.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return false
	}
	r.file, r.size = f, info.Size()
	return true
}

// rotate shifts log → log.1 → log.2 → log.3, by way of log.0, so that the older ones stay
// where they are while somebody (a viewer on Windows) holds the log open. It then simply
// goes on growing until it is let go.
func (r *rotating) rotate() {
	r.close()
	// What was left half done, by a crash or by somebody who held an older one open.
	if !r.shift() {
		return
	}
	if os.Rename(r.path, r.generation(0)) == nil {
		r.shift()
	}
}

// shift makes log.0 the newest of the older ones; true when there is none any more.
func (r *rotating) shift() bool {
	if _, err := os.Stat(r.generation(0)); os.IsNotExist(err) {
		return true
	}
	for i := generations - 1; i >= 0; i-- {
		if err := os.Rename(r.generation(i), r.generation(i+1)); err != nil && !os.IsNotExist(err) {
			return false
		}
	}
	return true
}

func (r *rotating) generation(i int) string { return fmt.Sprintf("%s.%d", r.path, i) }

func (r *rotating) close() {
	if r.file != nil {
		r.file.Close()
		r.file = nil
	}
}

func (r *rotating) setLimit(limit int64) {
	r.mu.Lock()
	r.limit = limit
	r.mu.Unlock()
}
