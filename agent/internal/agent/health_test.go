package agent

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"winauthmon/agent/internal/config"
)

func TestOnlyTheServersOwnAnswerIsHealthy(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   string
	}{
		{200, `{"status":"ok","message":"Health check passed","database":"connected"}`, healthy},
		{200, `{}`, "not from a login-monitoring server"},
		{200, `{"error":"login required"}`, "not from a login-monitoring server"},
		{200, `{"status":"success"}`, "not from a login-monitoring server"},
		{200, `<html>Welcome</html>`, "not from a login-monitoring server"},
		{200, ``, "not from a login-monitoring server"},
		{200, `{"status":"up","message":"All is well"}`, "200: All is well"},
		{401, `{"message":"Invalid API key","status":"error"}`, "refuses the API key (401: Invalid API key)"},
		{401, `{"message":"Invalid API key"}`, "refuses the API key (401: Invalid API key)"}, // the original's
		{503, `{"message":"The database is unavailable","status":"error"}`, "503: The database is unavailable"},
		{502, `<html>`, "502 Bad Gateway"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			io.WriteString(w, c.body)
		}))
		loaded, problems := config.Load(writeConfig(t, t.TempDir(), server.URL, ""))
		if config.HasFatal(problems) {
			t.Fatal(problems)
		}
		outcome, good := Check(context.Background(), loaded, "1.2.3", "PC01")
		if good != (c.want == healthy) || !strings.Contains(outcome, c.want) {
			t.Errorf("%d %s: %q, %t", c.status, c.body, outcome, good)
		}
		server.Close()
	}
}
