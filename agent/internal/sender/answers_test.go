package sender

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"winauthmon/agent/internal/teststub"
)

func foreign(status int, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// Answers that are no server's yes or no must never cost an event.
func TestStrangeAnswersNeverCostAnEvent(t *testing.T) {
	answers := map[string]func(http.ResponseWriter){
		"captive portal":   func(w http.ResponseWriter) { io.WriteString(w, "<html>Welcome to our hotel</html>") },
		"redirect":         func(w http.ResponseWriter) { w.Header().Set("Location", "/"); w.WriteHeader(302) },
		"proxy's 400 page": func(w http.ResponseWriter) { w.WriteHeader(400); io.WriteString(w, "<html>Bad Request</html>") },
		"empty 200":        func(w http.ResponseWriter) {},
		"half a JSON":      func(w http.ResponseWriter) { io.WriteString(w, `{"status":"succ`) },
		"error in a 200":   func(w http.ResponseWriter) { io.WriteString(w, `{"status":"error","message":"x"}`) },
		"counts do not add up": func(w http.ResponseWriter) {
			io.WriteString(w, `{"status":"success","accepted":1,"duplicates":0,"rejected":[]}`)
		},
		"an index too far": func(w http.ResponseWriter) {
			io.WriteString(w, `{"status":"success","accepted":2,"duplicates":0,"rejected":[{"index":7}]}`)
		},
		"foreign JSON in a 200":       foreign(200, `{}`),
		"a sign-in page for programs": foreign(200, `{"error":"login required"}`),
		"foreign status in a 200":     foreign(200, `{"status":"ok","message":"Health check passed"}`),
		"foreign status in a 201":     foreign(201, `{"status":"Created","id":7}`),
		"counts of something else":    foreign(200, `{"status":"done","accepted":3,"duplicates":0}`),
		"foreign JSON in a 400":       foreign(400, `{"message":"Bad request"}`),
		"foreign status in a 400":     foreign(400, `{"status":"fail","message":"Bad request"}`),
		"a number for a status":       foreign(400, `{"status":400,"error":"Bad Request"}`),
		"foreign JSON in a 413":       foreign(413, `{"message":"Request Entity Too Large"}`),
		"foreign JSON in a 422":       foreign(422, `{"detail":[{"msg":"field required"}]}`),
		"JSON that is no object":      foreign(200, `["success"]`),
		"401": func(w http.ResponseWriter) {
			w.WriteHeader(401)
			io.WriteString(w, `{"message":"Invalid API key","status":"error"}`)
		},
		"403": func(w http.ResponseWriter) { w.WriteHeader(403) },
		"429": func(w http.ResponseWriter) { w.WriteHeader(429) },
		"500": func(w http.ResponseWriter) { w.WriteHeader(500); io.WriteString(w, `{"status":"error"}`) },
		"502": func(w http.ResponseWriter) { w.WriteHeader(502) },
		"503": func(w http.ResponseWriter) { w.WriteHeader(503) },
		"cut off": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		},
	}
	for name, misbehave := range answers {
		name, misbehave := name, misbehave
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			r := newRig(t, func(_ *Options, s *teststub.Server) {
				s.Before = func(w http.ResponseWriter, q *http.Request) bool {
					if n++; n > 12 {
						return false
					}
					// A wrong batch answer makes the sender go single, which must be answered well.
					if strings.HasPrefix(name, "counts") || strings.HasPrefix(name, "an index") {
						if q.URL.Path != batchPath {
							return false
						}
					}
					misbehave(w)
					return true
				}
			})
			users := numbered(3)
			r.add(users...)
			r.drain()
			if got := r.users(); got != strings.Join(users, " ") || len(r.rejects) != 0 {
				t.Fatalf("%s, rejected %q", got, r.rejects)
			}
		})
	}
}
