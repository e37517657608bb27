package logs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/disk"
)

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(b)
}

func TestNoLogEverHoldsASecret(t *testing.T) {
	dir := t.TempDir()
	key := strings.Repeat("ab12", 16)
	console := &bytes.Buffer{}
	l := New(dir, Settings{IsDebug: true, Secrets: []string{key, "pr0xy"}})
	l.Console = console
	for _, write := range []func(string, ...interface{}){l.Sessionf, l.Eventf, l.Debugf, l.Problemf} {
		write("the key is %s or %s, the proxy's pr0xy", key, strings.ToUpper(key))
	}
	l.Close()
	all := console.String() + read(t, dir, "session.log") + read(t, dir, "event.log") + read(t, dir, "error.log")
	if strings.Contains(strings.ToLower(all), key) || strings.Contains(all, "pr0xy") || strings.Count(all, "[secret]") != 3*8 {
		t.Fatal(all)
	}
}

func TestALogIsRotatedAtItsSizeAndOldOnesGo(t *testing.T) {
	dir := t.TempDir()
	l := New(dir, Settings{SessionBytes: 400})
	for i := 0; i < 100; i++ {
		l.Sessionf("line %03d", i)
	}
	l.Close()
	all := ""
	for _, name := range []string{"session.log.3", "session.log.2", "session.log.1", "session.log"} {
		part := read(t, dir, name)
		if part == "" || len(part) > 400 {
			t.Fatalf("%s has %d bytes", name, len(part))
		}
		all += part
	}
	if !strings.Contains(all, "line 099") || strings.Contains(all, "line 000") {
		t.Fatal(all)
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Fatal(files)
	}
	first := strings.Index(all, "line ")
	var n int
	fmt.Sscanf(all[first:], "line %d", &n)
	for i := n; i < 100; i++ {
		if !strings.Contains(all, fmt.Sprintf("line %03d", i)) {
			t.Fatalf("line %d is missing", i)
		}
	}
}

func TestAMoveThatACrashCutOffIsFinished(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "session.log")
	for name, content := range map[string]string{".0": "cut off\n", ".1": "first\n", ".2": "second\n"} {
		if err := os.WriteFile(path+name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := New(dir, Settings{SessionBytes: 60})
	l.Sessionf("one")
	l.Sessionf("two")
	l.Close()
	if !strings.Contains(read(t, path), "two") || !strings.Contains(read(t, path+".1"), "one") ||
		read(t, path+".2") != "cut off\n" || read(t, path+".3") != "first\n" || read(t, path+".0") != "" {
		files, _ := os.ReadDir(dir)
		t.Fatal(files)
	}
}

func TestZeroMeansNeverRotated(t *testing.T) {
	dir := t.TempDir()
	l := New(dir, Settings{})
	for i := 0; i < 1000; i++ {
		l.Problemf("line %d", i)
	}
	l.Close()
	if files, _ := os.ReadDir(dir); len(files) != 1 || strings.Count(read(t, dir, "error.log"), "\n") != 1000 {
		t.Fatal(files)
	}
}

func TestAStrangersTextStaysOnItsLine(t *testing.T) {
	dir := t.TempDir()
	zone := time.FixedZone("", 3600)
	l := New(dir, Settings{Zone: zone})
	l.now = func() time.Time { return time.Date(2025, 5, 26, 9, 0, 0, 5e6, time.UTC) }
	l.Sessionf("user %s", "eve\r\n2025-01-01 forged")
	l.Debugf("not with debug_logs off")
	l.Close()
	want := "2025-05-26 10:00:00.005 +01:00 SEEN user eve\\r\\n2025-01-01 forged\n"
	if got := read(t, dir, "session.log"); got != want {
		t.Fatalf("%q", got)
	}
	if got := read(t, dir, "event.log"); got != "" {
		t.Fatal(got)
	}
}

func TestALogThatCannotBeWrittenStopsNobody(t *testing.T) {
	l := New(filepath.Join(t.TempDir(), "file"), Settings{})
	os.RemoveAll(filepath.Dir(l.session.path))
	l.Sessionf("nowhere")
	l.Problemf("nowhere")
}

func TestWhatAFullDiskDidNotTakeIsWrittenLater(t *testing.T) {
	dir := t.TempDir()
	l := New(dir, Settings{})
	l.Problemf("before")
	free := disk.Fill()
	defer free()
	l.Problemf("can't write the spool")
	l.Eventf("a log that is not there yet")
	if got := read(t, dir, "error.log"); strings.Count(got, "\n") != 1 {
		t.Fatalf("%q", got)
	}
	free()
	l.Flush()
	got := read(t, dir, "error.log")
	if strings.Index(got, "before") > strings.Index(got, "can't write") || strings.Count(got, "\n") != 2 {
		t.Fatalf("%q", got)
	}
	if events := read(t, dir, "event.log"); !strings.Contains(events, "not there yet") {
		t.Fatalf("%q", events)
	}
	little := filepath.Join(dir, "little")
	if err := os.WriteFile(little, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	free = disk.Fill()
	disk.Remove(little)
	l.Problemf("a line that the disk takes in part")
	if added := read(t, dir, "error.log")[len(got):]; len(added) != 10 {
		t.Fatalf("%q", added)
	}
	free()
	l.Flush()
	if lines := strings.Split(read(t, dir, "error.log"), "\n"); len(lines) != 5 || !strings.HasSuffix(lines[3], "in part") {
		t.Fatalf("%q", lines)
	}
	free = disk.Fill()
	for i := 0; i < maxPending+50; i++ {
		l.Problemf("line %04d", i)
	}
	free()
	l.Close()
	got = read(t, dir, "error.log")
	if strings.Count(got, "\n") != 4+maxPending || !strings.HasSuffix(got, fmt.Sprintf("line %04d\n", maxPending+49)) {
		t.Fatalf("%d lines", strings.Count(got, "\n"))
	}
}
