package agent

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/teststub"
)

var key = strings.Repeat("0123456789abcdef", 4)

// fakeHost is a computer that has been running since a fixed instant.
type fakeHost struct {
	since    time.Time
	sessions []event.Session
	sources  []Source
}

func (h *fakeHost) ComputerName() string                { return "PC01" }
func (h *fakeHost) Uptime() time.Duration               { return time.Since(h.since) }
func (h *fakeHost) UncleanShutdown(time.Time) time.Time { return time.Time{} }
func (h *fakeHost) Sessions() ([]event.Session, error)  { return h.sessions, nil }
func (h *fakeHost) Sources() []Source                   { return h.sources }
func (h *fakeHost) Session(id uint32) (event.Session, bool) {
	for _, s := range h.sessions {
		if s.ID == id {
			return s, true
		}
	}
	return event.Session{}, false
}

// fakeLog is an event log whose records come through a channel.
type fakeLog chan []event.Event

func (l fakeLog) Name() string { return "the log" }

func (l fakeLog) Follow(ctx context.Context, _ string, _ event.Naming, _ Log, record func(...event.Event) error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case events := <-l:
			if err := record(events...); err != nil {
				return err
			}
		}
	}
}

func writeConfig(t testing.TB, dir, server, more string) string {
	t.Helper()
	path := filepath.Join(dir, "config.ini")
	text := fmt.Sprintf("[API]\napi_key = %s\nserver_url = %s\nhealth_check_interval = 0\nobtain_public_ip = false\nproxy = none\n%s\n", key, server, more)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func serve(t testing.TB) (*teststub.Server, string) {
	t.Helper()
	stub := &teststub.Server{Key: key}
	server := httptest.NewServer(stub)
	t.Cleanup(server.Close)
	return stub, server.URL
}

func until(t testing.TB, what string, done func() bool) {
	t.Helper()
	for i := 0; i < 3000; i++ {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}
