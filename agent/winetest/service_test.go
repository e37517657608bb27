//go:build wine

package winetest

import (
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
	"winauthmon/agent/internal/teststub"
)

const packageDir = `C:\Users\Public\agent package`

var stubKey = strings.Repeat("0123456789abcdef", 4)

// unpack lays out what an administrator unpacks: executable, config.ini, perhaps a CA.
func (b *box) unpack(server, key string, more string) {
	b.t.Helper()
	exe, err := os.ReadFile(executable())
	if err != nil {
		b.t.Fatalf("the executable is missing; build it with: node scripts/build-agent.mjs (%v)", err)
	}
	b.write(packageDir+`\`+exeName, exe)
	b.write(packageDir+`\config.ini`, []byte(strings.ReplaceAll(fmt.Sprintf(`[API]
api_key = %s
server_url = %s
debug_logs = true
timezone = Europe/London
install_dir = %s
health_check_interval = 1
health_check_path = /api/health
obtain_public_ip = false
public_ip_http_urls = https://api.ipify.org
%s
[Logging]
session_log_rotation_size_mb = 5
error_log_rotation_size_mb = 5
event_log_rotation_size_mb = 5
`, key, server, installDir, more), "\n", "\r\n")))
}

func executable() string {
	if path := os.Getenv("WINAUTHMON_TEST_EXE"); path != "" {
		return path
	}
	return filepath.Join("..", "dist", exeName)
}

// spoolEvents puts events into the agent's spool, as an earlier run left them.
func (b *box) spoolEvents(n int) []string {
	b.t.Helper()
	queue, err := spool.Open(spool.Options{Dir: filepath.Join(b.path(installDir), "spool"), MaxBytes: 64 << 20})
	if err != nil {
		b.t.Fatal(err)
	}
	defer queue.Close()
	run := event.NewID()[:8]
	var ids []string
	for i := 0; i < n; i++ {
		e := event.Event{
			EventType: []string{event.Logon, event.Lock, event.Unlock, event.Logoff}[i%4], UserName: "wine-" + run,
			ComputerName: "WINE-" + run, Timestamp: event.FormatTime(time.Now().Add(time.Duration(i-n) * time.Second)),
			LocalIP: "192.0.2.7", EventID: event.NewID(),
		}
		data, _ := json.Marshal(e)
		if err := queue.Append(spool.Entry{Class: spool.ClassSession, Data: data}); err != nil {
			b.t.Fatal(err)
		}
		ids = append(ids, e.EventID)
	}
	return ids
}

// live goes through an installation's whole life. check waits until the events of the ids
// are with the server.
func (b *box) live(key string, check func(ids []string)) {
	b.t.Helper()
	source, installed := packageDir+`\`+exeName, installDir+`\`+exeName
	config := packageDir + `\config.ini`
	b.must(4, source, "-service", "status")
	b.must(0, source, "-check", "-config", config)
	ids := b.spoolEvents(40)
	b.must(0, source, "-service", "install", "-config", config)
	b.must(3, installed, "-service", "status")
	b.must(0, installed, "-service", "start")
	b.must(0, installed, "-service", "start")
	b.must(0, installed, "-service", "status")
	check(ids)
	b.until("an empty spool", func() bool { return len(b.spoolFiles()) == 0 })
	b.until("a good health report", func() bool { return strings.Contains(b.logs(), "health: the server responds and accepts the key") })
	b.atRest()

	b.must(0, installed, "-service", "stop")
	b.must(3, installed, "-service", "status")
	more := b.spoolEvents(5)
	b.must(0, source, "-service", "install", "-config", config)
	if len(b.spoolFiles()) == 0 {
		b.t.Fatal("the upgrade did not keep the spool")
	}
	b.must(0, installed, "-service", "start")
	check(more)
	// An upgrade of a running service starts it again by itself.
	b.must(0, source, "-service", "install", "-config", config)
	b.must(0, installed, "-service", "status")

	b.must(0, installed, "-service", "uninstall")
	b.must(4, installed, "-service", "status")
	b.must(0, installed, "-service", "uninstall")
	if strings.Contains(b.logs(), key) {
		b.t.Fatal("the API key is in a log")
	}
	if _, err := os.Stat(b.path(installDir + `\uninstall.bat`)); err != nil {
		b.t.Fatal(err)
	}
}

// atRest measures the service process: memory it owns and processor time while idle.
func (b *box) atRest() {
	b.t.Helper()
	pid := b.process(exeName, "-service\x00run")
	if pid == "" {
		b.t.Fatal("the service's process is not found")
	}
	time.Sleep(2 * time.Second)
	before := cpuTicks(pid)
	time.Sleep(10 * time.Second)
	used := cpuTicks(pid) - before
	own, anonymous, all := ownMemory(pid), memory(pid, "RssAnon"), memory(pid, "VmRSS")
	b.t.Logf("at rest: %.1f MiB own memory (%.1f MiB with the executable's pages, %.1f MiB with all of Wine's) in %d threads, %d ms of processor time in 10 s with a health report each second",
		float64(own)/1024, float64(anonymous)/1024, float64(all)/1024, memory(pid, "Threads"), used*10)
	// 20 MiB with the executable's pages, which are five.
	if own == 0 || own >= 15<<10 {
		b.t.Errorf("%d KiB of own memory at rest, the bound is 15 MiB", own)
	}
}

// ownMemory returns the KiB that only this process holds and has written, as Windows' private
// working set is. The executable's read-only pages are left out: Windows maps them from the
// file and shares them, Wine must copy them, for its pages do not lie on page boundaries there.
func ownMemory(pid string) int {
	content, _ := os.ReadFile("/proc/" + pid + "/smaps")
	kib, isWritable := 0, false
	for _, line := range strings.Split(string(content), "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) > 1 && strings.Contains(fields[0], "-"):
			isWritable = fields[1][1] == 'w'
		case isWritable && strings.HasPrefix(line, "Anonymous:"):
			more, _ := strconv.Atoi(fields[1])
			kib += more
		}
	}
	return kib
}

func cpuTicks(pid string) int {
	content, _ := os.ReadFile("/proc/" + pid + "/stat")
	fields := strings.Fields(string(content[strings.LastIndexByte(string(content), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return user + system
}

func memory(pid, name string) int {
	content, _ := os.ReadFile("/proc/" + pid + "/status")
	for _, line := range strings.Split(string(content), "\n") {
		if strings.HasPrefix(line, name+":") {
			kib, _ := strconv.Atoi(strings.Fields(line)[1])
			return kib
		}
	}
	return 0
}

// arrival checks that a stub has each id once and in order, and a start-up by the agent.
func (b *box) arrival(stub *teststub.Server) func([]string) {
	return func(ids []string) {
		b.t.Helper()
		find := func() (found []string) {
			wanted := map[string]bool{}
			for _, id := range ids {
				wanted[id] = true
			}
			for _, e := range stub.Stored() {
				if wanted[e.Text("EventId")] {
					found = append(found, e.Text("EventId"))
				}
			}
			return found
		}
		b.until("the events", func() bool { return len(find()) >= len(ids) })
		if got := find(); strings.Join(got, " ") != strings.Join(ids, " ") {
			b.t.Fatalf("order or number is wrong: %d of %d", len(got), len(ids))
		}
		startups := 0
		for _, e := range stub.Stored() {
			if e.Text("EventType") == event.Startup {
				startups++
			}
		}
		if startups != 1 {
			b.t.Fatalf("%d start-ups reported, the computer started once", startups)
		}
	}
}

func TestServiceOverHTTP(t *testing.T) {
	b, stub := newBox(t), &teststub.Server{Key: stubKey}
	server := httptest.NewServer(stub)
	defer server.Close()
	b.unpack(server.URL, stubKey, "")
	b.live(stubKey, b.arrival(stub))
	report := stub.Health()[1]
	if report["ComputerName"] == "" || report["AgentVersion"] == "" || report["SpoolLength"] == nil {
		t.Fatalf("health report %v", report)
	}
}

func TestServiceOverHTTPSWithAPrivateCA(t *testing.T) {
	b, stub := newBox(t), &teststub.Server{Key: stubKey}
	server := httptest.NewTLSServer(stub)
	defer server.Close()
	b.unpack(server.URL, stubKey, "ca_file = ca.pem")
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	b.write(packageDir+`\ca.pem`, authority)
	b.live(stubKey, b.arrival(stub))
}

func TestAnUntrustedCertificateIsRefused(t *testing.T) {
	b, stub := newBox(t), &teststub.Server{Key: stubKey}
	server := httptest.NewTLSServer(stub)
	defer server.Close()
	b.unpack(server.URL, stubKey, "")
	if out := b.must(1, packageDir+`\`+exeName, "-check", "-config", packageDir+`\config.ini`); !strings.Contains(out, "certificate") {
		t.Fatal(out)
	}
	if n := stub.Requests("/api/health"); n != 0 {
		t.Fatalf("%d requests reached a server nobody vouches for", n)
	}
}

func TestServiceWithTheOriginalServer(t *testing.T) {
	b, stub := newBox(t), &teststub.Server{Key: stubKey, IsOriginal: true}
	server := httptest.NewServer(stub)
	defer server.Close()
	b.unpack(server.URL, stubKey, "")
	b.live(stubKey, b.arrival(stub))
}

func TestABadConfigurationIsRefusedWithWords(t *testing.T) {
	b := newBox(t)
	b.unpack("portal.example.com", "too-short", "")
	out := b.must(1, packageDir+`\`+exeName, "-service", "install", "-config", packageDir+`\config.ini`)
	if !strings.Contains(out, "api_key") || !strings.Contains(out, "server_url") || strings.Contains(out, "too-short") {
		t.Fatal(out)
	}
	b.must(4, packageDir+`\`+exeName, "-service", "status")
	b.must(2, packageDir+`\`+exeName, "-check", "-config", packageDir+`\config.ini`)
	b.must(2, packageDir+`\`+exeName, "-service", "dance")
	b.must(2, packageDir+`\`+exeName)
}
