package sender

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"time"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
)

const (
	singlePath = "/api/log_event"
	batchPath  = "/api/log_events"
)

// body is a record's JSON as it goes out: with retry set when it may have been sent
// before, the public address filled in when it has become known, and the time as the
// server reads it.
func (s *Sender) body(r spool.Record) ([]byte, error) {
	isComplete := s.o.PublicIP == nil || !bytes.Contains(r.Data, []byte(`"PublicIP":""`))
	if r.Seq > s.tried && isComplete && !s.isCoarse && json.Valid(r.Data) {
		return r.Data, nil // as recorded, with retry 0
	}
	var e event.Event
	if err := json.Unmarshal(r.Data, &e); err != nil {
		return nil, err
	}
	e.Retry = 0
	if r.Seq <= s.tried {
		e.Retry = 1
	}
	if e.PublicIP == "" && s.o.PublicIP != nil {
		e.PublicIP = s.o.PublicIP(e)
	}
	if s.isCoarse {
		e.Timestamp = wholeSeconds(e.Timestamp)
	}
	return json.Marshal(e)
}

// postOne sends one event. The original server refuses times with fractions of a second, so
// what is refused is sent without them before it is given up.
func (s *Sender) postOne(ctx context.Context, r spool.Record) answer {
	a := s.post(ctx, r)
	if a.verdict != refused || s.isCoarse || !hasFraction(r) {
		return a
	}
	s.isCoarse = true
	coarse := s.post(ctx, r)
	if coarse.verdict == delivered {
		s.o.Log.Eventf("the server accepts only times of whole seconds (%s)", a.reason)
		return coarse
	}
	s.isCoarse = false
	return coarse
}

func (s *Sender) post(ctx context.Context, r spool.Record) answer {
	body, err := s.body(r)
	if err != nil {
		return answer{verdict: refused, reason: "the spooled record is not an event: " + err.Error()}
	}
	status, header, content, err := s.o.Link.Post(ctx, singlePath, body)
	if err != nil {
		return answer{verdict: unavailable, reason: PlainError(err)}
	}
	return judgeSingle(status, header, content, time.Now())
}

func (s *Sender) sendOne(ctx context.Context, r spool.Record) (int, time.Duration) {
	a := s.postOne(ctx, r)
	switch a.verdict {
	case delivered:
		s.grow()
		s.ack(1, r.Seq)
		s.o.Log.Debugf("delivered 1 event")
		return 1, 0
	case refused:
		if err := s.reject(r, a.reason); err != nil {
			return 0, s.fail(ctx, answer{reason: err.Error()}, r.Seq)
		}
		s.ack(1, r.Seq)
		return 1, 0
	case stuck:
		s.noteStuck(r.Seq)
	}
	return 0, s.fail(ctx, a, r.Seq)
}

func (s *Sender) sendBatch(ctx context.Context, records []spool.Record) (int, time.Duration) {
	var body bytes.Buffer
	body.WriteString(`{"events":[`)
	for i, r := range records {
		one, err := s.body(r)
		if err != nil {
			// The single path puts it aside; what is before it goes now.
			if i == 0 {
				return s.sendOne(ctx, r)
			}
			records = records[:i]
			break
		}
		if i > 0 {
			body.WriteByte(',')
		}
		body.Write(one)
	}
	body.WriteString("]}")
	last := records[len(records)-1].Seq
	status, header, content, err := s.o.Link.Post(ctx, batchPath, body.Bytes())
	if err != nil {
		if isCutOff(err) {
			s.shrink(len(records))
		}
		return 0, s.fail(ctx, answer{reason: PlainError(err)}, last)
	}
	a := judgeBatch(status, header, content, len(records), time.Now())
	switch a.verdict {
	case delivered:
		return s.settle(ctx, records, a)
	case unsupported:
		decided, wait := s.sendOne(ctx, records[0])
		if decided > 0 {
			s.leaveBatches(a.reason)
		}
		return decided, wait
	case slow:
		s.shrink(len(records))
	case tooLarge, stuck:
		// Fewer at once, down to the single call, singles out the event at fault.
		s.limit = (len(records) + 1) / 2
		if a.verdict == tooLarge {
			return s.retryNow(last)
		}
	}
	return 0, s.fail(ctx, a, last)
}

// leaveBatches sends single events for a while, longer each time in a row. It is for a
// server that decided about a single event right after it knew no batch: one that answers
// neither is not there, or something else answers for it.
func (s *Sender) leaveBatches(reason string) {
	if s.batchWait == 0 {
		s.o.Log.Eventf("the server accepts only single events (%s)", reason)
	}
	s.batchWait = longer(s.batchWait, firstBatchProbe, longestBatchProbe)
	s.noBatch = time.Now().Add(s.batchWait)
}

// longer doubles a wait from first to longest.
func longer(last, first, longest time.Duration) time.Duration {
	switch {
	case last < first:
		return first
	case last > longest/2:
		return longest
	}
	return 2 * last
}

// retryNow asks for another step at once; the limit has shrunk, so it ends at the single
// call, which decides or waits.
func (s *Sender) retryNow(last uint64) (int, time.Duration) {
	if last > s.tried {
		s.tried = last
	}
	return 0, time.Millisecond
}

func (s *Sender) settle(ctx context.Context, records []spool.Record, a answer) (int, time.Duration) {
	for i, r := range records {
		if reason, bad := a.rejected[i]; bad {
			if err := s.reject(r, reason); err != nil {
				return 0, s.fail(ctx, answer{reason: err.Error()}, records[len(records)-1].Seq)
			}
		}
	}
	s.batchWait, s.isCoarse = 0, false // this is no original server, or no longer
	s.grow()
	s.ack(len(records), records[len(records)-1].Seq)
	s.o.Log.Debugf("delivered %d events", len(records)-len(a.rejected))
	return len(records), 0
}

// shrink halves a batch that did not get through in time, and lets some get through before
// the next is larger: each that is too large for a slow link costs a whole timeout.
func (s *Sender) shrink(sent int) {
	s.limit, s.steady = (sent+1)/2, steadyCalls
}

func (s *Sender) grow() {
	if s.steady > 0 {
		s.steady--
		return
	}
	if s.limit *= 2; s.limit > s.o.BatchSize {
		s.limit = s.o.BatchSize
	}
}

func (s *Sender) reject(r spool.Record, reason string) error {
	if err := s.o.Reject(r.Data, reason); err != nil {
		return errors.New("can't write the rejected file: " + err.Error())
	}
	s.o.Log.Problemf("the server refuses an event; keeping it in the rejected file: %s", reason)
	return nil
}

func (s *Sender) noteStuck(seq uint64) {
	if s.stuckSeq != seq || s.stuckRuns == 0 {
		s.stuckSeq, s.stuckAt, s.stuckRuns, s.probed = seq, time.Now(), 0, 0
	}
	s.stuckRuns++
}

// isStuck says whether the server has failed on an event for so long that others are tried
// ahead of it. Where one was put aside lately, the next doesn't wait: what fails on a user's
// name fails on each of the user's events.
func (s *Sender) isStuck() bool {
	if s.stuckRuns > 0 && time.Since(s.asideAt) < asideLately {
		return true
	}
	return s.stuckRuns >= stuckRuns && time.Since(s.stuckAt) >= s.o.StuckAfter
}

// sendAround tries events behind one the server keeps failing on (the original server
// answers 500 to a name longer than its column). Only when the server decides about one of
// these, and fails on the first right before and right after it, is the first put into the
// rejected file.
func (s *Sender) sendAround(ctx context.Context, records []spool.Record) (int, time.Duration) {
	first := records[0]
	if a := s.postOne(ctx, first); a.verdict != stuck {
		s.stuckRuns = 0
		return s.sendOne(ctx, first)
	}
	place, a := s.probe(ctx, records)
	if a.verdict != delivered && a.verdict != refused {
		return 0, s.fail(ctx, a, records[place].Seq)
	}
	last := records[place].Seq
	isNext := place == 1 && a.verdict == delivered
	isAside := false
	a = s.postOne(ctx, first)
	switch a.verdict {
	case stuck, refused:
		reason := a.reason + " (repeatedly, while other events are accepted)"
		if err := s.reject(first, reason); err != nil {
			return 0, s.fail(ctx, answer{reason: err.Error()}, last)
		}
		isAside = true
	case delivered:
	default:
		return 0, s.fail(ctx, a, last)
	}
	decided := 1
	if isNext {
		decided = 2
	}
	s.ack(decided, last)
	if isAside {
		s.asideAt = time.Now()
	}
	return decided, 0
}

// probe sends a few of the events behind the first, and each time others, until the server
// decides about one: several in a row may be such as it fails on. It returns the place of the
// last that it sent.
func (s *Sender) probe(ctx context.Context, records []spool.Record) (int, answer) {
	var a answer
	place := 0
	for tries := 0; tries < probesAtOnce; tries++ {
		place = 1 + s.probed%(len(records)-1)
		s.probed++
		if a = s.postOne(ctx, records[place]); a.verdict != stuck {
			break
		}
	}
	return place, a
}

// isCutOff tells a call that failed on its way, such as by a timeout, from one for which no
// connection was made, where the size of its body can't matter.
func isCutOff(err error) bool {
	var connecting *net.OpError
	var name *net.DNSError
	return !errors.As(err, &name) && !(errors.As(err, &connecting) && connecting.Op == "dial")
}

// PlainError says what a person can act on, without the address (it may carry a proxy's
// password) that the http package puts in front.
func PlainError(err error) string {
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return "timed out"
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var name *net.DNSError
	if errors.As(err, &name) {
		return "the server's name " + name.Name + " is not found"
	}
	return Tidy(err.Error())
}
