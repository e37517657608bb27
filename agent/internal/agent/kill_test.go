//go:build linux

package agent

import (
	"bufio"
	"context"
	"fmt"
	"math/rand"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/teststub"
)

// The test starts itself again as an agent that can be killed.
func TestMain(m *testing.M) {
	if os.Getenv("AGENT_CHILD_DIR") != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// child runs an agent that records numbered events. A number is written to the confirmed
// file once Record has returned, that is when the event is in the spool.
func child() int {
	dir := os.Getenv("AGENT_CHILD_DIR")
	base, _ := strconv.Atoi(os.Getenv("AGENT_CHILD_BASE"))
	since, _ := strconv.ParseInt(os.Getenv("AGENT_CHILD_SINCE"), 10, 64)
	signal.Ignore(syscall.SIGXFSZ)
	a, err := New(Options{
		Dir: dir, ConfigPath: filepath.Join(dir, "config.ini"), Version: "1.0.0", Host: &fakeHost{since: time.Unix(since, 0)},
		FirstWait: 2 * time.Millisecond, LongestWait: 20 * time.Millisecond,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	finished := make(chan struct{})
	go func() { a.Run(ctx); close(finished) }()
	if base == 0 {
		for a.Stats().Length > 0 {
			time.Sleep(5 * time.Millisecond)
		}
		cancel()
		<-finished
		return 0
	}
	confirmed, err := os.OpenFile(os.Getenv("AGENT_CHILD_CONFIRMED"), os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for n := base; ; n++ {
		if n == base+20 && os.Getenv("AGENT_CHILD_LIMIT") != "" {
			limitFiles(300)
			time.AfterFunc(150*time.Millisecond, func() { limitFiles(^uint64(0)) })
		}
		e := event.Event{EventType: event.Logon, UserName: "u" + strconv.Itoa(n), Timestamp: event.FormatTime(time.Now()), SessionID: strconv.Itoa(n)}
		for a.Record(e) != nil {
			os.WriteFile(os.Getenv("AGENT_CHILD_CONFIRMED")+".refused", []byte("yes"), 0o600)
			time.Sleep(time.Millisecond)
		}
		fmt.Fprintln(confirmed, n)
		time.Sleep(time.Duration(rand.Intn(2000)) * time.Microsecond)
	}
}

// limitFiles makes the kernel refuse to let files grow past a size: writes fail half-way,
// as on a full disk, in the spool, the logs and the state alike.
func limitFiles(bytes uint64) {
	syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: ^uint64(0)})
}

// weather makes a server on a fixed address come and go until the context ends.
type weather struct {
	stub    *teststub.Server
	address string
	mu      sync.Mutex
	mood    int
	server  *http.Server
}

func (w *weather) listen() error {
	listener, err := net.Listen("tcp", w.address)
	if err != nil {
		return err
	}
	w.address = listener.Addr().String()
	w.server = &http.Server{Handler: w.stub}
	go w.server.Serve(listener)
	return nil
}

func (w *weather) is() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mood
}

func (w *weather) change(ctx context.Context) {
	for ctx.Err() == nil {
		mood := rand.Intn(7)
		w.mu.Lock()
		w.mood = mood
		w.mu.Unlock()
		if mood == 6 {
			w.server.Close()
		}
		time.Sleep(time.Duration(10+rand.Intn(60)) * time.Millisecond)
		for mood == 6 && w.listen() != nil {
			time.Sleep(time.Millisecond)
		}
	}
	w.mu.Lock()
	w.mood = 0
	w.mu.Unlock()
}

func newWeather(t *testing.T, isOriginal bool) *weather {
	w := &weather{stub: &teststub.Server{Key: key, IsOriginal: isOriginal}, address: "127.0.0.1:0"}
	w.stub.Before = func(out http.ResponseWriter, _ *http.Request) bool {
		switch w.is() {
		case 3:
			out.WriteHeader(503)
		case 4:
			out.Header().Set("Retry-After", "0")
			out.WriteHeader(429)
		case 5:
			panic(http.ErrAbortHandler)
		default:
			return false
		}
		return true
	}
	// In one mood events are stored but the answer is lost now and then.
	w.stub.After = func(*http.Request) bool { return w.is() == 2 && rand.Intn(2) == 0 }
	if err := w.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.server.Close() })
	return w
}

func TestKilledAtRandomEveryEventArrivesOnceAndInOrder(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 25
	}
	killAtRandom(t, kills, false)
}

func TestKilledAtRandomWithTheOriginalServer(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 10
	}
	killAtRandom(t, kills, true)
}

func killAtRandom(t *testing.T, kills int, isOriginal bool) {
	dir := t.TempDir()
	if small := os.Getenv("WINAUTHMON_TEST_SMALL_DISK"); small != "" {
		dir = filepath.Join(small, t.Name())
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
	}
	confirmed := filepath.Join(t.TempDir(), "confirmed")
	os.WriteFile(confirmed, nil, 0o600)
	w := newWeather(t, isOriginal)
	writeConfig(t, dir, "http://"+w.address, "batch = 50")
	since := strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10)
	start := func(base int, more ...string) *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), append(more, "AGENT_CHILD_DIR="+dir, "AGENT_CHILD_CONFIRMED="+confirmed,
			"AGENT_CHILD_SINCE="+since, "AGENT_CHILD_BASE="+strconv.Itoa(base))...)
		c.Stderr = os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	ctx, calm := context.WithCancel(context.Background())
	defer calm()
	storm := make(chan struct{})
	go func() { w.change(ctx); close(storm) }()
	for kill := 1; kill <= kills; kill++ {
		var more []string
		life := time.Duration(rand.Intn(120)) * time.Millisecond
		if kill == kills/2 {
			more, life = []string{"AGENT_CHILD_LIMIT=1"}, 700*time.Millisecond
		}
		c := start(kill*100_000, more...)
		if kill == kills/4 && os.Getenv("WINAUTHMON_TEST_SMALL_DISK") != "" {
			time.Sleep(100 * time.Millisecond)
			fillDisk(t, dir, 300*time.Millisecond)
		}
		time.Sleep(life)
		c.Process.Kill()
		c.Wait()
	}
	calm()
	<-storm
	if err := start(0).Wait(); err != nil {
		t.Fatal("the last run: ", err)
	}
	if _, err := os.Stat(confirmed + ".refused"); err != nil {
		t.Error("no write was ever refused; the test of the full disk proves nothing")
	}
	judge(t, w.stub, confirmed)
}

// fillDisk takes all room on the disk for a while.
func fillDisk(t *testing.T, dir string, how time.Duration) {
	path := filepath.Join(dir, "filler")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 512)
	for err == nil {
		_, err = f.Write(block)
	}
	t.Logf("the disk is full: %v", err)
	time.Sleep(how)
	f.Close()
	os.Remove(path)
}

func judge(t *testing.T, stub *teststub.Server, confirmed string) {
	t.Helper()
	arrived, last := map[int]int{}, 0
	for _, e := range stub.Stored() {
		if e.Text("EventType") != event.Logon {
			continue
		}
		n, _ := strconv.Atoi(e.Text("SessionId"))
		if n <= last {
			t.Errorf("event %d came after %d", n, last)
		}
		arrived[n]++
		last = n
	}
	content, err := os.ReadFile(confirmed)
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	scanner := bufio.NewScanner(strings.NewReader(string(content)))
	for scanner.Scan() {
		n, err := strconv.Atoi(scanner.Text())
		if err != nil {
			t.Fatal(err)
		}
		written++
		if arrived[n] != 1 {
			t.Errorf("event %d was in the spool and arrived %d times", n, arrived[n])
		}
	}
	if written < 100 {
		t.Fatalf("only %d events were written; the test proves nothing", written)
	}
	t.Logf("%d events confirmed in the spool, %d arrived, %d were sent again and recognised", written, len(arrived), stub.Duplicates())
}
