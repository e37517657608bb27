package install

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// heldService is a service of which a program has a handle: removed, it stays until that closes.
type heldService struct {
	isRunning, isMarked bool
	removal             error
}

func (s *heldService) IsRunning() (bool, error) { return s.isRunning, nil }
func (s *heldService) Stop() error              { s.isRunning = false; return nil }
func (s *heldService) Remove() error {
	if s.removal != nil {
		return s.removal
	}
	if s.isMarked {
		return ErrMarked
	}
	s.isMarked = true
	return nil
}

func heldFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{UninstallName: uninstallBat(), ConfigName: "[server]\napi_key = secret\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFilesGoWhileAProgramHoldsTheService(t *testing.T) {
	service, dir := &heldService{isRunning: true}, heldFolder(t)
	// Twice, as uninstall.bat says that it can be run again.
	for run := 1; run <= 2; run++ {
		if err := Remove(service); err != nil {
			t.Fatalf("removal %d: %v", run, err)
		}
		if err := EraseStopped(service, dir, false, io.Discard); err != nil {
			t.Fatalf("deletion %d: %v", run, err)
		}
		if _, err := os.Stat(filepath.Join(dir, ConfigName)); !os.IsNotExist(err) {
			t.Fatalf("config.ini with the API key is still there: %v", err)
		}
	}
}

func TestFilesOfAnAgentAtWorkStay(t *testing.T) {
	dir := heldFolder(t)
	if err := EraseStopped(&heldService{isRunning: true}, dir, true, io.Discard); err == nil {
		t.Fatal("the files of a running agent were deleted")
	}
	if _, err := os.Stat(filepath.Join(dir, ConfigName)); err != nil {
		t.Fatal(err)
	}
}

func TestOtherFailuresOfARemovalAreTold(t *testing.T) {
	denied := errors.New("denied")
	if err := Remove(&heldService{removal: denied}); !errors.Is(err, denied) {
		t.Fatalf("got %v", err)
	}
}
