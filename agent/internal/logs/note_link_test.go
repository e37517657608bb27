//go:build !windows

package logs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Wine makes no symbolic links; on Windows, the hand checks cover them.

func TestANoteIsNotWrittenThroughALink(t *testing.T) {
	for name, link := range map[string]string{"the agent's folder": "agent", "the logs' folder": "agent/logs", "error.log": "agent/logs/error.log"} {
		root := t.TempDir()
		target := filepath.Join(root, "elsewhere")
		path := filepath.Join(root, filepath.FromSlash(link))
		os.MkdirAll(filepath.Dir(path), 0o700)
		if strings.HasSuffix(link, ".log") {
			os.WriteFile(target, nil, 0o600)
		} else {
			os.MkdirAll(filepath.Join(target, "logs"), 0o700)
		}
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
		Note(filepath.Join(root, "agent", "logs"), Settings{}, "can't start")
		filepath.WalkDir(target, func(path string, entry os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && (info.Size() > 0 || entry.Name() == "error.log") {
				t.Errorf("%s: %s was written", name, path)
			}
			return nil
		})
	}
}
