package wineventlog

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/event"
)

func record(id int, provider, data, binary string) string {
	return fmt.Sprintf(`<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='%s'/><EventID Qualifiers='0'>%d</EventID><TimeCreated SystemTime='2025-05-26T09:00:00.1234567Z'/><EventRecordID>4711</EventRecordID><Channel>Security</Channel><Computer>pc01.contoso.example</Computer></System><EventData>%s<Binary>%s</Binary></EventData></Event>`, provider, id, data, binary)
}

const failed = `<Data Name='SubjectUserName'>PC01$</Data><Data Name='TargetUserSid'>S-1-0-0</Data><Data Name='TargetUserName'>anna</Data><Data Name='TargetDomainName'>CONTOSO</Data><Data Name='Status'>0xc000006d</Data><Data Name='FailureReason'>%%2313</Data><Data Name='SubStatus'>0xC000006A</Data><Data Name='LogonType'>10</Data><Data Name='IpAddress'>::ffff:203.0.113.9</Data>`
const locked = `<Data Name='TargetUserName'>anna</Data><Data Name='TargetDomainName'>ATTACKER-PC</Data><Data Name='TargetSid'>S-1-5-21-1-2-3-1001</Data><Data Name='SubjectDomainName'>CONTOSO</Data>`

func toEvent(t *testing.T, text string, withDomain bool) (event.Event, bool) {
	t.Helper()
	r, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return ToEvent(r, event.Naming{WithDomain: withDomain})
}

func TestAFailedSignInCarriesItsReason(t *testing.T) {
	e, ok := toEvent(t, record(4625, "Microsoft-Windows-Security-Auditing", failed, ""), false)
	if !ok || e.EventType != event.LogonFailed || e.UserName != "anna" || e.Status != "0xc000006d" ||
		e.SubStatus != "0xc000006a" || e.LogonType != 10 || e.SourceIP != "203.0.113.9" || e.Timestamp != "2025-05-26T09:00:00.1234567Z" {
		t.Fatalf("%+v", e)
	}
	again, _ := toEvent(t, record(4625, "Microsoft-Windows-Security-Auditing", failed, ""), false)
	if e.EventID != again.EventID || len(e.EventID) != 32 {
		t.Fatal("the same record must give the same id")
	}
	other, _ := toEvent(t, strings.Replace(record(4625, "Microsoft-Windows-Security-Auditing", failed, ""), "4711", "4712", 1), false)
	if other.EventID == e.EventID {
		t.Fatal("another record must have another id")
	}
}

func TestALockoutNamesTheAccountsDomainNotTheAttackersComputer(t *testing.T) {
	e, ok := toEvent(t, record(4740, "Microsoft-Windows-Security-Auditing", locked, ""), true)
	if !ok || e.EventType != event.Lockout || e.UserName != `CONTOSO\anna` {
		t.Fatalf("%+v", e)
	}
}

func TestEveryRecordBecomesItsEventOrNone(t *testing.T) {
	kernel := "Microsoft-Windows-Kernel-Power"
	for _, c := range []struct {
		text, want, user string
	}{
		{record(506, kernel, "", ""), event.Sleep, event.MachineUser}, {record(507, kernel, "", ""), event.Wake, event.MachineUser},
		{record(506, "Somebody", "", ""), "", ""}, {record(4624, "x", failed, ""), "", ""},
		{record(4625, "x", strings.Replace(failed, "anna", "PC02$", 1), ""), "", ""},
		{record(4625, "x", strings.Replace(failed, "anna", "ANONYMOUS LOGON", 1), ""), "", ""},
		{record(4625, "x", strings.Replace(failed, "S-1-0-0", "S-1-5-18", 1), ""), "", ""},
		{record(4625, "x", strings.Replace(failed, "anna", "", 1), ""), event.LogonFailed, "-"},
		{record(4625, "x", strings.Replace(failed, "anna", "&lt;b&gt;eve&#1;", 1), ""), event.LogonFailed, "<b>eve\uFFFD"},
		{record(4740, "x", strings.Replace(locked, "anna", "UMFD-1", 1), ""), "", ""},
	} {
		e, ok := toEvent(t, c.text, false)
		if ok != (c.want != "") || e.EventType != c.want || e.UserName != c.user {
			t.Errorf("%.300s\ngives %+v", c.text, e)
		}
	}
}

func TestTextThatIsNoRecordIsAnError(t *testing.T) {
	for _, text := range []string{"", "<", "<Event/>", "words", "<Event><System><EventID>x</EventID></System></Event>",
		strings.Replace(record(4625, "x", "", ""), "2025-05-26", "yesterday", 1), strings.Repeat("x", maxRecordBytes+1)} {
		if r, err := Parse(text); err == nil {
			t.Errorf("%.60q was read as %+v", text, r)
		}
	}
}

func systemTimeHex(t time.Time) string {
	var b []byte
	for _, v := range []int{t.Year(), int(t.Month()), int(t.Weekday()), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond() / 1e6} {
		b = append(b, byte(v), byte(v>>8))
	}
	return strings.ToUpper(hex.EncodeToString(b))
}

func TestTheUncleanShutdownsInstantIsReadFromTheBinary(t *testing.T) {
	at := time.Date(2025, 5, 26, 8, 30, 5, 250e6, time.UTC)
	for name, c := range map[string]struct {
		binary string
		ok     bool
	}{
		"local and UTC":          {systemTimeHex(at.Add(2*time.Hour)) + systemTimeHex(at), true},
		"too far apart":          {systemTimeHex(at.Add(20*time.Hour)) + systemTimeHex(at), false},
		"after the record":       {systemTimeHex(at.Add(3*time.Hour)) + systemTimeHex(at.Add(2*time.Hour)), false},
		"only one":               {systemTimeHex(at), false},
		"month 13":               {strings.Repeat("E907", 1) + "0D00" + systemTimeHex(at)[8:] + systemTimeHex(at), false},
		"nothing":                {"", false},
		"not hexadecimal at all": {"zz", false},
	} {
		r, err := Parse(record(6008, "EventLog", "<Data>09:00</Data>", c.binary))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := UncleanTime(r)
		if ok != c.ok || (ok && !got.Equal(at)) {
			t.Errorf("%s: %s %t", name, got, ok)
		}
	}
}

// FuzzParse: nothing may panic, and whatever becomes an event must be one the portal takes.
func FuzzParse(f *testing.F) {
	f.Add(record(4625, "Microsoft-Windows-Security-Auditing", failed, ""))
	f.Add(record(4740, "x", locked, ""))
	f.Add(record(6008, "EventLog", "<Data>1</Data>", systemTimeHex(time.Now())+systemTimeHex(time.Now())))
	f.Add("<Event><System><EventID>4625</EventID><TimeCreated SystemTime='2025-01-01T00:00:00Z'/></System>")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			return
		}
		UncleanTime(r)
		e, ok := ToEvent(r, event.Naming{WithDomain: true})
		if !ok {
			return
		}
		if e.UserName == "" || e.UserName != event.CleanName(e.UserName) || len(e.EventID) != 32 || e.EventType == "" {
			t.Fatalf("%q gives %+v", text, e)
		}
		if _, err := time.Parse(time.RFC3339Nano, e.Timestamp); err != nil {
			t.Fatal(err)
		}
	})
}
