// Command winagentUSM is the Windows agent: it reports sign-ins, locks and sign-outs of
// this computer to a login-monitoring server.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/install"
)

// version is set by the build.
var version = "dev"

// Exit codes, for scripts and device management.
const (
	exitOK        = 0
	exitFailed    = 1
	exitUsage     = 2
	exitStopped   = 3 // -service status
	exitMissing   = 4 // -service status
	exitForbidden = 5
)

const usage = `winagentUSM %s, the login-monitoring agent

  -service install -config <path>   install, or upgrade in place (as administrator)
  -service start | stop | status    control the installed service
  -service uninstall                stop and remove the service
  -service erase [-purge]           then delete the agent's files, as uninstall.bat does
  -run -config <path>               run in this console until Ctrl+C
  -check -config <path>             check the configuration and call the server once
  -version                          print the version

Without -config, the agent uses the config.ini beside the executable.
Exit codes: 0 success, 1 failure, 2 incorrect usage or configuration, 5 not an administrator;
-service status: 0 running, 3 stopped, 4 not installed.
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("winagentUSM", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.Usage = func() { fmt.Fprintf(errs, usage, version) }
	action := flags.String("service", "", "")
	configPath := flags.String("config", "", "")
	isConsole := flags.Bool("run", false, "")
	isCheck := flags.Bool("check", false, "")
	isPurge := flags.Bool("purge", false, "")
	isVersion := flags.Bool("version", false, "")
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	path, err := findConfig(*configPath)
	if err != nil {
		return fail(errs, err)
	}
	switch {
	case flags.NArg() > 0:
		fmt.Fprintf(errs, "unknown argument %q\n", flags.Arg(0))
		flags.Usage()
		return exitUsage
	case *isVersion:
		fmt.Fprintln(out, version)
		return exitOK
	case *isCheck:
		return check(path, out, errs)
	case *isConsole:
		return runConsole(path, out, errs)
	case *action != "":
		return control(*action, path, *isPurge, out, errs)
	}
	flags.Usage()
	return exitUsage
}

func findConfig(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	exe, err := os.Executable()
	return filepath.Join(filepath.Dir(exe), install.ConfigName), err
}

// load reads the configuration for a person at a console: problems are shown, and a fatal
// one ends the program.
func load(path string, errs io.Writer) (config.Config, bool) {
	c, problems := config.Load(path)
	if len(problems) > 0 {
		fmt.Fprintf(errs, "%s:\n%s\n", path, config.Describe(problems))
	}
	return c, !config.HasFatal(problems)
}

func runConsole(path string, out, errs io.Writer) int {
	c, ok := load(path, errs)
	if !ok {
		return exitUsage
	}
	a, err := open(c.InstallDir, path, out)
	if err != nil {
		return fail(errs, err)
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	fmt.Fprintf(out, "winagentUSM %s is running in this console; press Ctrl+C to stop it. Only the installed service sees logons.\n", version)
	a.Run(ctx)
	return exitOK
}

func check(path string, out, errs io.Writer) int {
	c, ok := load(path, errs)
	if !ok {
		return exitUsage
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	outcome, good := agent.Check(ctx, c, version, computerName())
	fmt.Fprintf(out, "%s: %s\n", c.ServerURL, outcome)
	if !good {
		return exitFailed
	}
	return exitOK
}

func fail(errs io.Writer, err error) int {
	fmt.Fprintln(errs, "winagentUSM:", err)
	if isDenied(err) {
		return exitForbidden
	}
	return exitFailed
}
