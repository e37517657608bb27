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
	// opened is when each session was last reported open, slept when the computer last was asleep.
	opened map[uint32]time.Time
	slept  time.Time
	// listed is when the sessions were last listed.
	listed time.Time
	now    func() time.Time
}

// NewTracker starts from the sessions known when the agent last ran.
func NewTracker(naming Naming, lookup func(uint32) (Session, bool), known []Session) *Tracker {
	t := &Tracker{Naming: naming, Lookup: lookup, known: map[uint32]Session{}, opened: map[uint32]time.Time{}, now: time.Now}
	for _, s := range known {
		t.known[s.ID] = s
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

// Notify returns the event for one notification at an instant, or false when nobody is
// in that session, the account is Windows' own, or the change says nothing about a person.
func (t *Tracker) Notify(code Change, id uint32, at time.Time) (Event, bool) {
	kind, ok := typeOf(code)
	if !ok {
		if code == SessionTerminated {
			delete(t.known, id)
		}
		return Event{}, false
	}
	s, found := t.resolve(code, id)
	if code == SessionLogoff {
		delete(t.known, id)
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
	if code != SessionLogoff {
		s.IsPaused = kind == Lock || kind == RemoteDisconnect || kind == SessionDisconnect
		t.known[id] = s
	}
	if !s.IsPaused {
		t.opened[id] = at.Round(0)
	}
	return t.event(kind, s, at), true
}

// isReported tells whether the listing has found this logon already, of which Windows tells
// as well: at the start of the computer both come at nearly the same time.
func (t *Tracker) isReported(s Session, at time.Time) bool {
	known, ok := t.known[s.ID]
	if !ok || known.IsPaused || !s.isSame(known) {
		return false
	}
	isTimeKnown := !s.LogonTime.IsZero() && !known.LogonTime.IsZero()
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
