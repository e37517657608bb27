package disk

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAFullDiskTakesOnlyWhatFitsIntoFilesAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	f, err := OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("0123456789"); err != nil {
		t.Fatal(err)
	}
	log, err := OpenFile(filepath.Join(dir, "log"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	free := Fill()
	defer free()
	if n, err := f.WriteAt([]byte("ab"), 0); n != 2 || err != nil {
		t.Error("in place: ", n, err)
	}
	if n, err := f.WriteAt([]byte("cdef"), 8); n != 2 || !errors.Is(err, syscall.ENOSPC) {
		t.Error("over the end: ", n, err)
	}
	if n, err := f.WriteString("more"); n != 0 || !errors.Is(err, syscall.ENOSPC) {
		t.Error("at the end: ", n, err)
	}
	if n, err := log.WriteString("line"); n != 0 || !errors.Is(err, syscall.ENOSPC) {
		t.Error("appended: ", n, err)
	}
	if _, err := OpenFile(filepath.Join(dir, "new"), os.O_WRONLY|os.O_CREATE, 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Error("a new file: ", err)
	}
	if _, err := CreateTemp(dir, "x*"); !errors.Is(err, syscall.ENOSPC) {
		t.Error("a new temporary file: ", err)
	}
	if err := f.Truncate(7); err != nil {
		t.Error(err)
	}
	if n, err := log.WriteString("line"); n != 3 || !errors.Is(err, syscall.ENOSPC) {
		t.Error("into what the other file gave back: ", n, err)
	}
	free()
	if _, err := log.WriteString("line"); err != nil {
		t.Error("with room: ", err)
	}
	if content, _ := os.ReadFile(path); string(content) != "ab23456" {
		t.Errorf("%s", content)
	}
}
