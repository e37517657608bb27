package address

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func never(string, ...interface{}) {}

func site(t *testing.T, status int, body string, asked *int32) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		atomic.AddInt32(asked, 1)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func found(t *testing.T, p *Public) string {
	t.Helper()
	for i := 0; i < 300; i++ {
		if v := p.Current(); v != "" {
			return v
		}
		time.Sleep(10 * time.Millisecond)
	}
	return ""
}

func TestSitesAreAskedInOrderUntilOneAnswersWithAnAddress(t *testing.T) {
	var broken, page, loop, good, last int32
	p := NewPublic(http.DefaultClient, []string{
		site(t, 500, "203.0.113.1", &broken), site(t, 200, "<html>203.0.113.2</html>", &page),
		site(t, 200, "127.0.0.1", &loop), site(t, 200, " 203.0.113.9\n", &good), site(t, 200, "203.0.113.8", &last),
	}, never)
	if got := p.Current(); got != "" {
		t.Fatal("the first call must not wait, but gives ", got)
	}
	if got := found(t, p); got != "203.0.113.9" {
		t.Fatal(got)
	}
	if broken != 1 || page != 1 || loop != 1 || good != 1 || last != 0 {
		t.Fatal(broken, page, loop, good, last)
	}
}

func TestAnAddressIsKeptForAnHourAndForgottenOnMoving(t *testing.T) {
	var asked int32
	p := NewPublic(http.DefaultClient, []string{site(t, 200, "2001:db8::9", &asked)}, never)
	var clock atomic.Value
	clock.Store(time.Now())
	p.now = func() time.Time { return clock.Load().(time.Time) }
	found(t, p)
	clock.Store(clock.Load().(time.Time).Add(59 * time.Minute))
	for i := 0; i < 5; i++ {
		if p.Current() != "2001:db8::9" {
			t.Fatal("forgotten within the hour")
		}
	}
	if asked != 1 {
		t.Fatal(asked)
	}
	clock.Store(clock.Load().(time.Time).Add(2 * time.Minute))
	if got := p.Current(); got != "" {
		t.Fatal("older than an hour: ", got)
	}
	if found(t, p) == "" || asked != 2 {
		t.Fatal(asked)
	}
	p.Forget()
	if got := p.Current(); got != "" {
		t.Fatal(got)
	}
}

func TestWithoutSitesNothingIsAsked(t *testing.T) {
	if got := NewPublic(http.DefaultClient, nil, never).Current(); got != "" {
		t.Fatal(got)
	}
}

func TestTheLocalAddressIsOneOrNone(t *testing.T) {
	got := (&Local{}).Current()
	if ip := net.ParseIP(got); got != "" && (ip == nil || ip.IsLoopback()) {
		t.Fatal(got)
	}
}
