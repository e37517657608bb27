package windows

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"unsafe"
)

// Permissions: the system and administrators everything, nobody else anything, nothing
// inherited from above. The owner is set too, because an owner may always change them.
const (
	folderRights = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
	fileRights   = "O:BAG:BAD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"

	ownerInformation         = 0x1
	daclInformation          = 0x4
	protectedDaclInformation = 0x80000000
	sddlRevision             = 1
)

type securityAttributes struct {
	size       uint32
	descriptor uintptr
	inherit    uint32
}

// MakePrivateFolder makes a folder only administrators can enter, or takes an existing
// one over with everything in it. Ordinary users may create folders in ProgramData, so an
// existing one is not trusted: links are refused, owners and permissions are set anew.
func MakePrivateFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	descriptor, err := descriptorOf(folderRights)
	if err != nil {
		return err
	}
	defer localFree(descriptor)
	attributes := securityAttributes{descriptor: descriptor}
	attributes.size = uint32(unsafe.Sizeof(attributes))
	_, err = call(kernel32.NewProc("CreateDirectoryW"), uintptr(unsafe.Pointer(text(dir))), uintptr(unsafe.Pointer(&attributes)))
	runtime.KeepAlive(attributes)
	if err != nil && err != syscall.ERROR_ALREADY_EXISTS {
		return fmt.Errorf("creating %s: %w", dir, err)
	}
	return MakePrivate(dir)
}

// MakePrivate sets owner and permissions of a folder and all that is in it.
func MakePrivate(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := syscall.UTF16PtrFromString(path)
		if err != nil {
			return err
		}
		isLink, err := leadsElsewhere(name)
		if err != nil {
			return err
		}
		if isLink {
			return fmt.Errorf("%s is a link; remove it first", path)
		}
		rights := fileRights
		if entry.IsDir() {
			rights = folderRights
		}
		return setRights(path, rights)
	})
}

// leadsElsewhere asks for the reparse tag only where there is one.
func leadsElsewhere(name *uint16) (bool, error) {
	attributes, err := syscall.GetFileAttributes(name)
	if err != nil || attributes&attributeReparse == 0 {
		return false, err
	}
	var data syscall.Win32finddata
	search, err := syscall.FindFirstFile(name, &data)
	if err != nil {
		return false, err
	}
	syscall.FindClose(search)
	return isLink(data.FileAttributes, data.Reserved0), nil
}

func setRights(path, sddl string) error {
	descriptor, err := descriptorOf(sddl)
	if err != nil {
		return err
	}
	defer localFree(descriptor)
	set := advapi32.NewProc("SetFileSecurityW")
	// The rights first: they let the owner be set where only administrators may.
	if _, err := call(set, uintptr(unsafe.Pointer(text(path))), daclInformation|protectedDaclInformation, descriptor); err != nil {
		return fmt.Errorf("setting the permissions of %s: %w", path, err)
	}
	if _, err := call(set, uintptr(unsafe.Pointer(text(path))), ownerInformation, descriptor); err != nil {
		return fmt.Errorf("setting the owner of %s: %w", path, err)
	}
	return nil
}

func descriptorOf(sddl string) (uintptr, error) {
	var descriptor uintptr
	_, err := call(advapi32.NewProc("ConvertStringSecurityDescriptorToSecurityDescriptorW"),
		uintptr(unsafe.Pointer(text(sddl))), sddlRevision, uintptr(unsafe.Pointer(&descriptor)), 0)
	return descriptor, err
}

func localFree(p uintptr) { kernel32.NewProc("LocalFree").Call(p) }

// LockFile takes a file for this process alone until it ends; an error means that another
// agent is at work in the same folder.
func LockFile(path string) error {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	_, err = syscall.CreateFile(name, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	return err
}
