package windows

import (
	"context"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/event"
)

// ServiceName is the original agent's, so that one takes the other's place.
const ServiceName = "UserSessionMonService"

const (
	serviceOwnProcess = 0x10

	stateStopped      = 1
	stateStartPending = 2
	stateStopPending  = 3
	stateRunning      = 4

	acceptStop          = 0x1
	acceptPowerEvent    = 0x40
	acceptSessionChange = 0x80
	acceptPreshutdown   = 0x100

	controlStop          = 1
	controlInterrogate   = 4
	controlShutdown      = 5
	controlPowerEvent    = 0xD
	controlSessionChange = 0xE
	controlPreshutdown   = 0xF

	errorCallNotImplemented  = 120
	errorServiceSpecific     = 1066
	errorNotStartedByManager = syscall.Errno(1063)
)

type serviceStatus struct {
	serviceType, state, accepts, exitCode, specificCode, checkPoint, waitHint uint32
}

type serviceTableEntry struct {
	name *uint16
	main uintptr
}

type sessionNotification struct {
	size      uint32
	sessionID uint32
}

// service is the one service of this process; Windows' callbacks carry no receiver.
var service struct {
	mu     sync.Mutex
	handle uintptr
	status serviceStatus
	make   func() (*agent.Agent, error)
	agent  *agent.Agent
	stop   context.CancelFunc
	err    error
}

// RunService hands the process to the service manager and returns when the service has
// stopped. make is called once the manager knows that we are starting.
func RunService(make func() (*agent.Agent, error)) error {
	service.make = make
	table := []serviceTableEntry{
		{name: text(ServiceName), main: syscall.NewCallback(serviceMain)},
		{},
	}
	_, err := call(advapi32.NewProc("StartServiceCtrlDispatcherW"), uintptr(unsafe.Pointer(&table[0])))
	if err == errorNotStartedByManager {
		return fmt.Errorf("only the service manager can use this; use -service start, or -run in a console")
	}
	if err != nil {
		return fmt.Errorf("connecting to the service manager: %w", err)
	}
	return service.err
}

func serviceMain(argc uint32, argv **uint16) uintptr {
	handle, err := call(advapi32.NewProc("RegisterServiceCtrlHandlerExW"),
		uintptr(unsafe.Pointer(text(ServiceName))), syscall.NewCallback(serviceControl), 0)
	if err != nil {
		service.err = err
		return 0
	}
	service.handle = handle
	report(stateStartPending, 0)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a, err := service.make()
	if err != nil {
		service.err = err
		report(stateStopped, 1)
		return 0
	}
	service.mu.Lock()
	service.agent, service.stop = a, cancel
	service.mu.Unlock()
	report(stateRunning, 0)
	a.Run(ctx)
	report(stateStopped, 0)
	return 0
}

// serviceControl must return at once: it only passes on what came, with its instant.
func serviceControl(control, eventType uint32, data *sessionNotification, _ uintptr) uintptr {
	now := time.Now()
	service.mu.Lock()
	a, stop := service.agent, service.stop
	service.mu.Unlock()
	switch control {
	case controlInterrogate:
		return 0
	case controlStop:
		report(stateStopPending, 0)
		if stop != nil {
			stop()
		}
		return 0
	case controlPreshutdown, controlShutdown:
		report(stateStopPending, 0)
		if a != nil {
			a.Notify(agent.Signal{At: now, Shutdown: true})
			stop()
		}
		return 0
	case controlSessionChange:
		if a != nil && data != nil {
			a.Notify(agent.Signal{At: now, Session: event.Change(eventType), ID: data.sessionID})
		}
		return 0
	case controlPowerEvent:
		if a != nil {
			a.Notify(agent.Signal{At: now, Power: event.Power(eventType)})
		}
		return 0
	}
	return errorCallNotImplemented
}

// report tells the service manager our state. A failure code starts its recovery actions.
func report(state uint32, failure uint32) {
	service.mu.Lock()
	defer service.mu.Unlock()
	s := &service.status
	if s.state == stateStopped {
		return
	}
	s.serviceType, s.state, s.accepts = serviceOwnProcess, state, 0
	s.waitHint, s.exitCode, s.specificCode = 0, 0, 0
	switch state {
	case stateRunning:
		s.accepts = acceptStop | acceptPowerEvent | acceptSessionChange | acceptPreshutdown
	case stateStartPending, stateStopPending:
		s.waitHint = 20_000
	}
	if failure != 0 {
		s.exitCode, s.specificCode = errorServiceSpecific, failure
	}
	if _, err := call(advapi32.NewProc("SetServiceStatus"), service.handle, uintptr(unsafe.Pointer(s))); err != nil {
		fmt.Fprintln(os.Stderr, "SetServiceStatus:", err)
	}
}
