package windows

import (
	"errors"
	"fmt"
	"syscall"
	"time"
	"unsafe"
)

const (
	managerConnect       = 0x1
	managerCreateService = 0x2
	serviceAllAccess     = 0xF01FF
	serviceQueryConfig   = 0x1
	serviceQueryStatus   = 0x4

	startAutomatic = 2
	errorNormal    = 1

	configDescription        = 1
	configFailureActions     = 2
	configFailureActionsFlag = 4
	configPreshutdown        = 7

	errorAccessDenied        = syscall.Errno(5)
	errorAlreadyRunning      = syscall.Errno(1056)
	errorDoesNotExist        = syscall.Errno(1060)
	errorMarkedForDeletion   = syscall.Errno(1072)
	patience                 = 40 * time.Second
	displayName              = "User Session Monitor"
	description              = "Reports logons, locks and logoffs of this computer to the login-monitoring portal."
	preshutdownMilliseconds  = 20_000
	failureResetAfterSeconds = 86_400
)

// Errors a caller tells apart.
var (
	ErrNotInstalled = errors.New("the service is not installed")
	ErrMarked       = errors.New("the service is being removed; close the Services window and try again")
	ErrDenied       = errors.New("administrator rights are required: run this in an elevated console")
)

// Manager talks to the service manager. Close it after use.
type Manager struct{ handle uintptr }

// OpenManager connects; forChange asks for the right to install.
func OpenManager(forChange bool) (*Manager, error) {
	access := uintptr(managerConnect)
	if forChange {
		access |= managerCreateService
	}
	h, err := call(advapi32.NewProc("OpenSCManagerW"), 0, 0, access)
	if err != nil {
		return nil, plain(err)
	}
	return &Manager{h}, nil
}

// Close lets the connection go.
func (m *Manager) Close() { closeService(m.handle) }

func closeService(h uintptr) { call(advapi32.NewProc("CloseServiceHandle"), h) }

func plain(err error) error {
	switch err {
	case errorAccessDenied:
		return ErrDenied
	case errorDoesNotExist:
		return ErrNotInstalled
	case errorMarkedForDeletion:
		return ErrMarked
	}
	return err
}

func (m *Manager) with(access uintptr, do func(h uintptr) error) error {
	h, err := call(advapi32.NewProc("OpenServiceW"), m.handle, uintptr(unsafe.Pointer(text(ServiceName))), access)
	if err != nil {
		return plain(err)
	}
	defer closeService(h)
	return do(h)
}

// Register installs the service for a command line, or points an installed one to it:
// automatic, restarted after failures, given time at shutdown.
func (m *Manager) Register(command string) error {
	err := m.with(serviceAllAccess, func(h uintptr) error {
		_, err := call(advapi32.NewProc("ChangeServiceConfigW"), h, serviceOwnProcess, startAutomatic,
			errorNormal, uintptr(unsafe.Pointer(text(command))), 0, 0, 0, uintptr(unsafe.Pointer(text("LocalSystem"))), 0, uintptr(unsafe.Pointer(text(displayName))))
		if err != nil {
			return plain(err)
		}
		return configure(h)
	})
	if !errors.Is(err, ErrNotInstalled) {
		return err
	}
	h, err := call(advapi32.NewProc("CreateServiceW"), m.handle, uintptr(unsafe.Pointer(text(ServiceName))), uintptr(unsafe.Pointer(text(displayName))),
		serviceAllAccess, serviceOwnProcess, startAutomatic, errorNormal, uintptr(unsafe.Pointer(text(command))), 0, 0, 0, 0, 0)
	if err != nil {
		return plain(err)
	}
	defer closeService(h)
	return configure(h)
}

type failureActions struct {
	resetPeriod uint32
	rebootText  *uint16
	command     *uint16
	count       uint32
	actions     *failureAction
}

type failureAction struct{ kind, delay uint32 }

func configure(h uintptr) error {
	const restart = 1
	actions := []failureAction{{restart, 5_000}, {restart, 30_000}, {restart, 60_000}}
	failure := failureActions{resetPeriod: failureResetAfterSeconds, count: uint32(len(actions)), actions: &actions[0]}
	isForErrorsToo, preshutdown, words := uint32(1), uint32(preshutdownMilliseconds), text(description)
	change := advapi32.NewProc("ChangeServiceConfig2W")
	if _, err := call(change, h, configFailureActions, uintptr(unsafe.Pointer(&failure))); err != nil {
		return fmt.Errorf("setting the restart after failures: %w", err)
	}
	// What follows is comfort; an old system that does not know it is no reason to fail.
	call(change, h, configDescription, uintptr(unsafe.Pointer(&words)))
	call(change, h, configFailureActionsFlag, uintptr(unsafe.Pointer(&isForErrorsToo)))
	call(change, h, configPreshutdown, uintptr(unsafe.Pointer(&preshutdown)))
	return nil
}

// Start starts the service and waits until it runs. A running one is fine.
func (m *Manager) Start() error {
	return m.with(serviceAllAccess, func(h uintptr) error {
		if _, err := call(advapi32.NewProc("StartServiceW"), h, 0, 0); err != nil && err != errorAlreadyRunning {
			return plain(err)
		}
		return waitFor(func() (serviceStatus, error) { return query(h) }, stateRunning)
	})
}

// Stop stops the service and waits until it has. A stopped one is fine.
func (m *Manager) Stop() error {
	return m.with(serviceAllAccess, func(h uintptr) error {
		order := func() error {
			var s serviceStatus
			_, err := call(advapi32.NewProc("ControlService"), h, controlStop, uintptr(unsafe.Pointer(&s)))
			return err
		}
		return stop(order, func() (serviceStatus, error) { return query(h) })
	})
}

// stop gives the order until it is taken, as a service that is still starting refuses it.
func stop(order func() error, look func() (serviceStatus, error)) error {
	isTaken := false
	return waitFor(func() (serviceStatus, error) {
		if !isTaken {
			isTaken = order() == nil
		}
		return look()
	}, stateStopped)
}

// Remove takes the service out of Windows. It must be stopped.
func (m *Manager) Remove() error {
	return m.with(serviceAllAccess, func(h uintptr) error {
		_, err := call(advapi32.NewProc("DeleteService"), h)
		return plain(err)
	})
}

// State says how the service is, in one word.
func (m *Manager) State() (string, error) {
	word := ""
	err := m.with(serviceQueryStatus, func(h uintptr) error {
		s, err := query(h)
		word = map[uint32]string{
			stateStopped: "stopped", stateStartPending: "starting",
			stateStopPending: "stopping", stateRunning: "running",
		}[s.state]
		return err
	})
	if word == "" {
		word = "in another state"
	}
	return word, err
}

// serviceConfig is QUERY_SERVICE_CONFIGW; its texts lie behind it.
type serviceConfig struct {
	serviceType, startType, errorControl uint32
	command, group                       *uint16
	tag                                  uint32
	dependencies, account, displayName   *uint16
}

// Command returns the command line that the service is installed with.
func (m *Manager) Command() (command string, err error) {
	const mostBytes = 8 << 10 // as Windows has it
	err = m.with(serviceQueryConfig, func(h uintptr) error {
		// Words, so that the structure lies where it must.
		buffer, needed := make([]uint64, mostBytes/8), uint32(0)
		_, err := call(advapi32.NewProc("QueryServiceConfigW"), h, uintptr(unsafe.Pointer(&buffer[0])), mostBytes, uintptr(unsafe.Pointer(&needed)))
		if err == nil {
			command = goText((*serviceConfig)(unsafe.Pointer(&buffer[0])).command)
		}
		return err
	})
	return command, err
}

func query(h uintptr) (serviceStatus, error) {
	var s serviceStatus
	_, err := call(advapi32.NewProc("QueryServiceStatus"), h, uintptr(unsafe.Pointer(&s)))
	return s, err
}

func waitFor(look func() (serviceStatus, error), state uint32) error {
	deadline := time.Now().Add(patience)
	for {
		s, err := look()
		switch {
		case err != nil:
			return err
		case s.state == state:
			return nil
		case state == stateRunning && s.state == stateStopped:
			return fmt.Errorf("the service stopped immediately (code %d); see logs\\error.log in its folder", s.specificCode)
		case time.Now().After(deadline):
			return fmt.Errorf("the service didn't reach the expected state within %s", patience)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
