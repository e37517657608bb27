package install

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"winauthmon/agent/internal/config"
)

// The agent's own files, as patterns within its folder. Only these are carried to another
// folder or erased, whatever else lies there.
var (
	exeFiles     = []string{ExeName + ".old", ExeName + ".new", ExeName + ".*.tmp"} // besides the program
	programFiles = []string{UninstallName + ".*.tmp", CarriedName, ConfigName + ".*.tmp", ConfigName}
	// memoryFiles is what the agent must know to report each event once.
	memoryFiles = []string{"state.json*", "*.bookmark.xml", "*.bookmark.xml.*.tmp", filepath.Join("spool", "*")}
	rejectFiles = []string{"rejected.jsonl", "rejected.jsonl.1"}
	logFiles    = []string{filepath.Join("logs", "session.log*"), filepath.Join("logs", "error.log*"), filepath.Join("logs", "event.log*")}
	lockFiles   = []string{LockName}
	subfolders  = []string{"spool", "logs"}
	// unsentFiles hold events that the server doesn't have.
	unsentFiles = append([]string{filepath.Join("spool", "*.spool"), filepath.Join("spool", "damaged.txt")}, rejectFiles...)
	// signs tell the agent's folder from others. Names such as config.ini and logs are in many.
	signs = append([]string{ExeName, ExeName + ".*.tmp", CarriedName, LockName, "*.bookmark.xml", filepath.Join("spool", "*.spool"), filepath.Join("spool", "cursor")}, rejectFiles...)
)

// find lists the regular files of a folder that match, and none behind a link.
func find(dir string, patterns ...[]string) []string {
	var found []string
	for _, pattern := range join(patterns) {
		under := filepath.Dir(filepath.Join(dir, pattern))
		if info, err := os.Lstat(under); err != nil || (under != filepath.Clean(dir) && !info.IsDir()) {
			continue
		}
		entries, _ := os.ReadDir(under)
		for _, entry := range entries {
			if is, _ := filepath.Match(strings.ToLower(filepath.Base(pattern)), strings.ToLower(entry.Name())); is && entry.Type().IsRegular() {
				found = append(found, filepath.Join(filepath.Dir(pattern), entry.Name()))
			}
		}
	}
	return found
}

func join(lists [][]string) (all []string) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// isOwn refuses a folder that holds other things and none of the agent's: their permissions
// would be taken over. The original agent's folder is always the agent's.
func isOwn(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case os.IsNotExist(err), err == nil && len(entries) == 0, strings.EqualFold(dir, config.DefaultInstallDir):
		return nil
	case err != nil:
		return fmt.Errorf("looking into install_dir: %w", err)
	case len(find(dir, signs)) == 0 && !hasUninstall(dir):
		return fmt.Errorf("install_dir must be a folder of the agent's own, but %s holds other files; name a new folder in it", dir)
	}
	return nil
}

// hasUninstall finds what is left when somebody closes its window at the end.
func hasUninstall(dir string) bool {
	content, err := os.ReadFile(filepath.Join(dir, UninstallName))
	return err == nil && strings.Contains(string(content), ExeName)
}

// remove deletes as many of the files as it can.
func remove(dir string, names []string) error {
	var failed []string
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = append(failed, err.Error())
		}
	}
	if len(failed) > 0 {
		return errors.New(strings.Join(failed, "\n"))
	}
	return nil
}

// removeSubfolders leaves those with other files in them.
func removeSubfolders(dir string) {
	for _, name := range subfolders {
		os.Remove(filepath.Join(dir, name))
	}
}

// authorityOf returns the name of the ca_file that was copied into a folder, or none.
func authorityOf(dir string) []string {
	c, _ := config.Load(filepath.Join(dir, ConfigName))
	if c.CAFile == "" || c.CAPath != filepath.Join(dir, c.CAFile) || filepath.Base(c.CAFile) != c.CAFile {
		return nil
	}
	// Glob signs in a name must not match others.
	return []string{strings.NewReplacer("[", "?", "*", "?").Replace(c.CAFile)}
}

func isSameFolder(a, b string) bool {
	return strings.EqualFold(filepath.Clean(a), filepath.Clean(b)) || isSameFile(a, b)
}
