package agent

import (
	"context"
	"sync"
	"time"

	"winauthmon/agent/internal/address"
	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/sender"
)

// delivery is everything that talks to the server for one configuration. It is replaced
// as a whole when the configuration changes.
type delivery struct {
	sender *sender.Sender
	public *address.Public
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// newDelivery starts sending and reporting. With a configuration that cannot deliver it
// returns one that does nothing.
func (a *Agent) newDelivery(c config.Config, problems []config.Problem) *delivery {
	ctx, cancel := context.WithCancel(context.Background())
	d := &delivery{cancel: cancel}
	if config.HasFatal(problems) {
		return d
	}
	link := NewLink(c, a.o.Version)
	clock := &skew{log: a.log}
	link.OnAnswer = clock.note
	var urls []string
	if c.ObtainPublicIP {
		urls = c.PublicIPURLs
	}
	d.public = address.NewPublic(sender.NewClient(c), urls, a.log.Debugf)
	d.public.Current()
	d.sender = sender.New(sender.Options{
		Queue: a.spool, Link: link, Log: a.log, BatchSize: c.BatchSize,
		Reject: a.reject, PublicIP: d.lateAddress, TriedThrough: a.triedThrough(c.BatchSize),
		FirstWait: a.o.FirstWait, LongestWait: a.o.LongestWait,
	})
	report := &health{
		link: link, path: c.HealthPath, interval: c.HealthInterval, log: a.log,
		report: func() report {
			return newReport(a.recorder.computer, a.o.Version, a.spool.Stats(), a.local.Current(), d.public.Current())
		},
	}
	d.done.Add(2)
	go func() { defer d.done.Done(); d.sender.Run(ctx) }()
	go func() { defer d.done.Done(); report.run(ctx) }()
	return d
}

// NewLink prepares calls to the configured server.
func NewLink(c config.Config, version string) *sender.Link {
	return &sender.Link{
		Client: sender.NewClient(c), Base: c.ServerURL, APIKey: c.APIKey,
		UserAgent: "winagentUSM/" + version,
	}
}

// lateAddress gives an event that was recorded before the public address was known, as at
// every start of the computer, the one found since. After ten minutes it may be another.
func (d *delivery) lateAddress(e event.Event) string {
	at, err := time.Parse(time.RFC3339Nano, e.Timestamp)
	if age := time.Since(at); err != nil || age > 10*time.Minute || age < -time.Minute {
		return ""
	}
	return d.public.Current()
}

// stop ends sending; with a context it first delivers what it can until that ends.
func (d *delivery) stop(final context.Context) {
	d.cancel()
	d.done.Wait()
	if d.sender != nil && final != nil {
		d.sender.Flush(final)
	}
}

func (d *delivery) kick() {
	if d.sender != nil {
		d.sender.Kick()
	}
}

// moved says that the computer may be on another network now.
func (d *delivery) moved() {
	if d.sender != nil {
		d.public.Forget()
		d.sender.Hurry()
	}
}

func (d *delivery) publicIP() string {
	if d.public == nil {
		return ""
	}
	return d.public.Current()
}
