package windows

import (
	"net"
	"strings"
	"time"
	"unsafe"

	"winauthmon/agent/internal/event"
)

// Classes of WTSQuerySessionInformation.
const (
	classUserName      = 5
	classDomainName    = 7
	classClientAddress = 14
	classProtocol      = 16
	classSessionInfo   = 24
	classSessionInfoEx = 25
)

const (
	protocolConsole = 0
	sessionDisconn  = 4
	flagLocked      = 0
	familyIPv4      = 2
	familyIPv6      = 23
)

type sessionEntry struct {
	id    uint32
	name  *uint16
	state uint32
}

// sessionInfo is WTSINFOW.
type sessionInfo struct {
	state, id                                 uint32
	traffic                                   [6]uint32
	station                                   [32]uint16
	domain                                    [17]uint16
	user                                      [21]uint16
	_                                         [4]byte
	connected, disconnected, input, logon, at int64
}

// sessionInfoEx is WTSINFOEXW at level 1, up to the flags.
type sessionInfoEx struct {
	level uint32
	_     uint32
	id    uint32
	state uint32
	flags int32
}

type clientAddress struct {
	family  uint32
	address [20]byte
}

// query asks about a session; the answer must be freed, and is nil when there is none or
// it is shorter than least bytes.
func ask(id uint32, class uintptr, least uint32) *uint16 {
	var buffer *uint16
	var size uint32
	_, err := call(wtsapi32.NewProc("WTSQuerySessionInformationW"), 0, uintptr(id), class,
		uintptr(unsafe.Pointer(&buffer)), uintptr(unsafe.Pointer(&size)))
	if err != nil || buffer == nil {
		return nil
	}
	if size < least {
		free(unsafe.Pointer(buffer))
		return nil
	}
	return buffer
}

func free(p unsafe.Pointer) {
	if wtsapi32.NewProc("WTSFreeMemory").Find() == nil {
		wtsapi32.NewProc("WTSFreeMemory").Call(uintptr(p))
	}
}

func askText(id uint32, class uintptr) string {
	p := ask(id, class, 2)
	if p == nil {
		return ""
	}
	defer free(unsafe.Pointer(p))
	return strings.TrimSpace(goText(p))
}

// Session tells who is in a session; false when nobody is, or Windows does not say.
func (Host) Session(id uint32) (event.Session, bool) {
	user := askText(id, classUserName)
	if user == "" {
		return event.Session{}, false
	}
	s := event.Session{ID: id, User: user, Domain: askText(id, classDomainName)}
	if p := ask(id, classProtocol, 2); p != nil {
		s.IsRemote = *p != protocolConsole
		free(unsafe.Pointer(p))
	}
	if s.IsRemote {
		s.ClientIP = askClient(id)
	}
	if p := ask(id, classSessionInfo, uint32(unsafe.Sizeof(sessionInfo{}))); p != nil {
		info := (*sessionInfo)(unsafe.Pointer(p))
		s.LogonTime = fileTime(info.logon)
		s.IsPaused = info.state == sessionDisconn
		free(unsafe.Pointer(p))
	}
	if p := ask(id, classSessionInfoEx, uint32(unsafe.Sizeof(sessionInfoEx{}))); p != nil {
		info := (*sessionInfoEx)(unsafe.Pointer(p))
		s.IsPaused = s.IsPaused || (info.level == 1 && info.flags == flagLocked)
		free(unsafe.Pointer(p))
	}
	return s, true
}

func askClient(id uint32) string {
	p := ask(id, classClientAddress, uint32(unsafe.Sizeof(clientAddress{})))
	if p == nil {
		return ""
	}
	defer free(unsafe.Pointer(p))
	c := (*clientAddress)(unsafe.Pointer(p))
	switch c.family {
	case familyIPv4:
		return net.IP(append([]byte(nil), c.address[2:6]...)).String()
	case familyIPv6:
		return net.IP(append([]byte(nil), c.address[2:18]...)).String()
	}
	return ""
}

// Sessions lists the sessions with somebody signed in.
func (h Host) Sessions() ([]event.Session, error) {
	var list *sessionEntry
	var count uint32
	_, err := call(wtsapi32.NewProc("WTSEnumerateSessionsW"), 0, 0, 1,
		uintptr(unsafe.Pointer(&list)), uintptr(unsafe.Pointer(&count)))
	if err != nil {
		return nil, err
	}
	if list == nil {
		return nil, nil
	}
	defer free(unsafe.Pointer(list))
	var out []event.Session
	for _, entry := range unsafe.Slice(list, count) {
		if s, ok := h.Session(entry.id); ok {
			out = append(out, s)
		}
	}
	return out, nil
}

// fileTime turns Windows' 100 ns since 1601 into an instant; zero and nonsense give none.
func fileTime(v int64) time.Time {
	const to1970 = 116444736000000000
	if v <= to1970 {
		return time.Time{}
	}
	v -= to1970
	return time.Unix(v/1e7, v%1e7*100).UTC()
}
