package agent

import (
	"context"
	"time"

	"winauthmon/agent/internal/event"
)

// Host is the computer as the agent sees it. Windows is behind it; tests put another.
type Host interface {
	ComputerName() string
	// Uptime is how long the computer has been running.
	Uptime() time.Duration
	// UncleanShutdown returns the last moment before an unexpected shutdown that ended at
	// or before boot, as the system's own log has it; zero when it has none.
	UncleanShutdown(boot time.Time) time.Time
	// Sessions lists the sessions with somebody signed in.
	Sessions() ([]event.Session, error)
	// Session asks about one session.
	Session(id uint32) (event.Session, bool)
	// Sources are the event logs the host can follow.
	Sources() []Source
}

// Source follows a log until the context ends. It hands events to record and moves its
// bookmark only after record returned nil, because then they are on disk.
type Source interface {
	Name() string
	Follow(ctx context.Context, dir string, naming event.Naming, log Log, record func(...event.Event) error) error
}

// Log is what the parts of the agent need of the logs.
type Log interface {
	Sessionf(format string, args ...interface{})
	Eventf(format string, args ...interface{})
	Debugf(format string, args ...interface{})
	Problemf(format string, args ...interface{})
}

// Signal is one notification of the system to the service, with the instant it came.
type Signal struct {
	At       time.Time
	Session  event.Change // with SessionID
	ID       uint32
	Power    event.Power
	Shutdown bool
	// IsKept: its event comes from an event log and is kept already.
	IsKept bool
}
