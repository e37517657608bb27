package install

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/state"
)

// CarriedName is in a folder while the events of another are being copied into it. Until the
// service is registered there, the other folder is the one that counts.
const CarriedName = "carried-from.txt"

var exeOf = regexp.MustCompile(`(?i)^\s*(?:"([^"]+)"|(.+?\.exe)(?:\s|$))`)

// folderOf returns the folder of the agent in a service's command line, or "" for a service
// that is none or another program's.
func folderOf(command string) string {
	found := exeOf.FindStringSubmatch(command)
	if found == nil {
		return ""
	}
	exe := found[1] + found[2]
	if !strings.EqualFold(filepath.Base(exe), ExeName) {
		return ""
	}
	return filepath.Dir(exe)
}

// MayUninstall refuses to remove the service of another folder, as the program that was left
// in an earlier one would. An unpacked package may remove what its config.ini installed.
func MayUninstall(command, exe, configPath string) error {
	folder := folderOf(command)
	if folder == "" || isSameFolder(folder, filepath.Dir(exe)) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(folder, ExeName)); os.IsNotExist(err) {
		return nil
	}
	if c, _ := config.Load(configPath); isSameFolder(folder, c.InstallDir) {
		return nil
	}
	return fmt.Errorf("the service is installed in %s; run %s there", folder, UninstallName)
}

// earlierFolder is where the agent is installed now, if that is another folder with something
// in it. It refuses when both hold events: their order and their numbers would clash.
func (p Plan) earlierFolder(dir string) (string, error) {
	command, err := p.System.Command()
	if err != nil {
		return "", fmt.Errorf("reading the installed service: %w", err)
	}
	old := folderOf(command)
	if old == "" || isSameFolder(old, dir) {
		return "", nil
	}
	if _, err := os.Stat(old); os.IsNotExist(err) {
		return "", nil
	}
	if len(find(dir, []string{CarriedName})) == 0 && len(find(dir, unsentFiles)) > 0 {
		return "", fmt.Errorf("the agent is installed in %s, and %s holds events of an earlier installation; install into %s, or move these events elsewhere: %s",
			old, dir, old, strings.Join(find(dir, unsentFiles), ", "))
	}
	return old, nil
}

// carry copies the events and the state of the earlier folder. Its own stay until the service
// is registered in the new one, so that a power cut leaves one complete folder at any time.
func (p Plan) carry(old, dir string) error {
	fmt.Fprintf(p.Out, "Moving the agent from %s to %s with its events.\n", old, dir)
	// An agent in a console would go on writing.
	if lock, err := os.OpenFile(filepath.Join(old, LockName), os.O_RDWR, 0); err == nil {
		lock.Close()
	} else if !os.IsNotExist(err) {
		return fmt.Errorf("another agent is running in %s: %w", old, err)
	}
	if len(find(dir, []string{CarriedName})) > 0 {
		if err := remove(dir, find(dir, memoryFiles, rejectFiles)); err != nil {
			return fmt.Errorf("removing what an interrupted installation copied: %w", err)
		}
	}
	if err := state.WriteFile(filepath.Join(dir, CarriedName), []byte(old+"\r\n")); err != nil {
		return err
	}
	files := find(old, memoryFiles, rejectFiles)
	if !hasLogs(dir) {
		files = append(files, find(old, logFiles)...)
	}
	for _, name := range files {
		content, err := os.ReadFile(filepath.Join(old, name))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700)
		}
		if err == nil {
			err = state.WriteFile(filepath.Join(dir, name), content)
		}
		if err != nil {
			return fmt.Errorf("copying %s from %s: %w", name, old, err)
		}
	}
	return nil
}

func hasLogs(dir string) bool { return len(find(dir, logFiles)) > 0 }

// leave erases the earlier folder, if any, once the service is elsewhere. What can't be erased, such
// as the program that is running, is harmless there and named.
func (p Plan) leave(old, dir string) error {
	if err := remove(dir, []string{CarriedName}); err != nil || old == "" {
		return err
	}
	files := find(old, memoryFiles, rejectFiles, lockFiles, exeFiles, []string{ExeName, UninstallName}, authorityOf(old), programFiles)
	for _, name := range find(old, logFiles) {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			files = append(files, name)
		}
	}
	err := remove(old, files)
	removeSubfolders(old)
	os.Remove(old)
	if err != nil {
		fmt.Fprintf(p.Out, "Warning: delete these files of %s yourself:\n%v\n", old, err)
	}
	return nil
}
