package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

// asProgram makes a child of the tests be the program.
const asProgram = "DOINGOAI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// doingoai runs a command line and answers what it printed.
func doingoai(t *testing.T, env []string, args ...string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(append(os.Environ(), asProgram+"=1"), env...)
	cmd.Dir = t.TempDir()
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// works runs a command that must succeed.
func works(t *testing.T, args ...string) string {
	t.Helper()
	out, ok := doingoai(t, nil, args...)
	if !ok {
		t.Fatalf("doingoai %s failed:\n%s", strings.Join(args, " "), out)
	}
	return out
}

// refused runs a command that must fail with a sentence.
func refused(t *testing.T, sentence string, args ...string) {
	t.Helper()
	out, ok := doingoai(t, nil, args...)
	if ok || !strings.Contains(out, sentence) {
		t.Errorf("doingoai %s: ok %v, want a refusal with %q:\n%s", strings.Join(args, " "), ok, sentence, out)
	}
	if strings.Contains(out, "goroutine ") {
		t.Errorf("doingoai %s printed a stack", strings.Join(args, " "))
	}
}

func TestPeopleFromTheCommandLine(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, database string) {
		at := []string{"--data", t.TempDir(), "--database", database}
		cmd := func(args ...string) []string { return append(args, at...) }
		link := regexp.MustCompile(`(?m)^https://newsroom\.example/ticket/[a-z0-9]{40}$`)

		out := works(t, cmd("user", "add", "Lan@Portal.example", "--name", "Trần Thị Mẫu", "--agency", "portal",
			"--role", "reporter", "--role", "editor", "--newsroom-url", "https://newsroom.example")...)
		if !link.MatchString(out) {
			t.Errorf("adding printed no link:\n%s", out)
		}
		list := works(t, cmd("user", "list")...)
		if !strings.Contains(list, "lan@portal.example") || !strings.Contains(list, "editor@portal reporter@portal") {
			t.Errorf("the list lacks the person:\n%s", list)
		}
		works(t, cmd("user", "disable", "lan@portal.example")...)
		if list := works(t, cmd("user", "list")...); !strings.Contains(list, "disabled") {
			t.Errorf("the list does not say that the person is disabled:\n%s", list)
		}
		works(t, cmd("user", "enable", "lan@portal.example")...)
		if out := works(t, cmd("user", "reset", "lan@portal.example", "--newsroom-url", "https://newsroom.example/")...); !link.MatchString(out) {
			t.Errorf("resetting printed no link:\n%s", out)
		}

		refused(t, "There is no such second factor.", cmd("user", "forget-factors", "lan@portal.example")...)
		refused(t, "there is no agency \"nowhere\"", cmd("user", "add", "b@portal.example", "--name", "B", "--agency", "nowhere")...)
		refused(t, "email:", cmd("user", "add", "not-an-address", "--name", "B")...)
		refused(t, "role:", cmd("user", "add", "c@portal.example", "--name", "C", "--agency", "portal", "--role", "king")...)
		refused(t, "doingoai:", cmd("user", "reset", "nobody@portal.example")...)
		if list := works(t, cmd("user", "list")...); strings.Contains(list, "c@portal.example") {
			t.Error("a refused person was added all the same")
		}
	})
}

func TestMigrateListsItsSteps(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, database string) {
		at := []string{"--data", t.TempDir(), "--database", database}
		if out := works(t, append([]string{"migrate", "--status"}, at...)...); !strings.Contains(out, "pending") {
			t.Errorf("before: %s", out)
		}
		if out := works(t, append([]string{"migrate"}, at...)...); strings.Contains(out, "pending") || !strings.Contains(out, "applied") {
			t.Errorf("after: %s", out)
		}
	})
}

func TestConfigTellsValuesOriginsAndNoSecrets(t *testing.T) {
	out, ok := doingoai(t, []string{"DOINGOAI_CACHE_MB=64", "DOINGOAI_DATABASE=postgres://u:hidden-word@127.0.0.1/x"},
		"config", "--readers-addr", "127.0.0.1:9")
	if !ok {
		t.Fatal(out)
	}
	for _, want := range []string{`--cache-mb\s+64\s+environment`, `--readers-addr\s+127\.0\.0\.1:9\s+flag`, `--data\s+\S+\s+default`, `--database\s+\(set\)`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("the table lacks %s:\n%s", want, out)
		}
	}
	if strings.Contains(out, "hidden-word") {
		t.Error("the table shows a password")
	}
}

func TestBadCommandLinesAreRefusedWithASentence(t *testing.T) {
	refused(t, "--from", "serve", "--only", "newsstand")
	refused(t, "unknown flag", "serve", "--nonsense")
	refused(t, "must start with sqlite: or postgres://", "serve", "--database", "mysql://x")
	refused(t, "leave out --only", "demo", "--only", "newsroom")
	refused(t, "leave out --only", "user", "list", "--only", "newsstand", "--from", "http://127.0.0.1:1", "--token", strings.Repeat("x", 40))
	refused(t, "a scheme and a port", "serve", "--data", t.TempDir(), "--readers-addr", "127.0.0.1:0", "--newsroom-addr", "127.0.0.1:0", "--public-url", "ftp://x")
}

func TestDoctorFindsWhatWasTamperedWith(t *testing.T) {
	data := t.TempDir()
	works(t, "user", "add", "a@portal.example", "--name", "A", "--data", data)
	refused(t, "there is no newsstand", "doctor", "--data", data)
	if out := works(t, "doctor", "--only", "newsroom", "--data", data); !strings.Contains(out, "the chain is whole") {
		t.Errorf("the doctor says:\n%s", out)
	}
	tamper(t, "sqlite:"+filepath.Join(data, "newsroom.db"), "UPDATE audit SET actor_id = 'x' WHERE seq = 1")
	refused(t, "entry 1 was changed", "doctor", "--only", "newsroom", "--data", data)
	refused(t, "run doingoai migrate first", "doctor", "--only", "newsroom", "--data", t.TempDir())
}
