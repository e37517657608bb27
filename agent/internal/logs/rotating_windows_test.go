package logs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// filled gives a log whose older files are all there.
func filled(t *testing.T, dir string) *Logs {
	t.Helper()
	l := New(dir, Settings{SessionBytes: 400})
	for i := 0; i < 100; i++ {
		l.Sessionf("line %03d", i)
	}
	t.Cleanup(l.Close)
	return l
}

// hold opens a file as a viewer does, so that it can't be moved.
func hold(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestALogThatSomebodyHoldsOpenGrowsAndItsOlderOnesStay(t *testing.T) {
	dir := t.TempDir()
	l := filled(t, dir)
	older := read(t, dir, "session.log.1") + read(t, dir, "session.log.2") + read(t, dir, "session.log.3")
	viewer := hold(t, filepath.Join(dir, "session.log"))
	for i := 0; i < 50; i++ {
		l.Sessionf("held %03d", i)
	}
	if now := read(t, dir, "session.log.1") + read(t, dir, "session.log.2") + read(t, dir, "session.log.3"); now != older {
		t.Fatalf("older files changed:\n%s", now)
	}
	grown := read(t, dir, "session.log")
	if strings.Count(grown, "held") != 50 {
		t.Fatal(grown)
	}
	first := read(t, dir, "session.log.1")
	viewer.Close()
	l.Sessionf("let go")
	if read(t, dir, "session.log.1") != grown || read(t, dir, "session.log.2") != first {
		t.Fatal("the log was not moved once it was let go")
	}
}

func TestAnOlderLogThatSomebodyHoldsOpenCostsNoLaterOne(t *testing.T) {
	dir := t.TempDir()
	l := filled(t, dir)
	later := read(t, dir, "session.log.1") + read(t, dir, "session.log")
	viewer := hold(t, filepath.Join(dir, "session.log.1"))
	for i := 0; i < 50; i++ {
		l.Sessionf("held %03d", i)
	}
	viewer.Close()
	l.Sessionf("let go")
	all := ""
	for _, name := range []string{"session.log.3", "session.log.2", "session.log.1", "session.log"} {
		all += read(t, dir, name)
	}
	if !strings.Contains(all, later) || strings.Count(all, "held") != 50 {
		t.Fatal(all)
	}
}
