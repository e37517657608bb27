package spool

import (
	"bytes"
	"os"
	"testing"
)

// FuzzOpen feeds arbitrary bytes as a segment, with intact records before and after: none
// of the intact ones may be lost, nothing may panic, and appending must work afterwards.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(""), []byte(""))
	f.Add([]byte("garbage"), []byte("\x00\x00"))
	f.Add([]byte("00000000 1 S {}\n"), []byte("00000000"))
	f.Add(bytes.Repeat([]byte("long"), 20000), []byte("\n\n\n"))
	line, _ := encode(Record{Seq: 3, Class: ClassFailure, Data: []byte("{}")})
	f.Add(line, line[:len(line)-1])
	f.Fuzz(func(t *testing.T, middle, tail []byte) {
		one, _ := encode(Record{Seq: 1, Class: ClassSession, Data: []byte("one")})
		two, _ := encode(Record{Seq: 2, Class: ClassFailure, Data: []byte("two")})
		content := append([]byte{}, one...)
		content = append(content, middle...)
		content = append(content, '\n')
		content = append(content, two...)
		content = append(content, tail...)
		dir := t.TempDir()
		os.WriteFile(segmentPath(dir, 1), content, 0o600)
		s := open(t, dir, nil)
		got := texts(t, s)
		if !contains(got, "one") || !contains(got, "two") {
			t.Fatalf("an intact record is lost: %q", got)
		}
		if s.Stats().Length != len(got) {
			t.Fatalf("length %d, records %d", s.Stats().Length, len(got))
		}
		add(t, s, ClassSession, "new")
		s.Close()
		again := texts(t, open(t, dir, nil))
		if len(again) != len(got)+1 || again[len(again)-1] != "new" {
			t.Fatalf("after an append: %q, before %q", again, got)
		}
	})
}

// FuzzCursor feeds arbitrary bytes as the cursor file: nothing may panic, and unless it
// is by chance a valid cursor, every record is still there.
func FuzzCursor(f *testing.F) {
	f.Add([]byte(""))
	f.Add(make([]byte, 2*slotSize))
	f.Add([]byte("00000000 0002 {}"))
	f.Fuzz(func(t *testing.T, content []byte) {
		dir := t.TempDir()
		os.WriteFile(dir+"/cursor", content, 0o600)
		line, _ := encode(Record{Seq: 1, Class: ClassSession, Data: []byte("kept")})
		os.WriteFile(segmentPath(dir, 1), line, 0o600)
		same(t, texts(t, open(t, dir, nil)), "kept")
	})
}

func contains(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}
