//go:build wine && portal

package winetest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPackageFromAPortal runs the package that a browser downloaded from a portal, as it was
// unpacked. tests/agent/package.spec.ts downloads it and says where it is, and asks the portal
// afterwards whether it has every event once.
func TestPackageFromAPortal(t *testing.T) {
	folder := os.Getenv("WINAUTHMON_TEST_PACKAGE")
	if folder == "" {
		t.Fatal("WINAUTHMON_TEST_PACKAGE names no unpacked agent package; run: npm run test:agent")
	}
	b := newBox(t)
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b.write(packageDir+`\`+file.Name(), content)
	}
	b.live(os.Getenv("WINAUTHMON_TEST_KEY"), func([]string) {
		b.until("an empty spool", func() bool { return len(b.spoolFiles()) == 0 })
		if rejected, err := os.ReadFile(b.path(installDir + `\rejected.jsonl`)); err == nil {
			t.Fatalf("the portal refused events: %s", rejected)
		}
	})
	if !strings.Contains(b.logs(), "health: the server responds and accepts the key") {
		t.Fatal(b.logs())
	}
}
