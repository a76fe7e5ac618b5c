package search

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// crashFolder names the variable that makes this test binary the process
// that is killed.
const crashFolder = "DOINGOAI_TEST_SEARCH_CRASH"

// applyStep is step n of a history in which every document lives for three
// steps, so that the cursor alone says what the index must hold.
func applyStep(x *Index, n int) error {
	changes := []Change{{Document: border(fmt.Sprint("step", n))}}
	if n > 3 {
		changes = append(changes, Change{ID: fmt.Sprint("step", n-3), Lang: "vi", Delete: true})
	}
	return x.Apply(changes, int64(n))
}

// TestMain lets the program of the tests also be the child that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashFolder); dir != "" {
		fmt.Fprintln(os.Stderr, applySteps(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// applySteps applies step after step and says each that was acknowledged, until
// it is killed.
func applySteps(dir string) error {
	x, err := Open(dir, "")
	if err != nil {
		return err
	}
	from, err := x.Cursor()
	if err != nil {
		return err
	}
	for n := int(from) + 1; ; n++ {
		if err := applyStep(x, n); err != nil {
			return err
		}
		fmt.Printf("\n%d\n", n)
	}
}

func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	dir := t.TempDir()
	for round := range 6 {
		acknowledged := killAfter(t, dir, 1+round*9)
		x, err := Open(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		cursor, err := x.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		if cursor < int64(acknowledged) {
			t.Errorf("cursor %d after %d was acknowledged", cursor, acknowledged)
		}
		for n := max(1, int(cursor)-6); n <= int(cursor)+1; n++ {
			found, err := x.Has(fmt.Sprint("step", n), "vi")
			if want := n > int(cursor)-3 && n <= int(cursor); err != nil || found != want {
				t.Errorf("cursor %d: step %d held %v, not %v (%v)", cursor, n, found, want, err)
			}
		}
		if count, err := x.Count(); err != nil || int64(count) != min(cursor, 3) {
			t.Errorf("cursor %d: %d documents, %v", cursor, count, err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter runs the child until it acknowledged so many steps, kills it and
// answers the last step read.
func killAfter(t *testing.T, dir string, steps int) int {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashFolder+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last, seen := 0, 0
	for lines := bufio.NewScanner(out); seen < steps && lines.Scan(); {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			last = n
			seen++
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed: always an error
	if seen < steps {
		t.Fatalf("the child ended after %d steps", seen)
	}
	return last
}
