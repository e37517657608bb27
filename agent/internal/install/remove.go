package install

import (
	"errors"
	"io"
)

// ErrMarked is Windows' answer for a service that is removed already, but that a program, such
// as an open Services window, still holds: it goes when that closes, and is listed until then.
var ErrMarked = errors.New("the service is being removed; close the Services window and try again")

// Service is what a removal needs of Windows.
type Service interface {
	// IsRunning tells whether the service is installed and not stopped.
	IsRunning() (bool, error)
	Stop() error
	Remove() error
}

// Remove stops the service and takes it out of Windows. One that is marked is as good as gone.
func Remove(s Service) error {
	if err := s.Stop(); err != nil {
		return err
	}
	if err := s.Remove(); !errors.Is(err, ErrMarked) {
		return err
	}
	return nil
}

// EraseStopped deletes the agent's files, see Erase, unless the agent is at work.
func EraseStopped(s Service, dir string, isPurge bool, out io.Writer) error {
	isRunning, err := s.IsRunning()
	if err != nil {
		return err
	}
	if isRunning {
		return errors.New("the service is running; uninstall it first")
	}
	return Erase(dir, isPurge, out)
}
