package windows

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unsafe"

	"winauthmon/agent/internal/agent"
	"winauthmon/agent/internal/event"
	"winauthmon/agent/internal/state"
	"winauthmon/agent/internal/wineventlog"
)

const (
	subscribeFromOldest    = 2
	subscribeAfterBookmark = 3
	renderXML              = 1
	renderBookmark         = 2
	queryChannel           = 0x1
	queryNewestFirst       = 0x200
	errorNoMoreItems       = syscall.Errno(259)
	errorBufferTooSmall    = syscall.Errno(122)
	recordsAtOnce          = 64
	waitForever            = 0xFFFFFFFF
	waitFailed             = 0xFFFFFFFF
)

// channel follows one event log by a query, from where it was left.
type channel struct{ name, query string }

// Name says which log it is.
func (c channel) Name() string { return "the " + c.name + " log" }

func (c channel) bookmarkPath(dir string) string {
	return filepath.Join(dir, c.name+".bookmark.xml")
}

// Follow hands on every matching record once: the bookmark moves after record has kept
// the events, and a record read again after a crash has the same id.
func (c channel) Follow(ctx context.Context, dir string, naming event.Naming, log agent.Log, record func(...event.Event) error) error {
	bookmark, flags, err := c.bookmark(dir, log)
	if err != nil {
		return err
	}
	defer closeEvent(bookmark)
	arrived, err := call(kernel32.NewProc("CreateEventW"), 0, 1, 1, 0)
	if err != nil {
		return err
	}
	defer syscall.CloseHandle(syscall.Handle(arrived))
	stop, err := call(kernel32.NewProc("CreateEventW"), 0, 1, 0, 0)
	if err != nil {
		return err
	}
	defer syscall.CloseHandle(syscall.Handle(stop))
	after := uintptr(0)
	if flags == subscribeAfterBookmark {
		after = bookmark
	}
	subscription, err := call(wevtapi.NewProc("EvtSubscribe"), 0, arrived, uintptr(unsafe.Pointer(text(c.name))), uintptr(unsafe.Pointer(text(c.query))), after, 0, 0, flags)
	if err != nil {
		return err
	}
	defer closeEvent(subscription)
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-ctx.Done():
		case <-finished:
			return
		}
		call(kernel32.NewProc("SetEvent"), stop)
	}()
	log.Eventf("following %s", c.Name())
	for {
		handles := [2]uintptr{stop, arrived}
		r, _, err := kernel32.NewProc("WaitForMultipleObjects").Call(2, uintptr(unsafe.Pointer(&handles[0])), 0, waitForever)
		if r == waitFailed {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		call(kernel32.NewProc("ResetEvent"), arrived)
		if err := c.drain(ctx, subscription, bookmark, dir, naming, log, record); err != nil {
			return err
		}
	}
}

func (c channel) drain(ctx context.Context, subscription, bookmark uintptr, dir string, naming event.Naming, log agent.Log, record func(...event.Event) error) error {
	for ctx.Err() == nil {
		handles, err := next(subscription, recordsAtOnce)
		if err == errorNoMoreItems {
			return nil
		}
		if err != nil {
			return err
		}
		err = c.take(ctx, handles, bookmark, dir, naming, log, record)
		for _, h := range handles {
			closeEvent(h)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c channel) take(ctx context.Context, handles []uintptr, bookmark uintptr, dir string, naming event.Naming, log agent.Log, record func(...event.Event) error) error {
	var events []event.Event
	for _, h := range handles {
		text, err := render(h, renderXML)
		if err != nil {
			return err
		}
		r, err := wineventlog.Parse(text)
		if err != nil {
			log.Problemf("%s: can't read a record: %v", c.Name(), err)
			continue
		}
		if e, ok := wineventlog.ToEvent(r, naming); ok {
			events = append(events, e)
		}
	}
	for len(events) > 0 {
		err := record(events...)
		if err == nil {
			break
		}
		log.Problemf("%s: waiting because its events can't be stored: %v", c.Name(), err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(10 * time.Second):
		}
	}
	if _, err := call(wevtapi.NewProc("EvtUpdateBookmark"), bookmark, handles[len(handles)-1]); err != nil {
		return err
	}
	return c.saveBookmark(dir, bookmark)
}

func (c channel) saveBookmark(dir string, bookmark uintptr) error {
	text, err := render(bookmark, renderBookmark)
	if err != nil {
		return err
	}
	return state.WriteFile(c.bookmarkPath(dir), []byte(text))
}

// bookmark opens the kept one. At the very first start everything so far is history: the
// newest record becomes the bookmark, or, when there is none, an empty file says that
// whatever will be there is new.
func (c channel) bookmark(dir string, log agent.Log) (uintptr, uintptr, error) {
	create := wevtapi.NewProc("EvtCreateBookmark")
	kept, err := os.ReadFile(c.bookmarkPath(dir))
	if err == nil && len(kept) > 0 {
		if h, err := call(create, uintptr(unsafe.Pointer(text(string(kept))))); err == nil {
			return h, subscribeAfterBookmark, nil
		}
		log.Problemf("%s: the bookmark is damaged; starting from now", c.Name())
		err = os.ErrNotExist
	}
	h, createErr := call(create, 0)
	if createErr != nil {
		return 0, 0, createErr
	}
	if err == nil {
		return h, subscribeFromOldest, nil
	}
	newest, err := newestHandle(c.name, c.query)
	if err != nil {
		closeEvent(h)
		return 0, 0, err
	}
	if newest == 0 {
		return h, subscribeFromOldest, state.WriteFile(c.bookmarkPath(dir), nil)
	}
	defer closeEvent(newest)
	if _, err := call(wevtapi.NewProc("EvtUpdateBookmark"), h, newest); err != nil {
		closeEvent(h)
		return 0, 0, err
	}
	return h, subscribeAfterBookmark, c.saveBookmark(dir, h)
}

// next returns up to max records; errorNoMoreItems when there is none now.
func next(set uintptr, max int) ([]uintptr, error) {
	handles := make([]uintptr, max)
	var n uint32
	_, err := call(wevtapi.NewProc("EvtNext"), set, uintptr(max), uintptr(unsafe.Pointer(&handles[0])), 0, 0, uintptr(unsafe.Pointer(&n)))
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errorNoMoreItems
	}
	return handles[:n], nil
}

func newestHandle(name, query string) (uintptr, error) {
	set, err := call(wevtapi.NewProc("EvtQuery"), 0, uintptr(unsafe.Pointer(text(name))), uintptr(unsafe.Pointer(text(query))), queryChannel|queryNewestFirst)
	if err != nil {
		return 0, err
	}
	defer closeEvent(set)
	handles, err := next(set, 1)
	if err == errorNoMoreItems {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return handles[0], nil
}

func newestRecord(name, query string) (string, error) {
	h, err := newestHandle(name, query)
	if err != nil || h == 0 {
		return "", err
	}
	defer closeEvent(h)
	return render(h, renderXML)
}

func render(h uintptr, what uintptr) (string, error) {
	buffer := make([]uint16, 4<<10)
	for tries := 0; tries < 3; tries++ {
		var used, properties uint32
		_, err := call(wevtapi.NewProc("EvtRender"), 0, h, what, uintptr(len(buffer)*2),
			uintptr(unsafe.Pointer(&buffer[0])), uintptr(unsafe.Pointer(&used)), uintptr(unsafe.Pointer(&properties)))
		if err == nil {
			return syscall.UTF16ToString(buffer), nil
		}
		if err != errorBufferTooSmall || used > 4<<20 {
			return "", err
		}
		buffer = make([]uint16, used/2+1)
	}
	return "", fmt.Errorf("the record keeps growing")
}

func closeEvent(h uintptr) { call(wevtapi.NewProc("EvtClose"), h) }
