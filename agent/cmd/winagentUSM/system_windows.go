package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/install"
	"winauthmon/agent/internal/logs"
	"winauthmon/agent/internal/windows"
)

func computerName() string { return windows.Host{}.ComputerName() }

func isDenied(err error) bool { return errors.Is(err, windows.ErrDenied) }

// open creates an agent for a folder that no other agent uses. A service has no console, so
// error.log says what is in the way.
func open(dir, configPath string, console io.Writer) (*agent.Agent, error) {
	if err := claim(dir); err != nil {
		c, _ := config.Load(configPath)
		logs.Note(filepath.Join(dir, "logs"), logs.Settings{Zone: c.Zone, ErrorBytes: c.ErrorLogBytes}, "the agent can't start: %v", err)
		return nil, err
	}
	return agent.New(agent.Options{
		Dir: dir, ConfigPath: configPath, Version: version, Host: windows.Host{}, Console: console,
	})
}

func claim(dir string) error {
	if err := windows.MakePrivateFolder(dir); err != nil {
		return err
	}
	if err := windows.LockFile(filepath.Join(dir, install.LockName)); err != nil {
		return fmt.Errorf("another agent is running in %s: %w", dir, err)
	}
	// Whatever was carried here counts from now on.
	os.Remove(filepath.Join(dir, install.CarriedName))
	return nil
}

func control(action, configPath string, isPurge bool, out, errs io.Writer) int {
	var err error
	switch action {
	case "run":
		dir := filepath.Dir(configPath)
		err = windows.RunService(func() (*agent.Agent, error) { return open(dir, configPath, nil) })
	case "status":
		return status(out, errs)
	case "install":
		err = withManager(func(m *windows.Manager) error { return doInstall(m, configPath, out) })
	case "start":
		err = withManager(func(m *windows.Manager) error { return m.Start() })
		say(out, err, "The service is running.")
	case "stop":
		err = withManager(func(m *windows.Manager) error { return m.Stop() })
		say(out, err, "The service has stopped.")
	case "uninstall":
		err = withManager(func(m *windows.Manager) error { return uninstall(m, configPath) })
		say(out, err, "The service is removed. Its folder and logs stay; uninstall.bat also deletes them.")
	case "erase":
		err = withManager(func(m *windows.Manager) error { return erase(m, isPurge, out) })
	default:
		fmt.Fprintf(errs, "-service must be install, uninstall, start, stop or status, not %q\n", action)
		return exitUsage
	}
	if err != nil {
		return fail(errs, err)
	}
	return exitOK
}

func say(out io.Writer, err error, text string) {
	if err == nil {
		fmt.Fprintln(out, text)
	}
}

func withManager(do func(*windows.Manager) error) error {
	m, err := windows.OpenManager(true)
	if err != nil {
		return err
	}
	defer m.Close()
	return do(m)
}

// uninstall succeeds when there is nothing to remove, so that it can be repeated.
func uninstall(m *windows.Manager, configPath string) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	command, err := system{m}.Command()
	if err != nil {
		return err
	}
	if err := install.MayUninstall(command, exe, configPath); err != nil {
		return err
	}
	if err := install.Remove(system{m}); !errors.Is(err, windows.ErrNotInstalled) {
		return err
	}
	return nil
}

// erase deletes the agent's files beside the executable. The service must be removed before, but
// Windows may still list it.
func erase(m *windows.Manager, isPurge bool, out io.Writer) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	return install.EraseStopped(system{m}, filepath.Dir(exe), isPurge, out)
}

func status(out, errs io.Writer) int {
	m, err := windows.OpenManager(false)
	if err != nil {
		return fail(errs, err)
	}
	defer m.Close()
	word, err := m.State()
	switch {
	case errors.Is(err, windows.ErrNotInstalled):
		fmt.Fprintf(out, "%s is not installed\n", windows.ServiceName)
		return exitMissing
	case err != nil:
		return fail(errs, err)
	}
	fmt.Fprintf(out, "%s is %s\n", windows.ServiceName, word)
	if word == "running" {
		return exitOK
	}
	return exitStopped
}

// system joins the service manager and the folder's permissions for an installation.
type system struct{ *windows.Manager }

func (system) MakePrivateFolder(dir string) error { return windows.MakePrivateFolder(dir) }

func (s system) Command() (string, error) {
	command, err := s.Manager.Command()
	if errors.Is(err, windows.ErrNotInstalled) {
		return "", nil
	}
	return command, err
}

func (s system) IsRunning() (bool, error) {
	word, err := s.State()
	if errors.Is(err, windows.ErrNotInstalled) {
		return false, nil
	}
	return word != "stopped", err
}

func (s system) Remove() error {
	err := s.Manager.Remove()
	if errors.Is(err, windows.ErrMarked) {
		return install.ErrMarked
	}
	return err
}

func doInstall(m *windows.Manager, configPath string, out io.Writer) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := install.Plan{Exe: exe, ConfigPath: configPath, System: system{m}, Out: out}.Install()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "winagentUSM %s is installed in %s as %s (automatic start).\n", version, dir, windows.ServiceName)
	return nil
}
