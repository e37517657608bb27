//go:build portal

package sender

import (
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"winauthmon/agent/internal/teststub"
)

// TestDrainToAPortal measures how fast a backlog leaves for the portal that the environment
// names: `npm run bench -- agent` starts one and reads the last line.
func TestDrainToAPortal(t *testing.T) {
	const backlog = 100_000
	base, err := url.Parse(os.Getenv("WINAUTHMON_BENCH_URL"))
	if err != nil || base.Host == "" {
		t.Fatal("WINAUTHMON_BENCH_URL names no portal; run: npm run bench -- agent")
	}
	r := newRig(t, func(o *Options, _ *teststub.Server) {
		o.Link.Base, o.Link.APIKey = base, os.Getenv("WINAUTHMON_BENCH_KEY")
		o.BatchSize = 500 // what an agent has whose configuration says nothing of it
	})
	people := numbered(50)
	users := make([]string, backlog)
	for i := range users {
		users[i] = people[i%len(people)]
	}
	r.add(users...)
	begun := time.Now()
	r.drain()
	if len(r.rejects) > 0 {
		t.Fatalf("%d events were refused, first: %s", len(r.rejects), r.rejects[0])
	}
	fmt.Printf("drained %d events in %d ms\n", backlog, time.Since(begun).Milliseconds())
}
