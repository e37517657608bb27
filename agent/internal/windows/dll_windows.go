// Package windows is the thin layer over Windows: the service, its notifications, the
// sessions, the event logs and the folder's permissions. It decides nothing.
package windows

import (
	"fmt"
	"syscall"
	"unsafe"
)

var (
	kernel32 = syscall.NewLazyDLL("kernel32.dll")
	advapi32 = syscall.NewLazyDLL("advapi32.dll")
	wtsapi32 = syscall.NewLazyDLL("wtsapi32.dll")
	wevtapi  = syscall.NewLazyDLL("wevtapi.dll")
)

// init keeps libraries lying beside the executable (in a download folder, say) from being
// loaded into an administrator's process: only System32 is searched.
func init() {
	const searchSystem32 = 0x800
	if p := kernel32.NewProc("SetDefaultDllDirectories"); p.Find() == nil {
		p.Call(searchSystem32)
	}
}

// call runs a function that answers zero on failure. A library or function that is
// missing is an error, not a panic. Pointers must be turned into uintptr in the argument
// list itself: the directive keeps what they point to alive and in place for the call.
//
//go:uintptrescapes
func call(p *syscall.LazyProc, args ...uintptr) (uintptr, error) {
	if err := p.Find(); err != nil {
		return 0, err
	}
	r, _, err := p.Call(args...)
	if r == 0 {
		if err == syscall.Errno(0) {
			err = fmt.Errorf("%s failed", p.Name)
		}
		return 0, err
	}
	return r, nil
}

// text makes a NUL-terminated UTF-16 string; a NUL inside ends it.
func text(s string) *uint16 {
	p, err := syscall.UTF16PtrFromString(s)
	if err != nil {
		empty := uint16(0)
		return &empty
	}
	return p
}

// goText reads a NUL-terminated UTF-16 string of at most 32 Ki units.
func goText(p *uint16) string {
	if p == nil {
		return ""
	}
	units := make([]uint16, 0, 64)
	for i := 0; i < 32<<10; i++ {
		u := *(*uint16)(unsafe.Add(unsafe.Pointer(p), i*2))
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return syscall.UTF16ToString(units)
}
