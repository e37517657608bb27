package agent

import (
	"context"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/state"
)

// begin finds out what happened while the agent was not running.
func (a *Agent) begin() {
	file, old, err := state.Open(a.statePath)
	if err != nil {
		a.log.Problemf("the saved state is lost: %v", err)
	}
	now, uptime := time.Now().UTC(), a.o.Host.Uptime()
	boot := now.Add(-uptime)
	known := old.Sessions
	if !old.IsSameBoot(now, uptime) {
		known = nil
		a.recorder.keep(old.Start(now, uptime, a.o.Host.UncleanShutdown(boot))...)
	}
	a.tracker = event.NewTracker(a.naming, a.o.Host.Session, known)
	a.stateFile, a.state = file, state.State{}
	current, err := a.o.Host.Sessions()
	if err != nil {
		a.log.Problemf("can't list the open sessions: %v", err)
	} else {
		a.recorder.keep(a.tracker.Reconcile(current, time.Now().UTC())...)
	}
	a.heartbeat()
}

// heartbeat notes that the computer is alive and who is signed in. When it started is worked
// out anew each time: the clock may have been set since, or have gone wrong bit by bit.
func (a *Agent) heartbeat() {
	now, uptime := time.Now().UTC(), a.o.Host.Uptime()
	a.state.Boot, a.state.Alive, a.state.Uptime = now.Add(-uptime), now, uptime.Seconds()
	a.state.Sessions = a.tracker.Known()
	err := a.stateFile.Save(a.state)
	if err != nil && a.isStateSaved {
		a.log.Problemf("can't save when the computer was last alive: %v", err)
	}
	a.isStateSaved = err == nil
}

func (a *Agent) handleSignals() {
	a.mu.Lock()
	signals := a.signals
	a.signals = nil
	a.mu.Unlock()
	for _, s := range signals {
		a.handle(s)
	}
	if len(signals) > 0 {
		a.heartbeat()
	}
}

func (a *Agent) handle(s Signal) {
	switch {
	case s.Shutdown:
		a.state.IsDown = true
		a.recorder.keep(event.Machine(event.Shutdown, s.At))
	case s.Power != 0:
		a.handlePower(s)
	case s.Session != 0:
		e, ok := a.tracker.Notify(s.Session, s.ID, s.At)
		a.log.Debugf("session notification %d of session %d, reported: %t", s.Session, s.ID, ok)
		if ok {
			a.recorder.keep(e)
		}
	}
}

func (a *Agent) handlePower(s Signal) {
	a.log.Debugf("power notification %#x", uint32(s.Power))
	if e, ok := event.FromPower(s.Power, s.At); ok && !s.IsKept {
		a.recorder.keep(e)
	}
	switch s.Power {
	case event.PowerSuspend:
		a.tracker.Slept(s.At)
	case event.PowerResumeSuspend:
		if current, err := a.o.Host.Sessions(); err == nil {
			a.recorder.keep(a.tracker.Resumed(current, s.At)...)
		}
	case event.PowerResumeAutomatic:
		a.local.Forget()
		a.current().moved()
	}
}

// recordFromLog keeps events of an event log. Those of modern standby then act as power
// notifications do, which services don't get of it.
func (a *Agent) recordFromLog(events ...event.Event) error {
	if err := a.recorder.record(events...); err != nil {
		return err
	}
	for _, e := range events {
		at, err := time.Parse(time.RFC3339Nano, e.Timestamp)
		switch {
		case err != nil:
		case e.EventType == event.Sleep:
			a.Notify(Signal{At: at, Power: event.PowerSuspend, IsKept: true})
		case e.EventType == event.Wake:
			a.Notify(Signal{At: at, Power: event.PowerResumeAutomatic, IsKept: true})
			a.Notify(Signal{At: at, Power: event.PowerResumeSuspend, IsKept: true})
		}
	}
	return nil
}

const (
	firstRetry   = 10 * time.Second
	longestRetry = time.Hour
	// steadyAfter is how long a source that works runs at least.
	steadyAfter = 5 * time.Minute
)

// follow runs a source again after it failed, later each time.
func (a *Agent) follow(ctx context.Context, source Source) {
	var wait time.Duration
	for ctx.Err() == nil {
		begun := time.Now()
		err := source.Follow(ctx, a.o.Dir, a.naming, a.log, a.recordFromLog)
		if ctx.Err() != nil {
			return
		}
		wait = nextRetry(wait, time.Since(begun))
		a.log.Problemf("can't follow %s; next attempt in %s: %v", source.Name(), wait, err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// nextRetry doubles the last wait, but begins anew after a source has worked for a while.
func nextRetry(last, worked time.Duration) time.Duration {
	switch {
	case last == 0 || worked >= steadyAfter:
		return firstRetry
	case last > longestRetry/2:
		return longestRetry
	}
	return 2 * last
}
