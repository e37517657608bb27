package event

import (
	"sort"
	"time"
)

// An older logon than this is reported as of now: a session can stay open for weeks, and
// the portal's reports look back no further than the longest session.
const oldestTrustedLogon = 24 * time.Hour

// Reconcile compares the remembered sessions with those of now, after the agent was not
// running for a while. Who has gone is reported as logoff at the given instant (the true
// one is unknown), who has come as logon at the time Windows remembers, and a lock or
// unlock in between as of now. A new session that is locked is only remembered: nothing
// proves that anybody worked in it, and its unlock will be seen.
func (t *Tracker) Reconcile(current []Session, at time.Time) []Event {
	t.listed = at.Round(0)
	var events []Event
	present := map[uint32]Session{}
	for _, s := range current {
		if s.User != "" && !IsServiceAccount(s.User) {
			present[s.ID] = s
		}
	}
	for _, old := range t.Known() {
		now, ok := present[old.ID]
		switch {
		case !ok || !now.isSame(old):
			events = append(events, t.event(Logoff, old, at))
			t.forget(old.ID)
		case now.IsPaused && !old.IsPaused:
			events = append(events, t.event(Lock, now, at))
			t.known[old.ID] = now
		case !now.IsPaused && old.IsPaused:
			events = append(events, t.event(Unlock, now, at))
			t.known[old.ID], t.opened[old.ID] = now, t.listed
		}
	}
	return append(events, t.adopt(present, at)...)
}

func (t *Tracker) adopt(present map[uint32]Session, at time.Time) []Event {
	var fresh []Session
	for id, s := range present {
		if _, ok := t.known[id]; !ok {
			fresh = append(fresh, s)
		}
	}
	sort.Slice(fresh, func(i, j int) bool { return fresh[i].ID < fresh[j].ID })
	var events []Event
	for _, s := range fresh {
		t.known[s.ID] = s
		if !s.IsPaused {
			t.opened[s.ID], t.reported[s.ID] = logonTime(s, at), s
			events = append(events, t.event(Logon, s, t.opened[s.ID]))
		}
	}
	return events
}

// Slept notes that the computer went to sleep, which pauses every session.
func (t *Tracker) Slept(at time.Time) {
	if at.After(t.slept) || t.isToCome(t.slept) {
		t.slept = at.Round(0)
	}
}

// Resumed reports an unlock for every session found open after a person woke the
// computer. Where waking asks for no password no unlock is notified, and without one the
// portal would take the rest of the day for sleep.
//
// Windows may tell of one waking twice, and late: a session that was reported open after
// the computer slept is not reported again, and what the agent finds out only after it was
// stopped counts from then on, as nothing says what was in between.
func (t *Tracker) Resumed(current []Session, at time.Time) []Event {
	if at.Before(t.listed) && !t.isToCome(t.listed) {
		at = t.listed
	}
	var events []Event
	for _, s := range current {
		known, ok := t.known[s.ID]
		isOpen := ok && !s.IsPaused && !known.IsPaused && known.User == s.User
		opened := t.opened[s.ID]
		isReported := !t.slept.IsZero() && opened.After(t.slept) && !t.isToCome(opened)
		if isOpen && !isReported {
			t.opened[s.ID] = at.Round(0)
			events = append(events, t.event(Unlock, known, at))
		}
	}
	return events
}

// isToCome tells that the clock was set back since that time was noted, which then says
// nothing any more. The times noted are those of the clock alone for that.
func (t *Tracker) isToCome(at time.Time) bool { return at.After(t.now()) }

func logonTime(s Session, at time.Time) time.Time {
	if s.LogonTime.IsZero() || s.LogonTime.After(at) || at.Sub(s.LogonTime) > oldestTrustedLogon {
		return at
	}
	return s.LogonTime
}
