//go:build windows

package windows

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// These run under Wine; what Wine does not have is on the hand-check list.

func rights(t *testing.T, path string) string {
	t.Helper()
	buffer := make([]byte, 4096)
	var needed uint32
	if _, err := call(advapi32.NewProc("GetFileSecurityW"), uintptr(unsafe.Pointer(text(path))), daclInformation,
		uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)), uintptr(unsafe.Pointer(&needed))); err != nil {
		t.Fatal(err)
	}
	var sddl *uint16
	if _, err := call(advapi32.NewProc("ConvertSecurityDescriptorToStringSecurityDescriptorW"), uintptr(unsafe.Pointer(&buffer[0])),
		sddlRevision, daclInformation, uintptr(unsafe.Pointer(&sddl)), 0); err != nil {
		t.Fatal(err)
	}
	return goText(sddl)
}

func TestOnlyAdministratorsMayEnterTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "agent folder")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "planted.dll")
	os.WriteFile(file, []byte("x"), 0o666)
	if err := MakePrivateFolder(dir); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, file} {
		sddl := rights(t, path)
		for _, stranger := range []string{";;;WD)", ";;;BU)", ";;;AU)"} {
			if strings.Contains(sddl, stranger) {
				t.Errorf("%s lets others in: %s", path, sddl)
			}
		}
		t.Log(sddl)
	}
	if err := MakePrivateFolder(filepath.Join(t.TempDir(), "new", "folder")); err != nil {
		t.Fatal(err)
	}
}

func TestTheLayoutsAreWindowsOwn(t *testing.T) {
	for name, c := range map[string]struct{ got, want uintptr }{
		"WTSINFOW": {unsafe.Sizeof(sessionInfo{}), 216}, "LogonTime": {unsafe.Offsetof(sessionInfo{}.logon), 200},
		"WTS_SESSION_INFOW": {unsafe.Sizeof(sessionEntry{}), 24}, "SessionFlags": {unsafe.Offsetof(sessionInfoEx{}.flags), 16},
		"WTS_CLIENT_ADDRESS": {unsafe.Sizeof(clientAddress{}), 24}, "SERVICE_STATUS": {unsafe.Sizeof(serviceStatus{}), 28},
		"SERVICE_FAILURE_ACTIONSW": {unsafe.Sizeof(failureActions{}), 40}, "SECURITY_ATTRIBUTES": {unsafe.Sizeof(securityAttributes{}), 24},
	} {
		if c.got != c.want {
			t.Errorf("%s is %d, want %d", name, c.got, c.want)
		}
	}
}

func TestTheHostAnswers(t *testing.T) {
	h := Host{}
	if h.ComputerName() == "" || h.Uptime() <= 0 {
		t.Fatal(h.ComputerName(), h.Uptime())
	}
	if _, err := h.Sessions(); err != nil {
		t.Error(err)
	}
	h.Session(99999)
	h.UncleanShutdown(time.Now())
}

func TestAFolderBelongsToOneAgent(t *testing.T) {
	dir, err := os.MkdirTemp("", "lock") // held until the process ends, so not removed here
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "agent.lock")
	if err := LockFile(path); err != nil {
		t.Fatal(err)
	}
	if err := LockFile(path); err == nil {
		t.Fatal("taken twice")
	}
}

func TestFileTimesAreReadAsUTC(t *testing.T) {
	if got := fileTime(133927236001234567); got.Format(time.RFC3339Nano) != "2025-05-26T09:00:00.1234567Z" {
		t.Fatal(got)
	}
	if !fileTime(0).IsZero() || !fileTime(-1).IsZero() {
		t.Fatal("no time must stay none")
	}
}

func TestAServiceThatIsStillStartingIsStoppedOnceItRuns(t *testing.T) {
	const cannotAcceptControl = syscall.Errno(1061)
	state, looks, taken := uint32(stateStartPending), 0, 0
	order := func() error {
		if state != stateRunning {
			return cannotAcceptControl
		}
		state, taken = stateStopPending, taken+1
		return nil
	}
	look := func() (serviceStatus, error) {
		switch looks++; looks {
		case 3:
			state = stateRunning
		case 6:
			state = stateStopped
		}
		return serviceStatus{state: state}, nil
	}
	if err := stop(order, look); err != nil || taken != 1 || looks != 6 {
		t.Fatal(err, taken, looks)
	}
	if err := stop(order, look); err != nil || taken != 1 {
		t.Fatal("a stopped service is fine", err, taken)
	}
}
