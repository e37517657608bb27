//go:build wine

// Package winetest runs the built executable as a service under Wine, against a stub of
// the agent API or, with WINAUTHMON_TEST_URL and WINAUTHMON_TEST_KEY, a running portal.
package winetest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// box is a Wine prefix of its own.
type box struct {
	t      *testing.T
	prefix string
	wine   string
}

const exeName = "winagentUSM.exe"

// newBox makes an empty Windows. What is missing fails the test and says how to get it.
func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{t: t, wine: findWine(t), prefix: filepath.Join(t.TempDir(), "wine")}
	t.Cleanup(func() {
		server := exec.Command(b.server(), "-k")
		server.Env = b.env()
		server.Run()
		wait := exec.Command(b.server(), "-w")
		wait.Env = b.env()
		wait.Run()
	})
	boot := exec.Command(b.wine, "wineboot", "-i")
	boot.Env = b.env()
	if out, err := boot.CombinedOutput(); err != nil {
		t.Fatalf("Wine does not start: %v\n%s", err, out)
	}
	return b
}

func findWine(t *testing.T) string {
	for _, name := range []string{"/usr/lib/wine/wine64", "wine64", "wine"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("Wine is missing. On Debian or Ubuntu: apt-get install wine wine64")
	return ""
}

func (b *box) server() string {
	for _, name := range []string{"/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "wineserver"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return "wineserver"
}

func (b *box) env() []string {
	return append(os.Environ(), "WINEPREFIX="+b.prefix, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=",
		"http_proxy=", "https_proxy=", "HTTP_PROXY=", "HTTPS_PROXY=")
}

// path gives the place of a C:\ path on this machine.
func (b *box) path(windows string) string {
	return filepath.Join(b.prefix, "drive_c", strings.ReplaceAll(strings.TrimPrefix(windows, `C:\`), `\`, "/"))
}

func (b *box) write(windows string, content []byte) {
	b.t.Helper()
	path := b.path(windows)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o755); err != nil {
		b.t.Fatal(err)
	}
}

// run starts a program of the prefix and returns its exit code and output.
func (b *box) run(program string, args ...string) (int, string) {
	b.t.Helper()
	command := exec.Command(b.wine, append([]string{program}, args...)...)
	command.Env = b.env()
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Start()
	if err != nil {
		b.t.Fatal(err)
	}
	timer := time.AfterFunc(2*time.Minute, func() { command.Process.Kill() })
	defer timer.Stop()
	command.Wait()
	return command.ProcessState.ExitCode(), out.String()
}

// must runs the agent and wants an exit code.
func (b *box) must(code int, program string, args ...string) string {
	b.t.Helper()
	got, out := b.run(program, args...)
	if got != code {
		b.t.Fatalf("%s %s: exit code %d, want %d\n%s\n%s", program, strings.Join(args, " "), got, code, out, b.logs())
	}
	return out
}

const installDir = `C:\ProgramData\User Session Mon`

func (b *box) logs() string {
	var all strings.Builder
	files, _ := filepath.Glob(filepath.Join(b.path(installDir), "logs", "*"))
	for _, f := range files {
		content, _ := os.ReadFile(f)
		fmt.Fprintf(&all, "--- %s\n%s", filepath.Base(f), content)
	}
	return all.String()
}

func (b *box) spoolFiles() []string {
	files, _ := filepath.Glob(filepath.Join(b.path(installDir), "spool", "*.spool"))
	return files
}

// until waits for something that is bound to happen.
func (b *box) until(what string, done func() bool) {
	b.t.Helper()
	for i := 0; i < 600; i++ {
		if done() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("waited in vain for %s\n%s", what, b.logs())
}
