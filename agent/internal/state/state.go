// Package state keeps the little the agent must remember between runs: when the computer
// started, when it was last known alive, and who was signed in.
package state

import (
	"os"
	"path/filepath"
	"time"

	"winauthmon/agent/internal/disk"
	"winauthmon/agent/internal/event"
)

// State as kept in state.json. Times are UTC.
type State struct {
	// Boot is Alive minus Uptime, by the clock as it was at Alive.
	Boot  time.Time `json:"boot"`
	Alive time.Time `json:"alive"`
	// Uptime at Alive, in seconds. It only grows while the computer runs, so a smaller one
	// proves a restart even when the clock was set in between.
	Uptime float64 `json:"uptime"`
	// IsDown: a shutdown was seen and reported; nothing about it is left to find out.
	IsDown   bool            `json:"down"`
	Sessions []event.Session `json:"sessions,omitempty"`
}

// WriteFile replaces a small file durably and in one step: a power cut leaves the old
// content or the new.
func WriteFile(path string, content []byte) error {
	f, err := disk.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	tmp := f.Name()
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	// On Windows a virus scanner may hold the old file for a moment.
	for i := 0; err == nil; i++ {
		if err = os.Rename(tmp, path); err == nil {
			return nil
		}
		if i < 5 {
			time.Sleep(50 * time.Millisecond)
			err = nil
		}
	}
	disk.Remove(tmp)
	return err
}

// sameBootSlack allows for the clock being set while the computer runs: the time of the
// start is now minus the uptime.
const sameBootSlack = 3 * time.Minute

// Start decides what a start of the agent means.
//
// uptime is how long the computer has been running; unclean, when set, is Windows' own
// record of the last moment before an unexpected shutdown. The events come in order: the
// shutdown nobody saw (at the last sign of life), then the start-up. A restart of the
// agent alone gives none, nor does the very first start say anything about a shutdown.
func (s State) Start(now time.Time, uptime time.Duration, unclean time.Time) []event.Event {
	boot := now.Add(-uptime)
	if s.IsSameBoot(now, uptime) {
		return nil
	}
	var events []event.Event
	if !s.Boot.IsZero() && !s.IsDown {
		last := s.Alive
		if unclean.After(last) && unclean.Before(boot) {
			last = unclean
		}
		if !last.IsZero() && last.Before(boot) {
			events = append(events, event.Machine(event.Shutdown, last))
		}
	}
	return append(events, event.Machine(event.Startup, boot))
}

// IsSameBoot tells whether the computer has been running since the state was saved. It has
// not after a shutdown that was seen, however soon the next start came.
func (s State) IsSameBoot(now time.Time, uptime time.Duration) bool {
	if s.IsDown || s.Boot.IsZero() || uptime.Seconds() < s.Uptime {
		return false
	}
	return now.Add(-uptime).Sub(s.Boot) <= sameBootSlack
}
