// Package config reads the agent's config.ini: the original agent's sections and keys,
// and a few new optional ones. Unknown keys are ignored.
package config

import (
	"crypto/x509"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// DefaultInstallDir is where the original agent lives.
const DefaultInstallDir = `C:\ProgramData\UserSessionMon`

// Config is what the file says, with defaults filled in.
type Config struct {
	APIKey    string
	ServerURL *url.URL
	DebugLogs bool
	// Zone is used for the times in the log files only; events are sent in UTC.
	Zone            *time.Location
	InstallDir      string
	HealthInterval  time.Duration // 0 = no health reports
	HealthPath      string
	ObtainPublicIP  bool
	PublicIPURLs    []string
	CAFile          string         // as written
	CAPath          string         // where it is; empty like CAFile
	CAStamp         Stamp          // of the file when it was read
	CAPool          *x509.CertPool // nil = the system's authorities alone
	Proxy           *url.URL
	NoProxy         bool // `proxy = none`: not even the environment's
	BatchSize       int  // 1 = one event a request
	SpoolMaxBytes   int64
	WithDomain      bool
	SessionLogBytes int64 // 0 = never rotated, like the two below
	ErrorLogBytes   int64
	EventLogBytes   int64
}

// Problem is one thing wrong with the file.
type Problem struct {
	Key     string
	Message string
	// IsFatal: events cannot be delivered until it is put right. Otherwise the default is used.
	IsFatal bool
}

func (p Problem) String() string {
	if p.Key == "" {
		return p.Message
	}
	return p.Key + ": " + p.Message
}

// Load reads a file. The configuration is usable as far as the problems allow; with a
// fatal one events can be collected but not sent.
func Load(path string) (Config, []Problem) {
	content, err := os.ReadFile(path)
	if err != nil {
		c, _ := Parse(nil, filepath.Dir(path))
		return c, []Problem{{Message: "can't read the configuration: " + err.Error(), IsFatal: true}}
	}
	return Parse(content, filepath.Dir(path))
}

// Parse reads the text of a configuration. Relative files in it are meant from dir.
func Parse(content []byte, dir string) (Config, []Problem) {
	doc, lineProblems := parseIni(content)
	r := &reader{doc: doc}
	for _, p := range lineProblems {
		r.problem("", p, false)
	}
	c := Config{}
	c.APIKey = r.apiKey()
	c.ServerURL = r.serverURL()
	c.DebugLogs = r.boolean("API", "debug_logs", false)
	c.Zone = r.zone()
	c.InstallDir = r.installDir()
	c.HealthInterval = time.Duration(r.number("API", "health_check_interval", 300, 0, 7*86400)) * time.Second
	c.HealthPath = r.healthPath()
	c.ObtainPublicIP = r.boolean("API", "obtain_public_ip", true)
	c.PublicIPURLs = r.publicIPURLs()
	r.authorities(dir, &c)
	c.Proxy, c.NoProxy = r.proxy()
	c.BatchSize = r.batch()
	c.SpoolMaxBytes = int64(r.number("API", "spool_max_mb", 64, 1, 100_000)) << 20
	c.WithDomain = r.userNames()
	c.SessionLogBytes = r.megabytes("session_log_rotation_size_mb")
	c.ErrorLogBytes = r.megabytes("error_log_rotation_size_mb")
	c.EventLogBytes = r.megabytes("event_log_rotation_size_mb")
	return c, r.problems
}

// Secrets lists what must never stand in a log.
func (c Config) Secrets() []string {
	secrets := []string{c.APIKey}
	if c.Proxy != nil && c.Proxy.User != nil {
		secrets = append(secrets, c.Proxy.User.String())
		if p, ok := c.Proxy.User.Password(); ok {
			secrets = append(secrets, p)
		}
	}
	return secrets
}

// HasFatal tells whether any problem stops delivery.
func HasFatal(problems []Problem) bool {
	for _, p := range problems {
		if p.IsFatal {
			return true
		}
	}
	return false
}

// Describe joins problems for a message, one a line.
func Describe(problems []Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = fmt.Sprintf("  - %s", p)
	}
	return strings.Join(lines, "\n")
}
