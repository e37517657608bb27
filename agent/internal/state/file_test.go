package state

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"winauthmon/agent/internal/disk"
	"winauthmon/agent/internal/event"
)

func open(t *testing.T, path string) (*File, State) {
	t.Helper()
	f, s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f, s
}

func save(t *testing.T, f *File, s State) {
	t.Helper()
	if err := f.Save(s); err != nil {
		t.Fatal(err)
	}
}

func TestTheStateSurvivesAndASpoiltFileIsSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	f, s := open(t, path)
	if !s.Boot.IsZero() {
		t.Fatal(s)
	}
	save(t, f, State{Boot: now, Alive: now, Uptime: 5, Sessions: []event.Session{{ID: 1, User: "anna", LogonTime: now}}})
	_, got := open(t, path)
	if !got.Boot.Equal(now) || got.Uptime != 5 || len(got.Sessions) != 1 || !got.Sessions[0].LogonTime.Equal(now) {
		t.Fatal(got)
	}
	os.WriteFile(path, []byte("{"), 0o600)
	if _, s, err := Open(path); err == nil || !s.Boot.IsZero() {
		t.Fatal("a spoilt file was read")
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 2 {
		t.Fatal("temporary files are left", files)
	}
}

func TestTheStateOfAnEarlierReleaseIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	os.WriteFile(path, []byte(`{"boot":"2025-05-26T08:00:00Z","alive":"2025-05-26T09:00:00Z","uptime":3600,"down":true}`), 0o600)
	if _, s := open(t, path); !s.IsDown || s.Uptime != 3600 || !s.Alive.Equal(now) {
		t.Fatal(s)
	}
}

func TestAFullDiskKeepsNoStateOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	f, _ := open(t, path)
	save(t, f, State{Boot: now, Uptime: 1})
	free := disk.Fill()
	defer free()
	for i := 2; i < 7; i++ {
		save(t, f, State{Boot: now, Uptime: float64(i), IsDown: i == 6})
		if _, s := open(t, path); s.Uptime != float64(i) || s.IsDown != (i == 6) {
			t.Fatalf("%d: %+v", i, s)
		}
	}
	// The clock may have been set back; what was written last counts.
	f, _ = open(t, path)
	free()
	save(t, f, State{Boot: now.Add(-time.Hour), Uptime: 9})
	if _, s := open(t, path); s.Uptime != 9 || s.IsDown {
		t.Fatalf("%+v", s)
	}
}

// savedFile is a file with a state that was saved while there was room.
func savedFile(t *testing.T) (path string, f *File) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "state.json")
	f, _ = open(t, path)
	save(t, f, State{Boot: now, Uptime: 1})
	return path, f
}

func TestATornSpareLeavesTheStateBefore(t *testing.T) {
	path, f := savedFile(t)
	free := disk.Fill()
	defer free()
	save(t, f, State{Boot: now, Uptime: 2})
	save(t, f, State{Boot: now, Uptime: 3}) // turn 3, the second slot
	whole, err := os.ReadFile(path + ".spare")
	if err != nil {
		t.Fatal(err)
	}
	for at := slotSize; at < slotSize+60; at++ {
		torn := append([]byte{}, whole...)
		copy(torn[at:], make([]byte, 30))
		if err := os.WriteFile(path+".spare", torn, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, s := open(t, path); s.Uptime != 2 {
			t.Fatalf("torn at %d: %+v", at, s)
		}
	}
	os.WriteFile(path+".spare", []byte(fmt.Sprintf("%08x %06d ", 0, -5)), 0o600)
	if _, s := open(t, path); s.Uptime != 1 {
		t.Fatalf("%+v", s)
	}
}

// An uninstallation that keeps unsent events deletes state.json alone.
func TestASpareWithoutItsStateIsNotRead(t *testing.T) {
	path, f := savedFile(t)
	free := disk.Fill()
	save(t, f, State{Boot: now, Uptime: 2})
	free()
	os.Remove(path)
	f, s := open(t, path)
	if !s.Boot.IsZero() {
		t.Fatal(s)
	}
	save(t, f, State{Boot: now, Uptime: 3})
	if _, s := open(t, path); s.Uptime != 3 {
		t.Fatal(s)
	}
}

func TestAStateTooLongForTheSpareIsSaid(t *testing.T) {
	f, _ := open(t, filepath.Join(t.TempDir(), "state.json"))
	long := State{Boot: now, Sessions: make([]event.Session, 5000)}
	save(t, f, long)
	defer disk.Fill()()
	if f.Save(long) == nil {
		t.Fatal("nothing was saved, and nothing said so")
	}
}
