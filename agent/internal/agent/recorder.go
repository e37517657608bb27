package agent

import (
	"encoding/json"
	"fmt"
	"sync"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
)

// store is what the recorder needs of the spool.
type store interface {
	Append(entries ...spool.Entry) error
	Keep(entries ...spool.Entry) error
}

// recorder completes events and puts them into the spool.
type recorder struct {
	mu       sync.Mutex
	spool    store
	computer string
	version  string
	localIP  func() string
	publicIP func() string
	log      Log
	onKept   func()
}

// record keeps events durably or returns an error, after which the caller still owns them.
func (r *recorder) record(events ...event.Event) error { return r.put(r.spool.Append, events) }

// keep takes events that come only once. While the disk is full they wait in memory.
func (r *recorder) keep(events ...event.Event) {
	if err := r.put(r.spool.Keep, events); err != nil {
		r.log.Problemf("can't record an event: %v", err)
	}
}

func (r *recorder) put(into func(...spool.Entry) error, events []event.Event) error {
	if len(events) == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	entries, err := r.complete(events)
	if err == nil {
		err = into(entries...)
	}
	if err == nil {
		r.onKept()
	}
	return err
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
