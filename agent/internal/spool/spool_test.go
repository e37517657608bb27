package spool

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func open(t testing.TB, dir string, change func(*Options)) *Spool {
	t.Helper()
	o := Options{Dir: dir, MaxBytes: 10 << 20}
	if change != nil {
		change(&o)
	}
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func add(t testing.TB, s *Spool, class Class, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err := s.Append(Entry{class, []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
}

func texts(t testing.TB, s *Spool) []string {
	t.Helper()
	records, err := s.Peek(1<<20, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(records))
	for i, r := range records {
		out[i] = string(r.Data)
	}
	return out
}

func same(t testing.TB, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func segmentFiles(t testing.TB, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		if strings.HasSuffix(file.Name(), ".spool") {
			names = append(names, filepath.Join(dir, file.Name()))
		}
	}
	return names
}

func TestASpoolIsFoundAgainInAFolderOfAnyName(t *testing.T) {
	names := []string{"Apps [prod]", "a[b]", "a]b[", "[", "a^b", "{a,b}", "a b", "ä"}
	if runtime.GOOS != "windows" { // which allows none of these
		names = append(names, "a*", "a?", `a\b`)
	}
	for _, name := range names {
		dir := filepath.Join(t.TempDir(), name)
		s := open(t, dir, nil)
		add(t, s, ClassSession, "first", "second")
		s.Close()
		again := open(t, dir, nil)
		add(t, again, ClassSession, "third")
		again.Close()
		same(t, texts(t, open(t, dir, nil)), "first", "second", "third")
		if files := segmentFiles(t, dir); len(files) != 1 {
			t.Errorf("%s: %v", name, files)
		}
	}
}

func TestRecordsComeOutInOrderAndOnlyAckTakesThemOff(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, func(o *Options) { o.SegmentBytes = 60 })
	add(t, s, ClassSession, "a", "b", "c", "d", "e")
	same(t, texts(t, s), "a", "b", "c", "d", "e")
	records, _ := s.Peek(2, 1<<20)
	if len(records) != 2 {
		t.Fatalf("peeked %d", len(records))
	}
	if err := s.Ack(2); err != nil {
		t.Fatal(err)
	}
	same(t, texts(t, s), "c", "d", "e")
	s.Close()
	again := open(t, dir, func(o *Options) { o.SegmentBytes = 60 })
	same(t, texts(t, again), "c", "d", "e")
	add(t, again, ClassSession, "f")
	same(t, texts(t, again), "c", "d", "e", "f")
	if got := again.Stats().Length; got != 4 {
		t.Fatalf("length %d", got)
	}
	again.Ack(4)
	if got := again.Stats(); got.Length != 0 || got.Bytes != 0 {
		t.Fatalf("after all acknowledged: %+v", got)
	}
	if left := segmentFiles(t, dir); len(left) != 0 {
		t.Fatalf("files left: %v", left)
	}
	add(t, again, ClassSession, "g")
	same(t, texts(t, again), "g")
}

func TestPeekHonoursTheByteBoundButAlwaysGivesOne(t *testing.T) {
	s := open(t, t.TempDir(), nil)
	add(t, s, ClassSession, "0123456789", "0123456789", "0123456789")
	for _, c := range []struct{ max, want int }{{1, 1}, {20, 2}, {25, 2}, {1000, 3}} {
		if r, _ := s.Peek(10, c.max); len(r) != c.want {
			t.Errorf("bound %d gave %d records, want %d", c.max, len(r), c.want)
		}
	}
}

func TestATailCutAnywhereLosesOnlyTheCutRecord(t *testing.T) {
	source := t.TempDir()
	s := open(t, source, nil)
	add(t, s, ClassSession, "first", "second", "third")
	s.Close()
	whole, err := os.ReadFile(segmentFiles(t, source)[0])
	if err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut <= len(whole); cut++ {
		for _, junk := range []string{"", "\x00\x00\x00\x00"} {
			dir := t.TempDir()
			os.WriteFile(segmentPath(dir, 1), append(append([]byte{}, whole[:cut]...), junk...), 0o600)
			want := []string{}
			for i, line := range bytes.SplitAfter(whole, []byte{'\n'})[:3] {
				end := bytes.Index(whole, line) + len(line)
				if cut >= end || (cut == end-1 && junk == "") {
					want = append(want, []string{"first", "second", "third"}[i])
				}
			}
			torn := open(t, dir, nil)
			same(t, texts(t, torn), want...)
			add(t, torn, ClassSession, "after")
			torn.Close()
			same(t, texts(t, open(t, dir, nil)), append(want, "after")...)
		}
	}
}

func TestDamageInTheMiddleIsPutAsideAndTheRestStays(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	add(t, s, ClassSession, "first", "second", "third")
	s.Close()
	path := segmentFiles(t, dir)[0]
	content, _ := os.ReadFile(path)
	content[bytes.Index(content, []byte("second"))] ^= 1
	os.WriteFile(path, content, 0o600)
	damaged := 0
	s = open(t, dir, func(o *Options) { o.OnDamage = func(_ string, n int) { damaged += n } })
	same(t, texts(t, s), "first", "third")
	if damaged != 1 {
		t.Fatalf("%d damaged lines reported", damaged)
	}
	if kept, _ := os.ReadFile(filepath.Join(dir, "damaged.txt")); !bytes.Contains(kept, []byte("recond")) {
		t.Fatalf("the damaged line was not kept: %q", kept)
	}
}

// A folder in a segment's place stands for sectors that can't be read.
func unreadable(t *testing.T, path string) {
	t.Helper()
	os.Remove(path)
	if err := os.MkdirAll(filepath.Join(path, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestASegmentThatCantBeReadIsSetAsideAtTheStart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, func(o *Options) { o.SegmentBytes = 1 })
	add(t, s, ClassSession, "first")
	add(t, s, ClassSession, "second")
	add(t, s, ClassSession, "third")
	s.Close()
	unreadable(t, segmentFiles(t, dir)[1])
	aside := ""
	s = open(t, dir, func(o *Options) { o.OnUnreadable = func(name string, _ error) { aside = name } })
	same(t, texts(t, s), "first", "third")
	if _, err := os.Stat(filepath.Join(dir, aside)); err != nil || !strings.HasSuffix(aside, ".unreadable") {
		t.Fatalf("set aside as %q: %v", aside, err)
	}
	add(t, s, ClassSession, "after")
	same(t, texts(t, s), "first", "third", "after")
}

func TestASegmentThatCantBeReadAnyMoreHoldsUpNothingForLong(t *testing.T) {
	dir := t.TempDir()
	aside := 0
	s := open(t, dir, func(o *Options) {
		o.SegmentBytes = 1
		o.OnUnreadable = func(string, error) { aside++ }
	})
	add(t, s, ClassSession, "first")
	add(t, s, ClassSession, "second")
	unreadable(t, segmentFiles(t, dir)[0])
	for tries := 1; tries < mostReads; tries++ {
		if _, err := s.Peek(10, 1<<20); err == nil || aside > 0 {
			t.Fatalf("try %d: %v, %d set aside", tries, err, aside)
		}
	}
	same(t, texts(t, s), "second")
	if stats := s.Stats(); aside != 1 || stats.Length != 1 {
		t.Fatalf("%d set aside, %d left", aside, stats.Length)
	}
}

func TestATornCursorMeansSendingAgainNotLosing(t *testing.T) {
	for slot := 0; slot < 2; slot++ {
		dir := t.TempDir()
		s := open(t, dir, nil)
		add(t, s, ClassSession, "a", "b", "c")
		s.Peek(1, 1<<20)
		s.Ack(1)
		s.Peek(1, 1<<20)
		s.Ack(1)
		s.Close()
		path := filepath.Join(dir, "cursor")
		content, _ := os.ReadFile(path)
		copy(content[slot*slotSize+20:], "\x00\x00\x00\x00\x00")
		os.WriteFile(path, content, 0o600)
		got := texts(t, open(t, dir, nil))
		// Two acknowledgements: the second sits in slot 0, the first in slot 1.
		want := []string{"b", "c"}
		if slot == 1 {
			want = []string{"c"}
		}
		same(t, got, want...)
	}
}

func TestAFullSpoolGivesUpOldFailuresBeforeAnySession(t *testing.T) {
	var reported Dropped
	dir := t.TempDir()
	limits := func(o *Options) {
		o.MaxBytes, o.SegmentBytes = 1700, 300
		o.OnDrop = func(d Dropped) { reported.Failures += d.Failures; reported.Sessions += d.Sessions }
	}
	s := open(t, dir, limits)
	for i := 0; i < 20; i++ {
		add(t, s, ClassSession, fmt.Sprintf("session %03d", i))
		add(t, s, ClassFailure, fmt.Sprintf("failure %03d", i))
	}
	for i := 20; i < 55; i++ {
		add(t, s, ClassSession, fmt.Sprintf("session %03d", i))
	}
	left := texts(t, s)
	sessions, firstFailure := 0, ""
	for _, text := range left {
		if text[:7] == "session" {
			sessions++
		} else if firstFailure == "" {
			firstFailure = text
		}
	}
	if sessions != 55 || reported.Sessions != 0 || reported.Failures == 0 {
		t.Fatalf("%d sessions left, dropped %+v", sessions, reported)
	}
	if firstFailure == "failure 000" {
		t.Fatal("the oldest failure is still there while others went")
	}
	for i := 55; i < 200; i++ {
		add(t, s, ClassSession, fmt.Sprintf("session %03d", i))
		add(t, s, ClassFailure, fmt.Sprintf("failure %03d", i))
	}
	left = texts(t, s)
	if left[len(left)-1] != "session 199" && left[len(left)-2] != "session 199" {
		t.Fatalf("the newest session is not kept: %v", left[len(left)-2:])
	}
	stats := s.Stats()
	if stats.Bytes > 1700 || stats.Length != len(left) {
		t.Fatalf("%+v but %d records", stats, len(left))
	}
	if stats.Dropped != reported || 200+165-len(left) != int(reported.Failures+reported.Sessions) {
		t.Fatalf("dropped %+v, reported %+v, left %d", stats.Dropped, reported, len(left))
	}
	s.Close()
	again := open(t, dir, limits)
	if again.Stats() != stats {
		t.Fatalf("after a restart %+v, before %+v", again.Stats(), stats)
	}
	same(t, texts(t, again), left...)
}

func TestWhatIsBeingSentIsNotDropped(t *testing.T) {
	s := open(t, t.TempDir(), func(o *Options) { o.MaxBytes, o.SegmentBytes = 600, 200 })
	for i := 0; i < 12; i++ {
		add(t, s, ClassSession, fmt.Sprintf("session %03d", i))
	}
	flying, _ := s.Peek(3, 1<<20)
	for i := 12; i < 40; i++ {
		add(t, s, ClassSession, fmt.Sprintf("session %03d", i))
	}
	before := s.Stats().Length
	if err := s.Ack(len(flying)); err != nil {
		t.Fatal(err)
	}
	if got := s.Stats().Length; got != before-3 {
		t.Fatalf("length %d after acknowledging 3 of %d", got, before)
	}
	left := texts(t, s)
	if len(left) != before-3 || left[len(left)-1] != "session 039" {
		t.Fatalf("left %v", left)
	}
}

func TestBadEntriesAreRefusedWhole(t *testing.T) {
	s := open(t, t.TempDir(), nil)
	for _, bad := range [][]byte{nil, []byte("two\nlines"), bytes.Repeat([]byte("x"), maxLine)} {
		if err := s.Append(Entry{ClassSession, []byte("good")}, Entry{ClassSession, bad}); err == nil {
			t.Errorf("%.20q was taken", bad)
		}
	}
	if s.Append() == nil {
		t.Error("an empty call was taken")
	}
	same(t, texts(t, s))
}

func TestASegmentDeletedByHandDoesNotBlockTheRest(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, func(o *Options) { o.SegmentBytes = 20 })
	add(t, s, ClassSession, "aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc")
	files := segmentFiles(t, dir)
	if len(files) != 3 {
		t.Fatalf("%d segments", len(files))
	}
	os.Remove(files[0])
	same(t, texts(t, s), "bbbbbbbbbbbb", "cccccccccccc")
	s.Ack(1)
	same(t, texts(t, s), "cccccccccccc")
	if s.Stats().Length != 1 {
		t.Fatalf("%+v", s.Stats())
	}
}
