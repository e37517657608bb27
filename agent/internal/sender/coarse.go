package sender

import (
	"encoding/json"
	"strings"

	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/spool"
)

// wholeSeconds is a time of the wire without its fraction of a second.
func wholeSeconds(at string) string {
	if whole, fraction, ok := strings.Cut(at, "."); ok && strings.Trim(fraction, "0123456789") == "Z" {
		return whole + "Z"
	}
	return at
}

func hasFraction(r spool.Record) bool {
	var e event.Event
	return json.Unmarshal(r.Data, &e) == nil && wholeSeconds(e.Timestamp) != e.Timestamp
}
