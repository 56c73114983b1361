package remo

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// startMock starts the mock for a test and stops it at its end; it returns the base URL.
func startMock(t *testing.T) string {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready.json")
	mock := exec.Command("remo-mock", "serve", "--port", "0", "--ready-file", ready)
	if err := mock.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mock.Process.Signal(os.Interrupt); mock.Wait() })
	if told, err := exec.Command("remo-mock", "health", "--ready-file", ready, "--wait", "20").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, told)
	}
	text, err := os.ReadFile(ready)
	if err != nil {
		t.Fatal(err)
	}
	var where struct{ URL string }
	if err := json.Unmarshal(text, &where); err != nil {
		t.Fatal(err)
	}
	return where.URL
}
