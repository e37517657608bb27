// Package teststub is a server that behaves as the agent API is specified, or as the
// original server does, for tests. It also misbehaves on demand.
package teststub

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf16"
)

// Event is what arrived, as sent.
type Event map[string]interface{}

// Text returns a field as text; absent and other types give nothing.
func (e Event) Text(field string) string {
	s, _ := e[field].(string)
	return s
}

// Server stores events in the order it first saw them. Its fields may be set before it
// serves; the hooks may be swapped under Lock.
type Server struct {
	sync.Mutex
	Key        string
	IsOriginal bool // single events only, 404 for the batch, whole seconds, and its duplicate rule
	// Before may answer a request itself and return true. It sees every request first.
	Before func(w http.ResponseWriter, r *http.Request) bool
	// After is told when a request's events are stored and before the answer goes out;
	// true drops the connection instead of answering.
	After func(r *http.Request) bool

	stored     []Event
	seen       map[string]bool
	duplicates int
	requests   map[string]int
	health     []map[string]interface{}
}

// Stored returns the events in the order of their first arrival.
func (s *Server) Stored() []Event {
	s.Lock()
	defer s.Unlock()
	return append([]Event(nil), s.stored...)
}

// Count is how many events are stored.
func (s *Server) Count() int {
	s.Lock()
	defer s.Unlock()
	return len(s.stored)
}

// Duplicates is how many events came again.
func (s *Server) Duplicates() int {
	s.Lock()
	defer s.Unlock()
	return s.duplicates
}

// Requests is how many calls a path had.
func (s *Server) Requests(path string) int {
	s.Lock()
	defer s.Unlock()
	return s.requests[path]
}

// Health returns the bodies of the health calls.
func (s *Server) Health() []map[string]interface{} {
	s.Lock()
	defer s.Unlock()
	return append([]map[string]interface{}(nil), s.health...)
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	if s.requests == nil {
		s.requests, s.seen = map[string]int{}, map[string]bool{}
	}
	s.requests[r.URL.Path]++
	before := s.Before
	s.Unlock()
	if before != nil && before(w, r) {
		return
	}
	isKnown := r.URL.Path == "/api/log_event" || r.URL.Path == "/api/health" || (r.URL.Path == "/api/log_events" && !s.IsOriginal)
	switch {
	case !isKnown:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(404)
		io.WriteString(w, "<!doctype html><title>404 Not Found</title>")
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "POST")
		say(w, 405, "error", "Method not allowed")
	case r.Header.Get("X-API-Key") == "":
		say(w, 401, "error", "No API key provided")
	case r.Header.Get("X-API-Key") != s.Key:
		say(w, 401, "error", "Invalid API key")
	default:
		s.authorised(w, r)
	}
}

func (s *Server) authorised(w http.ResponseWriter, r *http.Request) {
	limit := int64(64 << 10)
	if r.URL.Path == "/api/log_events" {
		limit = 5 << 20
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err != nil {
		return
	}
	if int64(len(body)) > limit {
		say(w, 413, "error", "Request body is too large")
		return
	}
	switch r.URL.Path {
	case "/api/health":
		var report map[string]interface{}
		json.Unmarshal(body, &report)
		s.Lock()
		s.health = append(s.health, report)
		s.Unlock()
		answer(w, 200, map[string]interface{}{
			"status": "ok", "message": "Health check passed", "timestamp": time.Now().Format(time.RFC3339),
			"database": "connected", "api_key_verified": true, "company_id": 1,
		})
	case "/api/log_event":
		s.single(w, r, body)
	default:
		s.batch(w, r, body)
	}
}

func (s *Server) single(w http.ResponseWriter, r *http.Request, body []byte) {
	var e Event
	if err := json.Unmarshal(body, &e); err != nil || e == nil {
		say(w, 400, "error", "The body is not a JSON object")
		return
	}
	if field, message := s.problem(e); field != "" {
		answer(w, 400, map[string]interface{}{
			"message": field + " " + message, "status": "error",
			"errors": []map[string]string{{"field": field, "message": message}},
		})
		return
	}
	isNew := s.store(e)
	if s.After != nil && s.After(r) {
		panic(http.ErrAbortHandler)
	}
	if isNew {
		say(w, 201, "success", "Event logged successfully")
		return
	}
	say(w, 200, "success", "Event already recorded")
}

func (s *Server) batch(w http.ResponseWriter, r *http.Request, body []byte) {
	var wrapped struct {
		Events []Event `json:"events"`
	}
	if json.Unmarshal(body, &wrapped) != nil && json.Unmarshal(body, &wrapped.Events) != nil {
		say(w, 400, "error", "The body is not a list of events")
		return
	}
	if n := len(wrapped.Events); n < 1 || n > 1000 {
		say(w, 400, "error", "A batch holds 1 to 1000 events")
		return
	}
	accepted, duplicates, rejected := 0, 0, []map[string]interface{}{}
	for i, e := range wrapped.Events {
		if field, message := s.problem(e); field != "" {
			rejected = append(rejected, map[string]interface{}{"index": i, "message": message, "field": field})
		} else if s.store(e) {
			accepted++
		} else {
			duplicates++
		}
	}
	if s.After != nil && s.After(r) {
		panic(http.ErrAbortHandler)
	}
	answer(w, 200, map[string]interface{}{"status": "success", "accepted": accepted, "duplicates": duplicates, "rejected": rejected})
}

// problem names the first bad field of an event, or nothing.
func (s *Server) problem(e Event) (string, string) {
	for _, field := range []string{"EventType", "UserName", "ComputerName"} {
		v := strings.TrimSpace(e.Text(field))
		if v == "" {
			return field, "is missing"
		}
		if len(utf16.Encode([]rune(v))) > 255 || strings.IndexFunc(v, unicode.IsControl) >= 0 {
			return field, "must be 1 to 255 characters without control characters"
		}
		if s.IsOriginal && field == "EventType" && len(v) > 20 {
			return field, "is longer than 20"
		}
	}
	at, err := time.Parse(time.RFC3339Nano, e.Text("Timestamp"))
	if err != nil || at.Year() < 2000 || at.After(time.Now().Add(24*time.Hour)) {
		return "Timestamp", "is not a time that can be"
	}
	if s.IsOriginal && strings.Contains(e.Text("Timestamp"), ".") {
		return "Timestamp", "has a fraction, which it can't parse"
	}
	if len(e.Text("EventId")) > 100 {
		return "EventId", "is longer than 100"
	}
	return "", ""
}

// store keeps an event unless it is there already, by the rule of the server it plays.
func (s *Server) store(e Event) bool {
	at, _ := time.Parse(time.RFC3339Nano, e.Text("Timestamp"))
	key := fmt.Sprintf("%s|%s|%s|%s|%d", e.Text("EventType"), strings.ToLower(e.Text("UserName")),
		strings.ToLower(e.Text("ComputerName")), e.Text("LocalIP"), at.UnixNano())
	if id := e.Text("EventId"); id != "" && !s.IsOriginal {
		key = fmt.Sprintf("%s|%d", id, at.UnixMilli())
	}
	s.Lock()
	defer s.Unlock()
	if s.seen[key] {
		s.duplicates++
		return false
	}
	s.seen[key] = true
	s.stored = append(s.stored, e)
	return true
}

func say(w http.ResponseWriter, status int, word, message string) {
	answer(w, status, map[string]interface{}{"message": message, "status": word})
}

func answer(w http.ResponseWriter, status int, body interface{}) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}
