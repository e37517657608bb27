// Package install puts the agent into its folder and registers it, or upgrades the one
// that is there. What needs Windows is behind System.
package install

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/state"
)

// Names of the files in the agent's folder.
const (
	ExeName       = "winagentUSM.exe"
	ConfigName    = "config.ini"
	UninstallName = "uninstall.bat"
	LockName      = "agent.lock"
)

// System is what Windows does for an installation.
type System interface {
	// MakePrivateFolder makes or takes over a folder only administrators can enter.
	MakePrivateFolder(dir string) error
	// IsRunning tells whether the service is installed and not stopped.
	IsRunning() (bool, error)
	Stop() error
	Start() error
	Register(command string) error
	// Command is the installed service's command line, "" when none is installed.
	Command() (string, error)
}

// Plan says what is to be installed. Out is told each step.
type Plan struct {
	Exe        string // the running executable
	ConfigPath string
	System     System
	Out        io.Writer
}

// Install does it and returns the folder. An installed agent is stopped, replaced and, if
// it was running, started again, also when a step failed; its spool and state stay, or come
// along when it is in another folder.
func (p Plan) Install() (string, error) {
	content, err := os.ReadFile(p.ConfigPath)
	if err != nil {
		return "", fmt.Errorf("reading the configuration: %w", err)
	}
	c, problems := config.Parse(content, filepath.Dir(p.ConfigPath))
	if config.HasFatal(problems) {
		return "", fmt.Errorf("can't use %s:\n%s", p.ConfigPath, config.Describe(problems))
	}
	if len(problems) > 0 {
		fmt.Fprintf(p.Out, "Warning, in %s:\n%s\n", p.ConfigPath, config.Describe(problems))
	}
	dir := filepath.Clean(c.InstallDir)
	if err := isFit(dir); err != nil {
		return "", err
	}
	if err := isOwn(dir); err != nil {
		return "", err
	}
	old, err := p.earlierFolder(dir)
	if err != nil {
		return "", err
	}
	wasRunning, err := p.System.IsRunning()
	if err != nil {
		return "", err
	}
	if wasRunning {
		fmt.Fprintln(p.Out, "Stopping the installed agent for the upgrade.")
		if err := p.System.Stop(); err != nil {
			return "", fmt.Errorf("stopping the installed agent: %w", err)
		}
	}
	err = p.place(old, dir, c, content)
	if wasRunning {
		if startErr := p.System.Start(); err == nil {
			err = startErr
		}
	}
	return dir, err
}

func (p Plan) place(old, dir string, c config.Config, content []byte) error {
	if err := p.System.MakePrivateFolder(dir); err != nil {
		return err
	}
	if old != "" {
		if err := p.carry(old, dir); err != nil {
			return err
		}
	}
	exe, err := os.ReadFile(p.Exe)
	if err != nil {
		return fmt.Errorf("reading the executable: %w", err)
	}
	target := filepath.Join(dir, ExeName)
	if !isSameFile(p.Exe, target) {
		if err := replaceExe(target, exe); err != nil {
			return fmt.Errorf("copying the executable: %w", err)
		}
	}
	if err := copyAuthority(c, filepath.Dir(p.ConfigPath), dir); err != nil {
		return err
	}
	configTarget := filepath.Join(dir, ConfigName)
	if !isSameFile(p.ConfigPath, configTarget) {
		if err := state.WriteFile(configTarget, content); err != nil {
			return fmt.Errorf("copying the configuration: %w", err)
		}
	}
	if err := state.WriteFile(filepath.Join(dir, UninstallName), []byte(uninstallBat())); err != nil {
		return fmt.Errorf("writing %s: %w", UninstallName, err)
	}
	// Once more, for the files that were copied in.
	if err := p.System.MakePrivateFolder(dir); err != nil {
		return err
	}
	if err := p.System.Register(Command(dir)); err != nil {
		return err
	}
	return p.leave(old, dir)
}

// Command is the service's command line, in quotes so that a folder with blanks cannot be
// taken for another program.
func Command(dir string) string {
	return fmt.Sprintf(`"%s" -service run -config "%s"`, filepath.Join(dir, ExeName), filepath.Join(dir, ConfigName))
}

// isFit keeps the agent out of folders that are not its own: their permissions and
// contents would be taken over.
func isFit(dir string) error {
	parts := strings.FieldsFunc(dir, func(r rune) bool { return r == '\\' || r == '/' })
	if len(parts) > 0 && strings.HasSuffix(parts[0], ":") {
		parts = parts[1:]
	}
	last := ""
	if len(parts) > 0 {
		last = strings.ToLower(parts[len(parts)-1])
	}
	switch {
	case len(parts) == 0:
		return fmt.Errorf("install_dir must not be a whole drive: %s", dir)
	case len(parts) == 1 && (last == "windows" || last == "users" || last == "programdata" || strings.HasPrefix(last, "program files")):
		return fmt.Errorf("install_dir must not be a shared system folder: %s", dir)
	case strings.EqualFold(parts[0], "windows"):
		return fmt.Errorf("install_dir must not be in the Windows folder: %s", dir)
	}
	return nil
}

func isSameFile(a, b string) bool {
	ia, errA := os.Stat(a)
	ib, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(ia, ib)
}

// replaceExe puts the new executable in place, in one step where Windows allows it. One in
// use can't be overwritten, but it can be moved aside. The new one is on the disk before.
func replaceExe(target string, content []byte) error {
	old, next := target+".old", target+".new"
	if present, err := os.ReadFile(target); err == nil && bytes.Equal(present, content) {
		os.Remove(old)
		os.Remove(next)
		return nil
	}
	if err := state.WriteFile(next, content); err != nil {
		return err
	}
	os.Remove(old)
	if os.Rename(next, target) == nil {
		return nil
	}
	if err := os.Rename(target, old); err != nil {
		os.Remove(next)
		return err
	}
	if err := os.Rename(next, target); err != nil {
		os.Rename(old, target)
		return err
	}
	os.Remove(old)
	return nil
}

// copyAuthority brings a ca_file that lies beside config.ini along.
func copyAuthority(c config.Config, from, to string) error {
	if c.CAFile == "" || filepath.IsAbs(c.CAFile) {
		return nil
	}
	if filepath.Base(c.CAFile) != c.CAFile {
		return fmt.Errorf("ca_file must be a full path, or a file beside config.ini: %s", c.CAFile)
	}
	source, target := filepath.Join(from, c.CAFile), filepath.Join(to, c.CAFile)
	if isSameFile(source, target) {
		return nil
	}
	content, err := os.ReadFile(source)
	if err == nil {
		err = state.WriteFile(target, content)
	}
	if err != nil {
		return fmt.Errorf("copying ca_file: %w", err)
	}
	return nil
}
