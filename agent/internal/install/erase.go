package install

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Erase deletes the agent's own files of a folder, but not the program and uninstall.bat,
// which are at work, and then its folders as far as they are empty. Events that the server
// doesn't have are kept with what belongs to them, unless isPurge.
func Erase(dir string, isPurge bool, out io.Writer) error {
	// An unpacked package has another one.
	if content, err := os.ReadFile(filepath.Join(dir, UninstallName)); err != nil || string(content) != uninstallBat() {
		return fmt.Errorf("this agent is not installed in %s", dir)
	}
	// config.ini goes last: a repeated call needs it.
	program := find(dir, exeFiles, authorityOf(dir), programFiles)
	if unsent := find(dir, unsentFiles); len(unsent) > 0 && !isPurge {
		fmt.Fprintf(out, "Some events are not on the server. These files stay in \"%s\":\n", dir)
		for _, name := range unsent {
			fmt.Fprintln(out, " ", name)
		}
		fmt.Fprintln(out, "Events in spool are sent when you install the agent again; the server refused those in rejected.jsonl. Use /purge to delete them.")
		return remove(dir, append(find(dir, []string{"state.json*"}), program...))
	}
	files := append(find(dir, memoryFiles, rejectFiles, logFiles, lockFiles), program...)
	if err := remove(dir, files); err != nil {
		return err
	}
	removeSubfolders(dir)
	if others := strangers(dir); len(others) > 0 {
		fmt.Fprintf(out, "Files that are not the agent's stay in \"%s\": %s\n", dir, strings.Join(others, ", "))
	}
	return nil
}

// strangers names what is left besides the program and uninstall.bat.
func strangers(dir string) (names []string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if name := entry.Name(); !strings.EqualFold(name, ExeName) && !strings.EqualFold(name, UninstallName) {
			names = append(names, entry.Name())
		}
	}
	return names
}
