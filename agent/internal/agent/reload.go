package agent

import (
	"winauthmon/agent/internal/config"
)

// loaded is what one reading of config.ini gave.
type loaded struct {
	file     config.Stamp
	config   config.Config
	problems []config.Problem
}

// load takes the stamp first, so that a change during the reading is seen as one.
func load(path string) loaded {
	file := config.StampOf(path)
	c, problems := config.Load(path)
	return loaded{file, c, problems}
}

// lookForConfig reads config.ini again after a change, so that a rotated key reaches every
// computer by a copied file, after a change of ca_file, and as long as it can't be used:
// what stands in the way, such as a share with ca_file that is not there yet, may pass by
// itself. A share may take long to answer, and signals of the system don't wait for it.
func (a *Agent) lookForConfig() {
	file, old := config.StampOf(a.o.ConfigPath), a.loaded
	if a.isLoading || file == (config.Stamp{}) {
		return
	}
	isUsed := file == old.file && !config.HasFatal(old.problems)
	if isUsed && old.config.CAPath == "" {
		return
	}
	a.isLoading = true
	go func() {
		if isUsed && !isReplaced(old.config) {
			a.loads <- old
			return
		}
		a.loads <- load(a.o.ConfigPath)
	}()
}

// isReplaced tells whether ca_file is another one now. One that can't be seen for a while
// goes on counting as it was read.
func isReplaced(c config.Config) bool {
	ca := config.StampOf(c.CAPath)
	return ca != c.CAStamp && ca != (config.Stamp{})
}

// takeConfig goes on with a new configuration without a restart. The spool's size and the
// user-name form take effect at the next start.
func (a *Agent) takeConfig(next loaded) {
	a.isLoading = false
	old := a.loaded
	isSame := next.file == old.file && next.config.CAStamp == old.config.CAStamp &&
		config.Describe(next.problems) == config.Describe(old.problems)
	if isSame || next.file == (config.Stamp{}) {
		return
	}
	a.loaded = next
	a.log.Configure(logSettings(next.config))
	switch server := next.config.ServerURL; {
	case next.file != old.file:
		a.log.Eventf("config.ini changed, server %v", server)
	case config.HasFatal(next.problems):
	case config.HasFatal(old.problems):
		a.log.Eventf("config.ini can be used now, server %v", server)
	default:
		a.log.Eventf("ca_file changed, server %v", server)
	}
	a.complain(next.problems)
	a.current().stop(nil)
	d := a.newDelivery(next.config, next.problems)
	a.mu.Lock()
	a.delivery = d
	a.mu.Unlock()
	d.kick()
}
