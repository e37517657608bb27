package install

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/teststub"
)

// quiet is a computer nothing happens on.
type quiet struct{}

func (quiet) ComputerName() string                 { return "PC01" }
func (quiet) Uptime() time.Duration                { return time.Hour }
func (quiet) UncleanShutdown(time.Time) time.Time  { return time.Time{} }
func (quiet) Sessions() ([]event.Session, error)   { return nil, nil }
func (quiet) Session(uint32) (event.Session, bool) { return event.Session{}, false }
func (quiet) Sources() []agent.Source              { return nil }

// run lets the installed agent keep the events and, with a server, deliver all it has.
func (k *kit) run(t *testing.T, isServed bool, events ...event.Event) *teststub.Server {
	t.Helper()
	stub := &teststub.Server{Key: strings.Repeat("0123456789abcdef", 4)}
	server := httptest.NewServer(stub)
	defer server.Close()
	configPath := filepath.Join(k.dir, ConfigName)
	content, err := os.ReadFile(configPath)
	if err != nil {
		t.Fatal(err)
	}
	address := "http://127.0.0.1:9"
	if isServed {
		address = server.URL
	}
	own := filepath.Join(t.TempDir(), ConfigName)
	text := strings.NewReplacer("http://h", address, "ca_file", "no_file").Replace(string(content)) + "proxy = none\nobtain_public_ip = false\n"
	if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := agent.New(agent.Options{Dir: k.dir, ConfigPath: own, Version: "test", Host: quiet{}, FirstWait: time.Millisecond, LongestWait: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Record(events...); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		a.Run(ctx)
		close(ended)
	}()
	if isServed {
		for tries := 0; a.Stats().Length > 0 || len(stub.Stored()) == 0; tries++ {
			if tries == 6000 {
				t.Fatal("waited in vain for the events to be delivered")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	cancel()
	<-ended
	return stub
}

func lock(second int) event.Event {
	return event.Event{EventType: event.Lock, UserName: "anna", Timestamp: event.FormatTime(time.Unix(1_760_000_000+int64(second), 0))}
}

// installed is an agent with a ca_file, whose name looks like a pattern.
func installed(t *testing.T) *kit {
	t.Helper()
	k := newKit(t, "ca_file = ca[1].pem\n")
	content, err := os.ReadFile(filepath.Join("testdata", "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(k.pack, "ca[1].pem"), content, 0o600)
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
	return k
}
