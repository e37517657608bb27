package sender

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// verdict is what an answer means for the event or batch that was sent.
type verdict int

const (
	delivered   verdict = iota
	refused             // the server read it and will never take it
	unsupported         // this server has no batch call
	tooLarge            // send fewer at once
	slow                // it did not get through in time; fewer at once may
	stuck               // the server failed on it; another event may fare better
	unavailable         // nothing was decided; try again later
)

// answer is a server's reply, judged.
type answer struct {
	verdict  verdict
	reason   string
	wait     time.Duration
	rejected map[int]string
}

type reply struct {
	Status     string `json:"status"`
	Message    string `json:"message"`
	Accepted   *int   `json:"accepted"`
	Duplicates *int   `json:"duplicates"`
	Rejected   []struct {
		Index   int    `json:"index"`
		Message string `json:"message"`
		Field   string `json:"field"`
	} `json:"rejected"`
}

// Both servers say in each answer about events which of these it is. JSON without them is of
// something in front, such as a sign-in page for programs.
func (r reply) isSuccess() bool { return strings.EqualFold(r.Status, "success") }
func (r reply) isError() bool   { return strings.EqualFold(r.Status, "error") }

// judgeSingle decides about one event. Only an answer that is the server's own JSON
// counts as taken or refused: a captive portal's 200 page must not cost an event.
func judgeSingle(status int, h http.Header, body []byte, now time.Time) answer {
	var r reply
	isJSON := isObject(body) && json.Unmarshal(body, &r) == nil
	reason := describe(status, r, isJSON, body)
	switch {
	case status >= 200 && status < 300 && isJSON && r.isSuccess():
		return answer{verdict: delivered}
	case isJSON && r.isError() && (status == 400 || status == 413 || status == 422):
		return answer{verdict: refused, reason: reason}
	case status == 500 || status == 400 || status == 413 || status == 422 || isFirewalls(status, r):
		return answer{verdict: stuck, reason: reason, wait: retryAfter(h, now)}
	}
	return answer{verdict: unavailable, reason: reason, wait: retryAfter(h, now)}
}

// judgeBatch decides about a batch of n events. Counts that do not add up are not
// believed: the events then go one by one, where an answer cannot be misread.
func judgeBatch(status int, h http.Header, body []byte, n int, now time.Time) answer {
	var r reply
	isJSON := isObject(body) && json.Unmarshal(body, &r) == nil
	reason := describe(status, r, isJSON, body)
	switch {
	case status == 404 || status == 405 || status == 501:
		return answer{verdict: unsupported, reason: reason}
	case status == 400 || status == 413 || status == 422 || isFirewalls(status, r):
		return answer{verdict: tooLarge, reason: reason}
	case status == 500:
		return answer{verdict: stuck, reason: reason, wait: retryAfter(h, now)}
	case status == 408 || status == 504:
		return answer{verdict: slow, reason: reason, wait: retryAfter(h, now)}
	case status < 200 || status > 299 || !isJSON:
		return answer{verdict: unavailable, reason: reason, wait: retryAfter(h, now)}
	}
	if !r.isSuccess() {
		return answer{verdict: unsupported, reason: reason}
	}
	if r.Accepted == nil || r.Duplicates == nil {
		return answer{verdict: unsupported, reason: "the batch answer has no counts"}
	}
	a := answer{verdict: delivered, rejected: map[int]string{}}
	for _, bad := range r.Rejected {
		if bad.Index < 0 || bad.Index >= n {
			return answer{verdict: unsupported, reason: "the batch answer names an event that was not sent"}
		}
		a.rejected[bad.Index] = Tidy(strings.TrimSpace(bad.Field + ": " + bad.Message))
	}
	if *r.Accepted < 0 || *r.Duplicates < 0 || *r.Accepted+*r.Duplicates+len(a.rejected) != n {
		return answer{verdict: unsupported, reason: fmt.Sprintf(
			"the batch answer counts %d+%d+%d of %d events", *r.Accepted, *r.Duplicates, len(a.rejected), n)}
	}
	return a
}

// isFirewalls tells a refusal of something before the server, such as a web application
// firewall that takes a user's name for an attack, from the server's own: what it refuses
// may be one event alone.
func isFirewalls(status int, r reply) bool {
	return (status == 403 || status == 406) && !r.isError()
}

func isObject(body []byte) bool {
	text := strings.TrimLeft(string(body), " \t\r\n\uFEFF")
	return strings.HasPrefix(text, "{")
}

func describe(status int, r reply, isJSON bool, body []byte) string {
	switch {
	case status >= 300 && status < 400:
		return fmt.Sprintf("%d: the server redirects to another address; correct server_url", status)
	case isJSON && r.Message != "":
		return fmt.Sprintf("%d: %s", status, Tidy(r.Message))
	case status >= 200 && status < 300:
		return fmt.Sprintf("%d, but the answer is not from a login-monitoring server: %s", status, Tidy(string(body)))
	}
	return fmt.Sprintf("%d %s", status, http.StatusText(status))
}

// Tidy makes a stranger's text fit for one line of a log.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > 300 {
		s = string(runes[:300]) + "…"
	}
	return strings.TrimSpace(s)
}
