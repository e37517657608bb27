package state

import (
	"testing"
	"time"

	"winauthmon/agent/internal/event"
)

var now = time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)

func TestAStartMeansWhatItIs(t *testing.T) {
	boot := now.Add(-10 * time.Minute)
	yesterday := State{Boot: now.Add(-20 * time.Hour), Alive: now.Add(-2 * time.Hour), Uptime: 18 * 3600}
	down := yesterday
	down.IsDown = true
	running := State{Boot: boot, Alive: now.Add(-time.Minute), Uptime: 540}
	for name, c := range map[string]struct {
		old     State
		unclean time.Time
		want    []string
	}{
		"first start ever":              {State{}, time.Time{}, []string{"startup " + event.FormatTime(boot)}},
		"the agent alone restarted":     {running, time.Time{}, nil},
		"after a clean shutdown":        {down, time.Time{}, []string{"startup " + event.FormatTime(boot)}},
		"after a power cut":             {yesterday, time.Time{}, []string{"shutdown " + event.FormatTime(yesterday.Alive), "startup " + event.FormatTime(boot)}},
		"Windows knew it alive longer":  {yesterday, now.Add(-time.Hour), []string{"shutdown " + event.FormatTime(now.Add(-time.Hour)), "startup " + event.FormatTime(boot)}},
		"Windows' record is older":      {yesterday, now.Add(-5 * time.Hour), []string{"shutdown " + event.FormatTime(yesterday.Alive), "startup " + event.FormatTime(boot)}},
		"Windows' record is after boot": {yesterday, now, []string{"shutdown " + event.FormatTime(yesterday.Alive), "startup " + event.FormatTime(boot)}},
		"clock set back, uptime small":  {State{Boot: now.Add(time.Hour), Alive: now.Add(2 * time.Hour), Uptime: 3600}, time.Time{}, []string{"startup " + event.FormatTime(boot)}},
		"up longer than last time":      {State{Boot: now.Add(-20 * time.Minute), Alive: now.Add(-18 * time.Minute), Uptime: 120}, time.Time{}, []string{"shutdown " + event.FormatTime(now.Add(-18*time.Minute)), "startup " + event.FormatTime(boot)}},
		"restarted within two minutes":  {State{Boot: boot.Add(-125 * time.Second), Alive: boot.Add(-25 * time.Second), Uptime: 100, IsDown: true}, time.Time{}, []string{"startup " + event.FormatTime(boot)}},
		"clock corrected a little":      {State{Boot: boot.Add(-time.Minute), Alive: now.Add(-2 * time.Minute), Uptime: 540}, time.Time{}, nil},
	} {
		var got []string
		for _, e := range c.old.Start(now, 10*time.Minute, c.unclean) {
			got = append(got, e.EventType+" "+e.Timestamp)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}
