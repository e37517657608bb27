package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/sender"
	"winauthmon/agent/internal/spool"
)

// report is the body of a health call.
type report struct {
	ComputerName    string `json:"ComputerName"`
	AgentVersion    string `json:"AgentVersion"`
	Timestamp       string `json:"Timestamp"`
	SpoolLength     int    `json:"SpoolLength"`
	SpoolBytes      int64  `json:"SpoolBytes"`
	DroppedFailures uint64 `json:"DroppedFailures"`
	DroppedSessions uint64 `json:"DroppedSessions"`
	LocalIP         string `json:"LocalIP,omitempty"`
	PublicIP        string `json:"PublicIP,omitempty"`
}

// health reports to the server every interval and notes when the answer changes.
type health struct {
	link     *sender.Link
	path     string
	interval time.Duration
	report   func() report
	log      Log
	last     string
}

func (h *health) run(ctx context.Context) {
	if h.interval <= 0 {
		return
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		outcome := CheckHealth(ctx, h.link, h.path, h.report())
		if ctx.Err() == nil && outcome != h.last {
			h.last = outcome
			h.log.Eventf("health: %s", outcome)
			if outcome != healthy {
				h.log.Problemf("health: %s", outcome)
			}
		}
		timer.Reset(h.interval)
	}
}

const healthy = "the server responds and accepts the key"

// CheckHealth makes one health call and says in a sentence how it went.
func CheckHealth(ctx context.Context, link *sender.Link, path string, r report) string {
	body, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	status, _, answer, err := link.Post(ctx, path, body)
	if err != nil {
		return "can't reach the server: " + sender.PlainError(err)
	}
	var parsed struct {
		Status  string `json:"status"`
		Message string `json:"message"`
	}
	isJSON := json.Unmarshal(answer, &parsed) == nil
	switch {
	case status >= 200 && status < 300 && isJSON && parsed.Status == "ok":
		return healthy
	case status == http.StatusUnauthorized:
		return fmt.Sprintf("the server refuses the API key (%d: %s)", status, sender.Tidy(parsed.Message))
	case isJSON && parsed.Message != "":
		return fmt.Sprintf("the server answers %d: %s", status, sender.Tidy(parsed.Message))
	case status >= 200 && status < 300:
		return fmt.Sprintf("%d, but the answer is not from a login-monitoring server: %s", status, sender.Tidy(string(answer)))
	}
	return fmt.Sprintf("the server answers %d %s", status, http.StatusText(status))
}

func newReport(computer, version string, stats spool.Stats, localIP, publicIP string) report {
	return report{
		ComputerName: computer, AgentVersion: version,
		Timestamp:   time.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
		SpoolLength: stats.Length, SpoolBytes: stats.Bytes,
		DroppedFailures: stats.Dropped.Failures, DroppedSessions: stats.Dropped.Sessions,
		LocalIP: localIP, PublicIP: publicIP,
	}
}

// skew notes how far the computer's clock is from the server's. It corrects nothing.
type skew struct {
	mu   sync.Mutex
	log  Log
	last time.Duration
}

const (
	skewStep    = 5 * time.Second // less is within what a Date header can tell
	skewProblem = 5 * time.Minute // from here the portal marks events as skewed
)

// note compares an answer's Date header (whole seconds) with the middle of the call. It
// logs the first difference worth mentioning and every change of it.
func (s *skew) note(date string, sent, received time.Time) {
	server, err := http.ParseTime(date)
	if err != nil || received.Sub(sent) > 10*time.Second {
		return
	}
	local := sent.Add(received.Sub(sent) / 2).Round(0)
	ahead := local.Sub(server.Add(500 * time.Millisecond)).Truncate(time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	if change := ahead - s.last; change < skewStep && change > -skewStep {
		return
	}
	s.last = ahead
	s.log.Eventf("clock: this computer is %s ahead of the server (negative: behind)", ahead)
	if ahead > skewProblem || ahead < -skewProblem {
		s.log.Problemf("clock: this computer is %s ahead of the server (negative: behind); set its clock", ahead)
	}
}

// Check calls the server's health address once. It says how that went, and whether well.
func Check(ctx context.Context, c config.Config, version, computer string) (string, bool) {
	outcome := CheckHealth(ctx, NewLink(c, version), c.HealthPath, newReport(computer, version, spool.Stats{}, "", ""))
	return outcome, outcome == healthy
}
