package event

import (
	"testing"
	"time"
)

// Changes are handled after they happened: Windows may tell of a person in the session
// whose logon is only the next change.
func TestALogonIsReportedOnceWhateverChangeIsHandledBeforeIt(t *testing.T) {
	begun := nine.Add(-time.Hour)
	for _, logonTime := range []time.Time{nine.Add(time.Second), {}} {
		ahead := lookup(Session{ID: 3, User: "anna", IsRemote: true, ClientIP: "203.0.113.9", LogonTime: logonTime})
		for first := Change(0); first <= SessionTerminated; first++ {
			tracker := NewTracker(Naming{}, ahead, nil)
			tracker.Reconcile(nil, begun)
			logons := 0
			for i, code := range []Change{first, SessionLogon, ConsoleConnect, SessionLock, SessionUnlock} {
				if e, ok := tracker.Notify(code, 3, nine.Add(time.Duration(i)*time.Second)); ok && e.EventType == Logon {
					logons++
				}
			}
			if logons != 1 {
				t.Errorf("after change %d, logon time %s: %d logons", first, logonTime, logons)
			}
		}
	}
}

func TestALogonThatAnEarlierRunReportedIsNotReportedAgain(t *testing.T) {
	anna := Session{ID: 3, User: "anna", LogonTime: nine}
	tracker := NewTracker(Naming{}, lookup(anna), []Session{anna})
	tracker.Reconcile([]Session{anna}, nine.Add(time.Second))
	for _, code := range []Change{RemoteConnected, SessionLogon, SessionLock, SessionLogon} {
		if e, ok := tracker.Notify(code, 3, nine.Add(2*time.Second)); ok && e.EventType == Logon {
			t.Errorf("%d: %+v", code, e)
		}
	}
	for _, ended := range []Change{SessionLogoff, SessionTerminated} {
		tracker.Notify(ended, 3, nine.Add(3*time.Second))
		if _, ok := tracker.Notify(SessionLogon, 3, nine.Add(4*time.Second)); !ok {
			t.Errorf("a logon after change %d is a new one", ended)
		}
	}
}
