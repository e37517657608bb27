package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
	"winauthmon/agent/internal/state"
)

// rig is a running agent in a folder.
type rig struct {
	*Agent
	stop func()
}

func run(t testing.TB, dir string, host *fakeHost) *rig {
	t.Helper()
	a, err := New(Options{
		Dir: dir, ConfigPath: filepath.Join(dir, "config.ini"), Version: "1.2.3", Host: host,
		FirstWait: time.Millisecond, LongestWait: 20 * time.Millisecond, ConfigEvery: 10 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { a.Run(ctx); close(done) }()
	stopped := false
	r := &rig{Agent: a, stop: func() {
		if !stopped {
			stopped = true
			cancel()
			<-done
		}
	}}
	t.Cleanup(r.stop)
	return r
}

func TestADayOfNotificationsReachesTheServer(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, url, "")
	host := &fakeHost{since: time.Now().Add(-time.Minute), sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}}}
	a := run(t, dir, host)
	until(t, "the start-up", func() bool { return stub.Count() >= 2 })
	at := time.Now()
	for _, s := range []Signal{
		{At: at, Session: event.SessionLock, ID: 1}, {At: at, Session: event.SessionUnlock, ID: 1},
		{At: at, Power: event.PowerSuspend}, {At: at, Power: event.PowerResumeAutomatic}, {At: at, Power: event.PowerResumeSuspend},
		{At: at, Session: event.SessionLogoff, ID: 1}, {At: at, Shutdown: true},
	} {
		a.Notify(s)
	}
	a.stop()
	var got []string
	for _, e := range stub.Stored() {
		got = append(got, e.Text("EventType"))
		if e.Text("ComputerName") != "PC01" || e.Text("AgentVersion") != "1.2.3" || e.Text("EventId") == "" {
			t.Errorf("%v", e)
		}
	}
	want := "startup logon lock unlock sleep wake unlock logoff shutdown"
	if strings.Join(got, " ") != want {
		t.Fatalf("%s, want %s", got, want)
	}
}

func TestALogonDuringTheStartOfTheAgentIsReportedOnce(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, url, "")
	host := &fakeHost{since: time.Now().Add(-time.Minute), sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}}}
	a, err := New(Options{Dir: dir, ConfigPath: filepath.Join(dir, "config.ini"), Version: "1.2.3", Host: host})
	if err != nil {
		t.Fatal(err)
	}
	// The service is running before it has listed the sessions.
	a.Notify(Signal{At: time.Now(), Session: event.SessionLogon, ID: 1})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { a.Run(ctx); close(done) }()
	until(t, "the logon", func() bool { return stub.Count() == 2 })
	a.Notify(Signal{At: time.Now(), Session: event.SessionLock, ID: 1})
	until(t, "the lock", func() bool { return stub.Count() > 2 })
	cancel()
	<-done
	if got := stub.Stored(); got[2].Text("EventType") != event.Lock {
		t.Fatal(got)
	}
}

func TestWakingFromModernStandbyWithoutAPasswordIsAnUnlock(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, url, "")
	system := make(fakeLog)
	host := &fakeHost{
		since: time.Now().Add(-time.Hour), sources: []Source{system},
		sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}, {ID: 2, User: "bob", LogonTime: time.Now(), IsPaused: true}},
	}
	a := run(t, dir, host)
	until(t, "the start-up", func() bool { return stub.Count() == 2 })
	later := func() time.Time {
		time.Sleep(2 * time.Millisecond)
		return time.Now()
	}
	slept, woken := later(), later()
	system <- []event.Event{event.Machine(event.Sleep, slept), event.Machine(event.Wake, woken)}
	until(t, "the unlock", func() bool { return stub.Count() == 5 })
	// Where Windows notifies of the waking as well, it is the same one.
	a.Notify(Signal{At: later(), Power: event.PowerResumeSuspend})
	system <- []event.Event{event.Machine(event.Sleep, later())}
	until(t, "the second sleep", func() bool { return stub.Count() == 6 })
	system <- []event.Event{event.Machine(event.Wake, later())}
	until(t, "the second unlock", func() bool { return stub.Count() == 8 })
	a.stop()
	var got []string
	for _, e := range stub.Stored() {
		got = append(got, e.Text("EventType")+" "+e.Text("UserName"))
	}
	want := "startup SYSTEM, logon anna, sleep SYSTEM, wake SYSTEM, unlock anna, sleep SYSTEM, wake SYSTEM, unlock anna"
	if strings.Join(got, ", ") != want || stub.Stored()[4].Text("Timestamp") != event.FormatTime(woken) {
		t.Fatal(stub.Stored())
	}
}

func TestARestartOfTheAgentAloneReportsNothingTwice(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, url, "")
	host := &fakeHost{since: time.Now().Add(-time.Minute), sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}}}
	run(t, dir, host).stop()
	run(t, dir, host).stop()
	if stub.Count() != 2 {
		t.Fatal(stub.Stored())
	}
	host.since = time.Now().Add(10 * time.Minute) // the computer started anew
	run(t, dir, host).stop()
	kinds := ""
	for _, e := range stub.Stored()[2:] {
		kinds += e.Text("EventType") + " "
	}
	if kinds != "shutdown startup logon " {
		t.Fatal(kinds)
	}
}

func TestAClockThatIsSetWhileTheAgentRunsIsNoRestartOfTheComputer(t *testing.T) {
	for _, jump := range []time.Duration{30 * time.Minute, -30 * time.Minute} {
		stub, url := serve(t)
		dir := t.TempDir()
		writeConfig(t, dir, url, "")
		host := &fakeHost{since: time.Now().Add(-2 * time.Hour)}
		a, err := New(Options{Dir: dir, ConfigPath: filepath.Join(dir, "config.ini"), Version: "1.2.3", Host: host})
		if err != nil {
			t.Fatal(err)
		}
		a.begin()
		// By the clock as it is now, the computer started at another time.
		host.since = host.since.Add(jump)
		a.heartbeat()
		a.current().stop(nil)
		a.spool.Close()
		a.log.Close()
		run(t, dir, host).stop()
		if stub.Count() != 1 {
			t.Errorf("%s: %v", jump, stub.Stored())
		}
		host.since = time.Now().Add(10 * time.Minute) // the computer started anew
		run(t, dir, host).stop()
		if got := stub.Stored(); len(got) != 3 || got[1].Text("EventType") != event.Shutdown || got[2].Text("EventType") != event.Startup {
			t.Errorf("%s: %v", jump, got)
		}
	}
}

func TestABrokenConfigurationCollectsAndAChangedOneDelivers(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, "no address", "")
	host := &fakeHost{since: time.Now()}
	a := run(t, dir, host)
	until(t, "the start-up in the spool", func() bool { return a.Stats().Length == 1 })
	a.stop()
	if log, _ := os.ReadFile(filepath.Join(dir, "logs", "error.log")); !strings.Contains(string(log), "server_url") {
		t.Fatalf("%s", log)
	}
	run(t, dir, host)
	writeConfig(t, dir, url, "; put right")
	until(t, "the delivery", func() bool { return stub.Count() == 1 })
}

func TestAProblemOfTheConfigurationThatPassesByItselfIsSaidOnceAndDelaysDelivery(t *testing.T) {
	stub, url := serve(t)
	dir, share := t.TempDir(), t.TempDir()
	writeConfig(t, dir, url, "ca_file = "+filepath.Join(share, "ca.pem"))
	a := run(t, dir, &fakeHost{since: time.Now()})
	until(t, "the start-up in the spool", func() bool { return a.Stats().Length == 1 })
	time.Sleep(100 * time.Millisecond) // some attempts
	content, err := os.ReadFile(filepath.Join("..", "install", "testdata", "ca.pem"))
	if err == nil {
		// In one step, so that no attempt reads half of it.
		err = state.WriteFile(filepath.Join(share, "ca.pem"), content)
	}
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the delivery", func() bool { return stub.Count() == 1 })
	a.stop()
	log, _ := os.ReadFile(filepath.Join(dir, "logs", "error.log"))
	if strings.Count(string(log), "ca_file") != 1 {
		t.Fatalf("%s", log)
	}
}

func TestASourceThatWorkedForAWhileIsTriedAgainSoon(t *testing.T) {
	second := time.Second
	for _, c := range []struct{ last, worked, want time.Duration }{
		{0, 0, 10 * second}, {10 * second, second, 20 * second}, {40 * second, second, 80 * second},
		{40 * time.Minute, second, time.Hour}, {time.Hour, second, time.Hour},
		{time.Hour, 4 * time.Minute, time.Hour}, {time.Hour, 5 * time.Minute, 10 * second}, {80 * second, time.Hour, 10 * second},
	} {
		if got := nextRetry(c.last, c.worked); got != c.want {
			t.Errorf("after %s and %s of work: %s, want %s", c.last, c.worked, got, c.want)
		}
	}
}

type countLog struct{ problems *int }

func (countLog) Sessionf(string, ...interface{})   {}
func (countLog) Eventf(string, ...interface{})     {}
func (countLog) Debugf(string, ...interface{})     {}
func (c countLog) Problemf(string, ...interface{}) { *c.problems++ }

func TestTheClocksSkewIsNotedOncePerChange(t *testing.T) {
	problems := 0
	s := &skew{log: countLog{&problems}}
	now := time.Date(2025, 5, 26, 9, 0, 0, 500e6, time.UTC)
	note := func(ahead time.Duration) {
		s.note(now.Add(-ahead).Format(http.TimeFormat), now, now.Add(20*time.Millisecond))
	}
	for _, ahead := range []time.Duration{0, time.Second, 3 * time.Second} {
		note(ahead)
	}
	if s.last != 0 || problems != 0 {
		t.Fatal("a difference within what the header tells was noted: ", s.last)
	}
	note(10 * time.Minute)
	note(10*time.Minute + time.Second)
	if problems != 1 || s.last != 10*time.Minute {
		t.Fatal(problems, s.last)
	}
	s.note("no date", now, now)
	note(0)
	if s.last != 0 {
		t.Fatal(s.last)
	}
}

func TestHealthTellsVersionAndSpool(t *testing.T) {
	stub, url := serve(t)
	dir := t.TempDir()
	path := writeConfig(t, dir, url, "")
	text, _ := os.ReadFile(path)
	os.WriteFile(path, []byte(strings.Replace(string(text), "health_check_interval = 0", "health_check_interval = 1", 1)), 0o600)
	run(t, dir, &fakeHost{since: time.Now()})
	until(t, "two reports", func() bool { return len(stub.Health()) >= 2 })
	h := stub.Health()[1]
	if h["ComputerName"] != "PC01" || h["AgentVersion"] != "1.2.3" || h["SpoolLength"] != 0.0 {
		t.Fatal(h)
	}
}

// The figure is for the reader; only that everything arrives in order is asserted.
func TestABacklogOf100000EventsDrains(t *testing.T) {
	const n = 100_000
	stub, url := serve(t)
	dir := t.TempDir()
	writeConfig(t, dir, url, "")
	queue, err := spool.Open(spool.Options{Dir: filepath.Join(dir, "spool"), MaxBytes: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < n; i += 1000 {
		var entries []spool.Entry
		for j := i; j < i+1000; j++ {
			data, _ := json.Marshal(event.Event{
				EventType: event.Logon, UserName: fmt.Sprintf("user%05d", j%500), ComputerName: "PC01", EventID: event.NewID(),
				Timestamp: event.FormatTime(time.Now()), LocalIP: "192.0.2.7", PublicIP: "203.0.113.9", SessionID: fmt.Sprint(j), AgentVersion: "1.2.3",
			})
			entries = append(entries, spool.Entry{Class: spool.ClassSession, Data: data})
		}
		if err := queue.Append(entries...); err != nil {
			t.Fatal(err)
		}
	}
	queue.Close()
	begin := time.Now()
	a := run(t, dir, &fakeHost{since: time.Now()})
	until(t, "an empty spool", func() bool { return a.Stats().Length == 0 })
	took := time.Since(begin)
	t.Logf("%d events in %s: %.0f events/s", n, took.Round(time.Millisecond), n/took.Seconds())
	next := 0
	for _, e := range stub.Stored() {
		if e.Text("SessionId") == fmt.Sprint(next) {
			next++
		}
	}
	if next != n {
		t.Fatalf("only %d arrived in order", next)
	}
}
