package config

import (
	"os"
	"time"
)

// Stamp tells one state of a file from another. The zero one is that of a file which can't
// be seen.
type Stamp struct {
	at   time.Time
	size int64
}

// StampOf looks at a file. It may take long where the file is on a share.
func StampOf(path string) Stamp {
	info, err := os.Stat(path)
	if err != nil {
		return Stamp{}
	}
	return Stamp{info.ModTime(), info.Size()}
}
