// Package logs writes the agent's three logs: what was seen (session.log), what went
// wrong (error.log) and what was done (event.log). None of them ever holds a secret.
package logs

import (
	"fmt"
	"os"
	"sync"
)

// generations is how many rotated files are kept beside the current one.
const generations = 3

// rotating is a file that moves itself aside at a size. Writing never fails its caller:
// a log that cannot be written must not stop the events.
type rotating struct {
	mu    sync.Mutex
	path  string
	limit int64 // 0 = never rotated
	file  *os.File
	size  int64
}

func (r *rotating) write(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil && !r.open() {
		return
	}
	if r.limit > 0 && r.size > 0 && r.size+int64(len(line)) > r.limit {
		r.rotate()
		if r.file == nil && !r.open() {
			return
		}
	}
	n, err := r.file.WriteString(line)
	r.size += int64(n)
	if err != nil {
		r.close()
	}
}

func (r *rotating) open() bool {
	f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
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

// rotate shifts log → log.1 → log.2 → log.3. Where a file is held open by somebody else
// (a viewer on Windows) the log simply goes on growing until it is let go.
func (r *rotating) rotate() {
	r.close()
	os.Remove(fmt.Sprintf("%s.%d", r.path, generations))
	for i := generations - 1; i >= 1; i-- {
		os.Rename(fmt.Sprintf("%s.%d", r.path, i), fmt.Sprintf("%s.%d", r.path, i+1))
	}
	os.Rename(r.path, r.path+".1")
}

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
