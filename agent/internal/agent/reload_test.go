package agent

import (
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winauthmon/agent/internal/config"
	"winauthmon/agent/internal/state"
	"winauthmon/agent/internal/teststub"
)

// serveTLS gives a server whose certificate only the PEM text beside it proves.
func serveTLS(t testing.TB) (*teststub.Server, string, []byte) {
	t.Helper()
	stub := &teststub.Server{Key: key}
	server := httptest.NewTLSServer(stub)
	t.Cleanup(server.Close)
	block := &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}
	return stub, server.URL, pem.EncodeToMemory(block)
}

// otherAuthority is the certificate of an authority that proves no server here.
func otherAuthority(t testing.TB) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "install", "testdata", "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// put writes in one step, so that no look reads half of it.
func put(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := state.WriteFile(path, content); err != nil {
		t.Fatal(err)
	}
}

func TestAReplacedAuthorityIsTrustedWithoutARestart(t *testing.T) {
	stub, url, certificate := serveTLS(t)
	dir, share := t.TempDir(), t.TempDir()
	for name, path := range map[string]string{"beside config.ini": "ca.pem", "elsewhere": filepath.Join(share, "ca.pem")} {
		file := path
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		put(t, file, otherAuthority(t))
		writeConfig(t, dir, url, "ca_file = "+path)
		before := stub.Count()
		a := run(t, dir, &fakeHost{since: time.Now()})
		until(t, "a refused certificate "+name, func() bool {
			log, _ := os.ReadFile(filepath.Join(dir, "logs", "error.log"))
			return strings.Contains(string(log), "certificate")
		})
		put(t, file, certificate)
		until(t, "the delivery "+name, func() bool { return stub.Count() > before })
		a.stop()
		os.RemoveAll(filepath.Join(dir, "logs"))
	}
}

// look is one look for changes, to its end.
func look(a *Agent) {
	a.lookForConfig()
	if a.isLoading {
		a.takeConfig(<-a.loads)
	}
}

func TestAnAuthorityThatCannotBeSeenForAWhileStaysTrusted(t *testing.T) {
	_, url, certificate := serveTLS(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "ca.pem")
	put(t, file, certificate)
	a, err := New(Options{Dir: dir, ConfigPath: writeConfig(t, dir, url, "ca_file = ca.pem"), Host: &fakeHost{since: time.Now()}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { a.current().stop(nil); a.spool.Close(); a.log.Close() }()
	first := a.current()
	look(a)
	if a.current() != first {
		t.Fatal("it begins anew without a change")
	}
	os.Remove(file)
	look(a)
	if a.current() != first || config.HasFatal(a.loaded.problems) {
		t.Fatalf("it no longer sends: %s", config.Describe(a.loaded.problems))
	}
	put(t, file, append(certificate, otherAuthority(t)...))
	look(a)
	if a.current() == first || config.HasFatal(a.loaded.problems) {
		t.Fatalf("the new file is not taken: %s", config.Describe(a.loaded.problems))
	}
	second := a.current()
	look(a)
	if a.current() != second {
		t.Fatal("it takes the same file again")
	}
}
