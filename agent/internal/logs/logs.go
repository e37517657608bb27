package logs

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Settings of the logs; they may change while the agent runs.
type Settings struct {
	Zone         *time.Location
	IsDebug      bool
	SessionBytes int64 // 0 = never rotated
	ErrorBytes   int64
	EventBytes   int64
	Secrets      []string
}

// Logs is safe for concurrent use.
type Logs struct {
	mu       sync.RWMutex
	settings Settings
	redactor *strings.Replacer
	session  rotating
	errors   rotating
	events   rotating
	// Console gets every line as well; nil in a service.
	Console io.Writer
	now     func() time.Time
}

// New makes logs in a folder, which is made when absent.
func New(dir string, settings Settings) *Logs {
	_ = os.MkdirAll(dir, 0o700)
	l := &Logs{now: time.Now}
	l.session.path = filepath.Join(dir, "session.log")
	l.errors.path = filepath.Join(dir, "error.log")
	l.events.path = filepath.Join(dir, "event.log")
	l.Configure(settings)
	return l
}

// Configure takes new settings from now on.
func (l *Logs) Configure(settings Settings) {
	if settings.Zone == nil {
		settings.Zone = time.Local
	}
	var pairs []string
	for _, secret := range settings.Secrets {
		if secret != "" {
			pairs = append(pairs, secret, "[secret]", strings.ToUpper(secret), "[secret]", strings.ToLower(secret), "[secret]")
		}
	}
	l.mu.Lock()
	l.settings, l.redactor = settings, strings.NewReplacer(pairs...)
	l.mu.Unlock()
	l.session.setLimit(settings.SessionBytes)
	l.errors.setLimit(settings.ErrorBytes)
	l.events.setLimit(settings.EventBytes)
}

// Sessionf writes what was seen on the computer.
func (l *Logs) Sessionf(format string, args ...interface{}) {
	l.line(&l.session, "SEEN", format, args)
}

// Eventf writes what the agent did.
func (l *Logs) Eventf(format string, args ...interface{}) {
	l.line(&l.events, "INFO", format, args)
}

// Debugf writes details, only with debug_logs on.
func (l *Logs) Debugf(format string, args ...interface{}) {
	l.mu.RLock()
	isDebug := l.settings.IsDebug
	l.mu.RUnlock()
	if isDebug {
		l.line(&l.events, "DEBUG", format, args)
	}
}

// Problemf writes what an administrator should look into.
func (l *Logs) Problemf(format string, args ...interface{}) {
	l.line(&l.errors, "ERROR", format, args)
}

func (l *Logs) line(to *rotating, level, format string, args []interface{}) {
	l.mu.RLock()
	zone, redactor := l.settings.Zone, l.redactor
	l.mu.RUnlock()
	text := redactor.Replace(fmt.Sprintf(format, args...))
	// One call is one line, whatever a stranger's name or a server's answer holds.
	text = strings.NewReplacer("\r", `\r`, "\n", `\n`).Replace(text)
	text = l.now().In(zone).Format("2006-01-02 15:04:05.000 -07:00") + " " + level + " " + text + "\n"
	to.write(text)
	if l.Console != nil {
		io.WriteString(l.Console, text)
	}
}

// Flush tries again to write what the disk did not take.
func (l *Logs) Flush() {
	for _, r := range []*rotating{&l.session, &l.errors, &l.events} {
		r.mu.Lock()
		r.flush()
		r.mu.Unlock()
	}
}

// Close lets the files go.
func (l *Logs) Close() {
	for _, r := range []*rotating{&l.session, &l.errors, &l.events} {
		r.mu.Lock()
		r.flush()
		r.close()
		r.mu.Unlock()
	}
}
