// Package event holds what the agent reports: one thing that happened on a computer,
// in the words of the portal's agent API. It knows nothing of Windows.
package event

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Types as they go over the wire. All fold to a kind the portal knows, and all fit the
// 20 characters the original server keeps.
const (
	Logon            = "logon"
	Logoff           = "logoff"
	Lock             = "lock"
	Unlock           = "unlock"
	RemoteConnect    = "remote_connect"
	RemoteDisconnect = "remote_disconnect"
	// A session that comes back to, or leaves, the console counts like a remote one,
	// but its own spelling keeps the two apart in the raw text.
	SessionReconnect  = "session_reconnect"
	SessionDisconnect = "session_disconnect"
	Sleep             = "sleep"
	Wake              = "wake"
	Startup           = "startup"
	Shutdown          = "shutdown"
	LogonFailed       = "logon_failed"
	Lockout           = "lockout"
)

// MachineUser names the account of events that concern the whole computer, because the
// agent API requires a user name and no person is behind them.
const MachineUser = "SYSTEM"

// Event is one thing that happened, as it is kept in the spool and sent.
//
// Retry is not kept: the sender knows it. The field order is the order on the wire.
type Event struct {
	EventType    string `json:"EventType"`
	UserName     string `json:"UserName"`
	ComputerName string `json:"ComputerName"`
	Timestamp    string `json:"Timestamp"`
	LocalIP      string `json:"LocalIP"`
	PublicIP     string `json:"PublicIP"`
	Retry        int    `json:"retry"`
	EventID      string `json:"EventId"`
	LogonType    int    `json:"LogonType,omitempty"`
	Status       string `json:"Status,omitempty"`
	SubStatus    string `json:"SubStatus,omitempty"`
	SourceIP     string `json:"SourceIP,omitempty"`
	SessionID    string `json:"SessionId,omitempty"`
	AgentVersion string `json:"AgentVersion,omitempty"`
}

// IsFailure tells whether the event is about a refused sign-in. Those are many and are
// the first to go when the spool is full.
func (e Event) IsFailure() bool {
	return e.EventType == LogonFailed || e.EventType == Lockout
}

// FormatTime writes an instant as the wire wants it: RFC 3339, UTC, seven digits at most
// (Windows' own 100 ns), never fewer than three.
func FormatTime(t time.Time) string {
	s := t.UTC().Format("2006-01-02T15:04:05.0000000")
	for i := 0; i < 4 && strings.HasSuffix(s, "0"); i++ {
		s = s[:len(s)-1]
	}
	return s + "Z"
}

// NewID returns an id nobody else will make: 128 random bits as 32 hex digits.
func NewID() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		// Without the system's random source the clock still keeps ids of one computer apart.
		return DerivedID("clock", strconv.FormatInt(time.Now().UnixNano(), 36))
	}
	return hex.EncodeToString(b[:])
}

// DerivedID returns the same 32 hex digits for the same parts, so that a log record read
// twice (after a crash before its bookmark was kept) is one event for the portal.
func DerivedID(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
