package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/web"
	"doingoai/app/web/api"

	"github.com/gofiber/fiber/v2"
)

var (
	ctx     = context.Background()
	start   = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	editor  = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a1", Role: account.Editor}}}
	auditor = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a1", Role: account.Auditor}}}
)

const (
	token   = "0123456789abcdef0123456789abcdef"
	another = "fedcba9876543210fedcba9876543210"
)

// newsroom is the newsroom's side of the wire, answering on an address.
type newsroom struct {
	db      *store.DB
	clock   *apptest.ManualClock
	log     *release.Log
	media   *media.Room
	letters *letter.Room
	relay   *api.Relay
	address string
	arrived chan string // paths of requests that are being answered
	stop    func() error
}

func open(t *testing.T, tokens ...string) *newsroom {
	t.Helper()
	db, clock := apptest.NewDatabaseAt(t, start)
	return serve(t, db, clock, tokens...)
}

func serve(t *testing.T, db *store.DB, clock *apptest.ManualClock, tokens ...string) *newsroom {
	t.Helper()
	n := &newsroom{db: db, clock: clock, log: release.NewLog(db), media: media.New(db, blob.Folder(t.TempDir())), letters: letter.New(db)}
	n.relay = api.New(api.Options{Tokens: tokens, Log: n.log, Media: n.media, Letters: n.letters, Clock: clock.Now})
	app := web.NewApp(web.Options{Name: "test", BodyLimit: 1 << 20, ErrorPage: func(c *fiber.Ctx, status int, _ string, _ error) error {
		return c.SendStatus(status)
	}})
	n.arrived = make(chan string, 1000)
	app.Use(func(c *fiber.Ctx) error {
		n.arrived <- strings.Clone(c.OriginalURL())
		return c.Next()
	})
	web.Mount(app, n.relay.Routes())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n.address = "http://" + listener.Addr().String()
	running, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- web.Serve(running, app, listener) }()
	n.stop = func() error {
		n.relay.Stop()
		cancel()
		err := <-done
		done <- err
		return err
	}
	t.Cleanup(func() {
		if err := n.stop(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func (n *newsroom) publish(t *testing.T, id string, op release.Op, document any) {
	t.Helper()
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		_, err := n.log.Append(tx, release.Key{Kind: release.ArticleKind, ID: id, Lang: "vi"}, op, document)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (n *newsroom) remote(t *testing.T) *newsstand.Remote {
	t.Helper()
	r, err := newsstand.NewRemote(n.address, token)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ask sends a request and answers status, headers and body.
func (n *newsroom) ask(t *testing.T, method, path, bearer, body string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequest(method, n.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", bearer)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

func TestANewsstandElsewhereReadsTheWholeLog(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		n := serve(t, db, clock, another, token)
		const many = 120
		for i := range many {
			n.publish(t, fmt.Sprint("i", i), release.Put, release.Article{ID: fmt.Sprint("i", i), Title: "<Đối ngoại> & \u2028", HTML: "<p>x</p>"})
		}
		n.publish(t, "i0", release.Withdraw, release.Tombstone{Section: "x"})
		remote := n.remote(t)
		entries, err := remote.After(ctx, 0, 500)
		if err != nil || len(entries) != many {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		for i, e := range entries {
			if e.Seq != int64(i+2) || e.Hash != release.Hash(e.Body) || !e.At.Equal(start) {
				t.Fatalf("entry %d: %d %s %v", i, e.Seq, e.Hash, e.At)
			}
		}
		if last := entries[many-1]; last.Op != release.Withdraw || last.ID != "i0" || last.Lang != "vi" {
			t.Errorf("%+v", last)
		}
		if entries, err = remote.After(ctx, 100, 7); err != nil || len(entries) != 7 || entries[0].Seq != 101 {
			t.Errorf("a part: %d %v", len(entries), err)
		}
		if last, err := remote.Last(ctx); err != nil || last != many+1 {
			t.Errorf("last %d %v", last, err)
		}
	})
}

func TestAnAnswerIsFullBeforeItIsHuge(t *testing.T) {
	n := open(t, token)
	for i := range 60 {
		n.publish(t, fmt.Sprint("i", i), release.Put, map[string]string{"html": strings.Repeat("x", 400<<10)})
	}
	var after int64
	for range 10 {
		entries, err := n.remote(t).After(ctx, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 || len(entries) == 60 {
			t.Fatalf("%d entries", len(entries))
		}
		if after = entries[len(entries)-1].Seq; after == 60 {
			return
		}
	}
	t.Errorf("came to %d only", after)
}

func TestAnswersArePackedForWhoCanUnpack(t *testing.T) {
	n := open(t, token)
	n.publish(t, "i", release.Put, release.Article{ID: "i", Title: strings.Repeat("đối ngoại ", 500)})
	for accept, packed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "identity": false, "": false} {
		req, err := http.NewRequest(http.MethodGet, n.address+"/-/releases", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header["Accept-Encoding"] = []string{accept}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Header.Get("Content-Encoding") == "gzip"; got != packed || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%q: %v", accept, res.Header)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAWaitingNewsstandIsWokenByARelease(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		n := serve(t, db, clock, token)
		n.publish(t, "a", release.Put, release.Article{ID: "a"})
		done := make(chan error, 1)
		go func() { done <- n.remote(t).Wait(ctx, 1, time.Minute) }()
		n.publish(t, "b", release.Put, release.Article{ID: "b"})
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestAWaitingNewsstandGoesWhenTheServerStops(t *testing.T) {
	n := open(t, token)
	done := make(chan error, 1)
	go func() {
		status, body, err := get(n.address+"/-/releases?wait=60", token)
		if err == nil && (status != http.StatusOK || body != `{"last":0,"entries":[]}`) {
			err = fmt.Errorf("%d %s", status, body)
		}
		done <- err
	}()
	<-n.arrived
	if err := n.stop(); err != nil { // it gives up when somebody stays
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func get(url, token string) (int, string, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), errors.Join(err, res.Body.Close())
}

func TestOnlyReleasedFilesCrossTheWire(t *testing.T) {
	n := open(t, token)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	m, err := n.media.Add(ctx, editor, "a1", "x.png", &b)
	if err != nil {
		t.Fatal(err)
	}
	remote := n.remote(t)
	if _, err := remote.Media(ctx, m.Hash); fault.KindOf(err) != fault.NotFound {
		t.Errorf("not released: %v", err)
	}
	n.publish(t, "i", release.Put, release.Article{ID: "i", Files: []release.File{m.File}})
	body, err := remote.Media(ctx, m.Hash)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil || release.Hash(data) != m.Hash {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	for _, hash := range []string{"x", "..%2f..%2fnewsroom.db", strings.Repeat("0", 64), strings.ToUpper(m.Hash)} {
		if status, _, _ := n.ask(t, http.MethodGet, "/-/media/"+hash, "Bearer "+token, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d", hash, status)
		}
	}
}

func TestLettersArriveOnce(t *testing.T) {
	n := open(t, token)
	l := release.Letter{ID: "letter-0001", Kind: "error_report", Lang: "vi", Address: "/vi/", Message: "Sai số liệu", SentAt: start.Add(-time.Hour)}
	for range 2 {
		if err := n.remote(t).Send(ctx, l); err != nil {
			t.Fatal(err)
		}
	}
	got, _, err := n.letters.List(ctx, auditor, false, 1)
	if err != nil || len(got) != 1 || got[0].Letter != l {
		t.Errorf("%+v %v", got, err)
	}
	if told, err := n.remote(t).Receipt(ctx, l.ID); err != nil || told.State != release.LetterWaits || !told.Received.Equal(start) || told.Answer != "" {
		t.Errorf("how far it has come: %+v %v", told, err)
	}
	if _, err := n.remote(t).Receipt(ctx, "letter-0002"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a letter that nobody wrote: %v", err)
	}
	if _, err := n.remote(t).Receipt(ctx, "../releases"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("what is no letter: %v", err)
	}
	l.Kind = "praise"
	if err := n.remote(t).Send(ctx, l); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a letter nobody takes: %v", err)
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	n := open(t, token)
	big, err := json.Marshal(release.Letter{ID: "letter-0001", Kind: "error_report", Lang: "vi", Message: strings.Repeat("x", 65<<10)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/-/releases?after=-1", "", 400}, {"GET", "/-/releases?after=x", "", 400}, {"GET", "/-/releases?limit=0", "", 400},
		{"GET", "/-/releases?limit=1001", "", 400}, {"GET", "/-/releases?wait=61", "", 400}, {"GET", "/-/releases?after=99999999999999999999", "", 400},
		{"GET", "/-/releases?after=9223372036854775807", "", 200},
		{"POST", "/-/letters", "", 400}, {"POST", "/-/letters", "{", 400}, {"POST", "/-/letters", `{"id":7}`, 400}, {"POST", "/-/letters", "{}", 422},
		{"POST", "/-/letters", string(big), 413}, {"POST", "/-/releases", "", 404}, {"GET", "/-/letters", "", 404}, {"GET", "/-/media/", "", 404},
		{"DELETE", "/-/media/x", "", 404}, {"GET", "/-/receipts/nobodys", "", 404}, {"POST", "/-/receipts/nobodys", "{}", 404},
	} {
		if status, _, body := n.ask(t, c.method, c.path, "Bearer "+token, c.body); status != c.want {
			t.Errorf("%s %s: %d, want %d (%s)", c.method, c.path, status, c.want, body)
		}
	}
}

func TestNobodyPassesWithoutAToken(t *testing.T) {
	n := open(t, token, "")
	paths := []string{"/-/releases", "/-/media/" + strings.Repeat("0", 64)}
	for _, bearer := range []string{"", "Bearer ", "Bearer", "Bearer " + token + "x", token} {
		for _, path := range paths {
			status, header, body := n.ask(t, http.MethodGet, path, bearer, "")
			if status != http.StatusUnauthorized || !strings.HasPrefix(header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%q %s: %d %s", bearer, path, status, body)
			}
		}
	}
	if status, _, _ := n.ask(t, http.MethodPost, "/-/letters", "Basic "+token, "{}"); status != http.StatusTooManyRequests {
		t.Errorf("the eleventh failure: %d", status)
	}
	if status, _, _ := n.ask(t, http.MethodGet, "/-/releases", "bearer "+token, ""); status != http.StatusOK {
		t.Errorf("the right token after many failures: %d", status)
	}
	n.clock.Advance(time.Minute)
	if status, _, _ := n.ask(t, http.MethodGet, "/-/releases", "", ""); status != http.StatusUnauthorized {
		t.Errorf("a minute later: %d", status)
	}
}

func TestWithoutConfiguredTokensThereIsNoRelay(t *testing.T) {
	for _, tokens := range [][]string{nil, {""}} {
		n := open(t, tokens...)
		for _, bearer := range []string{"", "Bearer ", "Bearer " + token} {
			if status, _, _ := n.ask(t, http.MethodGet, "/-/releases", bearer, ""); status != http.StatusNotFound {
				t.Errorf("%q: %d", bearer, status)
			}
		}
	}
}
