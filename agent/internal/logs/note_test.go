package logs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestANoteIsAppendedToTheErrorLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	for _, reason := range []string{"first", "second"} {
		Note(dir, Settings{Zone: time.UTC}, "can't start: %s", reason)
	}
	content, _ := os.ReadFile(filepath.Join(dir, "error.log"))
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	if len(lines) != 2 || !strings.HasSuffix(lines[1], "ERROR can't start: second") {
		t.Fatal(string(content))
	}
}
