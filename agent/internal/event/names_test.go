package event

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
)

// The portal's tests read the same file, so both sides call the same name empty.
func TestNamesAreTrimmedAsThePortalDoes(t *testing.T) {
	content, err := os.ReadFile("testdata/trimmed.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Ranges [][2]string
		Texts  []struct{ Typed, Kept string }
	}
	if err := json.Unmarshal(content, &vectors); err != nil {
		t.Fatal(err)
	}
	isTrimmed := map[rune]bool{}
	for _, r := range vectors.Ranges {
		first, err1 := strconv.ParseUint(r[0], 16, 16)
		last, err2 := strconv.ParseUint(r[1], 16, 16)
		if err1 != nil || err2 != nil {
			t.Fatal(r)
		}
		for c := first; c <= last; c++ {
			isTrimmed[rune(c)] = true
		}
	}
	for c := rune(0); c <= 0xffff; c++ {
		if c >= 0xd800 && c <= 0xdfff {
			continue
		}
		if got := trim(string(c)) == ""; got != isTrimmed[c] {
			t.Errorf("%U: %t", c, got)
		}
		if isTrimmed[c] && CleanName(string(c)) != "" {
			t.Errorf("%U alone is a name", c)
		}
	}
	if len(vectors.Texts) == 0 {
		t.Fatal("no texts")
	}
	for _, v := range vectors.Texts {
		if got := CleanName(v.Typed); got != v.Kept {
			t.Errorf("%+q gives %+q, want %+q", v.Typed, got, v.Kept)
		}
		for _, naming := range []Naming{{}, {WithDomain: true}} {
			if got := naming.Name("\uFEFF", v.Typed); got != v.Kept {
				t.Errorf("%+v: %+q gives %+q, want %+q", naming, v.Typed, got, v.Kept)
			}
		}
	}
}
