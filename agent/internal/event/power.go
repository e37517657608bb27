package event

import "time"

// Power is a power notification's code as Windows numbers it (PBT_*).
type Power uint32

// The power notifications that say something about a person's time. Windows sends
// ResumeAutomatic after every sleep; ResumeSuspend may follow it and adds nothing.
const (
	PowerSuspend         Power = 0x04
	PowerResumeSuspend   Power = 0x07
	PowerResumeAutomatic Power = 0x12
)

// FromPower returns the event for one power notification, or false when it says nothing.
func FromPower(code Power, at time.Time) (Event, bool) {
	switch code {
	case PowerSuspend:
		return Machine(Sleep, at), true
	case PowerResumeAutomatic:
		return Machine(Wake, at), true
	}
	return Event{}, false
}

// Machine returns an event that concerns the whole computer.
func Machine(kind string, at time.Time) Event {
	return Event{EventType: kind, UserName: MachineUser, Timestamp: FormatTime(at)}
}
