package sender

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/teststub"
)

// A load balancer answers for a server that is being restarted.
func TestAnAnswerOfSomethingInFrontTurnsNoBatchesOff(t *testing.T) {
	for _, status := range []int{404, 405, 501} {
		answered := 0
		r := newRig(t, func(_ *Options, s *teststub.Server) {
			s.Before = func(w http.ResponseWriter, _ *http.Request) bool {
				if answered++; answered > 6 {
					return false
				}
				w.WriteHeader(status)
				io.WriteString(w, "page not found")
				return true
			}
		})
		users := numbered(50)
		r.add(users...)
		r.drain()
		// The six were pairs of a batch and its single event.
		if single, batch := r.stub.Requests(singlePath), r.stub.Requests(batchPath); single != 3 || batch != 4 {
			t.Errorf("%d: %d single and %d batch calls", status, single, batch)
		}
		if got := r.users(); got != strings.Join(users, " ") {
			t.Errorf("%d: %s", status, got)
		}
	}
}

func TestBatchesAreTriedAgainSoonAndThenEachHour(t *testing.T) {
	r := newRig(t, func(_ *Options, s *teststub.Server) { s.IsOriginal = true })
	var waits []time.Duration
	for i := 0; i < 9; i++ {
		r.add("anna")
		r.drain()
		waits = append(waits, r.sender.batchWait)
		r.sender.noBatch = time.Time{} // as if that time had passed
	}
	minute := time.Minute
	want := []time.Duration{minute, 2 * minute, 4 * minute, 8 * minute, 16 * minute, 32 * minute, time.Hour, time.Hour, time.Hour}
	for i := range want {
		if waits[i] != want[i] {
			t.Fatalf("%s, want %s", waits, want)
		}
	}
	if n := strings.Count(r.log.text(), "only single events"); n != 1 {
		t.Errorf("said %d times:\n%s", n, r.log.text())
	}
	r.stub.Lock()
	r.stub.IsOriginal = false // the portal took its place
	r.stub.Unlock()
	r.add("bob", "carl")
	r.drain()
	if r.sender.batchWait != 0 {
		t.Errorf("still %s", r.sender.batchWait)
	}
}
