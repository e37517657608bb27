package sender

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
	"winauthmon/agent/internal/teststub"
)

var key = strings.Repeat("0123456789abcdef", 4)

// notes is a log that remembers.
type notes struct {
	mu    sync.Mutex
	lines []string
}

func (n *notes) add(format string, args []interface{}) {
	n.mu.Lock()
	n.lines = append(n.lines, fmt.Sprintf(format, args...))
	n.mu.Unlock()
}
func (n *notes) Debugf(f string, a ...interface{})   {}
func (n *notes) Eventf(f string, a ...interface{})   { n.add("event: "+f, a) }
func (n *notes) Problemf(f string, a ...interface{}) { n.add("problem: "+f, a) }
func (n *notes) text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.lines, "\n")
}

// rig is a sender between a real spool and a stub server.
type rig struct {
	t       testing.TB
	stub    *teststub.Server
	spool   *spool.Spool
	sender  *Sender
	log     *notes
	mu      sync.Mutex
	rejects []string
}

func newRig(t testing.TB, change func(*Options, *teststub.Server)) *rig {
	t.Helper()
	r := &rig{t: t, stub: &teststub.Server{Key: key}, log: &notes{}}
	server := httptest.NewServer(r.stub)
	t.Cleanup(server.Close)
	queue, err := spool.Open(spool.Options{Dir: t.TempDir(), MaxBytes: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { queue.Close() })
	r.spool = queue
	base, _ := url.Parse(server.URL)
	o := Options{
		Queue: queue, Log: r.log, BatchSize: 100, FirstWait: time.Millisecond, LongestWait: 20 * time.Millisecond,
		Link: &Link{Client: NewClient(config.Config{NoProxy: true}), Base: base, APIKey: key, UserAgent: "test"},
		Reject: func(data []byte, reason string) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.rejects = append(r.rejects, reason+" | "+string(data))
			return nil
		},
	}
	if change != nil {
		change(&o, r.stub)
	}
	r.sender = New(o)
	return r
}

func (r *rig) add(users ...string) {
	r.t.Helper()
	entries := make([]spool.Entry, len(users))
	for i, user := range users {
		e := event.Event{
			EventType: event.Logon, UserName: user, ComputerName: "PC", EventID: event.NewID(),
			Timestamp: event.FormatTime(time.Now().Add(time.Duration(i) * time.Microsecond)),
		}
		data, _ := json.Marshal(e)
		entries[i] = spool.Entry{Class: spool.ClassSession, Data: data}
	}
	if err := r.spool.Append(entries...); err != nil {
		r.t.Fatal(err)
	}
}

// drain runs the sender until the spool is empty.
func (r *rig) drain() {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { r.sender.Run(ctx); close(done) }()
	for i := 0; r.spool.Stats().Length > 0; i++ {
		if i > 6000 {
			r.t.Fatalf("the spool does not empty; log:\n%s", r.log.text())
		}
		r.sender.Kick()
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	<-done
}

func (r *rig) users() string {
	var out []string
	for _, e := range r.stub.Stored() {
		out = append(out, e.Text("UserName"))
	}
	return strings.Join(out, " ")
}

func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("u%05d", i)
	}
	return out
}

func TestEventsGoInOrderAndInBatches(t *testing.T) {
	r := newRig(t, nil)
	users := numbered(250)
	r.add(users...)
	r.drain()
	if got := r.users(); got != strings.Join(users, " ") {
		t.Fatal(got)
	}
	if n := r.stub.Requests(batchPath); n != 3 {
		t.Fatalf("%d requests", n)
	}
	if retry := r.stub.Stored()[0]["retry"]; retry != 0.0 {
		t.Fatalf("retry is %v on the first try", retry)
	}
}

func TestTheOriginalServerGetsSinglesAndEverything(t *testing.T) {
	r := newRig(t, func(_ *Options, s *teststub.Server) { s.IsOriginal = true })
	users := numbered(50)
	r.add(users...)
	r.drain()
	if got := r.users(); got != strings.Join(users, " ") {
		t.Fatal(got)
	}
	if n := r.stub.Requests(batchPath); n != 1 {
		t.Fatalf("the batch call was tried %d times", n)
	}
	for _, field := range []string{"EventType", "UserName", "ComputerName", "Timestamp", "LocalIP", "PublicIP", "retry"} {
		if _, ok := r.stub.Stored()[0][field]; !ok {
			t.Errorf("%s is not sent", field)
		}
	}
}

func TestRetryIsSetOnTheSecondTryOnly(t *testing.T) {
	for _, isOriginal := range []bool{false, true} {
		failures := 0
		r := newRig(t, func(_ *Options, s *teststub.Server) {
			s.IsOriginal = isOriginal
			s.Before = func(w http.ResponseWriter, q *http.Request) bool {
				if q.URL.Path == batchPath && isOriginal {
					return false
				}
				if failures++; failures > 1 {
					return false
				}
				w.WriteHeader(503)
				return true
			}
		})
		r.add("anna")
		r.drain()
		r.add("bob")
		r.drain()
		stored := r.stub.Stored()
		if len(stored) != 2 || stored[0]["retry"] != 1.0 || stored[1]["retry"] != 0.0 {
			t.Errorf("original %t: %v", isOriginal, stored)
		}
	}
}

func TestAnAnswerLostOnTheWayDoublesNothing(t *testing.T) {
	for _, isOriginal := range []bool{false, true} {
		dropped := 0
		r := newRig(t, func(_ *Options, s *teststub.Server) {
			s.IsOriginal = isOriginal
			s.After = func(*http.Request) bool { dropped++; return dropped%3 == 1 }
		})
		users := numbered(30)
		r.add(users...)
		r.drain()
		if got := r.users(); got != strings.Join(users, " ") || r.stub.Duplicates() == 0 {
			t.Errorf("original %t: %d duplicates, %s", isOriginal, r.stub.Duplicates(), got)
		}
	}
}

func TestABadEventIsPutAsideWithTheServersReason(t *testing.T) {
	for _, isOriginal := range []bool{false, true} {
		r := newRig(t, func(_ *Options, s *teststub.Server) { s.IsOriginal = isOriginal })
		r.add("anna", " ", "bob", "e\x01ve", "carl")
		r.drain()
		if got := r.users(); got != "anna bob carl" {
			t.Errorf("original %t: %s", isOriginal, got)
		}
		if len(r.rejects) != 2 || !strings.Contains(r.rejects[0], "UserName") || !strings.Contains(r.rejects[1], `e\u0001ve`) {
			t.Errorf("original %t: %q", isOriginal, r.rejects)
		}
		if !strings.Contains(r.log.text(), "refuses an event") {
			t.Error("nothing in the log about the refused event")
		}
	}
}

func TestTheRejectedFileComesBeforeTheSpoolLetsGo(t *testing.T) {
	fail := true
	r := newRig(t, func(o *Options, _ *teststub.Server) {
		keep := o.Reject
		o.Reject = func(data []byte, reason string) error {
			if fail {
				fail = false
				return fmt.Errorf("disk full")
			}
			return keep(data, reason)
		}
	})
	r.add("anna", " ")
	r.drain()
	if len(r.rejects) != 1 || r.users() != "anna" {
		t.Fatalf("%q, %s", r.rejects, r.users())
	}
}

// The original server answers 500 to a name longer than its column.
func TestOneEventTheServerFailsOnDoesNotHoldTheRest(t *testing.T) {
	for _, isOriginal := range []bool{false, true} {
		r := newRig(t, func(o *Options, s *teststub.Server) {
			o.StuckAfter = time.Millisecond
			s.IsOriginal = isOriginal
			s.Before = func(w http.ResponseWriter, q *http.Request) bool {
				if q.URL.Path == batchPath && isOriginal {
					return false
				}
				body, _ := io.ReadAll(q.Body)
				q.Body = io.NopCloser(strings.NewReader(string(body)))
				if strings.Contains(string(body), "poison") {
					w.WriteHeader(500)
					return true
				}
				return false
			}
		})
		r.add("anna", "bob", "poison", "carl", "dora")
		r.drain()
		if got := r.users(); got != "anna bob carl dora" || len(r.rejects) != 1 || !strings.Contains(r.rejects[0], "poison") {
			t.Errorf("original %t: %s, rejected %q", isOriginal, got, r.rejects)
		}
	}
}

// A fault of the server, or a firewall in front of it that refuses everything.
func TestAServerThatTakesNothingCostsNothingHoweverLong(t *testing.T) {
	for _, status := range []int{500, 403} {
		n := 0
		r := newRig(t, func(o *Options, s *teststub.Server) {
			o.StuckAfter = time.Millisecond
			s.Before = func(w http.ResponseWriter, _ *http.Request) bool {
				if n++; n > 60 {
					return false
				}
				w.WriteHeader(status)
				return true
			}
		})
		r.add(numbered(4)...)
		r.drain()
		// Only in the instant the server recovers may an event tried ahead be first.
		got := strings.Fields(r.users())
		sort.Strings(got)
		if strings.Join(got, " ") != strings.Join(numbered(4), " ") || len(r.rejects) != 0 {
			t.Errorf("%d: %s, rejected %q", status, got, r.rejects)
		}
	}
}

func TestATooLargeBatchIsHalvedUntilItFits(t *testing.T) {
	r := newRig(t, func(_ *Options, s *teststub.Server) {
		s.Before = func(w http.ResponseWriter, q *http.Request) bool {
			if q.ContentLength > 2000 {
				say(w, 413)
				return true
			}
			return false
		}
	})
	users := numbered(100)
	r.add(users...)
	r.drain()
	if got := r.users(); got != strings.Join(users, " ") {
		t.Fatal(got)
	}
}

func say(w http.ResponseWriter, status int) {
	w.WriteHeader(status)
	io.WriteString(w, `{"status":"error","message":"no"}`)
}

func TestTheKeyGoesOnlyToItsServer(t *testing.T) {
	thief := 0
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) { thief++ }))
	defer other.Close()
	n := 0
	r := newRig(t, func(_ *Options, s *teststub.Server) {
		s.Before = func(w http.ResponseWriter, q *http.Request) bool {
			if n++; n > 5 {
				return false
			}
			http.Redirect(w, q, other.URL, 307)
			return true
		}
	})
	r.add("anna")
	r.drain()
	if thief != 0 {
		t.Fatalf("the redirect was followed %d times", thief)
	}
	if text := r.log.text(); !strings.Contains(text, "server_url") || strings.Contains(text, key) {
		t.Fatal(text)
	}
}

func TestALastingFailureFillsNoLog(t *testing.T) {
	n := 0
	r := newRig(t, func(_ *Options, s *teststub.Server) {
		s.Before = func(w http.ResponseWriter, _ *http.Request) bool {
			if n++; n > 80 {
				return false
			}
			w.WriteHeader(503)
			return true
		}
	})
	r.add("anna")
	r.drain()
	if len(r.log.lines) != 2 || !strings.Contains(r.log.lines[1], "works again after 80") {
		t.Fatal(r.log.text())
	}
}
