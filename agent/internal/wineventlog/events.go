package wineventlog

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"winauthmon/agent/internal/event"
)

// Queries in the event log's XPath. Kernel-Power 506 and 507 are modern standby, for
// which services get no power notification.
const (
	SecurityQuery = "*[System[(EventID=4625 or EventID=4740)]]"
	StandbyQuery  = "*[System[Provider[@Name='Microsoft-Windows-Kernel-Power'] and (EventID=506 or EventID=507)]]"
	UncleanQuery  = "*[System[Provider[@Name='EventLog'] and (EventID=6008)]]"
)

// ToEvent returns the event for a record, or false when the record is about Windows' own
// accounts or nothing the agent reports. The id depends only on the record, so that
// reading it twice gives one event.
func ToEvent(r Record, naming event.Naming) (event.Event, bool) {
	var e event.Event
	var ok bool
	switch {
	case r.ID == 4625:
		e, ok = failedLogon(r, naming)
	case r.ID == 4740:
		e, ok = lockout(r, naming)
	case r.ID == 506 && r.Provider == "Microsoft-Windows-Kernel-Power":
		e, ok = event.Machine(event.Sleep, r.Time), true
	case r.ID == 507 && r.Provider == "Microsoft-Windows-Kernel-Power":
		e, ok = event.Machine(event.Wake, r.Time), true
	}
	if !ok {
		return event.Event{}, false
	}
	e.Timestamp = event.FormatTime(r.Time)
	e.EventID = event.DerivedID(r.Computer, r.Provider, strconv.Itoa(r.ID),
		strconv.FormatUint(r.RecordID, 10), e.Timestamp)
	return e, true
}

func failedLogon(r Record, naming event.Naming) (event.Event, bool) {
	user := r.Data["TargetUserName"]
	if event.IsServiceAccount(user) || event.IsServiceSID(r.Data["TargetUserSid"]) {
		return event.Event{}, false
	}
	logonType, _ := strconv.Atoi(r.Data["LogonType"])
	if logonType < 0 || logonType > 1000 {
		logonType = 0
	}
	return event.Event{
		EventType: event.LogonFailed,
		UserName:  orDash(naming.Name(r.Data["TargetDomainName"], user)),
		LogonType: logonType,
		Status:    code(r.Data["Status"]),
		SubStatus: code(r.Data["SubStatus"]),
		SourceIP:  address(r.Data["IpAddress"]),
	}, true
}

// lockout: in 4740 TargetDomainName is the computer the attempts came from; the account's
// own domain is the subject's.
func lockout(r Record, naming event.Naming) (event.Event, bool) {
	user := r.Data["TargetUserName"]
	if event.IsServiceAccount(user) || event.IsServiceSID(r.Data["TargetSid"]) {
		return event.Event{}, false
	}
	return event.Event{
		EventType: event.Lockout,
		UserName:  orDash(naming.Name(r.Data["SubjectDomainName"], user)),
	}, true
}

// orDash: Windows records attempts without a name, and the portal requires one.
func orDash(name string) string {
	if name == "" {
		return "-"
	}
	return name
}

// code keeps an NTSTATUS (0xc000006d) and drops everything else, %%-placeholders included.
func code(v string) string {
	if len(v) > 10 || !strings.HasPrefix(strings.ToLower(v), "0x") {
		return ""
	}
	n, err := strconv.ParseUint(v[2:], 16, 32)
	if err != nil || n == 0 {
		return ""
	}
	return strings.ToLower(v)
}

func address(v string) string {
	if v == "-" || len(v) > 255 {
		return ""
	}
	return event.CleanName(strings.TrimPrefix(v, "::ffff:"))
}

// UncleanTime returns when Windows last knew itself alive before an unexpected shutdown
// (record 6008). The record's text is in the reader's language; its binary part holds the
// instant as two SYSTEMTIMEs, local and then UTC. False when it cannot be trusted.
func UncleanTime(r Record) (time.Time, bool) {
	if r.ID != 6008 || len(r.Binary) < 32 {
		return time.Time{}, false
	}
	local, ok1 := systemTime(r.Binary[:16])
	utc, ok2 := systemTime(r.Binary[16:32])
	gap := local.Sub(utc)
	if !ok1 || !ok2 || gap > 15*time.Hour || gap < -15*time.Hour || utc.After(r.Time) {
		return time.Time{}, false
	}
	return utc, true
}

func systemTime(b []byte) (time.Time, bool) {
	v := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	year, month, day := v(0), v(1), v(3)
	hour, minute, second, milli := v(4), v(5), v(6), v(7)
	t := time.Date(year, time.Month(month), day, hour, minute, second, milli*1e6, time.UTC)
	ok := year >= 2000 && year < 2200 && t.Year() == year && int(t.Month()) == month &&
		t.Day() == day && t.Hour() == hour && t.Minute() == minute && t.Second() == second && milli < 1000
	return t, ok
}
