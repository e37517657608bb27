package install

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/state"
	"winauthmon/agent/internal/teststub"
)

// move lets the package name another folder, and returns the one before.
func (k *kit) move(t *testing.T) string {
	t.Helper()
	old := k.dir
	k.dir = filepath.Join(t.TempDir(), "Elsewhere")
	k.config("")
	return old
}

// boot is when the computer started, as the state in the folder has it.
func (k *kit) boot(t *testing.T) time.Time {
	t.Helper()
	var s state.State
	if err := json.Unmarshal([]byte(k.read("state.json")), &s); err != nil || s.Boot.IsZero() {
		t.Fatal(s, err)
	}
	return s.Boot
}

func kinds(stub *teststub.Server) string {
	var all []string
	for _, e := range stub.Stored() {
		all = append(all, e.Text("EventType")+" "+e.Text("EventId"))
	}
	return strings.Join(all, "\n")
}

func TestAnotherFolderTakesTheEventsAndTheStateOver(t *testing.T) {
	k := installed(t)
	k.run(t, false, lock(1), lock(2))
	for _, name := range []string{"Security.bookmark.xml", "rejected.jsonl", "logs/error.log"} {
		k.write(name, "of "+name)
	}
	k.write(LockName, "")
	before := k.boot(t)
	old := k.move(t)
	k.system.isRunning, k.system.calls = true, nil
	if dir, err := k.install(); err != nil || dir != k.dir {
		t.Fatal(dir, err)
	}
	if got := strings.Join(k.system.calls, " "); got != "stop folder folder register start" {
		t.Error(got)
	}
	if after := k.boot(t); !after.Equal(before) {
		t.Error(after, before)
	}
	for _, name := range []string{"Security.bookmark.xml", "rejected.jsonl"} {
		if k.read(name) != "of "+name {
			t.Errorf("%s did not come along: %s", name, k.read(name))
		}
	}
	if !strings.Contains(k.read("logs/error.log"), "of logs/error.log") || k.read(CarriedName) != "" {
		t.Error(k.files(k.dir))
	}
	if _, err := os.Stat(old); err == nil {
		t.Errorf("the earlier folder still has: %s", k.files(old))
	}
	stub := k.run(t, true, lock(3))
	if got := kinds(stub); strings.Count(got, event.Startup) != 1 || strings.Count(got, event.Lock+" ") != 3 || len(stub.Stored()) != 4 {
		t.Errorf("the server has:\n%s", got)
	}
}

func TestFilesThatAreNotTheAgentsStayInTheEarlierFolder(t *testing.T) {
	k := newKit(t, "")
	k.install()
	k.write("tool.exe", "theirs")
	k.write("logs/iis.log", "theirs")
	old := k.move(t)
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
	if got := k.files(old); got != "logs logs/iis.log tool.exe" {
		t.Error(got)
	}
	if strings.Contains(k.files(k.dir), "tool") || strings.Contains(k.files(k.dir), "iis") {
		t.Error(k.files(k.dir))
	}
}

func TestTwoFoldersWithEventsAreNotMixed(t *testing.T) {
	for _, name := range []string{"spool/00000000000000000001.spool", "spool/damaged.txt", "rejected.jsonl"} {
		k := newKit(t, "")
		k.install()
		k.write("spool/00000000000000000001.spool", "events")
		old := k.move(t)
		k.write(name, "other events")
		k.write(LockName, "")
		k.system.calls = nil
		_, err := k.install()
		if err == nil || !strings.Contains(err.Error(), old) || !strings.Contains(err.Error(), k.dir) {
			t.Errorf("%s: %v", name, err)
		}
		if k.read(name) != "other events" || len(k.system.calls) != 0 || !strings.Contains(k.files(old), ".spool") {
			t.Errorf("%s: something was touched: %v, %s", name, k.system.calls, k.files(old))
		}
	}
}

func TestAMoveThatWasInterruptedBeginsAnew(t *testing.T) {
	k := newKit(t, "")
	k.install()
	k.write("spool/00000000000000000001.spool", "events")
	old := k.move(t)
	// The service is still registered in the earlier folder, which went on.
	k.write(CarriedName, old)
	k.write("spool/00000000000000000001.spool", "half of the ev")
	k.write("spool/00000000000000000000.spool", "sent since")
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
	if k.read("spool/00000000000000000001.spool") != "events" || strings.Contains(k.files(k.dir), "00000.spool") || k.read(CarriedName) != "" {
		t.Error(k.files(k.dir))
	}
}

func TestAMoveThatFailsLeavesTheEarlierFolderComplete(t *testing.T) {
	k := newKit(t, "")
	k.install()
	k.write("spool/00000000000000000001.spool", "events")
	before, command := k.files(k.dir), k.system.command
	old := k.move(t)
	k.system.isRunning, k.system.failRegister, k.system.calls = true, true, nil
	if _, err := k.install(); err == nil {
		t.Fatal("it says that it succeeded")
	}
	if k.files(old) != before || k.system.command != command || k.system.calls[len(k.system.calls)-1] != "start" {
		t.Error(k.files(old), k.system.calls)
	}
	k.system.failRegister = false
	if _, err := k.install(); err != nil || k.read("spool/00000000000000000001.spool") != "events" {
		t.Error(err, k.files(k.dir))
	}
}

func TestACommandLineTellsTheFolder(t *testing.T) {
	for command, want := range map[string]string{
		`"/opt/User Session Mon/winagentUSM.exe" -service run -config "/opt/x/config.ini"`: "/opt/User Session Mon",
		`/opt/User Session Mon/winagentUSM.exe -service run`:                               "/opt/User Session Mon",
		`/opt/mon/WINAGENTUSM.EXE`:                   "/opt/mon",
		`"/opt/nssm.exe" "/opt/mon/winagentUSM.exe"`: "",
		`/opt/python.exe agent.py`:                   "",
		``:                                           "",
	} {
		if got := filepath.ToSlash(folderOf(command)); got != want {
			t.Errorf("%s: %q, want %q", command, got, want)
		}
	}
}

func TestOnlyTheServiceOfItsOwnFolderIsUninstalled(t *testing.T) {
	k := newKit(t, "")
	k.install()
	old := k.move(t)
	own, exe := filepath.Join(k.dir, ExeName), filepath.Join(old, ExeName)
	if err := MayUninstall(k.system.command, exe, filepath.Join(old, ConfigName)); err != nil {
		t.Error("its own: ", err)
	}
	command := Command(k.dir)
	if err := MayUninstall(command, exe, filepath.Join(old, ConfigName)); err != nil {
		t.Error("a service whose program is gone: ", err)
	}
	k.write(ExeName, "program 2")
	if err := MayUninstall(command, exe, filepath.Join(old, ConfigName)); err == nil || !strings.Contains(err.Error(), k.dir) {
		t.Error("one left behind: ", err)
	}
	if err := MayUninstall(command, own, filepath.Join(k.dir, ConfigName)); err != nil {
		t.Error(err)
	}
	if err := MayUninstall(command, filepath.Join(k.pack, ExeName), filepath.Join(k.pack, ConfigName)); err != nil {
		t.Error("the package that installed it: ", err)
	}
	if err := MayUninstall("", exe, filepath.Join(old, ConfigName)); err != nil {
		t.Error("no service: ", err)
	}
}
