// Package agent puts the parts together: what the host reports goes through the tracker
// and the recorder into the spool, and the sender takes it from there to the server.
package agent

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"winauthmon/agent/internal/address"
	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/logs"
	"winauthmon/agent/internal/spool"
	"winauthmon/agent/internal/state"
)

// Options of an agent. Dir holds the spool, the state and the logs.
type Options struct {
	Dir         string
	ConfigPath  string
	Version     string
	Host        Host
	Console     io.Writer
	FirstWait   time.Duration // zero: the sender's own
	LongestWait time.Duration
	ConfigEvery time.Duration // how often to look for a new config.ini; zero: 30 s
}

// Agent runs until its context ends. Notify may be called from anywhere.
type Agent struct {
	o         Options
	log       *logs.Logs
	spool     *spool.Spool
	recorder  *recorder
	rejects   *rejects
	local     *address.Local
	tracker   *event.Tracker
	state     state.State
	statePath string
	stateFile *state.File
	// isStateSaved: the last attempt to save it worked.
	isStateSaved bool
	naming       event.Naming
	mu           sync.Mutex
	delivery     *delivery
	signals      []Signal
	woken        chan struct{}
	loaded       loaded
	isLoading    bool
	loads        chan loaded
}

const (
	heartbeatEvery = time.Minute
	configEvery    = 30 * time.Second
	flushEvery     = 5 * time.Second
	lastDelivery   = 5 * time.Second
	reserveBytes   = 256 << 10 // about 1,000 events
)

// New reads the configuration and opens the spool. Problems of the configuration are
// logged, not returned: a service must go on collecting while they are put right.
func New(o Options) (*Agent, error) {
	// Little memory matters more here than a little processor time. One goroutine at a time
	// keeps up with any backlog, and each thread of the system saved is its stack saved.
	debug.SetGCPercent(15)
	runtime.GOMAXPROCS(1)
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, err
	}
	if o.ConfigEvery == 0 {
		o.ConfigEvery = configEvery
	}
	a := &Agent{
		o: o, statePath: filepath.Join(o.Dir, "state.json"), isStateSaved: true, woken: make(chan struct{}, 1),
		local: &address.Local{}, loaded: load(o.ConfigPath), loads: make(chan loaded, 1),
	}
	c, problems := a.loaded.config, a.loaded.problems
	a.log = logs.New(filepath.Join(o.Dir, "logs"), logSettings(c))
	a.log.Console = o.Console
	a.log.Eventf("agent %s starts, server %v", o.Version, c.ServerURL)
	a.complain(problems)
	var err error
	a.spool, err = spool.Open(spool.Options{
		Dir: filepath.Join(o.Dir, "spool"), MaxBytes: c.SpoolMaxBytes,
		OnDrop: func(d spool.Dropped) {
			a.log.Problemf("the spool is full: dropped the oldest %d failed logons and %d session events", d.Failures, d.Sessions)
		},
		OnDamage: func(name string, lines int) {
			a.log.Problemf("spool file %s: moved %d damaged records to damaged.txt", name, lines)
		},
		OnUnreadable: func(name string, reason error) {
			a.log.Problemf("can't read a spool file; keeping it as %s, and its events are not sent: %v", name, reason)
		},
		ReserveBytes: reserveBytes,
		OnWait: func(reason error) {
			a.log.Problemf("can't write the spool; events wait in memory and are sent from there: %v", reason)
		},
		OnLose: func(d spool.Dropped) {
			a.log.Problemf("the disk accepts no events and memory is full: lost the oldest %d failed logons and %d session events", d.Failures, d.Sessions)
		},
	})
	if err != nil {
		a.log.Problemf("can't open the spool: %v", err)
		a.log.Close()
		return nil, fmt.Errorf("opening the spool: %w", err)
	}
	a.rejects = newRejects(o.Dir, a.log)
	a.naming = event.Naming{WithDomain: c.WithDomain}
	a.recorder = &recorder{
		spool: a.spool, computer: event.CleanName(o.Host.ComputerName()), version: o.Version, log: a.log,
		localIP: a.local.Current, publicIP: a.publicIP, onKept: a.kick,
	}
	a.delivery = a.newDelivery(c, problems)
	return a, nil
}

func logSettings(c config.Config) logs.Settings {
	return logs.Settings{
		Zone: c.Zone, IsDebug: c.DebugLogs, Secrets: c.Secrets(),
		SessionBytes: c.SessionLogBytes, ErrorBytes: c.ErrorLogBytes, EventBytes: c.EventLogBytes,
	}
}

func (a *Agent) complain(problems []config.Problem) {
	for _, p := range problems {
		a.log.Problemf("config.ini: %s", p)
	}
	if config.HasFatal(problems) {
		a.log.Problemf("config.ini: nothing is sent until you correct it; the agent keeps collecting events")
	}
}

// Log gives the agent's logs to the parts around it.
func (a *Agent) Log() Log { return a.log }

// Notify takes a signal of the system without waiting.
func (a *Agent) Notify(s Signal) {
	a.mu.Lock()
	a.signals = append(a.signals, s)
	a.mu.Unlock()
	select {
	case a.woken <- struct{}{}:
	default:
	}
}

// Record keeps an event that comes only once; for hosts without signals, as in tests.
func (a *Agent) Record(events ...event.Event) error { return a.recorder.record(events...) }

// Stats counts what waits to be sent.
func (a *Agent) Stats() spool.Stats { return a.spool.Stats() }

// flush tries again to write what waits in memory; the spool has told that something does.
func (a *Agent) flush() {
	_ = a.spool.Flush()
	a.log.Flush()
}

func (a *Agent) kick() { a.current().kick() }

func (a *Agent) publicIP() string { return a.current().publicIP() }

func (a *Agent) current() *delivery {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.delivery == nil {
		return &delivery{}
	}
	return a.delivery
}

// triedThrough is the last record an earlier run may have sent before it ended: one batch.
func (a *Agent) triedThrough(batch int) uint64 {
	records, err := a.spool.Peek(batch, 1<<20)
	if err != nil || len(records) == 0 {
		return 0
	}
	return records[len(records)-1].Seq
}

// Run works until the context ends, then delivers what it can within some seconds.
func (a *Agent) Run(ctx context.Context) {
	a.begin()
	var sources sync.WaitGroup
	for _, source := range a.o.Host.Sources() {
		source := source
		sources.Add(1)
		go func() {
			defer sources.Done()
			a.follow(ctx, source)
		}()
	}
	a.loop(ctx)
	sources.Wait()
	a.handleSignals()
	a.flush()
	a.heartbeat()
	final, cancel := context.WithTimeout(context.Background(), lastDelivery)
	defer cancel()
	a.current().stop(final)
	a.flush() // what was sent may have made room
	a.log.Eventf("agent stops, %d events wait in the spool", a.spool.Stats().Length)
	if err := a.spool.Close(); err != nil {
		a.log.Problemf("closing the spool: %v", err)
	}
	a.log.Close()
}

func (a *Agent) loop(ctx context.Context) {
	heart := time.NewTicker(heartbeatEvery)
	defer heart.Stop()
	file := time.NewTicker(a.o.ConfigEvery)
	defer file.Stop()
	flush := time.NewTicker(flushEvery)
	defer flush.Stop()
	isBusy := true
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.woken:
			a.handleSignals()
		case <-heart.C:
			a.heartbeat()
		case <-file.C:
			a.lookForConfig()
		case next := <-a.loads:
			a.takeConfig(next)
		case <-flush.C:
			a.flush()
			wasBusy := isBusy
			isBusy = a.spool.Stats().Length > 0
			if wasBusy && !isBusy {
				// What starting or a drain needed goes back to the system.
				debug.FreeOSMemory()
			}
		}
	}
}
