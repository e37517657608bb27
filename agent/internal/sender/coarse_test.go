package sender

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/teststub"
)

func TestTheOriginalServerGetsWholeSecondsAndThePortalTheTimeAsSeen(t *testing.T) {
	r := newRig(t, func(_ *Options, s *teststub.Server) { s.IsOriginal = true })
	users := numbered(20)
	r.add(users...)
	r.drain()
	if got := r.users(); got != strings.Join(users, " ") || len(r.rejects) != 0 {
		t.Fatalf("%s, rejected %q", got, r.rejects)
	}
	for _, e := range r.stub.Stored() {
		if strings.Contains(e.Text("Timestamp"), ".") {
			t.Fatal(e)
		}
	}
	if n := r.stub.Requests(singlePath); n != 21 {
		t.Errorf("%d requests: only the first event is to be tried with its fraction", n)
	}
	r.stub.Lock()
	r.stub.IsOriginal = false // the portal took its place
	r.stub.Unlock()
	r.sender.noBatch = time.Time{} // as if that time had passed
	r.add("anna", "bob")
	r.drain()
	r.add("carl")
	r.drain()
	if stored := r.stub.Stored(); !strings.Contains(stored[len(stored)-1].Text("Timestamp"), ".") {
		t.Error(stored[len(stored)-1])
	}
}

func TestAnEventIsGivenUpOnlyWhenItIsRefusedInWholeSecondsToo(t *testing.T) {
	for _, isAway := range []bool{false, true} {
		singles := 0
		r := newRig(t, func(_ *Options, s *teststub.Server) {
			s.IsOriginal = true
			s.Before = func(w http.ResponseWriter, q *http.Request) bool {
				if q.URL.Path != singlePath {
					return false
				}
				if singles++; !isAway || singles != 2 {
					return false
				}
				w.WriteHeader(503)
				return true
			}
		})
		name := "anna"
		if !isAway {
			name = "e\x01ve"
		}
		r.add(name, "bob")
		r.drain()
		want, rejects := "anna bob", 0
		if !isAway {
			want, rejects = "bob", 1
		}
		if got := r.users(); got != want || len(r.rejects) != rejects {
			t.Errorf("away %t: %s, rejected %q", isAway, got, r.rejects)
		}
	}
}

func TestOnlyAFractionIsTakenOffATime(t *testing.T) {
	for at, want := range map[string]string{
		"2025-05-26T09:00:00.1234567Z": "2025-05-26T09:00:00Z", "2025-05-26T09:00:00.000Z": "2025-05-26T09:00:00Z",
		"2025-05-26T09:00:00Z": "2025-05-26T09:00:00Z", "": "", "soon.": "soon.", "a.b": "a.b",
	} {
		if got := wholeSeconds(at); got != want {
			t.Errorf("%q gives %q", at, got)
		}
	}
}
