package spool

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/disk"
)

func keep(t testing.TB, s *Spool, class Class, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err := s.Keep(Entry{class, []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatTheDiskDoesNotTakeIsGivenOutFromMemory(t *testing.T) {
	dir := t.TempDir()
	reasons := 0
	s := open(t, dir, func(o *Options) { o.OnWait = func(error) { reasons++ } })
	add(t, s, ClassSession, "a", "b")
	free := disk.Fill()
	defer free()
	keep(t, s, ClassSession, "c", "d")
	if err := s.Append(Entry{ClassSession, []byte("x")}); err == nil {
		t.Fatal("a full disk took a record durably")
	}
	keep(t, s, ClassSession, "e")
	if err := s.Keep(Entry{ClassSession, []byte("two\nlines")}); err == nil {
		t.Fatal("a bad entry was kept")
	}
	same(t, texts(t, s), "a", "b", "c", "d", "e")
	if got := s.Stats().Length; got != 5 || reasons != 1 {
		t.Fatalf("length %d, %d reasons told", got, reasons)
	}
	if r, _ := s.Peek(3, 1<<20); len(r) != 3 {
		t.Fatal(r)
	}
	if err := s.Ack(3); err != nil {
		t.Fatal("the cursor needs no room: ", err)
	}
	same(t, texts(t, s), "d", "e")
	// On their way to the server they may reach the disk.
	if r, _ := s.Peek(1, 1<<20); len(r) != 1 {
		t.Fatal(r)
	}
	free()
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	add(t, s, ClassSession, "f")
	s.Ack(1)
	same(t, texts(t, s), "e", "f")
	if got := s.Stats().Length; got != 2 {
		t.Fatalf("length %d", got)
	}
	s.Close()
	same(t, texts(t, open(t, dir, nil)), "e", "f")
}

func TestAFullMemoryGivesUpOldFailuresFirstAndCountsThem(t *testing.T) {
	dir := t.TempDir()
	var told Dropped
	change := func(o *Options) {
		o.OnLose = func(d Dropped) { told.Failures += d.Failures; told.Sessions += d.Sessions }
	}
	s := open(t, dir, change)
	free := disk.Fill()
	defer free()
	entry := func(class Class, i int) Entry { return Entry{class, []byte(fmt.Sprintf("%c%06d", class, i))} }
	kept := 0
	fill := func(class Class, n int) {
		batch := make([]Entry, n)
		for i := range batch {
			batch[i] = entry(class, kept)
			kept++
		}
		if err := s.Keep(batch...); err != nil {
			t.Fatal(err)
		}
	}
	fill(ClassSession, 100)
	if r, _ := s.Peek(10, 1<<20); len(r) != 10 {
		t.Fatal(len(r))
	}
	fill(ClassFailure, maxWaiting-100)
	fill(ClassSession, 50)
	if told.Sessions != 0 || told.Failures == 0 {
		t.Fatalf("%+v", told)
	}
	fill(ClassSession, maxWaiting)
	fill(ClassSession, maxWaiting)
	stats := s.Stats()
	if stats.Dropped != told || told.Sessions == 0 || stats.Length+int(told.Failures+told.Sessions) != kept {
		t.Fatalf("%+v of %d, told %+v", stats, kept, told)
	}
	// What is on its way to the server is not given up.
	if err := s.Ack(10); err != nil {
		t.Fatal(err)
	}
	left := texts(t, s)
	if len(left) != stats.Length-10 || left[len(left)-1] != fmt.Sprintf("S%06d", kept-1) {
		t.Fatalf("%d left, last %s", len(left), left[len(left)-1])
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%d events", len(left))) {
		t.Fatalf("closing says %v", err)
	}
	free()
	if got := open(t, dir, nil).Stats(); got.Length != 0 || int(got.Dropped.Failures+got.Dropped.Sessions) != kept-10 {
		t.Fatalf("%+v after %d", got, kept)
	}
}

func TestTheReserveIsUsedWhenTheDiskIsFullAndMadeAgainLater(t *testing.T) {
	dir := t.TempDir()
	change := func(o *Options) { o.ReserveBytes = 4 << 10 }
	s := open(t, dir, change)
	reserve := filepath.Join(dir, "reserve")
	isThere := func() bool {
		info, err := os.Stat(reserve)
		return err == nil && info.Size() == 4<<10
	}
	if !isThere() {
		t.Fatal("no reserve")
	}
	free := disk.Fill()
	defer free()
	var want []string
	for len(want) < 1000 && s.Append(Entry{ClassSession, []byte(fmt.Sprintf("%050d", len(want)))}) == nil {
		want = append(want, fmt.Sprintf("%050d", len(want)))
	}
	if len(want) < 20 || len(want) == 1000 || isThere() {
		t.Fatalf("%d records were written into the reserve's room", len(want))
	}
	s.reservedAt = time.Now().Add(-reserveEvery)
	if s.Flush(); isThere() {
		t.Fatal("a reserve on a full disk")
	}
	free()
	if s.Flush(); isThere() {
		t.Fatal("tried again at once")
	}
	s.reservedAt = time.Now().Add(-reserveEvery)
	if s.Flush(); !isThere() {
		t.Fatal("no new reserve")
	}
	if !s.FreeReserve() || s.FreeReserve() || isThere() {
		t.Fatal("the reserve was not given for something else")
	}
	s.Close()
	same(t, texts(t, open(t, dir, change)), want...)
}

// Whatever is full or restarted when: what was kept comes out once and in order.
func TestAnyOrderOfFillingReadingAndRestartingLosesNothingThatIsNotCounted(t *testing.T) {
	free := func() {}
	defer func() { free() }()
	for seed := int64(0); seed < 30; seed++ {
		random := rand.New(rand.NewSource(seed))
		dir, number := t.TempDir(), 0
		var expected, got []string
		change := func(o *Options) { o.SegmentBytes = 200; o.ReserveBytes = 500 }
		s := open(t, dir, change)
		for step := 0; step < 150; step++ {
			switch random.Intn(8) {
			case 0, 1, 2:
				text := fmt.Sprint("n", number)
				number++
				keep(t, s, ClassSession, text)
				expected = append(expected, text)
			case 3:
				text := fmt.Sprint("n", number)
				number++
				if s.Append(Entry{ClassSession, []byte(text)}) == nil {
					expected = append(expected, text)
				}
			case 4:
				records, err := s.Peek(1+random.Intn(5), 1<<20)
				if err != nil {
					t.Fatal(err)
				}
				n := random.Intn(len(records) + 1)
				if random.Intn(2) == 0 {
					s.Flush()
				}
				keep(t, s, ClassSession, "between")
				expected = append(expected, "between")
				for _, r := range records[:n] {
					got = append(got, string(r.Data))
				}
				s.Ack(n)
			case 5:
				free = disk.Fill()
			case 6:
				free()
			case 7:
				s.Flush()
				free() // what waits in memory is lost with the process only when the disk is full
				s.Close()
				s = open(t, dir, change)
			}
			if s.Stats().Length != len(expected)-len(got) {
				t.Fatalf("seed %d, step %d: length %d, want %d", seed, step, s.Stats().Length, len(expected)-len(got))
			}
		}
		got = append(got, texts(t, s)...)
		same(t, got, expected...)
		if dropped := s.Stats().Dropped; dropped != (Dropped{}) {
			t.Fatalf("seed %d: %+v counted as lost", seed, dropped)
		}
		free()
		s.Close()
	}
}
