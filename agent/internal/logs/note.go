package logs

import (
	"os"
	"path/filepath"
)

// Note writes one problem into error.log for an agent that doesn't come to its logs. The
// folder may not be trusted then, so nothing is written through a link.
func Note(dir string, settings Settings, format string, args ...interface{}) {
	for _, folder := range []string{filepath.Dir(dir), dir} {
		if info, err := os.Lstat(folder); err == nil && !info.IsDir() {
			return
		}
	}
	if info, err := os.Lstat(filepath.Join(dir, "error.log")); err == nil && !info.Mode().IsRegular() {
		return
	}
	l := New(dir, settings)
	defer l.Close()
	l.Problemf(format, args...)
}
