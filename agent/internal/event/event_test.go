package event

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var nine = time.Date(2025, 5, 26, 9, 0, 0, 123456700, time.UTC)

func TestTimesAreUTCWithThreeToSevenDigits(t *testing.T) {
	cest := time.FixedZone("", 2*3600)
	for at, want := range map[time.Time]string{
		nine: "2025-05-26T09:00:00.1234567Z",
		time.Date(2025, 5, 26, 11, 0, 0, 0, cest):         "2025-05-26T09:00:00.000Z",
		time.Date(2025, 5, 26, 9, 0, 0, 120e6, time.UTC):  "2025-05-26T09:00:00.120Z",
		time.Date(2025, 5, 26, 9, 0, 0, 1200e2, time.UTC): "2025-05-26T09:00:00.00012Z",
	} {
		if got := FormatTime(at); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if back, err := time.Parse(time.RFC3339Nano, FormatTime(at)); err != nil || !back.Equal(at) {
			t.Errorf("%s reads back as %s", at, back)
		}
	}
}

func TestIdsAreUniqueAndDerivedOnesRepeat(t *testing.T) {
	seen := map[string]bool{}
	for i := 0; i < 10000; i++ {
		id := NewID()
		if seen[id] || len(id) != 32 {
			t.Fatal(id)
		}
		seen[id] = true
	}
	if DerivedID("a", "bc") != DerivedID("a", "bc") || DerivedID("a", "bc") == DerivedID("ab", "c") {
		t.Fatal("derived ids")
	}
}

func TestTypesFitTheOriginalsColumn(t *testing.T) {
	for _, kind := range []string{Logon, Logoff, Lock, Unlock, RemoteConnect, RemoteDisconnect, SessionReconnect,
		SessionDisconnect, Sleep, Wake, Startup, Shutdown, LogonFailed, Lockout} {
		if len(kind) > 20 {
			t.Errorf("%s is longer than 20", kind)
		}
	}
}

func TestWindowsOwnAccountsAreLeftOut(t *testing.T) {
	for name, want := range map[string]bool{
		"PC01$": true, "DWM-1": true, "dwm-12": true, "UMFD-0": true, "ANONYMOUS LOGON": true, "SYSTEM": true,
		"Local Service": true, "NETWORK SERVICE": true, `NT AUTHORITY\SYSTEM`: true, `CONTOSO\PC01$`: true,
		"defaultuser0": true, "DefaultUser100000": true, `PC01\defaultuser1`: true, "WDAGUtilityAccount": true, `PC01\wdagutilityaccount`: true,
		"defaultuser": false, "defaultuserx": false, "defaultuser0x": false, "my.defaultuser0": false, "WDAGUtilityAccount2": false,
		"anna": false, "DWM-": false, "DWM-x": false, "UMFDA-1": false, "system.admin": false, "a$b": false, "": false,
	} {
		if got := IsServiceAccount(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
	for sid, want := range map[string]bool{"S-1-5-18": true, "S-1-5-90-0-1": true, "S-1-5-96-0-2": true,
		"S-1-5-21-1-2-3-500": false, "S-1-0-0": false} {
		if IsServiceSID(sid) != want {
			t.Errorf("%s", sid)
		}
	}
}

func TestNamesArePlainOrWithDomain(t *testing.T) {
	for _, c := range []struct {
		withDomain         bool
		domain, user, want string
	}{
		{false, "CONTOSO", "anna", "anna"}, {true, "CONTOSO", "anna", `CONTOSO\anna`},
		{true, "", "anna", "anna"}, {true, "-", "anna", "anna"}, {true, "X", `Y\anna`, `Y\anna`},
		{true, " C ", " anna ", `C\anna`},
	} {
		if got := (Naming{c.withDomain}).Name(c.domain, c.user); got != c.want {
			t.Errorf("%+v gives %q", c, got)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("anna")
	f.Add("\x00\xff\ud7ff ")
	f.Add(strings.Repeat("𝒳", 300))
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanName(name)
		units := 0
		for _, r := range got {
			if r < 0x20 || (r >= 0x7f && r <= 0x9f) {
				t.Fatalf("%q keeps a control character", got)
			}
			if units++; r > 0xffff {
				units++
			}
		}
		if units > 255 || !utf8.ValidString(got) || got != CleanName(got) {
			t.Fatalf("%q gives %q", name, got)
		}
	})
}

func lookup(list ...Session) func(uint32) (Session, bool) {
	return func(id uint32) (Session, bool) {
		for _, s := range list {
			if s.ID == id {
				return s, true
			}
		}
		return Session{}, false
	}
}

func TestEveryNotificationBecomesItsEvent(t *testing.T) {
	anna := Session{ID: 2, User: "anna", Domain: "CONTOSO"}
	remote := Session{ID: 2, User: "anna", IsRemote: true, ClientIP: "203.0.113.9"}
	for _, c := range []struct {
		code      Change
		who       Session
		kind      string
		logonType int
	}{
		{ConsoleConnect, anna, SessionReconnect, 0}, {ConsoleDisconnect, anna, SessionDisconnect, 0},
		{RemoteConnected, remote, RemoteConnect, 0}, {RemoteDisconnected, remote, RemoteDisconnect, 0},
		{SessionLogon, anna, Logon, 2}, {SessionLogon, remote, Logon, 10}, {SessionLogoff, anna, Logoff, 0},
		{SessionLock, anna, Lock, 0}, {SessionUnlock, anna, Unlock, 0},
		{SessionRemoteControl, anna, "", 0}, {SessionCreated, anna, "", 0}, {SessionTerminated, anna, "", 0},
		{0, anna, "", 0}, {99, anna, "", 0},
		{SessionLogon, Session{ID: 2, User: "DWM-2"}, "", 0}, {SessionLogon, Session{ID: 2, User: "PC$"}, "", 0},
		{SessionLogon, Session{ID: 7, User: "anna"}, "", 0}, {SessionLogon, Session{ID: 2}, "", 0},
	} {
		e, ok := NewTracker(Naming{}, lookup(c.who), nil).Notify(c.code, 2, nine)
		if ok != (c.kind != "") || e.EventType != c.kind || e.LogonType != c.logonType {
			t.Errorf("%d for %+v gives %+v, %t", c.code, c.who, e, ok)
		}
		if ok && (e.UserName != "anna" || e.SourceIP != c.who.ClientIP || e.SessionID != "2" || e.Timestamp != FormatTime(nine)) {
			t.Errorf("%d gives %+v", c.code, e)
		}
	}
}

func TestALogoffIsReportedWhenWindowsNoLongerTellsWhoItWas(t *testing.T) {
	tracker := NewTracker(Naming{}, lookup(Session{ID: 1, User: "anna"}), nil)
	tracker.Notify(SessionLogon, 1, nine)
	tracker.Lookup = lookup()
	if e, ok := tracker.Notify(RemoteDisconnected, 1, nine); !ok || e.UserName != "anna" {
		t.Fatalf("%+v", e)
	}
	if e, ok := tracker.Notify(SessionLogoff, 1, nine); !ok || e.UserName != "anna" || e.EventType != Logoff {
		t.Fatalf("%+v", e)
	}
	if e, ok := tracker.Notify(ConsoleDisconnect, 1, nine); ok {
		t.Fatalf("after the logoff nobody is there: %+v", e)
	}
	if len(tracker.Known()) != 0 {
		t.Fatal(tracker.Known())
	}
}

func kinds(events []Event) string {
	var out []string
	for _, e := range events {
		out = append(out, e.EventType+":"+e.UserName)
	}
	return strings.Join(out, " ")
}

func TestWhatHappenedWhileTheAgentWasStoppedIsFound(t *testing.T) {
	earlier := nine.Add(-time.Hour)
	anna := Session{ID: 1, User: "anna", LogonTime: earlier}
	locked := func(s Session) Session { s.IsPaused = true; return s }
	for name, c := range map[string]struct {
		known, current []Session
		want           string
	}{
		"nothing":               {[]Session{anna}, []Session{anna}, ""},
		"gone":                  {[]Session{anna}, nil, "logoff:anna"},
		"came":                  {nil, []Session{anna}, "logon:anna"},
		"came and locked":       {nil, []Session{locked(anna)}, ""},
		"locked":                {[]Session{anna}, []Session{locked(anna)}, "lock:anna"},
		"unlocked":              {[]Session{locked(anna)}, []Session{anna}, "unlock:anna"},
		"another in her place":  {[]Session{anna}, []Session{{ID: 1, User: "bob", LogonTime: earlier}}, "logoff:anna logon:bob"},
		"signed in anew":        {[]Session{anna}, []Session{{ID: 1, User: "anna", LogonTime: nine}}, "logoff:anna logon:anna"},
		"logon time not exact":  {[]Session{anna}, []Session{{ID: 1, User: "anna", LogonTime: earlier.Add(time.Second)}}, ""},
		"logon time not known":  {[]Session{anna}, []Session{{ID: 1, User: "anna"}}, ""},
		"windows' own accounts": {nil, []Session{{ID: 1, User: "DWM-1"}}, ""},
	} {
		tracker := NewTracker(Naming{}, lookup(), c.known)
		if got := kinds(tracker.Reconcile(c.current, nine)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if again := kinds(tracker.Reconcile(c.current, nine)); again != "" {
			t.Errorf("%s: the second look finds %q", name, again)
		}
	}
}

func TestALogonThatTheListingFoundIsNotReportedAgain(t *testing.T) {
	before, after := nine.Add(-time.Second), nine.Add(time.Second)
	anna := Session{ID: 1, User: "anna", LogonTime: before}
	without := Session{ID: 1, User: "anna"}
	locked := Session{ID: 1, User: "anna", LogonTime: before, IsPaused: true}
	anew := Session{ID: 1, User: "anna", LogonTime: nine.Add(time.Hour)}
	bob := Session{ID: 1, User: "bob", LogonTime: before}
	for name, c := range map[string]struct {
		listed, now Session
		at          time.Time
		want        bool
	}{
		"told before the listing":            {anna, anna, before, false},
		"told after it, of the same instant": {anna, anna, after, false},
		"no time, told before":               {without, without, before, false},
		"no time, told after":                {without, without, after, true},
		"the listing found it locked":        {locked, anna, before, true},
		"another logon":                      {anna, anew, nine.Add(time.Hour), true},
		"somebody else":                      {anna, bob, after, true},
	} {
		tracker := NewTracker(Naming{}, lookup(c.now), nil)
		tracker.Reconcile([]Session{c.listed}, nine)
		if e, ok := tracker.Notify(SessionLogon, 1, c.at); ok != c.want {
			t.Errorf("%s: %+v, %t", name, e, ok)
		}
	}
	tracker := NewTracker(Naming{}, lookup(anna), nil)
	tracker.Reconcile([]Session{anna}, nine)
	tracker.Notify(SessionLogoff, 1, after)
	if _, ok := tracker.Notify(SessionLogon, 1, after); !ok {
		t.Error("a logon after a logoff is a new one")
	}
}

func TestTheLogonTimeIsWindowsOwnWhenItCanBeTrusted(t *testing.T) {
	for logon, want := range map[time.Time]time.Time{
		nine.Add(-time.Hour): nine.Add(-time.Hour), nine.Add(time.Hour): nine, {}: nine, nine.Add(-48 * time.Hour): nine,
	} {
		events := NewTracker(Naming{}, lookup(), nil).Reconcile([]Session{{ID: 1, User: "anna", LogonTime: logon}}, nine)
		if len(events) != 1 || events[0].Timestamp != FormatTime(want) {
			t.Errorf("%s gives %+v", logon, events)
		}
	}
}

func TestPowerNotificationsBecomeSleepAndWake(t *testing.T) {
	for code, want := range map[Power]string{PowerSuspend: Sleep, PowerResumeAutomatic: Wake, PowerResumeSuspend: "", 0: "", 10: "", 99: ""} {
		e, ok := FromPower(code, nine)
		if ok != (want != "") || e.EventType != want || (ok && e.UserName != MachineUser) {
			t.Errorf("%d gives %+v", code, e)
		}
	}
}

func TestWakingWithoutAPasswordCountsAsUnlock(t *testing.T) {
	anna := Session{ID: 1, User: "anna"}
	tracker := NewTracker(Naming{}, lookup(anna), nil)
	tracker.Notify(SessionLogon, 1, nine)
	if got := kinds(tracker.Resumed([]Session{anna}, nine)); got != "unlock:anna" {
		t.Error(got)
	}
	tracker.Notify(SessionLock, 1, nine)
	if got := kinds(tracker.Resumed([]Session{anna}, nine)); got != "" {
		t.Error("a locked session is not unlocked by waking: " + got)
	}
}

func TestOneWakingIsOneUnlockHoweverOftenWindowsTellsOfIt(t *testing.T) {
	anna := Session{ID: 1, User: "anna"}
	at := func(minutes int) time.Time { return nine.Add(time.Duration(minutes) * time.Minute) }
	tracker := NewTracker(Naming{}, lookup(anna), nil)
	tracker.Notify(SessionLogon, 1, at(0))
	for _, c := range []struct {
		what  string
		slept int // 0: not told of a sleep
		woken int
		want  string
	}{
		{"the first waking", 10, 20, "unlock:anna"},
		{"told of again, by the event log", 9, 19, ""},
		{"told of again, a little later", 10, 21, ""},
		{"the next waking", 30, 40, "unlock:anna"},
		{"told of late, of the first", 10, 20, ""},
		{"told of without its sleep", 0, 50, ""},
	} {
		if c.slept > 0 {
			tracker.Slept(at(c.slept))
		}
		if got := kinds(tracker.Resumed([]Session{anna}, at(c.woken))); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	tracker.Slept(at(60))
	tracker.Notify(SessionLock, 1, at(61))
	tracker.Notify(SessionUnlock, 1, at(70))
	if got := kinds(tracker.Resumed([]Session{anna}, at(65))); got != "" {
		t.Error("an unlock by hand stands for itself: " + got)
	}
}

func TestAWakingWhileTheAgentWasStoppedCountsFromItsStart(t *testing.T) {
	slept, woken, begun := nine.Add(-3*time.Hour), nine.Add(-2*time.Hour), nine
	earlier, later := slept.Add(-time.Hour), woken.Add(time.Minute)
	open := Session{ID: 1, User: "anna", LogonTime: earlier}
	locked := Session{ID: 1, User: "anna", LogonTime: earlier, IsPaused: true}
	for name, c := range map[string]struct {
		known  []Session
		now    Session
		before string
		after  string
	}{
		"open all the time":   {[]Session{open}, open, "", "unlock:anna " + FormatTime(begun)},
		"came before":         {nil, open, "logon:anna", "unlock:anna " + FormatTime(begun)},
		"came after":          {nil, Session{ID: 1, User: "anna", LogonTime: later}, "logon:anna", ""},
		"unlocked meanwhile":  {[]Session{locked}, open, "unlock:anna", ""},
		"locked meanwhile":    {[]Session{open}, locked, "lock:anna", ""},
		"locked all the time": {[]Session{locked}, locked, "", ""},
	} {
		tracker := NewTracker(Naming{}, lookup(c.now), c.known)
		if got := kinds(tracker.Reconcile([]Session{c.now}, begun)); got != c.before {
			t.Errorf("%s: %q at the start", name, got)
		}
		got := ""
		for i := 0; i < 2; i++ { // twice in the log
			tracker.Slept(slept.Add(time.Duration(i) * time.Second))
			for _, e := range tracker.Resumed([]Session{c.now}, woken) {
				got += e.EventType + ":" + e.UserName + " " + e.Timestamp
			}
		}
		if got != c.after {
			t.Errorf("%s: %q, want %q", name, got, c.after)
		}
	}
}

func TestAClockThatWasSetBackHidesNoWaking(t *testing.T) {
	anna := Session{ID: 1, User: "anna"}
	ahead := nine.Add(2 * time.Hour)
	tracker := NewTracker(Naming{}, lookup(anna), nil)
	tracker.now = func() time.Time { return nine }
	tracker.Reconcile([]Session{anna}, ahead)
	tracker.Slept(ahead.Add(time.Minute))
	for minutes := -20; minutes < 0; minutes += 5 {
		at := nine.Add(time.Duration(minutes) * time.Minute)
		tracker.Slept(at.Add(-time.Minute))
		if got := tracker.Resumed([]Session{anna}, at); len(got) != 1 || got[0].Timestamp != FormatTime(at) {
			t.Errorf("%s: %+v", at, got)
		}
		if got := kinds(tracker.Resumed([]Session{anna}, at)); got != "" {
			t.Errorf("%s is told of again: %s", at, got)
		}
	}
}
