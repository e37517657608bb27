// Package sender takes events off the spool and gives them to the server, in order,
// exactly once as the server counts: an event leaves the spool only after the server's
// own yes, or its definite no, which puts it into the rejected file.
package sender

import (
	"context"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
)

// Queue is what the sender needs of the spool.
type Queue interface {
	Peek(max, maxBytes int) ([]spool.Record, error)
	Ack(n int) error
}

// Log is what the sender needs of the logs. Problem is for what an administrator should
// look into.
type Log interface {
	Debugf(format string, args ...interface{})
	Eventf(format string, args ...interface{})
	Problemf(format string, args ...interface{})
}

// Options of a sender. Zero values take the defaults.
type Options struct {
	Queue     Queue
	Link      *Link
	Log       Log
	BatchSize int
	// Reject keeps an event the server refuses for good, durably, with its reason.
	Reject func(event []byte, reason string) error
	// PublicIP fills an event that was recorded before the address was known.
	PublicIP func(e event.Event) string
	// TriedThrough is the last sequence number an earlier run may have sent already.
	TriedThrough uint64
	FirstWait    time.Duration
	LongestWait  time.Duration
	// StuckAfter is how long the server must fail on the same event before the next one
	// is tried ahead of it.
	StuckAfter time.Duration
}

// Sender delivers; one goroutine runs it. Kick may be called from anywhere.
type Sender struct {
	o         Options
	back      *backoff
	kick      chan struct{}
	urgent    chan struct{}
	limit     int
	steady    int
	isCoarse  bool
	noBatch   time.Time
	batchWait time.Duration
	tried     uint64
	stuckSeq  uint64
	stuckAt   time.Time
	stuckRuns int
	probed    int
	asideAt   time.Time
	complaint complaint
}

const (
	maxBatchBytes = 1 << 20
	// How long a server without the batch call is taken at its word: first shortly, as
	// something in front may have answered for it, and at most an hour, as the original server
	// may be replaced by the portal behind the same address.
	firstBatchProbe   = time.Minute
	longestBatchProbe = time.Hour
	stuckRuns         = 10
	steadyCalls       = 8
	// How far behind an event at fault others are looked for, and how many at a time.
	mostLookedAt = 100
	probesAtOnce = 3
	asideLately  = time.Hour
)

// New makes a sender.
func New(o Options) *Sender {
	if o.BatchSize <= 0 {
		o.BatchSize = 1
	}
	if o.FirstWait <= 0 {
		o.FirstWait = firstWait
	}
	if o.LongestWait <= 0 {
		o.LongestWait = longWait
	}
	if o.StuckAfter <= 0 {
		o.StuckAfter = 10 * time.Minute
	}
	return &Sender{
		o: o, back: newBackoff(o.FirstWait, o.LongestWait), limit: o.BatchSize,
		kick: make(chan struct{}, 1), urgent: make(chan struct{}, 1), tried: o.TriedThrough,
		complaint: complaint{log: o.Log},
	}
}

// Kick says that the spool has something new. A running back-off is not cut short.
func (s *Sender) Kick() { signal(s.kick) }

// Hurry ends a running back-off, because the network or the computer came back.
func (s *Sender) Hurry() {
	signal(s.urgent)
	signal(s.kick)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run delivers until the context ends.
func (s *Sender) Run(ctx context.Context) {
	for ctx.Err() == nil {
		sent, wait := s.step(ctx)
		switch {
		case wait > 0:
			s.pause(ctx, wait)
		case sent == 0:
			select {
			case <-ctx.Done():
			case <-s.kick:
			}
		}
	}
}

// Flush delivers what it can until the spool is empty, an attempt fails, or the context
// ends. It must not run beside Run.
func (s *Sender) Flush(ctx context.Context) {
	for ctx.Err() == nil {
		if sent, wait := s.step(ctx); sent == 0 || wait > 0 {
			return
		}
	}
}

func (s *Sender) pause(ctx context.Context, wait time.Duration) {
	select { // an old signal must not cut this one short
	case <-s.urgent:
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-s.urgent:
		s.back.reset()
	}
}

// step sends one request. It returns how many events left the spool and how long to wait
// before the next (0 = not at all).
func (s *Sender) step(ctx context.Context) (int, time.Duration) {
	isBatch := s.o.BatchSize > 1 && s.limit > 1 && time.Now().After(s.noBatch)
	max := 1
	if isBatch {
		max = s.limit
	} else if s.isStuck() {
		max = 1 + mostLookedAt
	}
	records, err := s.o.Queue.Peek(max, maxBatchBytes)
	if err != nil {
		s.complaint.about("reading the spool", err.Error())
		return 0, s.back.next(0)
	}
	if len(records) == 0 {
		return 0, 0
	}
	if isBatch {
		return s.sendBatch(ctx, records)
	}
	if len(records) > 1 {
		return s.sendAround(ctx, records)
	}
	return s.sendOne(ctx, records[0])
}

func (s *Sender) ack(n int, tried uint64) {
	if err := s.o.Queue.Ack(n); err != nil {
		s.o.Log.Problemf("can't record on disk what the server has; after a restart it is sent again: %v", err)
	}
	if tried > s.tried {
		s.tried = tried
	}
	s.stuckRuns = 0
	s.back.reset()
	s.complaint.over()
}

// fail notes an attempt that decided nothing.
func (s *Sender) fail(ctx context.Context, a answer, last uint64) time.Duration {
	if last > s.tried {
		s.tried = last
	}
	wait := s.back.next(a.wait)
	if ctx.Err() == nil {
		s.complaint.about("delivery", a.reason)
		s.o.Log.Debugf("delivery failed (%s), next attempt in %s", a.reason, wait.Round(time.Millisecond))
	}
	return wait
}
