package app_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"doingoai/app"
	"doingoai/app/apptest"
	"doingoai/app/config"
)

// The environment of a child: where its data is, and its database.
const (
	childData     = "DOINGOAI_TEST_CHILD_DATA"
	childDatabase = "DOINGOAI_TEST_CHILD_DATABASE"
)

// TestMain runs the program instead of the tests in a child process.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childData); dir != "" {
		if err := beChild(dir, os.Getenv(childDatabase)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func beChild(dir, database string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	cfg := settings(dir)
	cfg.Database = database
	a, err := app.New(ctx, cfg, app.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Run(ctx, os.Stdout)
}

// child is the program as a process that can be killed.
type child struct {
	cmd               *exec.Cmd
	readers, newsroom apptest.Site
}

func startChild(t testing.TB, cfg config.Config) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childData+"="+cfg.Data, childDatabase+"="+cfg.Database)
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill() // a failed test left it running; it may just have ended
			_ = cmd.Wait()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait() // it has failed already, and says why in its log
		t.Fatalf("the child did not get ready: %v\n%s", err, log.String())
	}
	c := &child{cmd: cmd}
	c.readers, c.newsroom = readyLine(t, line)
	return c
}

// kill ends the process at once, wherever it is.
func (c *child) kill(t testing.TB) {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.cmd.Wait() // it was killed, which Wait calls an error
}

// hand is somebody at work while the program may die under them.
type hand struct {
	client *http.Client
	at     apptest.Site
	csrf   string
	t      testing.TB
}

func (h *hand) ask(method, path string, form url.Values) (int, string, error) {
	var body io.Reader
	if form != nil {
		form.Set("csrf", h.csrf)
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, "http://"+string(h.at)+path, body)
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := h.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// newHand signs in; the session outlives the process.
func newHand(t testing.TB, at apptest.Site, who app.DemoAccount) *hand {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	h := &hand{at: at, t: t, client: &http.Client{
		Jar: jar, Timeout: time.Minute, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if status, _, err := h.ask("POST", "/sign-in", url.Values{"email": {who.Email}, "password": {who.Password}}); status != 303 {
		t.Fatalf("sign-in of %s answered %d: %v", who.Email, status, err)
	}
	_, page, err := h.ask("GET", "/account", nil)
	if err != nil {
		t.Fatal(err)
	}
	h.csrf = find(csrfForm, page)
	return h
}

var (
	csrfForm = regexp.MustCompile(`name="csrf-token" content="([0-9a-f]+)"`)
	hashForm = regexp.MustCompile(`name="hash" value="([0-9a-f]+)"`)
	baseForm = regexp.MustCompile(`name="base" value="([0-9]+)"`)
	bodyForm = regexp.MustCompile(`mark-([0-9]+)-mark`)
)

func find(form *regexp.Regexp, page string) string {
	if m := form.FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

// draft is one edition that is saved over and over, and what is known of it.
type draft struct {
	path         string
	acknowledged string // the last text whose save was answered
	sent         string // a text whose save was not answered yet; it may have been kept
}

// TestKilledAtAnyMomentNothingAcknowledgedIsLost kills the real program while
// one person saves and others publish, corrects nothing by hand, and looks
// after each start whether every acknowledged save is there. In the end the
// newsstand must equal the log and the audit chain be whole.
func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, database string) {
		cfg := settings(t.TempDir())
		cfg.Database = database
		bench, err := app.SeedBenchmark(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if err := bench.Close(); err != nil {
			t.Fatal(err)
		}
		c := startChild(t, cfg)
		writer, editor, chief := newHand(t, c.newsroom, bench.Reporter), newHand(t, c.newsroom, bench.Editor), newHand(t, c.newsroom, bench.Chief)
		draft := &draft{path: create(t, writer, bench, "Bài được lưu nhiều lần")}
		r := rand.New(rand.NewPCG(7, 11))
		var published atomic.Int64
		for round := range 5 {
			saves := int64(3 + r.IntN(12))
			var done atomic.Int64
			enough := make(chan struct{})
			var once sync.Once
			var work sync.WaitGroup
			work.Go(func() {
				for draft.save(writer, bench) {
					if done.Add(1) >= saves {
						once.Do(func() { close(enough) })
					}
				}
				once.Do(func() { close(enough) })
			})
			work.Go(func() {
				for n := 0; publishOne(writer, editor, chief, bench, fmt.Sprintf("Bài %d của vòng %d", n, round)); n++ {
					published.Add(1)
				}
			})
			<-enough
			if round == 0 { // however slow the machine is, something is there to be lost
				apptest.Eventually(t, "an article is published", func() bool { return published.Load() > 0 })
			}
			c.kill(t)
			work.Wait()
			c = startChild(t, cfg)
			writer.at, editor.at, chief.at = c.newsroom, c.newsroom, c.newsroom
			draft.check(t, writer)
		}
		caughtUp(t, c.readers)
		if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := c.cmd.Wait(); err != nil {
			t.Errorf("stopping the program: %v", err)
		}
		d, err := app.Examine(t.Context(), cfg)
		if err != nil || len(d.Faults) > 0 || len(d.Checked) != 4 {
			t.Errorf("the doctor says %q, %q: %v", d.Checked, d.Faults, err)
		}
	})
}

func caughtUp(t testing.TB, readers apptest.Site) {
	t.Helper()
	v := apptest.NewVisitor(t, readers, "http://portal.localhost")
	apptest.Eventually(t, "the newsstand to catch up", func() bool {
		return strings.Contains(v.Get("/-/ready").Body, "caught_up")
	})
}

func create(t testing.TB, h *hand, bench *app.Benchmark, headline string) string {
	t.Helper()
	path, err := h.create(bench, headline)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func (h *hand) create(bench *app.Benchmark, headline string) (string, error) {
	form := url.Values{"headline": {headline}, "lang": {"vi"}, "agency": {bench.Agency}, "section": {bench.Sections[0]}, "csrf": {h.csrf}}
	r, err := http.NewRequest("POST", "http://"+string(h.at)+"/new", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := h.client.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	path, _, _ := strings.Cut(res.Header.Get("Location"), "?")
	if path == "" {
		return "", fmt.Errorf("creating answered %d", res.StatusCode)
	}
	return path, nil
}

// fields is a complete text with a mark in it.
func fields(bench *app.Benchmark, headline, base, mark string) url.Values {
	return url.Values{
		"headline": {headline}, "standfirst": {"Sapo."}, "body": {"Nội dung mark-" + mark + "-mark."}, "base": {base},
		"section": {bench.Sections[0]}, "outlets": bench.Outlets,
	}
}

// save writes the next text over the newest one and says whether that was answered.
func (d *draft) save(h *hand, bench *app.Benchmark) bool {
	status, page, err := h.ask("GET", d.path, nil)
	if err != nil || status != 200 {
		return false
	}
	d.sent = fmt.Sprint(rand.Uint32())
	status, _, err = h.ask("POST", d.path, fields(bench, "Bài được lưu nhiều lần", find(baseForm, page), d.sent))
	if err != nil || status != 303 {
		return false
	}
	d.acknowledged, d.sent = d.sent, ""
	return true
}

// check looks whether the newest text is the acknowledged one, or the one
// that was under way when the program died.
func (d *draft) check(t testing.TB, h *hand) {
	t.Helper()
	status, page, err := h.ask("GET", d.path, nil)
	if err != nil || status != 200 {
		t.Fatalf("%s answered %d after a restart: %v", d.path, status, err)
	}
	switch mark := find(bodyForm, page); mark {
	case d.acknowledged:
	case d.sent:
		d.acknowledged = mark
	default:
		t.Errorf("after a restart the text is %q; acknowledged was %q, under way %q", mark, d.acknowledged, d.sent)
	}
	d.sent = ""
}

// with is a form with more fields.
func with(form url.Values, pairs ...string) url.Values {
	form = maps.Clone(form)
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = []string{pairs[i+1]}
	}
	return form
}

// publishOne carries one new article to readers and says whether that worked.
func publishOne(writer, editor, chief *hand, bench *app.Benchmark, headline string) bool {
	path, err := writer.create(bench, headline)
	if err != nil {
		return false
	}
	if status, _, err := writer.ask("POST", path, fields(bench, headline, "1", "1")); err != nil || status != 303 {
		return false
	}
	for _, act := range []struct {
		who  *hand
		verb string
	}{{writer, "submit"}, {editor, "take"}, {editor, "pass"}, {chief, "approve"}, {chief, "publish"}} {
		_, page, err := act.who.ask("GET", path, nil)
		if err != nil {
			return false
		}
		status, _, err := act.who.ask("POST", path+"/do", with(checked, "verb", act.verb, "hash", find(hashForm, page), "workflow", "desk"))
		if err != nil || status != 303 {
			return false
		}
	}
	return true
}
