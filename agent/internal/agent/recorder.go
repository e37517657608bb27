package agent

import (
	"encoding/json"
	"fmt"
	"sync"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
)

// maxWaiting bounds the events held in memory while the disk takes none.
const maxWaiting = 20_000

// store is what the recorder needs of the spool.
type store interface {
	Append(entries ...spool.Entry) error
}

// recorder completes events and puts them into the spool. Events whose source cannot
// give them again wait in memory while the disk is full, and keep their order.
type recorder struct {
	mu       sync.Mutex
	spool    store
	computer string
	version  string
	localIP  func() string
	publicIP func() string
	log      Log
	onKept   func()
	waiting  []spool.Entry
	lost     int
}

// record keeps events durably or returns an error, after which the caller still owns them.
func (r *recorder) record(events ...event.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	entries, err := r.complete(events)
	if err != nil {
		return err
	}
	if err := r.flushLocked(); err != nil {
		return err
	}
	return r.append(entries)
}

// keep takes events that come only once: on disk at once, or from memory as soon as the
// disk takes them.
func (r *recorder) keep(events ...event.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	entries, err := r.complete(events)
	if err != nil {
		r.log.Problemf("can't record an event: %v", err)
		return
	}
	wasWaiting := len(r.waiting) > 0
	r.waiting = append(r.waiting, entries...)
	if excess := len(r.waiting) - maxWaiting; excess > 0 {
		r.waiting = append(r.waiting[:0], r.waiting[excess:]...)
		r.lost += excess
	}
	if err := r.flushLocked(); err != nil && !wasWaiting {
		r.log.Problemf("can't write the spool; events wait in memory: %v", err)
	}
}

// flush tries again to write what waits in memory.
func (r *recorder) flush() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.flushLocked()
}

func (r *recorder) flushLocked() error {
	const most = 256
	for len(r.waiting) > 0 {
		n := len(r.waiting)
		if n > most {
			n = most
		}
		if err := r.append(r.waiting[:n]); err != nil {
			return err
		}
		r.waiting = r.waiting[n:]
	}
	r.waiting = nil
	if r.lost > 0 {
		r.log.Problemf("%d events were lost, oldest first: the disk accepted none and memory was full", r.lost)
		r.lost = 0
	}
	return nil
}

func (r *recorder) append(entries []spool.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	if err := r.spool.Append(entries...); err != nil {
		return err
	}
	r.onKept()
	return nil
}

func (r *recorder) complete(events []event.Event) ([]spool.Entry, error) {
	entries := make([]spool.Entry, 0, len(events))
	for _, e := range events {
		e.ComputerName = r.computer
		e.AgentVersion = r.version
		e.LocalIP = r.localIP()
		e.PublicIP = r.publicIP()
		if e.EventID == "" {
			e.EventID = event.NewID()
		}
		data, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", e.EventType, err)
		}
		class := spool.ClassSession
		if e.IsFailure() {
			class = spool.ClassFailure
		}
		entries = append(entries, spool.Entry{Class: class, Data: data})
		r.log.Sessionf("%s user=%q session=%s source=%s at=%s id=%s", e.EventType, e.UserName, e.SessionID, e.SourceIP, e.Timestamp, e.EventID)
	}
	return entries, nil
}
