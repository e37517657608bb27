package sender

import (
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Waiting bounds between attempts that fail.
const (
	firstWait = time.Second
	longWait  = 5 * time.Minute
	// A server may ask for longer than the agent's own back-off, but not for ever.
	longestRetryAfter = 24 * time.Hour
)

// backoff doubles from first to longest. Each wait is drawn from its upper half, so that
// a thousand agents do not come back in the same second.
type backoff struct {
	first, longest time.Duration
	random         func() float64
	failures       int
}

func newBackoff(first, longest time.Duration) *backoff {
	source := rand.New(rand.NewSource(time.Now().UnixNano()))
	return &backoff{first: first, longest: longest, random: source.Float64}
}

func (b *backoff) reset() { b.failures = 0 }

// next returns the wait after one more failure. asked is the server's Retry-After: never
// less than that, and up to a tenth more.
func (b *backoff) next(asked time.Duration) time.Duration {
	wait := b.longest
	if b.failures < 30 && b.first<<b.failures < b.longest {
		wait = b.first << b.failures
	}
	b.failures++
	wait = wait/2 + time.Duration(b.random()*float64(wait/2))
	if asked > 0 {
		if spread := asked + time.Duration(b.random()*float64(asked/10)); spread > wait {
			wait = spread
		}
	}
	return wait
}

// retryAfter reads the header's two forms, seconds or an HTTP date; 0 when there is none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(v); err == nil {
		wait = at.Sub(now)
	}
	if wait < 0 {
		return 0
	}
	if wait > longestRetryAfter {
		return longestRetryAfter
	}
	return wait
}
