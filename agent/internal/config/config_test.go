package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

var key = strings.Repeat("0123456789abcdef", 4)

const original = `[API]
api_key = KEY
server_url = https://portal.example.com
debug_logs = true
timezone = Europe/London
install_dir = C:\ProgramData\UserSessionMon
health_check_interval = 30
health_check_path = /api/health
obtain_public_ip = true
public_ip_http_urls = https://api.ipify.org, https://ifconfig.me/ip

[Logging]
session_log_rotation_size_mb = 5
error_log_rotation_size_mb = 0
event_log_rotation_size_mb = 10
`

func parse(t *testing.T, text string) (Config, []Problem) {
	t.Helper()
	return Parse([]byte(strings.ReplaceAll(text, "KEY", key)), t.TempDir())
}

func TestTheOriginalsFileIsReadAsItIs(t *testing.T) {
	c, problems := parse(t, original)
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	if c.APIKey != key || c.ServerURL.String() != "https://portal.example.com" || !c.DebugLogs ||
		c.Zone.String() != "Europe/London" || c.InstallDir != DefaultInstallDir ||
		c.HealthInterval != 30*time.Second || c.HealthPath != "/api/health" || !c.ObtainPublicIP ||
		strings.Join(c.PublicIPURLs, "|") != "https://api.ipify.org|https://ifconfig.me/ip" ||
		c.SessionLogBytes != 5<<20 || c.ErrorLogBytes != 0 || c.EventLogBytes != 10<<20 {
		t.Fatalf("%+v", c)
	}
	if c.BatchSize != 500 || c.SpoolMaxBytes != 64<<20 || c.WithDomain || c.CAPool != nil || c.Proxy != nil {
		t.Fatalf("defaults: %+v", c)
	}
}

func TestWindowsEditorsEncodingsAreRead(t *testing.T) {
	crlf := strings.ReplaceAll(strings.ReplaceAll(original, "KEY", key), "\n", "\r\n")
	units := utf16.Encode([]rune("\uFEFF" + crlf))
	little, big := []byte{}, []byte{}
	for _, u := range units {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	for name, content := range map[string][]byte{
		"CRLF": []byte(crlf), "UTF-8 with mark": []byte("\xEF\xBB\xBF" + crlf),
		"UTF-16 little": little, "UTF-16 big": big, "Latin-1 comment": []byte("; f\xFCr alle\n" + crlf),
	} {
		if c, problems := Parse(content, ""); len(problems) != 0 || c.APIKey != key {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestEveryValueIsReadOrItsProblemIsNamed(t *testing.T) {
	minimal := "[API]\napi_key=KEY\nserver_url=http://h\n"
	cases := []struct {
		line, problem string
		fatal         bool
		check         func(Config) bool
	}{
		{"unknown_key = 1", "", false, nil},
		{"debug_logs = maybe", "debug_logs", false, func(c Config) bool { return !c.DebugLogs }},
		{"DEBUG_LOGS : Yes", "", false, func(c Config) bool { return c.DebugLogs }},
		{"timezone = Mars/Base", "timezone", false, func(c Config) bool { return c.Zone == time.Local }},
		{"install_dir = relative", "install_dir", true, nil},
		{`install_dir = "D:\My Agents\mon"`, "", false, func(c Config) bool { return c.InstallDir == `D:\My Agents\mon` }},
		{"health_check_interval = 0", "", false, func(c Config) bool { return c.HealthInterval == 0 }},
		{"health_check_interval = -5", "health_check_interval", false, func(c Config) bool { return c.HealthInterval == 300*time.Second }},
		{"health_check_interval = soon", "health_check_interval", false, nil},
		{"health_check_path = health", "", false, func(c Config) bool { return c.HealthPath == "/health" }},
		{"health_check_path = https://evil.example/x", "health_check_path", false, func(c Config) bool { return c.HealthPath == "/api/health" }},
		{"public_ip_http_urls = ftp://x, https://ok.example", "public_ip_http_urls", false, func(c Config) bool { return len(c.PublicIPURLs) == 1 }},
		{"ca_file = missing.pem", "ca_file", true, nil},
		{"proxy = none", "", false, func(c Config) bool { return c.NoProxy }},
		{"proxy = proxy.example:3128", "", false, func(c Config) bool { return c.Proxy.String() == "http://proxy.example:3128" }},
		{"proxy = gopher://x", "proxy", true, nil},
		{"batch = 100", "", false, func(c Config) bool { return c.BatchSize == 100 }},
		{"batch = off", "", false, func(c Config) bool { return c.BatchSize == 1 }},
		{"batch = 1001", "batch", false, func(c Config) bool { return c.BatchSize == 500 }},
		{"spool_max_mb = 8", "", false, func(c Config) bool { return c.SpoolMaxBytes == 8<<20 }},
		{"spool_max_mb = 0", "spool_max_mb", false, func(c Config) bool { return c.SpoolMaxBytes == 64<<20 }},
		{"user_name_format = domain", "", false, func(c Config) bool { return c.WithDomain }},
		{"user_name_format = upn", "user_name_format", false, func(c Config) bool { return !c.WithDomain }},
		{"server_url = portal.example.com", "server_url", true, nil},
		{"server_url = https://u:p@h", "server_url", true, nil},
		{"server_url = https://h:8443/base/api/log_event", "", false, func(c Config) bool { return c.ServerURL.String() == "https://h:8443/base" }},
		{"server_url = https://h/", "", false, func(c Config) bool { return c.ServerURL.String() == "https://h" }},
		{"api_key = short", "api_key", true, nil},
		{"api_key =", "api_key", true, nil},
		{"[Logging]\nsession_log_rotation_size_mb = 0.5", "", false, func(c Config) bool { return c.SessionLogBytes == 1<<19 }},
		{"[Logging]\nsession_log_rotation_size_mb = NaN", "session_log_rotation_size_mb", false, nil},
		{"just words", "line 4", false, nil},
		{"[API", "line 4", false, nil},
	}
	for _, c := range cases {
		got, problems := parse(t, minimal+c.line+"\n")
		all := Describe(problems)
		if (c.problem == "") != (len(problems) == 0) || !strings.Contains(all, c.problem) {
			t.Errorf("%q: problems %v", c.line, problems)
		}
		if HasFatal(problems) != c.fatal {
			t.Errorf("%q: fatal %t", c.line, !c.fatal)
		}
		if c.check != nil && !c.check(got) {
			t.Errorf("%q: %+v", c.line, got)
		}
	}
}

func TestAMissingFileIsOneClearProblem(t *testing.T) {
	_, problems := Load(filepath.Join(t.TempDir(), "none.ini"))
	if len(problems) != 1 || !problems[0].IsFatal || !strings.Contains(problems[0].Message, "none.ini") {
		t.Fatal(problems)
	}
}

func TestProblemsNeverRepeatASecret(t *testing.T) {
	_, problems := parse(t, "[API]\napi_key = sesame-open\nserver_url = https://anna:sesame-open@h\nproxy = bad://anna:sesame-open@h\n")
	if text := Describe(problems); strings.Contains(text, "sesame") || len(problems) != 3 {
		t.Fatal(text)
	}
}

func TestTheProxysPasswordIsASecret(t *testing.T) {
	c, _ := parse(t, "[API]\nproxy = http://anna:pa55word@h:1\n")
	if !strings.Contains(strings.Join(c.Secrets(), " "), "pa55word") {
		t.Fatal(c.Secrets())
	}
}

func TestAFileThatHoldsNoCertificateIsNamed(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "ca.pem"), []byte("nothing"), 0o600)
	_, problems := Parse([]byte("[API]\napi_key="+key+"\nserver_url=https://h\nca_file=ca.pem\n"), dir)
	if len(problems) != 1 || problems[0].Key != "ca_file" || !problems[0].IsFatal {
		t.Fatal(problems)
	}
}

// FuzzParse: no text may panic the reader, and a configuration without a fatal problem
// must be one the agent can run with.
func FuzzParse(f *testing.F) {
	f.Add([]byte(strings.ReplaceAll(original, "KEY", key)))
	f.Add([]byte("[API]\n=\n:\n[\n]\nproxy=://\nserver_url=http://[::1\n"))
	f.Add([]byte("\xFF\xFEa"))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, problems := Parse(content, "")
		if HasFatal(problems) {
			return
		}
		if len(c.APIKey) != 64 || c.ServerURL == nil || c.ServerURL.Hostname() == "" || c.BatchSize < 1 ||
			c.BatchSize > maxBatch || c.SpoolMaxBytes < 1<<20 || c.HealthInterval < 0 || c.Zone == nil ||
			c.InstallDir == "" || !strings.HasPrefix(c.HealthPath, "/") {
			t.Fatalf("accepted %q as %+v", content, c)
		}
	})
}
