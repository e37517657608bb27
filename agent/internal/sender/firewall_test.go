package sender

import (
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/teststub"
)

// A web application firewall may take a user's name for an attack.
func TestOneEventAFirewallRefusesDoesNotHoldTheRest(t *testing.T) {
	for _, status := range []int{403, 406} {
		for _, isOriginal := range []bool{false, true} {
			r := newRig(t, func(o *Options, s *teststub.Server) {
				o.StuckAfter = time.Millisecond
				s.IsOriginal = isOriginal
				s.Before = func(w http.ResponseWriter, q *http.Request) bool {
					body, _ := io.ReadAll(q.Body)
					q.Body = io.NopCloser(strings.NewReader(string(body)))
					if !strings.Contains(string(body), "' or 1=1--") {
						return false
					}
					w.WriteHeader(status)
					io.WriteString(w, "<html>Request blocked</html>")
					return true
				}
			})
			r.add("anna", "bob", "' or 1=1--", "carl", "dora")
			r.drain()
			reason := fmt.Sprint(status)
			if got := r.users(); got != "anna bob carl dora" || len(r.rejects) != 1 || !strings.HasPrefix(r.rejects[0], reason) {
				t.Errorf("%d, original %t: %s, rejected %q", status, isOriginal, got, r.rejects)
			}
		}
	}
}

// What is typed wrongly once is often typed wrongly again.
func TestSeveralEventsInARowThatFailDoNotHoldTheRest(t *testing.T) {
	bad := "' or 1=1--"
	for _, status := range []int{403, 500} {
		for _, isOriginal := range []bool{false, true} {
			var r *rig
			r = newRig(t, func(o *Options, s *teststub.Server) {
				o.StuckAfter = time.Millisecond
				keep := o.Reject
				o.Reject = func(data []byte, reason string) error {
					r.sender.o.StuckAfter = time.Hour // once one is put aside, the others don't wait
					return keep(data, reason)
				}
				s.IsOriginal = isOriginal
				s.Before = func(w http.ResponseWriter, q *http.Request) bool {
					body, _ := io.ReadAll(q.Body)
					q.Body = io.NopCloser(strings.NewReader(string(body)))
					if !strings.Contains(string(body), bad) {
						return false
					}
					w.WriteHeader(status)
					return true
				}
			})
			// A space is no name: the server refuses it itself.
			r.add("anna", bad, bad, " ", bad, bad, bad, bad, bad, "carl", bad, bad, "dora")
			r.drain()
			users := strings.Fields(r.users())
			sort.Strings(users)
			if got := strings.Join(users, " "); got != "anna carl dora" || len(r.rejects) != 10 {
				t.Errorf("%d, original %t: %s, %d rejected: %q", status, isOriginal, got, len(r.rejects), r.rejects)
			}
		}
	}
}

// What the server itself says of the key holds for every event, so none is put aside for it.
func TestOnlyAFirewallsRefusalIsAboutOneEvent(t *testing.T) {
	own := `{"message":"This API key may not send events","status":"error"}`
	for _, c := range []struct {
		status        int
		body          string
		single, batch verdict
	}{
		{403, own, unavailable, unavailable}, {406, own, unavailable, unavailable}, {401, own, unavailable, unavailable},
		{401, "<html>", unavailable, unavailable}, {403, "<html>", stuck, tooLarge}, {406, "", stuck, tooLarge},
		{403, `{"message":"Forbidden"}`, stuck, tooLarge}, {403, `{"status":"er`, stuck, tooLarge},
	} {
		single := judgeSingle(c.status, http.Header{}, []byte(c.body), time.Now())
		batch := judgeBatch(c.status, http.Header{}, []byte(c.body), 2, time.Now())
		if single.verdict != c.single || batch.verdict != c.batch {
			t.Errorf("%d %s: %d and %d", c.status, c.body, single.verdict, batch.verdict)
		}
	}
}
