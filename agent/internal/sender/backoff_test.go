package sender

import (
	"net/http"
	"testing"
	"time"
)

func TestBackoffDoublesWithJitterUpToFiveMinutes(t *testing.T) {
	for _, random := range []float64{0, 0.5, 0.999} {
		b := newBackoff(firstWait, longWait)
		b.random = func() float64 { return random }
		want := time.Second
		for i := 0; i < 100; i++ {
			got := b.next(0)
			if got < want/2 || got > want || got > 5*time.Minute {
				t.Fatalf("wait %d is %s, drawn from up to %s", i, got, want)
			}
			if want *= 2; want > longWait {
				want = longWait
			}
		}
		b.reset()
		if got := b.next(0); got > time.Second {
			t.Fatalf("after a success %s", got)
		}
	}
}

func TestRetryAfterIsNeverUndercut(t *testing.T) {
	b := newBackoff(firstWait, longWait)
	for i := 0; i < 200; i++ {
		if got := b.next(10 * time.Minute); got < 10*time.Minute || got > 11*time.Minute {
			t.Fatal(got)
		}
	}
}

func TestRetryAfterIsReadInBothForms(t *testing.T) {
	now := time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "7": 7 * time.Second, " 120 ": 2 * time.Minute, "-5": 0, "soon": 0, "1.5": 0,
		"999999999":                     24 * time.Hour,
		"Mon, 26 May 2025 09:00:30 GMT": 30 * time.Second,
		"Mon, 26 May 2025 08:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q gives %s, want %s", value, got, want)
		}
	}
}
