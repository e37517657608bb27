package sender

import "time"

// complaint keeps a lasting failure from filling the log: its first time, each change of
// its text, once an hour, and its end are written.
type complaint struct {
	log    Log
	text   string
	since  time.Time
	told   time.Time
	number int
}

func (c *complaint) about(what, reason string) {
	c.number++
	now := time.Now()
	if c.text == "" {
		c.since = now
	}
	if text := what + ": " + reason; text != c.text || now.Sub(c.told) >= time.Hour {
		c.text, c.told = text, now
		c.log.Problemf("%s (attempt %d; events wait in the spool)", text, c.number)
	}
}

func (c *complaint) over() {
	if c.text == "" {
		return
	}
	c.log.Eventf("delivery works again after %d failed attempts in %s", c.number, time.Since(c.since).Round(time.Second))
	c.text, c.number = "", 0
}
