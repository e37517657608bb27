//go:build wine

package winetest

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"winauthmon/agent/internal/teststub"
)

const packageExe, packageConfig = packageDir + `\` + exeName, packageDir + `\config.ini`

// administrator adds what tells whether somebody is one, which Wine lacks.
func (b *box) administrator() {
	b.t.Helper()
	harmless, err := os.ReadFile(b.path(`C:\windows\system32\hostname.exe`))
	if err != nil {
		b.t.Fatal(err)
	}
	b.write(`C:\windows\system32\fltmc.exe`, harmless)
}

// into lets the package's config.ini name another folder.
func (b *box) into(dir string) {
	b.t.Helper()
	config, err := os.ReadFile(b.path(packageConfig))
	if err != nil {
		b.t.Fatal(err)
	}
	b.write(packageConfig, []byte(strings.Replace(string(config), installDir, dir, 1)))
}

func (b *box) has(path string) bool {
	_, err := os.Stat(b.path(path))
	return err == nil
}

// left names what a folder holds besides uninstall.bat: Wine's cmd ends at the (goto) with
// which the file leaves itself, before it and the folder go.
func (b *box) left(dir string) string {
	entries, _ := os.ReadDir(b.path(dir))
	var names []string
	for _, entry := range entries {
		if entry.Name() != "uninstall.bat" {
			names = append(names, entry.Name())
		}
	}
	return strings.Join(names, " ")
}

func TestUninstallBatWorksInAFolderWithParentheses(t *testing.T) {
	const dir = `C:\Program Files (x86)\WinAuthMon`
	b := newBox(t)
	b.administrator()
	b.unpack("http://127.0.0.1:9", stubKey, "")
	b.into(dir)
	install := func() { b.must(0, packageExe, "-service", "install", "-config", packageConfig) }
	for _, unsent := range []string{`spool\1.spool`, `rejected.jsonl`} {
		install()
		b.write(dir+`\`+unsent, []byte("an event"))
		if out := b.must(0, dir+`\uninstall.bat`, "/quiet"); !strings.Contains(out, `These files stay in "`+dir+`"`) || !strings.Contains(out, unsent) {
			t.Fatal(out)
		}
		b.must(4, packageExe, "-service", "status")
		if !b.has(dir + `\` + unsent) {
			t.Error("the unsent events are gone")
		}
		if b.has(dir+`\`+exeName) || b.has(dir+`\config.ini`) {
			t.Error("the program is left")
		}
		install()
		if out := b.must(0, dir+`\uninstall.bat`, "/quiet", "/purge"); !strings.Contains(out, "The agent was removed.") {
			t.Fatal(out)
		}
		if left := b.left(dir); left != "" {
			t.Fatal("purging leaves ", left)
		}
	}
	install()
	b.write(dir+`\notes.txt`, []byte("theirs"))
	if out := b.must(0, dir+`\uninstall.bat`, "/quiet"); !strings.Contains(out, "notes.txt") {
		t.Fatal(out)
	}
	if left := b.left(dir); left != "notes.txt" {
		t.Fatal(left)
	}
	b.write(dir+`\`+exeName, nil)
	install()
	os.Remove(b.path(dir + `\` + exeName))
	if out := b.must(2, dir+`\uninstall.bat`, "/quiet"); !strings.Contains(out, `is not in "`+dir+`". Nothing was removed.`) {
		t.Fatal(out)
	}
}

func TestAServiceThatCannotStartSaysWhy(t *testing.T) {
	b := newBox(t)
	b.unpack("http://127.0.0.1:9", stubKey, "")
	b.must(0, packageExe, "-service", "install", "-config", packageConfig)
	console := exec.Command(b.wine, installDir+`\`+exeName, "-run", "-config", installDir+`\config.ini`)
	console.Env = b.env()
	if err := console.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		console.Process.Kill()
		console.Wait()
	})
	b.until("the agent in the console", func() bool { return strings.Contains(b.logs(), "starts, server") })
	if out := b.must(1, installDir+`\`+exeName, "-service", "start"); !strings.Contains(out, `logs\error.log`) {
		t.Fatal(out)
	}
	content, err := os.ReadFile(filepath.Join(b.path(installDir), "logs", "error.log"))
	if err != nil || !strings.Contains(string(content), "the agent can't start: another agent is running in "+installDir) {
		t.Fatal(string(content), err)
	}
	// Nor can its events be taken elsewhere while it writes them.
	b.into(`C:\Program Files\Other Mon`)
	if out := b.must(1, packageExe, "-service", "install", "-config", packageConfig); !strings.Contains(out, "another agent is running in "+installDir) {
		t.Fatal(out)
	}
	if !b.has(installDir + `\state.json`) {
		t.Fatal("the agent's folder is not complete")
	}
}

func TestAnInstallationIntoAnotherFolderTakesTheEventsAlong(t *testing.T) {
	const other = `C:\Program Files\Other Mon`
	b, stub := newBox(t), &teststub.Server{Key: stubKey}
	server := httptest.NewServer(stub)
	defer server.Close()
	b.administrator()
	b.unpack("http://127.0.0.1:9", stubKey, "")
	ids := b.spoolEvents(4)
	b.must(0, packageExe, "-service", "install", "-config", packageConfig)
	b.must(0, packageExe, "-service", "start")
	b.until("the state", func() bool { return b.has(installDir + `\state.json`) })
	b.unpack(server.URL, stubKey, "")
	b.into(other)
	if out := b.must(0, packageExe, "-service", "install", "-config", packageConfig); !strings.Contains(out, "Moving the agent") {
		t.Fatal(out)
	}
	b.arrival(stub)(ids)
	if b.has(installDir) {
		left, _ := os.ReadDir(b.path(installDir))
		t.Error("the earlier folder is left with ", left)
	}
	// As if the earlier folder had stayed: its program must not remove the service.
	b.unpack(server.URL, stubKey, "")
	b.write(installDir+`\`+exeName, mustRead(t, b.path(packageExe)))
	b.write(installDir+`\config.ini`, mustRead(t, b.path(packageConfig)))
	if out := b.must(1, installDir+`\`+exeName, "-service", "uninstall"); !strings.Contains(out, other) {
		t.Fatal(out)
	}
	b.must(0, other+`\`+exeName, "-service", "status")
	b.into(other)
	b.must(0, packageExe, "-service", "uninstall")
	b.must(4, packageExe, "-service", "status")
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
