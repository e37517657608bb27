package config

import (
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows keeps no IANA zones.
)

const maxBatch = 1000

// reader takes values out of a document and collects what is wrong with them. Its
// messages never repeat a secret.
type reader struct {
	doc      document
	problems []Problem
}

func (r *reader) problem(key, message string, fatal bool) {
	r.problems = append(r.problems, Problem{Key: key, Message: message, IsFatal: fatal})
}

func (r *reader) text(section, key string) string {
	v, _ := r.doc.get(section, key)
	return v
}

func (r *reader) boolean(section, key string, fallback bool) bool {
	v := strings.ToLower(r.text(section, key))
	switch v {
	case "":
		return fallback
	case "true", "yes", "on", "1":
		return true
	case "false", "no", "off", "0":
		return false
	}
	r.problem(key, fmt.Sprintf("%q is neither true nor false; using %t", v, fallback), false)
	return fallback
}

func (r *reader) number(section, key string, fallback, min, max int) int {
	v := r.text(section, key)
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < min || n > max {
		r.problem(key, fmt.Sprintf("%q is not a whole number from %d to %d; using %d", v, min, max, fallback), false)
		return fallback
	}
	return n
}

// megabytes allows fractions, so that a log can be kept small.
func (r *reader) megabytes(key string) int64 {
	const fallback = 5
	v := r.text("Logging", key)
	if v == "" {
		return fallback << 20
	}
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !(n >= 0 && n <= 10_000) {
		r.problem(key, fmt.Sprintf("%q is not a number of megabytes from 0 to 10000; using %d", v, fallback), false)
		return fallback << 20
	}
	return int64(n * (1 << 20))
}

func (r *reader) apiKey() string {
	v := strings.TrimSpace(r.text("API", "api_key"))
	if v == "" {
		r.problem("api_key", "is missing; copy the site's API key from the portal", true)
		return ""
	}
	if b, err := hex.DecodeString(v); err != nil || len(b) != 32 {
		r.problem("api_key", fmt.Sprintf("must be 64 hex digits, but has %d characters or contains other characters", len(v)), true)
	}
	return v
}

func (r *reader) serverURL() *url.URL {
	v := r.text("API", "server_url")
	if v == "" {
		r.problem("server_url", "is missing; enter the portal's address, such as https://portal.example.com", true)
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		r.problem("server_url", "must be an http:// or https:// address", true)
		return nil
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		r.problem("server_url", "must not contain a user name, a ? part or a # part", true)
		return nil
	}
	// People paste the address of the call itself.
	for _, tail := range []string{"/api/log_events", "/api/log_event", "/api/health", "/api"} {
		u.Path = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), tail)
	}
	return u
}

func (r *reader) zone() *time.Location {
	v := r.text("API", "timezone")
	if v == "" {
		return time.Local
	}
	zone, err := time.LoadLocation(v)
	if err != nil {
		r.problem("timezone", fmt.Sprintf("%q is not an IANA time zone such as Europe/London; logs use the computer's time zone", v), false)
		return time.Local
	}
	return zone
}

func (r *reader) installDir() string {
	v := r.text("API", "install_dir")
	if v == "" {
		return DefaultInstallDir
	}
	if strings.ContainsAny(v, "\"<>|?*\n") || (!filepath.IsAbs(v) && !isWindowsPath(v)) {
		r.problem("install_dir", fmt.Sprintf(`%q is not a full path such as %s`, v, DefaultInstallDir), true)
		return DefaultInstallDir
	}
	return v
}

func isWindowsPath(v string) bool {
	return len(v) > 3 && v[1] == ':' && (v[2] == '\\' || v[2] == '/')
}

func (r *reader) healthPath() string {
	v := r.text("API", "health_check_path")
	if v == "" {
		return "/api/health"
	}
	u, err := url.Parse(v)
	if err != nil || u.IsAbs() || u.Host != "" {
		r.problem("health_check_path", fmt.Sprintf("%q is not a path such as /api/health; using /api/health", v), false)
		return "/api/health"
	}
	return "/" + strings.TrimLeft(v, "/")
}

func (r *reader) publicIPURLs() []string {
	var out []string
	for _, v := range strings.FieldsFunc(r.text("API", "public_ip_http_urls"), func(c rune) bool {
		return c == ',' || c == ';' || c == ' ' || c == '\t'
	}) {
		u, err := url.Parse(v)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			r.problem("public_ip_http_urls", fmt.Sprintf("%q is not an http:// or https:// address; ignoring it", v), false)
			continue
		}
		out = append(out, v)
	}
	return out
}

// authorities adds a private CA to the system's own. Certificates are always verified.
// authorities takes the stamp first, so that a change during the reading is seen as one.
func (r *reader) authorities(dir string, c *Config) {
	v := r.text("API", "ca_file")
	if v == "" {
		return
	}
	c.CAFile, c.CAPath = v, v
	if !filepath.IsAbs(v) && !isWindowsPath(v) {
		c.CAPath = filepath.Join(dir, v)
	}
	c.CAStamp = StampOf(c.CAPath)
	content, err := os.ReadFile(c.CAPath)
	if err != nil {
		r.problem("ca_file", "can't be read: "+err.Error(), true)
		return
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(content) {
		r.problem("ca_file", fmt.Sprintf("%q contains no PEM certificate", v), true)
		return
	}
	c.CAPool = pool
}

func (r *reader) proxy() (*url.URL, bool) {
	v := r.text("API", "proxy")
	switch strings.ToLower(v) {
	case "":
		return nil, false
	case "none", "direct":
		return nil, true
	}
	if !strings.Contains(v, "://") {
		v = "http://" + v
	}
	u, err := url.Parse(v)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5") {
		r.problem("proxy", "must be none, host:port or an http://, https:// or socks5:// address", true)
		return nil, false
	}
	return u, false
}

// batch is `auto` (default), a number of events a request, or off (one a request).
func (r *reader) batch() int {
	const automatic = 500
	switch v := strings.ToLower(r.text("API", "batch")); v {
	case "", "auto", "true", "yes", "on":
		return automatic
	case "false", "no", "off", "0":
		return 1
	default:
		return r.number("API", "batch", automatic, 1, maxBatch)
	}
}

func (r *reader) userNames() bool {
	switch v := strings.ToLower(r.text("API", "user_name_format")); v {
	case "", "plain":
		return false
	case "domain":
		return true
	default:
		r.problem("user_name_format", fmt.Sprintf("%q is neither plain nor domain; using plain", v), false)
		return false
	}
}
