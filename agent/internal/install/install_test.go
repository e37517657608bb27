package install

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fake is a system that notes what it is asked.
type fake struct {
	calls      []string
	isRunning  bool
	failFolder bool
	command    string
	// failRegister comes last, when all files are there.
	failRegister bool
}

func (f *fake) MakePrivateFolder(dir string) error {
	f.calls = append(f.calls, "folder")
	if f.failFolder {
		return errors.New("no rights")
	}
	return os.MkdirAll(dir, 0o700)
}
func (f *fake) IsRunning() (bool, error) { return f.isRunning, nil }
func (f *fake) Stop() error              { f.calls = append(f.calls, "stop"); return nil }
func (f *fake) Start() error             { f.calls = append(f.calls, "start"); return nil }
func (f *fake) Command() (string, error) { return f.command, nil }
func (f *fake) Register(command string) error {
	f.calls = append(f.calls, "register")
	if f.failRegister {
		return errors.New("no service")
	}
	f.command = command
	return nil
}

type kit struct {
	pack, dir string
	system    *fake
	out       bytes.Buffer
}

func newKit(t *testing.T, more string) *kit {
	t.Helper()
	k := &kit{pack: t.TempDir(), dir: filepath.Join(t.TempDir(), "User Session Mon"), system: &fake{}}
	os.WriteFile(filepath.Join(k.pack, "setup.exe"), []byte("program 1"), 0o700)
	k.config(more)
	return k
}

func (k *kit) config(more string) {
	text := "[API]\napi_key = " + strings.Repeat("0123456789abcdef", 4) + "\nserver_url = http://h\ninstall_dir = " + k.dir + "\n" + more
	os.WriteFile(filepath.Join(k.pack, "config.ini"), []byte(text), 0o600)
}

func (k *kit) install() (string, error) {
	return Plan{Exe: filepath.Join(k.pack, "setup.exe"), ConfigPath: filepath.Join(k.pack, "config.ini"), System: k.system, Out: &k.out}.Install()
}

func (k *kit) read(name string) string {
	b, _ := os.ReadFile(filepath.Join(k.dir, name))
	return string(b)
}

func (k *kit) write(name, content string) {
	path := filepath.Join(k.dir, filepath.FromSlash(name))
	os.MkdirAll(filepath.Dir(path), 0o700)
	os.WriteFile(path, []byte(content), 0o600)
}

func (k *kit) files(dir string) string {
	var names []string
	filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && path != dir {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	return strings.Join(names, " ")
}

func TestAnInstallationPutsEverythingInAPrivateFolder(t *testing.T) {
	k := newKit(t, "")
	dir, err := k.install()
	if err != nil || dir != k.dir {
		t.Fatal(dir, err)
	}
	if k.read(ExeName) != "program 1" || !strings.Contains(k.read(ConfigName), "server_url") || !strings.Contains(k.read(UninstallName), "\r\n") {
		t.Fatal("files are missing")
	}
	if got := strings.Join(k.system.calls, " "); got != "folder folder register" {
		t.Fatal(got)
	}
	want := `"` + filepath.Join(k.dir, ExeName) + `" -service run -config "` + filepath.Join(k.dir, ConfigName) + `"`
	if k.system.command != want {
		t.Fatalf("%s, want %s", k.system.command, want)
	}
}

func TestAnUpgradeReplacesTheProgramKeepsTheSpoolAndStartsAgain(t *testing.T) {
	k := newKit(t, "")
	k.install()
	os.MkdirAll(filepath.Join(k.dir, "spool"), 0o700)
	os.WriteFile(filepath.Join(k.dir, "spool", "1.spool"), []byte("events"), 0o600)
	os.WriteFile(filepath.Join(k.pack, "setup.exe"), []byte("program 2"), 0o700)
	k.config("batch = 7\n")
	k.system.isRunning, k.system.calls = true, nil
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
	if k.read(ExeName) != "program 2" || !strings.Contains(k.read(ConfigName), "batch = 7") || k.read("spool/1.spool") != "events" {
		t.Fatal("the upgrade is not complete")
	}
	if got := strings.Join(k.system.calls, " "); got != "stop folder folder register start" {
		t.Fatal(got)
	}
	if _, err := os.Stat(filepath.Join(k.dir, ExeName+".old")); err == nil {
		t.Fatal("the old program is left")
	}
}

func TestAFailedUpgradeStartsTheOldAgentAgain(t *testing.T) {
	k := newKit(t, "")
	k.install()
	k.system.isRunning, k.system.failFolder, k.system.calls = true, true, nil
	if _, err := k.install(); err == nil || !strings.Contains(err.Error(), "no rights") {
		t.Fatal(err)
	}
	if got := strings.Join(k.system.calls, " "); got != "stop folder start" || k.read(ExeName) != "program 1" {
		t.Fatal(got)
	}
}

func TestInstallingFromTheInstalledFolderIsFine(t *testing.T) {
	k := newKit(t, "")
	k.install()
	p := Plan{Exe: filepath.Join(k.dir, ExeName), ConfigPath: filepath.Join(k.dir, ConfigName), System: k.system, Out: &k.out}
	if _, err := p.Install(); err != nil || k.read(ExeName) != "program 1" {
		t.Fatal(err)
	}
}

func TestABadConfigurationTouchesNothing(t *testing.T) {
	k := newKit(t, "server_url = portal\nproxy = gopher://x\n")
	k.system.isRunning = true
	_, err := k.install()
	if err == nil || !strings.Contains(err.Error(), "server_url") || !strings.Contains(err.Error(), "proxy") || len(k.system.calls) != 0 {
		t.Fatal(err, k.system.calls)
	}
}

func TestADoubtfulValueIsAWarning(t *testing.T) {
	k := newKit(t, "timezone = Mars\n")
	if _, err := k.install(); err != nil || !strings.Contains(k.out.String(), "timezone") {
		t.Fatal(err, k.out.String())
	}
}

func TestFoldersThatAreNotTheAgentsOwnAreRefused(t *testing.T) {
	for dir, ok := range map[string]bool{
		`C:\`: false, `C:\Windows`: false, `c:\windows\System32\mon`: false, `C:\ProgramData`: false, `C:\Program Files`: false,
		`C:\Program Files (x86)`: false, `C:\Users`: false, `C:\ProgramData\UserSessionMon`: true, `D:\mon`: true, `C:\Program Files\Mon`: true,
	} {
		if got := isFit(dir) == nil; got != ok {
			t.Errorf("%s: %t", dir, got)
		}
	}
	for name, c := range map[string]struct {
		files []string
		ok    bool
	}{
		"an empty folder":                    {nil, true},
		"tools":                              {[]string{"tool.exe"}, false},
		"folders alone":                      {[]string{"System/ado/ado.dll"}, false},
		"another program's settings":         {[]string{"config.ini", "state.json", "logs/error.log", "uninstall.bat"}, false},
		"another program's spool":            {[]string{"spool/printer.txt"}, false},
		"an agent":                           {[]string{"winagentUSM.exe", "config.ini"}, true},
		"an agent among tools":               {[]string{"tool.exe", "winagentUSM.exe"}, true},
		"the spool an uninstallation kept":   {[]string{"spool/00000000000000000001.spool"}, true},
		"what the server refused, kept":      {[]string{"rejected.jsonl", "logs/error.log"}, true},
		"an interrupted first installation":  {[]string{"winagentUSM.exe.new.123.tmp"}, true},
		"an interrupted move from elsewhere": {[]string{CarriedName}, true},
	} {
		k := newKit(t, "")
		os.MkdirAll(k.dir, 0o700)
		for _, file := range c.files {
			k.write(file, "theirs")
		}
		k.system.isRunning = true
		_, err := k.install()
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !c.ok && (len(k.system.calls) != 0 || !strings.Contains(err.Error(), k.dir) || k.read(ExeName) != "") {
			t.Errorf("%s was touched: %v", name, k.system.calls)
		}
	}
}

func TestAnUninstallationThatWasClosedAtItsEndIsNoObstacle(t *testing.T) {
	k := newKit(t, "")
	k.write(UninstallName, uninstallBat())
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
}

func TestTheProgramStaysWhereItIsUntilTheNewOneIsOnTheDisk(t *testing.T) {
	k := newKit(t, "")
	k.install()
	before, err := os.Stat(filepath.Join(k.dir, ExeName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.install(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(filepath.Join(k.dir, ExeName)); err != nil || !os.SameFile(before, after) || after.ModTime() != before.ModTime() {
		t.Error("the same program was written again: ", err)
	}
	os.WriteFile(filepath.Join(k.pack, "setup.exe"), []byte("program 2"), 0o700)
	// Nothing can be written where the new program is put first.
	k.write(ExeName+".new/in the way", "")
	if _, err := k.install(); err == nil {
		t.Fatal("a program that can't be written was installed")
	}
	if after, err := os.Stat(filepath.Join(k.dir, ExeName)); err != nil || !os.SameFile(before, after) || k.read(ExeName) != "program 1" {
		t.Error("the old program was moved: ", err)
	}
	os.RemoveAll(filepath.Join(k.dir, ExeName+".new"))
	if _, err := k.install(); err != nil || k.read(ExeName) != "program 2" {
		t.Fatal(err)
	}
	if left := find(k.dir, exeFiles); len(left) > 0 {
		t.Error(left)
	}
}

func TestAPrivateAuthorityBesideTheConfigurationComesAlong(t *testing.T) {
	k := newKit(t, "ca_file = ca.pem\n")
	content, err := os.ReadFile(filepath.Join("testdata", "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(k.pack, "ca.pem"), content, 0o600)
	if _, err := k.install(); err != nil || k.read("ca.pem") != string(content) {
		t.Fatal(err)
	}
}
