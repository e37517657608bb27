package sender

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/teststub"
)

// A link over which only small bodies get through in the time that a server, a proxy or
// the agent itself allows.
func TestABatchTooLargeForASlowLinkIsHalvedUntilItGetsThrough(t *testing.T) {
	const most = 20_000
	for name, giveUp := range map[string]func(http.ResponseWriter, *http.Request){
		"the agent's own timeout": func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() },
		"the server's 408":        func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusRequestTimeout) },
		"a gateway's 504":         func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGatewayTimeout) },
		"a cut connection":        func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		name, giveUp := name, giveUp
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tooLarge := 0
			r := newRig(t, func(o *Options, s *teststub.Server) {
				o.BatchSize = 500
				if strings.Contains(name, "timeout") {
					o.Link.Client.Timeout = time.Second
				}
				s.Before = func(w http.ResponseWriter, q *http.Request) bool {
					if q.ContentLength <= most {
						return false
					}
					tooLarge++
					io.Copy(io.Discard, q.Body) // the server sees only then that the client leaves
					giveUp(w, q)
					return true
				}
			})
			users := numbered(1000)
			r.add(users...)
			r.drain()
			if got := r.users(); got != strings.Join(users, " ") {
				t.Errorf("%d arrived, in order: %t", r.stub.Count(), got == strings.Join(users, " "))
			}
			if tooLarge == 0 {
				t.Error("no batch was too large; the test proves nothing")
			}
		})
	}
}

// Without a connection nothing is learned of the link, and the batches stay large.
func TestAServerThatIsAwayShrinksNoBatch(t *testing.T) {
	r := newRig(t, func(o *Options, _ *teststub.Server) {
		away := *o.Link.Base
		away.Host = "127.0.0.1:1" // nobody listens there
		o.Link.Base = &away
	})
	r.add(numbered(10)...)
	for i := 0; i < 5; i++ {
		if sent, _ := r.sender.step(context.Background()); sent != 0 {
			t.Fatal("delivered to nobody")
		}
	}
	if r.sender.limit != 100 {
		t.Errorf("limit %d after failed connections", r.sender.limit)
	}
}

func TestABatchGrowsOnlyAfterSomeGotThrough(t *testing.T) {
	s := &Sender{o: Options{BatchSize: 500}, limit: 500}
	s.shrink(500)
	for i := 0; i < steadyCalls; i++ {
		s.grow()
		if s.limit != 250 {
			t.Fatalf("%d after %d calls", s.limit, i+1)
		}
	}
	if s.grow(); s.limit != 500 {
		t.Fatal(s.limit)
	}
}
