//go:build wine

// Package winetest runs the built executable as a service under Wine, against a stub of
// the agent API and, with the tag "portal", the package downloaded from a running portal.
package winetest

import (
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
		b.serve("-k")
		b.serve("-w")
	})
	if code, out := b.run("wineboot", "-i"); code != 0 {
		t.Fatalf("Wine does not start: exit code %d\n%s", code, out)
	}
	// The boot ends with a shutdown; a program started during it would meet both.
	b.serve("-w")
	b.hold()
	return b
}

// hold keeps this Windows up between commands: when its last program ends, Wine shuts it
// down, and the next command would boot it anew and start the service.
func (b *box) hold() {
	keeper := exec.Command(b.wine, "cmd.exe")
	keeper.Env = b.env()
	input, err := keeper.StdinPipe()
	if err == nil {
		err = keeper.Start()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		input.Close()
		keeper.Process.Kill()
		keeper.Wait()
	})
	b.until("the service manager", func() bool { return b.process("services.exe") != "" })
	time.Sleep(2 * time.Second)
}

// process finds a program of this prefix by words of its command line; its number or "".
func (b *box) process(words ...string) string {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
next:
	for _, path := range all {
		line, _ := os.ReadFile(path)
		for _, word := range words {
			if !strings.Contains(string(line), word) {
				continue next
			}
		}
		environment, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "environ"))
		if strings.Contains(string(environment), "WINEPREFIX="+b.prefix+"\x00") {
			return filepath.Base(filepath.Dir(path))
		}
	}
	return ""
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

// serve gives an order to the prefix's own Wine server.
func (b *box) serve(order string) {
	command := exec.Command(b.server(), order)
	command.Env = b.env()
	command.Run()
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
	code, out := b.runOnce(program, args...)
	if code == 1 && out == "" {
		// The agent says why it fails, so Wine has not started it, which happens on a busy machine.
		b.t.Logf("Wine did not start %s %s", program, strings.Join(args, " "))
		code, out = b.runOnce(program, args...)
	}
	return code, out
}

func (b *box) runOnce(program string, args ...string) (int, string) {
	b.t.Helper()
	// A file, not a pipe: the service inherits it, and a pipe would wait for the service.
	file, err := os.CreateTemp(b.t.TempDir(), "output")
	if err != nil {
		b.t.Fatal(err)
	}
	defer file.Close()
	command := exec.Command(b.wine, append([]string{program}, args...)...)
	command.Env, command.Stdout, command.Stderr = b.env(), file, file
	if err := command.Start(); err != nil {
		b.t.Fatal(err)
	}
	timer := time.AfterFunc(2*time.Minute, func() { command.Process.Kill() })
	defer timer.Stop()
	command.Wait()
	out, err := os.ReadFile(file.Name())
	if err != nil {
		b.t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), string(out)
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
