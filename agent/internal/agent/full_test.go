package agent

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/disk"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/teststub"
)

// fill takes all room on the disk until the result is called: of a real one where a folder
// on a small file system is given, and else of what this process writes.
func fill(t *testing.T, dir, name string) func() {
	t.Helper()
	if os.Getenv("WINAUTHMON_TEST_SMALL_DISK") == "" {
		free := disk.Fill()
		t.Cleanup(free)
		return free
	}
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{64 << 10, 512, 1} {
		block := make([]byte, size)
		for err = nil; err == nil; {
			_, err = f.Write(block)
		}
	}
	t.Logf("the disk is full: %v", err)
	return func() { os.Remove(path) }
}

func diskFolder(t *testing.T) string {
	t.Helper()
	small := os.Getenv("WINAUTHMON_TEST_SMALL_DISK")
	if small == "" {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(small, "full")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// fillWhole fills the disk, and the room of the agent's reserve as well.
func fillWhole(t *testing.T, dir string, a *rig) func() {
	t.Helper()
	first := fill(t, dir, "filler")
	a.spool.FreeReserve()
	second := fill(t, dir, "filler2")
	return func() { first(); second() }
}

// started is an agent on a disk that can be filled, with anna signed in and its first two events delivered.
func started(t *testing.T) (stub *teststub.Server, dir string, a *rig) {
	t.Helper()
	stub, url := serve(t)
	dir = diskFolder(t)
	writeConfig(t, dir, url, "")
	host := &fakeHost{since: time.Now().Add(-time.Minute), sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}}}
	a = run(t, dir, host)
	until(t, "the start-up", func() bool { return stub.Count() == 2 && a.Stats().Length == 0 })
	return stub, dir, a
}

func TestAFullDiskCostsNoEventWhileTheServerIsThere(t *testing.T) {
	stub, dir, a := started(t)
	free := fillWhole(t, dir, a)
	want := []string{"startup", "logon"}
	for i := 0; i < 10; i++ {
		a.Notify(Signal{At: time.Now(), Session: event.SessionLock, ID: 1})
		a.Notify(Signal{At: time.Now(), Session: event.SessionUnlock, ID: 1})
		want = append(want, "lock", "unlock")
	}
	until(t, "the events of a full disk", func() bool { return stub.Count() == len(want) })
	down := time.Now()
	a.Notify(Signal{At: down, Session: event.SessionLogoff, ID: 1})
	a.Notify(Signal{At: down, Shutdown: true})
	a.stop()
	free()
	run(t, dir, &fakeHost{since: time.Now()}) // the computer started anew
	want = append(want, "logoff", "shutdown", "startup")
	until(t, "the next start-up", func() bool { return stub.Count() >= len(want) })
	var got []string
	for _, e := range stub.Stored() {
		got = append(got, e.Text("EventType"))
		if e.Text("EventType") == event.Shutdown && e.Text("Timestamp") != event.FormatTime(down) {
			t.Errorf("a shutdown at %s, but it was at %s", e.Text("Timestamp"), event.FormatTime(down))
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAFullDiskWithoutAServerCostsNoEventAsLongAsTheReserveLasts(t *testing.T) {
	stub, dir, a := started(t)
	isAway := true
	stub.Lock()
	stub.Before = func(w http.ResponseWriter, _ *http.Request) bool {
		stub.Lock()
		defer stub.Unlock()
		if isAway {
			w.WriteHeader(503)
		}
		return isAway
	}
	stub.Unlock()
	free := fill(t, dir, "filler")
	for i := 0; i < 50; i++ {
		a.Notify(Signal{At: time.Now(), Session: event.SessionLock, ID: 1})
		a.Notify(Signal{At: time.Now(), Session: event.SessionUnlock, ID: 1})
	}
	a.Notify(Signal{At: time.Now(), Shutdown: true})
	a.stop()
	free()
	stub.Lock()
	isAway = false
	stub.Unlock()
	run(t, dir, &fakeHost{since: time.Now()})
	until(t, "all 104 events", func() bool { return stub.Count() >= 2+100+2 })
}

func TestHealthCountsWhatWaitsInMemory(t *testing.T) {
	stub, url := serve(t)
	stub.Before = func(w http.ResponseWriter, q *http.Request) bool {
		if q.URL.Path == "/api/health" {
			return false
		}
		w.WriteHeader(503)
		return true
	}
	dir := diskFolder(t)
	path := writeConfig(t, dir, url, "")
	text, _ := os.ReadFile(path)
	os.WriteFile(path, []byte(strings.Replace(string(text), "health_check_interval = 0", "health_check_interval = 1", 1)), 0o600)
	a := run(t, dir, &fakeHost{since: time.Now(), sessions: []event.Session{{ID: 1, User: "anna"}}})
	until(t, "the start-up in the spool", func() bool { return a.Stats().Length == 2 })
	free := fillWhole(t, dir, a)
	for i := 0; i < 50; i++ { // more than fits into a page of a real disk
		a.Notify(Signal{At: time.Now(), Session: event.SessionLock, ID: 1})
	}
	until(t, "a report of all events", func() bool {
		reports := stub.Health()
		return len(reports) > 0 && reports[len(reports)-1]["SpoolLength"] == 52.0
	})
	free()
	until(t, "the log to say so", func() bool {
		log, _ := os.ReadFile(filepath.Join(dir, "logs", "error.log"))
		return strings.Contains(string(log), "events wait in memory")
	})
}

func TestAnAgentThatStartsOnAFullDiskCollectsAndRemembers(t *testing.T) {
	stub, url := serve(t)
	dir := diskFolder(t)
	writeConfig(t, dir, url, "")
	a := run(t, dir, &fakeHost{since: time.Now().Add(-time.Hour)})
	until(t, "the first start-up", func() bool { return stub.Count() == 1 && a.Stats().Length == 0 })
	a.Notify(Signal{At: time.Now(), Shutdown: true})
	until(t, "the first shutdown", func() bool { return stub.Count() == 2 })
	free := fillWhole(t, dir, a)
	a.stop()
	a = run(t, dir, &fakeHost{since: time.Now(), sessions: []event.Session{{ID: 1, User: "anna", LogonTime: time.Now()}}})
	until(t, "the second start-up and a logon", func() bool { return stub.Count() == 4 })
	a.Notify(Signal{At: time.Now(), Session: event.SessionLogoff, ID: 1})
	a.Notify(Signal{At: time.Now(), Shutdown: true})
	until(t, "the second shutdown", func() bool { return stub.Count() == 6 })
	a.stop()
	free()
	run(t, dir, &fakeHost{since: time.Now()})
	until(t, "the third start-up", func() bool { return stub.Count() >= 7 })
	var got []string
	for _, e := range stub.Stored() {
		got = append(got, e.Text("EventType"))
	}
	if want := "startup shutdown startup logon logoff shutdown startup"; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
}
