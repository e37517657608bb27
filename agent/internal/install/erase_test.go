package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (k *kit) erase(t *testing.T, isPurge bool) {
	t.Helper()
	k.out.Reset()
	if err := Erase(k.dir, isPurge, &k.out); err != nil {
		t.Fatal(err)
	}
}

func TestErasingTakesAllThatTheAgentWroteAndNothingElse(t *testing.T) {
	k := installed(t)
	k.run(t, true, lock(1))
	// What only Windows, a full log or a crash writes.
	for _, name := range []string{
		LockName, "Security.bookmark.xml", "System.bookmark.xml", "System.bookmark.xml.7.tmp", "state.json.7.tmp", "config.ini.7.tmp",
		ExeName + ".old", ExeName + ".new", ExeName + ".7.tmp", "logs/error.log.1", "logs/session.log.0", "spool/00000000000000000009.spool.tmp",
	} {
		k.write(name, "")
	}
	others := []string{"tool.exe", "config.ini.bak", "spool/printer/job.txt", "logs/iis.log", "data/rejected.jsonl"}
	for _, name := range others {
		k.write(name, "theirs")
	}
	k.erase(t, false)
	want := "config.ini.bak data data/rejected.jsonl logs logs/iis.log spool spool/printer spool/printer/job.txt tool.exe uninstall.bat winagentUSM.exe"
	if got := k.files(k.dir); got != want {
		t.Errorf("left: %s\nwant: %s", got, want)
	}
	if !strings.Contains(k.out.String(), "config.ini.bak, data, logs, spool, tool.exe") {
		t.Error(k.out.String())
	}
}

func TestErasingLeavesNothingOfAnAgentAlone(t *testing.T) {
	k := installed(t)
	k.run(t, true, lock(1))
	k.erase(t, false)
	if got := k.files(k.dir); got != "uninstall.bat winagentUSM.exe" || k.out.Len() > 0 {
		t.Error(got, k.out.String())
	}
	k.erase(t, false)
}

func TestEventsThatTheServerDoesNotHaveStayUnlessPurged(t *testing.T) {
	for name, write := range map[string]func(k *kit){
		"spool":            func(k *kit) { k.run(t, false, lock(1)) },
		"rejected.jsonl":   func(k *kit) { k.write("rejected.jsonl", "an event") },
		"rejected.jsonl.1": func(k *kit) { k.write("rejected.jsonl.1", "an event") },
		"damaged.txt":      func(k *kit) { k.write("spool/damaged.txt", "an event") },
	} {
		k := installed(t)
		write(k)
		before := find(k.dir, unsentFiles)
		if len(before) == 0 {
			t.Fatalf("%s: nothing to keep", name)
		}
		k.erase(t, false)
		if got := find(k.dir, unsentFiles); strings.Join(got, " ") != strings.Join(before, " ") {
			t.Errorf("%s: %v is left of %v", name, got, before)
		}
		if !strings.Contains(k.out.String(), before[0]) || !strings.Contains(k.out.String(), "/purge") {
			t.Errorf("%s: %s", name, k.out.String())
		}
		if got := k.files(k.dir); strings.Contains(got, "config.ini") || strings.Contains(got, "ca[1].pem") || strings.Contains(got, "state.json") {
			t.Errorf("%s: %s", name, got)
		}
		if _, err := k.install(); err != nil {
			t.Errorf("%s: it can't be installed again: %v", name, err)
		}
		k.erase(t, true)
		if got := k.files(k.dir); got != "uninstall.bat winagentUSM.exe" {
			t.Errorf("%s: purging left %s", name, got)
		}
	}
}

func TestErasingKeepsOutOfAnUnpackedPackage(t *testing.T) {
	k := newKit(t, "")
	os.WriteFile(filepath.Join(k.pack, UninstallName), []byte("@echo off\r\n"), 0o600)
	before := k.files(k.pack)
	if err := Erase(k.pack, true, &k.out); err == nil || k.files(k.pack) != before {
		t.Fatal(err, k.files(k.pack))
	}
}

func TestUninstallBatErasesNoFolderWithWhatIsInIt(t *testing.T) {
	for _, line := range strings.Split(uninstallText, "\n") {
		words := strings.Fields(strings.ToLower(line))
		for i, word := range words {
			if word == "/s" || word == "del" && !strings.Contains(line, `\winagentUSM.exe"`) && !strings.Contains(line, `\uninstall.bat"`) {
				t.Errorf("%v in %s", words[i:], line)
			}
		}
	}
	if last := strings.Split(strings.TrimSpace(uninstallText), "\n"); !strings.HasPrefix(last[len(last)-1], "(goto) 2>nul & ") {
		t.Error("what comes after the file is deleted must be on its last line")
	}
}
