package letter_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/letter"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	ctx      = context.Background()
	start    = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	editor   = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a", Role: account.Reporter}, {Agency: "b", Role: account.Editor}}}
	reporter = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
)

func report(id string) release.Letter {
	return release.Letter{
		ID: id, Kind: "error_report", Outlet: "o1", Lang: "vi", Item: "i1", Address: "/vi/tin/bai-i1",
		Message: "Số liệu sai", Contact: "doc.gia@example.com", SentAt: start.Add(-time.Hour),
	}
}

func TestTheSameLetterCountsOnce(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		r := letter.New(db)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if err := r.Accept(ctx, report("letter-1")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		other := report("letter-1")
		other.Message = "Lời khác"
		if err := r.Accept(ctx, other); err != nil {
			t.Fatal(err)
		}
		got, more, err := r.List(ctx, editor, false, 1)
		if err != nil || more || len(got) != 1 || got[0].Letter != report("letter-1") || !got[0].ReceivedAt.Equal(start) {
			t.Errorf("%+v %v %v", got, more, err)
		}
		if n, err := r.Waiting(ctx, editor); err != nil || n != 1 {
			t.Error(n, err)
		}
	})
}

func TestAClosedLetterStaysInTheListAsDone(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		r := letter.New(db)
		if err := r.Accept(ctx, report("letter-1")); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Hour)
		for range 2 {
			if err := r.Close(ctx, editor, "letter-1"); err != nil {
				t.Fatal(err)
			}
		}
		open, _, err := r.List(ctx, editor, false, 1)
		if err != nil || len(open) != 0 {
			t.Errorf("open: %v %v", open, err)
		}
		done, _, err := r.List(ctx, editor, true, 1)
		if err != nil || len(done) != 1 || done[0].DoneBy != "p1" || !done[0].DoneAt.Equal(start.Add(time.Hour)) {
			t.Errorf("done: %+v %v", done, err)
		}
		if err := r.Accept(ctx, report("letter-1")); err != nil { // arrives once more
			t.Fatal(err)
		}
		if n, _ := r.Waiting(ctx, editor); n != 0 {
			t.Error("a letter that is done was opened again")
		}
		trail, err := audit.Of(ctx, db, "letter/letter-1", 9)
		if err != nil || len(trail) != 1 || trail[0].Role != "editor" || trail[0].AgencyID != "b" {
			t.Errorf("%+v %v", trail, err)
		}
		if err := r.Close(ctx, editor, "none"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	})
}

func TestTheLongestWaitingComesFirstAndPagesEnd(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		r := letter.New(db)
		for i := range letter.PageSize + 1 {
			clock.Advance(time.Minute)
			if err := r.Accept(ctx, report(fmt.Sprintf("letter-%03d", i))); err != nil {
				t.Fatal(err)
			}
		}
		for page, want := range map[int]struct {
			first string
			n     int
			more  bool
		}{0: {"letter-000", letter.PageSize, true}, 1: {"letter-000", letter.PageSize, true}, 2: {"letter-030", 1, false}, 3: {"", 0, false}} {
			got, more, err := r.List(ctx, editor, false, page)
			if err != nil || len(got) != want.n || more != want.more || want.n > 0 && got[0].ID != want.first {
				t.Errorf("page %d: %d letters, more %v, %v", page, len(got), more, err)
			}
		}
	})
}

func TestLettersAreForThoseWhoMayReadThem(t *testing.T) {
	r := letter.New(apptest.NewDatabase(t))
	for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
		_, _, listErr := r.List(ctx, actor, false, 1)
		_, countErr := r.Waiting(ctx, actor)
		for _, err := range []error{listErr, countErr, r.Close(ctx, actor, "letter-1")} {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// Who reads everything answers nobody: an auditor leaves a letter open.
func TestAuditorsReadLettersAndLeaveThemOpen(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		r := letter.New(db)
		auditor := account.Actor{ID: "p3", Posts: []account.Post{{Agency: "a", Role: account.Auditor}}}
		if err := r.Accept(ctx, report("letter-1")); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(ctx, auditor, "letter-1"); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
		if open, _, err := r.List(ctx, auditor, false, 1); err != nil || len(open) != 1 {
			t.Errorf("%v %v", open, err)
		}
		if trail, err := audit.Of(ctx, db, "letter/letter-1", 9); err != nil || len(trail) != 0 {
			t.Errorf("%v %v", trail, err)
		}
	})
}

func TestWhatNoNewsstandSendsIsRefused(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		r := letter.New(db)
		for name, c := range map[string]struct {
			change     func(l *release.Letter)
			field, key string
		}{
			"no id":       {func(l *release.Letter) { l.ID = "" }, "id", "error.invalid"},
			"bad id":      {func(l *release.Letter) { l.ID = "a b'--c" }, "id", "error.invalid"},
			"long id":     {func(l *release.Letter) { l.ID = strings.Repeat("a", 65) }, "id", "error.invalid"},
			"kind":        {func(l *release.Letter) { l.Kind = "praise" }, "kind", "error.invalid"},
			"outlet":      {func(l *release.Letter) { l.Outlet = "<x>" }, "outlet", "error.invalid"},
			"item":        {func(l *release.Letter) { l.Item = "a/b" }, "item", "error.invalid"},
			"lang":        {func(l *release.Letter) { l.Lang = "" }, "lang", "error.language.unknown"},
			"no message":  {func(l *release.Letter) { l.Message = " \n\x00 " }, "message", "error.required"},
			"long":        {func(l *release.Letter) { l.Message = strings.Repeat("ế", letter.MaxMessage+1) }, "message", "error.too_long"},
			"encoding":    {func(l *release.Letter) { l.Message = "a\xff" }, "message", "error.not_utf8"},
			"contact":     {func(l *release.Letter) { l.Contact = "0912345678" }, "contact", "error.bad_email"},
			"header":      {func(l *release.Letter) { l.Contact = "a@b.vn\r\nBcc: c@d.vn" }, "contact", "error.bad_email"},
			"long adress": {func(l *release.Letter) { l.Address = "/" + strings.Repeat("x", letter.MaxAddress) }, "address", "error.too_long"},
		} {
			l := report("letter-1")
			c.change(&l)
			f, ok := fault.As(r.Accept(ctx, l))
			if !ok || f.Kind != fault.Invalid || f.Fields[c.field].Key != c.key {
				t.Errorf("%s: %v", name, f)
			}
		}
		future := report("letter-2")
		future.SentAt = start.Add(24 * time.Hour)
		future.Contact, future.Item, future.Message = "", "", strings.Repeat("ế", letter.MaxMessage)
		if err := r.Accept(ctx, future); err != nil {
			t.Fatal(err)
		}
		got, _, err := r.List(ctx, editor, false, 1)
		if err != nil || len(got) != 1 || got[0].SentAt.After(got[0].ReceivedAt) {
			t.Errorf("%+v %v", got, err)
		}
	})
}
