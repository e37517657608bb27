package windows

import (
	"os"
	"syscall"
	"time"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/wineventlog"
)

// Host is this Windows computer.
type Host struct{}

// ComputerName is the computer's own name, without its domain.
func (Host) ComputerName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		name = os.Getenv("COMPUTERNAME")
	}
	if name == "" {
		name = "unknown"
	}
	return name
}

// Uptime is how long Windows has been running, sleep included.
func (Host) Uptime() time.Duration {
	milliseconds, _, _ := kernel32.NewProc("GetTickCount64").Call()
	return time.Duration(milliseconds) * time.Millisecond
}

// UncleanShutdown reads the newest record 6008 of the System log that belongs to this
// start of the computer.
func (Host) UncleanShutdown(boot time.Time) time.Time {
	const slack = 2 * time.Minute
	text, err := newestRecord("System", wineventlog.UncleanQuery)
	if err != nil || text == "" {
		return time.Time{}
	}
	r, err := wineventlog.Parse(text)
	if err != nil || r.Time.Before(boot.Add(-slack)) {
		return time.Time{}
	}
	at, ok := wineventlog.UncleanTime(r)
	if !ok {
		return time.Time{}
	}
	return at
}

// Sources are the Security log (failed sign-ins, lockouts) and the System log (modern
// standby). The first needs the audit policy, which Windows sets for failures by default
// on servers only.
//
// Wine has neither log, and ends a process that asks for a bookmark; there are none there.
func (Host) Sources() []agent.Source {
	if isWine() {
		return nil
	}
	return []agent.Source{
		channel{name: "Security", query: wineventlog.SecurityQuery},
		channel{name: "System", query: wineventlog.StandbyQuery},
	}
}

func isWine() bool { return syscall.NewLazyDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil }
