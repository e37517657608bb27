package agent

import (
	"os"
	"time"

	"winauthmon/agent/internal/config"
)

type fileStamp struct {
	at   time.Time
	size int64
}

func stampOf(path string) fileStamp {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}
	}
	return fileStamp{info.ModTime(), info.Size()}
}

// loaded is what one reading of config.ini gave.
type loaded struct {
	file     fileStamp
	config   config.Config
	problems []config.Problem
}

// load takes the stamp first, so that a change during the reading is seen as one.
func load(path string) loaded {
	file := stampOf(path)
	c, problems := config.Load(path)
	return loaded{file, c, problems}
}

// lookForConfig reads config.ini again after a change, so that a rotated key reaches every
// computer by a copied file, and as long as it can't be used: what stands in the way, such
// as a share with ca_file that is not there yet, may pass by itself. Reading may take long
// then, and signals of the system don't wait for it.
func (a *Agent) lookForConfig() {
	file := stampOf(a.o.ConfigPath)
	isUsed := file == a.loaded.file && !config.HasFatal(a.loaded.problems)
	if a.isLoading || isUsed || file == (fileStamp{}) {
		return
	}
	a.isLoading = true
	go func() { a.loads <- load(a.o.ConfigPath) }()
}

// takeConfig goes on with a new configuration without a restart. The spool's size and the
// user-name form take effect at the next start.
func (a *Agent) takeConfig(next loaded) {
	a.isLoading = false
	old := a.loaded
	isSame := next.file == old.file && config.Describe(next.problems) == config.Describe(old.problems)
	if isSame || next.file == (fileStamp{}) {
		return
	}
	a.loaded = next
	a.log.Configure(logSettings(next.config))
	if next.file != old.file {
		a.log.Eventf("config.ini changed, server %v", next.config.ServerURL)
	} else if !config.HasFatal(next.problems) {
		a.log.Eventf("config.ini can be used now, server %v", next.config.ServerURL)
	}
	a.complain(next.problems)
	a.current().stop(nil)
	d := a.newDelivery(next.config, next.problems)
	a.mu.Lock()
	a.delivery = d
	a.mu.Unlock()
	d.kick()
}
