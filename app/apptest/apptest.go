// Package apptest is what the tests of every room stand on: a fresh database
// of either kind, a clock that moves when told, a browser, and the material
// that lies beside the repository. Only tests import it.
//
// What a machine may lack is named by an environment variable:
//
//	DOINGOAI_TEST_POSTGRES   URL of a PostgreSQL database; every test makes its own schema in it
//	DOINGOAI_TEST_CHROMIUM   path of a Chromium or Chrome program
//	DOINGOAI_TEST_STRICT=1   a missing variable or missing material fails instead of skipping
//
// A test that is skipped says which variable enables it.
package apptest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The environment variables that open the gates.
const (
	postgresVariable = "DOINGOAI_TEST_POSTGRES"
	chromiumVariable = "DOINGOAI_TEST_CHROMIUM"
	strictVariable   = "DOINGOAI_TEST_STRICT"
)

// gate answers the value of an environment variable, or ends the test: it
// skips, and fails where strictness was asked for.
func gate(t testing.TB, variable, what string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value == "" {
		missing(t, "set %s to %s to run this test", variable, what)
	}
	return value
}

func missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv(strictVariable) == "1" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// Program is the path of a program that a test calls, from a package of the
// system; where it is not installed the test is skipped, and fails where
// strictness was asked for.
func Program(t testing.TB, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "install %s (package %s) to run this test", name, pkg)
	}
	return path
}

// Root is the folder of the module: the first one with a go.mod, upwards from
// the folder in which the test runs. It is "" outside of a module.
func Root() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// TestData is the path of test material that lies beside the repository, in
// ../shared/testdata seen from the module. A test whose material is absent is
// skipped, also where strictness is asked for: the material is not part of the
// repository, so nobody could be asked to have it.
func TestData(t testing.TB, parts ...string) string {
	t.Helper()
	file := filepath.Join(append([]string{Root(), "..", "shared", "testdata"}, parts...)...)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("put ../shared/testdata/%s beside the repository to run this test", filepath.ToSlash(filepath.Join(parts...)))
	}
	return file
}
