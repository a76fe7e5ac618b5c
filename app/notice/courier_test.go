package notice_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/locale"
	ourmail "doingoai/app/mail"
	"doingoai/app/notice"
	"doingoai/app/outbox"
	"doingoai/locales"
)

// mailing is a world with a mail server, and an outbox that is emptied when a
// test says so.
type mailing struct {
	*world
	office  *apptest.PostOffice
	outbox  *outbox.Room
	courier *notice.Courier
}

func eachMailing(t *testing.T, f func(w *mailing)) {
	t.Helper()
	eachWorld(t, func(w *world) {
		m := &mailing{world: w, office: apptest.NewPostOffice(w.t)}
		m.outbox, m.courier = m.another()
		f(m)
	})
}

// another is the courier of another process over the same database.
func (w *mailing) another() (*outbox.Room, *notice.Courier) {
	w.t.Helper()
	words, err := locale.Load(locales.FS)
	w.must(err)
	server, err := ourmail.New(ourmail.Options{
		Host: w.office.Host(), Port: w.office.Port(), Encryption: ourmail.None, From: "Tòa soạn <toasoan@example.vn>",
	})
	w.must(err)
	box := outbox.New(w.db)
	courier, err := notice.NewCourier(w.Room, notice.CourierOptions{
		Mail: server, Outbox: box, Accounts: w.accounts, Words: words, Address: "https://toasoan.example.vn",
	})
	w.must(err)
	return box, courier
}

func (w *mailing) choose(who account.Actor, sort notice.Sort, way notice.Way) {
	w.t.Helper()
	ways, err := w.Ways(context.Background(), who)
	w.must(err)
	ways[sort] = way
	w.must(w.SetWays(context.Background(), who, ways))
}

// letters empties the outbox and answers what arrived since the last time: to
// whom, and the subject.
func (w *mailing) letters() []string {
	w.t.Helper()
	before := len(w.office.Taken())
	if _, err := w.outbox.Deliver(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	var letters []string
	for _, post := range w.office.Taken()[before:] {
		letters = append(letters, strings.TrimSuffix(post.To, "@example.vn")+": "+subject(w.t, post))
	}
	return letters
}

func subject(t *testing.T, post apptest.Post) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(post.Source))
	if err != nil {
		t.Fatal(err)
	}
	text, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// words is the body of the last letter, decoded; only what is within one part is
// of interest.
func (w *mailing) words() string {
	w.t.Helper()
	taken := w.office.Taken()
	body, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(taken[len(taken)-1].Source)))
	w.must(err)
	return strings.ReplaceAll(string(body), "\r\n", "\n")
}

func (w *mailing) tell(notices ...notice.Notice) {
	w.t.Helper()
	w.must(w.Tell(context.Background(), notices))
}

func TestWhoWantsItGetsAnEMailAtOnce(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.choose(w.an, notice.Talk, notice.Mail)
		w.choose(w.binh, notice.Talk, notice.Desk)
		n := w.of(w.an, notice.Talk, "edition/x/vi")
		n.Href = "/editions/x/vi#comment-7"
		other := n
		other.Person = w.binh.ID
		w.tell(n, other)
		w.tell(n)
		if got := w.letters(); !slices.Equal(got, []string{"an: Bình đã duyệt bài của bạn: Cầu mới"}) {
			t.Errorf("arrived: %q", got)
		}
		for _, want := range []string{"> Đúng rồi", "Mở trong tòa soạn: https://toasoan.example.vn/editions/x/vi#comment-7", "https://toasoan.example.vn/account/notices"} {
			if !strings.Contains(w.words(), want) {
				t.Errorf("the letter lacks %q:\n%s", want, w.words())
			}
		}
		if got := w.letters(); got != nil {
			t.Errorf("sent again: %q", got)
		}
	})
}

// What was read at the desk, taken back or put out of sight meanwhile is not
// sent; what was done to an account is.
func TestOnlyWhatIsStillNewsIsSent(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.choose(w.an, notice.Waiting, notice.Mail)
		w.tell(w.of(w.an, notice.Waiting, "edition/gone/vi"), w.of(w.an, notice.Moved, "edition/read/vi"), w.of(w.an, notice.Moved, "edition/hidden/vi"),
			w.of(w.an, notice.Security, "person/"+w.an.ID), w.of(w.an, notice.Moved, "edition/x/vi"))
		w.must(w.Drop(t.Context(), "edition/gone/vi", func(notice.Notice) (bool, error) { return false, nil }))
		w.must(w.Saw(t.Context(), w.an, "edition/read/vi"))
		w.must(w.Saw(t.Context(), w.an, "person/"+w.an.ID))
		w.unseen = []string{"edition/hidden/vi"}
		if got := w.letters(); len(got) != 2 {
			t.Errorf("arrived: %q", got)
		}
		w.tell(w.of(w.binh, notice.Moved, "edition/x/vi"))
		w.must(w.accounts.Program().Disable(t.Context(), w.binh.ID))
		if got := w.letters(); got != nil {
			t.Errorf("somebody who is disabled got %q", got)
		}
	})
}

// A mail server that is away for a night delays e-mail and loses none; one
// that refuses a message for good leaves it to an administrator.
func TestADeadServerLosesNothing(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		var log bytes.Buffer
		usual := slog.Default()
		slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
		defer slog.SetDefault(usual)
		w.office.Close()
		w.tell(w.of(w.an, notice.Moved, "a"), w.of(w.an, notice.Moved, "b"), w.of(w.binh, notice.Moved, "c"))
		for range outbox.MaxTries * 3 {
			w.letters()
			w.clock.Advance(15 * time.Minute)
		}
		w.office.Reopen()
		if got := w.letters(); len(got) != 3 {
			t.Errorf("arrived: %q", got)
		}
		w.office.Refuse(550, "binh@example.vn is not known here")
		w.tell(w.of(w.binh, notice.Moved, "d"))
		for range outbox.MaxTries + 1 {
			w.letters()
			w.clock.Advance(15 * time.Minute)
		}
		dead, err := w.outbox.Dead(t.Context(), 10)
		if err != nil || len(dead) != 1 || dead[0].Trouble != "error.mail.refused" {
			t.Errorf("%+v %v", dead, err)
		}
		for _, personal := range []string{"@", "Cầu mới", "Người"} {
			if strings.Contains(log.String(), personal) {
				t.Errorf("the log has %q:\n%s", personal, log.String())
			}
		}
	})
}

// A mail server that does not answer is not asked for every message.
func TestAServerThatIsAwayIsLeftAlone(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.office.Refuse(421, "busy")
		w.tell(w.of(w.an, notice.Moved, "a"), w.of(w.binh, notice.Moved, "b"))
		w.letters()
		w.office.Refuse(0, "")
		w.clock.Advance(6 * time.Second) // it is due again, but the server rests
		if got := w.letters(); got != nil {
			t.Errorf("arrived: %q", got)
		}
		w.clock.Advance(time.Minute)
		if got := w.letters(); len(got) != 2 {
			t.Errorf("arrived: %q", got)
		}
	})
}

func (w *mailing) makeDigests(c *notice.Courier) time.Time {
	w.t.Helper()
	next, err := c.MakeDigests(w.t.Context())
	w.must(err)
	return next
}

// It is 08:00 in Vietnam when this world begins.
func TestADigestComesOnceADay(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.clock.Advance(-time.Hour) // 07:00
		w.tell(w.of(w.an, notice.Waiting, "a"), w.of(w.an, notice.Waiting, "b"))
		if next := w.makeDigests(w.courier); next.Sub(w.db.Now()) != 30*time.Minute || w.letters() != nil {
			t.Errorf("before its hour: next at %s", next)
		}
		w.clock.Advance(30 * time.Minute)
		if next := w.makeDigests(w.courier); next.Sub(w.db.Now()) != 24*time.Hour {
			t.Errorf("next at %s", next)
		}
		if got := w.letters(); !slices.Equal(got, []string{"an: 2 thông báo ngày 01/07/2026"}) {
			t.Errorf("arrived: %q", got)
		}
		if text := w.words(); strings.Count(text, "Mở trong tòa soạn: https://toasoan.example.vn/") != 2 || !strings.Contains(text, "\nViệc chờ tôi\n") {
			t.Errorf("the digest says:\n%s", text)
		}
		w.tell(w.of(w.an, notice.Waiting, "c"))
		box, restarted := w.another()
		w.makeDigests(restarted)
		w.outbox = box
		if got := w.letters(); got != nil {
			t.Errorf("a second one on the same day: %q", got)
		}
		w.clock.Advance(24 * time.Hour)
		w.makeDigests(restarted)
		if got := w.letters(); !slices.Equal(got, []string{"an: 1 thông báo ngày 02/07/2026"}) {
			t.Errorf("the next day: %q", got)
		}
		w.clock.Advance(24 * time.Hour)
		w.makeDigests(restarted)
		if got := w.letters(); got != nil {
			t.Errorf("nothing new: %q", got)
		}
	})
}

// A clock that is put back does not make yesterday's digest again.
func TestADigestComesLateAndNeverTwice(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.clock.Advance(9 * time.Hour) // the program was not there in the morning
		w.tell(w.of(w.an, notice.Waiting, "a"))
		w.makeDigests(w.courier)
		if got := w.letters(); len(got) != 1 {
			t.Errorf("late: %q", got)
		}
		w.tell(w.of(w.an, notice.Waiting, "b"))
		w.clock.Advance(-24 * time.Hour)
		w.makeDigests(w.courier)
		if got := w.letters(); got != nil {
			t.Errorf("on the day before: %q", got)
		}
	})
}

func TestAnEmptyDigestIsNotSent(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.tell(w.of(w.an, notice.Waiting, "a"), w.of(w.an, notice.Waiting, "b"))
		w.must(w.Saw(t.Context(), w.an, "a"))
		w.makeDigests(w.courier)
		w.must(w.Saw(t.Context(), w.an, "b")) // between its making and its sending
		if got := w.letters(); got != nil {
			t.Errorf("arrived: %q", got)
		}
	})
}

func TestSeveralProcessesMakeOneDigest(t *testing.T) {
	eachMailing(t, func(w *mailing) {
		w.tell(w.of(w.an, notice.Waiting, "a"), w.of(w.binh, notice.Waiting, "a"))
		var group sync.WaitGroup
		for range 4 {
			_, courier := w.another()
			group.Go(func() {
				if _, err := courier.MakeDigests(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got := w.letters(); len(got) != 2 {
			t.Errorf("arrived: %q", got)
		}
	})
}
