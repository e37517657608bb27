package event

import (
	"sort"
	"strconv"
	"time"
)

// Change is a session notification's code as Windows numbers it (WTS_*).
type Change uint32

// The session notifications Windows sends to services.
const (
	ConsoleConnect       Change = 1
	ConsoleDisconnect    Change = 2
	RemoteConnected      Change = 3
	RemoteDisconnected   Change = 4
	SessionLogon         Change = 5
	SessionLogoff        Change = 6
	SessionLock          Change = 7
	SessionUnlock        Change = 8
	SessionRemoteControl Change = 9
	SessionCreated       Change = 10
	SessionTerminated    Change = 11
)

// Logon types as Windows numbers them.
const (
	logonTypeInteractive   = 2
	logonTypeRemoteDesktop = 10
)

const sameLogonSlack = 2 * time.Minute

// Session is a Terminal Services session with somebody signed in. Time fields are UTC;
// LogonTime is zero when Windows does not tell.
type Session struct {
	ID       uint32 `json:"id"`
	User     string `json:"user"`
	Domain   string `json:"domain,omitempty"`
	ClientIP string `json:"clientIp,omitempty"`
	IsRemote bool   `json:"remote,omitempty"`
	// IsPaused: locked or disconnected, so nobody is at work in it.
	IsPaused  bool      `json:"paused,omitempty"`
	LogonTime time.Time `json:"logonTime,omitempty"`
}

func (s Session) isSame(other Session) bool {
	if s.ID != other.ID || s.User != other.User || s.Domain != other.Domain {
		return false
	}
	if s.LogonTime.IsZero() || other.LogonTime.IsZero() {
		return true
	}
	// The notification's own time stands in where Windows gave none, hence the slack.
	gap := s.LogonTime.Sub(other.LogonTime)
	return gap < sameLogonSlack && gap > -sameLogonSlack
}

// Tracker turns session notifications into events. It remembers who is in which session,
// because Windows no longer tells at logoff. It is not safe for concurrent use.
type Tracker struct {
	Naming Naming
	// Lookup asks Windows who is in a session; false when nobody is or it will not say.
	Lookup func(id uint32) (Session, bool)
	known  map[uint32]Session
	// reported has the sessions whose logon was reported, by this run or an earlier one. A
	// session can be known without: another change told of it first, or it was found locked.
	reported map[uint32]Session
	// opened is when each session was last reported open, slept when the computer last was asleep.
	opened map[uint32]time.Time
	slept  time.Time
	// listed is when the sessions were last listed.
	listed time.Time
	now    func() time.Time
}

// NewTracker starts from the sessions known when the agent last ran.
func NewTracker(naming Naming, lookup func(uint32) (Session, bool), known []Session) *Tracker {
	t := &Tracker{
		Naming: naming, Lookup: lookup, now: time.Now,
		known: map[uint32]Session{}, reported: map[uint32]Session{}, opened: map[uint32]time.Time{},
	}
	for _, s := range known {
		t.known[s.ID], t.reported[s.ID] = s, s
	}
	return t
}

// Known returns the sessions with somebody signed in, by session number.
func (t *Tracker) Known() []Session {
	out := make([]Session, 0, len(t.known))
	for _, s := range t.known {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// forget drops a session that has ended.
func (t *Tracker) forget(id uint32) {
	delete(t.known, id)
	delete(t.reported, id)
}

// Notify returns the event for one notification at an instant, or false when nobody is
// in that session, the account is Windows' own, or the change says nothing about a person.
func (t *Tracker) Notify(code Change, id uint32, at time.Time) (Event, bool) {
	kind, ok := typeOf(code)
	if !ok {
		if code == SessionTerminated {
			t.forget(id)
		}
		return Event{}, false
	}
	s, found := t.resolve(code, id)
	if code == SessionLogoff {
		t.forget(id)
	}
	if !found || s.User == "" || IsServiceAccount(s.User) {
		return Event{}, false
	}
	if code == SessionLogon && t.isReported(s, at) {
		return Event{}, false
	}
	if code == SessionLogon && s.LogonTime.IsZero() {
		s.LogonTime = at.UTC()
	}
	if code == SessionLogon {
		t.reported[id] = s
	}
	if code != SessionLogoff {
		s.IsPaused = kind == Lock || kind == RemoteDisconnect || kind == SessionDisconnect
		t.known[id] = s
	}
	if !s.IsPaused {
		t.opened[id] = at.Round(0)
	}
	return t.event(kind, s, at), true
}

// isReported tells whether this logon, of which Windows tells, was reported already: at the
// start of the computer the listing finds it at nearly the same time.
func (t *Tracker) isReported(s Session, at time.Time) bool {
	reported, ok := t.reported[s.ID]
	if !ok || !s.isSame(reported) {
		return false
	}
	isTimeKnown := !s.LogonTime.IsZero() && !reported.LogonTime.IsZero()
	return isTimeKnown || !at.After(t.listed)
}

// resolve prefers what Windows says now; at logoff and disconnect it may say nothing any
// more, and then the remembered session answers.
func (t *Tracker) resolve(code Change, id uint32) (Session, bool) {
	remembered, known := t.known[id]
	if code == SessionLogoff && known {
		return remembered, true
	}
	now, ok := t.Lookup(id)
	if !ok || now.User == "" {
		return remembered, known
	}
	now.ID = id
	if known && remembered.User == now.User {
		if now.ClientIP == "" && code == RemoteDisconnected {
			now.ClientIP = remembered.ClientIP
		}
		if now.LogonTime.IsZero() {
			now.LogonTime = remembered.LogonTime
		}
	}
	return now, true
}

func (t *Tracker) event(kind string, s Session, at time.Time) Event {
	e := Event{
		EventType: kind,
		UserName:  t.Naming.Name(s.Domain, s.User),
		Timestamp: FormatTime(at),
		SourceIP:  s.ClientIP,
		SessionID: strconv.FormatUint(uint64(s.ID), 10),
	}
	if kind == Logon {
		e.LogonType = logonTypeInteractive
		if s.IsRemote {
			e.LogonType = logonTypeRemoteDesktop
		}
	}
	return e
}

func typeOf(code Change) (string, bool) {
	switch code {
	case SessionLogon:
		return Logon, true
	case SessionLogoff:
		return Logoff, true
	case SessionLock:
		return Lock, true
	case SessionUnlock:
		return Unlock, true
	case RemoteConnected:
		return RemoteConnect, true
	case RemoteDisconnected:
		return RemoteDisconnect, true
	case ConsoleConnect:
		return SessionReconnect, true
	case ConsoleDisconnect:
		return SessionDisconnect, true
	}
	return "", false
}
