//go:build !windows

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/event"
)

// Outside Windows the program checks configurations and delivers a spool, nothing more.

var errNotWindows = errors.New("services work only on Windows")

func computerName() string {
	name, _ := os.Hostname()
	return name
}

func isDenied(error) bool { return false }

func open(dir, configPath string, console io.Writer) (*agent.Agent, error) {
	return agent.New(agent.Options{Dir: dir, ConfigPath: configPath, Version: version, Host: host{}, Console: console})
}

func control(_, _ string, _ bool, _, errs io.Writer) int {
	return fail(errs, fmt.Errorf("-service: %w", errNotWindows))
}

// host is a computer nothing happens on.
type host struct{}

func (host) ComputerName() string                 { return computerName() }
func (host) Uptime() time.Duration                { return 0 }
func (host) UncleanShutdown(time.Time) time.Time  { return time.Time{} }
func (host) Sessions() ([]event.Session, error)   { return nil, nil }
func (host) Session(uint32) (event.Session, bool) { return event.Session{}, false }
func (host) Sources() []agent.Source              { return nil }
