package agent

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"

	"winauthmon/agent/internal/disk"
)

// maxRejectedBytes is when the rejected file is put aside as rejected.jsonl.1.
const maxRejectedBytes = 10 << 20

// rejects keeps events the server refuses for good, one JSON line each with the reason,
// so that an administrator can see and resend them.
type rejects struct {
	mu   sync.Mutex
	path string
	log  Log
}

func newRejects(dir string, log Log) *rejects {
	return &rejects{path: filepath.Join(dir, "rejected.jsonl"), log: log}
}

// reject keeps an event that the server refuses. On a full disk it takes the spool's reserve,
// because all later events wait until it is kept.
func (a *Agent) reject(data []byte, reason string) error {
	err := a.rejects.keep(data, reason)
	if err != nil && a.spool.FreeReserve() {
		err = a.rejects.keep(data, reason)
	}
	return err
}

func (r *rejects) keep(data []byte, reason string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if info, err := os.Stat(r.path); err == nil && info.Size() > maxRejectedBytes {
		r.log.Problemf("rejected.jsonl is full; renaming it to rejected.jsonl.1 and deleting the previous file of that name")
		os.Remove(r.path + ".1")
		if err := os.Rename(r.path, r.path+".1"); err != nil {
			return err
		}
	}
	entry := map[string]interface{}{"at": time.Now().UTC().Format(time.RFC3339), "reason": reason}
	if json.Valid(data) {
		entry["event"] = json.RawMessage(data)
	} else {
		entry["text"] = string(data)
	}
	line, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	f, err := disk.OpenFile(r.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err = f.WriteAt(append(line, '\n'), info.Size()); err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(info.Size()) // the next attempt begins on a line of its own
	}
	return err
}
