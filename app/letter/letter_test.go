package letter_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/letter"
	"doingoai/app/outbox"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
)

// world is a letter box of two agencies, each with an outlet. The portal's
// answers for all host names.
type world struct {
	*letter.Room
	db                        *store.DB
	clock                     *apptest.ManualClock
	portal, paper             string // agencies
	portalOutlet, paperOutlet string
	editor                    account.Actor // of the paper, and a reporter of the portal
}

func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		w := &world{Room: letter.New(db), db: db, clock: clock}
		log := release.NewLog(db)
		agencies, outlets := agency.New(db, log), outlet.New(db, log)
		id := func(id string, err error) string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		place := func(code string, first bool) (owner, face string) {
			owner = id(agencies.Ensure(ctx, account.System(), code, map[string]string{"vi": code, "en": code}))
			return owner, id(outlets.Ensure(ctx, account.System(), outlet.Outlet{
				Code: code, Agency: owner, Theme: "base", Hosts: []string{code + ".localhost"}, Languages: []string{"vi", "en"}, Default: first,
				Texts: map[string]release.OutletText{"vi": {Name: code}, "en": {Name: code}},
			}))
		}
		w.portal, w.portalOutlet = place("portal", true)
		w.paper, w.paperOutlet = place("newspaper", false)
		w.editor = account.Actor{ID: "p1", Posts: []account.Post{{Agency: w.portal, Role: account.Reporter}, {Agency: w.paper, Role: account.Editor}}}
		f(t, w)
	})
}

// report is a letter that a reader of the newspaper wrote.
func (w *world) report(id string) release.Letter {
	l := report(id)
	l.Outlet = w.paperOutlet
	return l
}

// A letter is read and dealt with by the agency from whose outlet it came, and
// is no business of another one's editors, whose reader did not write to them.
func TestALetterIsItsOutletsAgencys(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		portal, nowhere, none := w.report("letter-portal"), w.report("letter-nowhere"), w.report("letter-none")
		portal.Outlet, nowhere.Outlet, none.Outlet = w.portalOutlet, "unknown", ""
		for _, l := range []release.Letter{w.report("letter-paper"), portal, nowhere, none} {
			if err := w.Accept(ctx, l); err != nil {
				t.Fatal(err)
			}
			w.clock.Advance(time.Minute)
		}
		chief := account.Actor{ID: "p4", Posts: []account.Post{{Agency: w.portal, Role: account.EditorInChief}}}
		auditor := account.Actor{ID: "p5", Posts: []account.Post{{Agency: w.paper, Role: account.Auditor}}}
		both := account.Actor{ID: "p6", Posts: append(chief.Posts, w.editor.Posts...)}
		for name, c := range map[string]struct {
			actor account.Actor
			want  string
		}{
			"the paper's editor": {w.editor, "letter-paper"}, "the portal's chief": {chief, "letter-portal letter-nowhere letter-none"},
			"the auditor": {auditor, "letter-paper letter-portal letter-nowhere letter-none"}, "an editor of both": {both, "letter-paper letter-portal letter-nowhere letter-none"},
		} {
			got, _, err := w.List(ctx, c.actor, false, 1)
			var ids []string
			for _, l := range got {
				ids = append(ids, l.ID)
				if want := map[bool]string{true: w.paper, false: w.portal}[l.ID == "letter-paper"]; l.Agency != want {
					t.Errorf("%s is the letter of %q, want %q", l.ID, l.Agency, want)
				}
			}
			if strings.Join(ids, " ") != c.want || err != nil {
				t.Errorf("%s reads %v %v", name, ids, err)
			}
			if n, err := w.Waiting(ctx, c.actor); n != len(got) || err != nil {
				t.Errorf("%s is told of %d %v", name, n, err)
			}
		}
		if err := w.Close(ctx, w.editor, "letter-portal"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another agency's letter: %v", err)
		}
		if err := w.Close(ctx, chief, "letter-nowhere"); err != nil {
			t.Error(err)
		}
		if done, _, err := w.List(ctx, w.editor, true, 1); len(done) != 0 || err != nil {
			t.Errorf("%v %v", done, err)
		}
	})
}

func report(id string) release.Letter {
	return release.Letter{
		ID: id, Kind: "error_report", Outlet: "o1", Lang: "vi", Item: "i1", Address: "/vi/tin/bai-i1",
		Message: "Số liệu sai", Contact: "doc.gia@example.com", SentAt: start.Add(-time.Hour),
	}
}

func TestTheSameLetterCountsOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if err := w.Accept(ctx, w.report("letter-1")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		other := w.report("letter-1")
		other.Message = "Lời khác"
		if err := w.Accept(ctx, other); err != nil {
			t.Fatal(err)
		}
		got, more, err := w.List(ctx, w.editor, false, 1)
		if err != nil || more || len(got) != 1 || got[0].Letter != w.report("letter-1") || !got[0].ReceivedAt.Equal(start) {
			t.Errorf("%+v %v %v", got, more, err)
		}
		if n, err := w.Waiting(ctx, w.editor); err != nil || n != 1 {
			t.Error(n, err)
		}
	})
}

func TestAClosedLetterStaysInTheListAsDone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		if err := w.Accept(ctx, w.report("letter-1")); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(time.Hour)
		for range 2 {
			if err := w.Close(ctx, w.editor, "letter-1"); err != nil {
				t.Fatal(err)
			}
		}
		open, _, err := w.List(ctx, w.editor, false, 1)
		if err != nil || len(open) != 0 {
			t.Errorf("open: %v %v", open, err)
		}
		done, _, err := w.List(ctx, w.editor, true, 1)
		if err != nil || len(done) != 1 || done[0].DoneBy != "p1" || !done[0].DoneAt.Equal(start.Add(time.Hour)) {
			t.Errorf("done: %+v %v", done, err)
		}
		if err := w.Accept(ctx, w.report("letter-1")); err != nil { // arrives once more
			t.Fatal(err)
		}
		if n, _ := w.Waiting(ctx, w.editor); n != 0 {
			t.Error("a letter that is done was opened again")
		}
		trail, err := audit.Of(ctx, w.db, "letter/letter-1", 9)
		if err != nil || len(trail) != 1 || trail[0].Role != "editor" || trail[0].AgencyID != w.paper {
			t.Errorf("%+v %v", trail, err)
		}
		if err := w.Close(ctx, w.editor, "none"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	})
}

func TestTheLongestWaitingComesFirstAndPagesEnd(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range letter.PageSize + 1 {
			w.clock.Advance(time.Minute)
			if err := w.Accept(ctx, w.report(fmt.Sprintf("letter-%03d", i))); err != nil {
				t.Fatal(err)
			}
		}
		for page, want := range map[int]struct {
			first string
			n     int
			more  bool
		}{0: {"letter-000", letter.PageSize, true}, 1: {"letter-000", letter.PageSize, true}, 2: {"letter-030", 1, false}, 3: {"", 0, false}} {
			got, more, err := w.List(ctx, w.editor, false, page)
			if err != nil || len(got) != want.n || more != want.more || want.n > 0 && got[0].ID != want.first {
				t.Errorf("page %d: %d letters, more %v, %v", page, len(got), more, err)
			}
		}
	})
}

func TestLettersAreForThoseWhoMayReadThem(t *testing.T) {
	r := letter.New(apptest.NewDatabase(t))
	reporter := account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
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
	eachWorld(t, func(t *testing.T, w *world) {
		auditor := account.Actor{ID: "p3", Posts: []account.Post{{Agency: "a", Role: account.Auditor}}}
		if err := w.Accept(ctx, w.report("letter-1")); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(ctx, auditor, "letter-1"); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
		if open, _, err := w.List(ctx, auditor, false, 1); err != nil || len(open) != 1 {
			t.Errorf("%v %v", open, err)
		}
		if trail, err := audit.Of(ctx, w.db, "letter/letter-1", 9); err != nil || len(trail) != 0 {
			t.Errorf("%v %v", trail, err)
		}
	})
}

func TestWhatNoNewsstandSendsIsRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
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
			l := w.report("letter-1")
			c.change(&l)
			f, ok := fault.As(w.Accept(ctx, l))
			if !ok || f.Kind != fault.Invalid || f.Fields[c.field].Key != c.key {
				t.Errorf("%s: %v", name, f)
			}
		}
		future := w.report("letter-2")
		future.SentAt = start.Add(24 * time.Hour)
		future.Contact, future.Item, future.Message = "", "", strings.Repeat("ế", letter.MaxMessage)
		if err := w.Accept(ctx, future); err != nil {
			t.Fatal(err)
		}
		got, _, err := w.List(ctx, w.editor, false, 1)
		if err != nil || len(got) != 1 || got[0].SentAt.After(got[0].ReceivedAt) {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// A citizen waits for an answer no longer than fifteen days (Luật TCTT 104/2016).
func TestALetterIsOverdueAfterFifteenDays(t *testing.T) {
	l := letter.Letter{ReceivedAt: start}
	day := 24 * time.Hour
	for after, want := range map[time.Duration]bool{0: false, 15 * day: false, 15*day + time.Second: true} {
		if l.Overdue(start.Add(after)) != want {
			t.Errorf("after %v: %v", after, !want)
		}
	}
	l.DoneAt = start.Add(20 * day)
	if l.Overdue(start.Add(30*day)) || !l.Due().Equal(start.Add(15*day)) {
		t.Error("what is done is overdue")
	}
}

// Something else may answer letters, in one transaction with itself.
func TestLettersAreAnsweredByWhatIsDoneAboutThem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		reporter := account.Actor{ID: "p2", Posts: []account.Post{{Agency: w.paper, Role: account.Reporter}}}
		stranger := account.Actor{ID: "p4", Posts: []account.Post{{Agency: w.portal, Role: account.EditorInChief}}}
		for _, id := range []string{"letter-1", "letter-2"} {
			if err := w.Accept(ctx, w.report(id)); err != nil {
				t.Fatal(err)
			}
		}
		answer := func(actor account.Actor, item string, ids ...string) error {
			return w.db.Write(ctx, func(tx *store.Tx) error { return letter.Answer(tx, actor, item, ids, "edition/i1/vi") })
		}
		if err := answer(reporter, "i1"); err != nil {
			t.Errorf("no letters at all: %v", err)
		}
		for name, c := range map[string]struct {
			actor account.Actor
			item  string
			ids   []string
			kind  fault.Kind
		}{
			"who may not":    {reporter, "i1", []string{"letter-1"}, fault.Forbidden},
			"another outlet": {stranger, "i1", []string{"letter-1"}, fault.Forbidden},
			"another item":   {w.editor, "i2", []string{"letter-1"}, fault.NotPossible},
			"none":           {w.editor, "i1", []string{"letter-9"}, fault.NotFound},
			"one of several": {w.editor, "i1", []string{"letter-1", "letter-9"}, fault.NotFound},
		} {
			if err := answer(c.actor, c.item, c.ids...); fault.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		if open, err := w.About(ctx, w.editor, "i1"); err != nil || len(open) != 2 {
			t.Errorf("a refusal answered one: %v %v", open, err)
		}
		if open, err := w.About(ctx, reporter, "i1"); err != nil || open != nil {
			t.Errorf("a reporter reads %v %v", open, err)
		}
		w.clock.Advance(time.Hour)
		for range 2 { // what is done stays done
			if err := answer(w.editor, "i1", "letter-1", "letter-1"); err != nil {
				t.Fatal(err)
			}
		}
		trail, err := audit.Of(ctx, w.db, "letter/letter-1", 9)
		if err != nil || len(trail) != 1 || trail[0].Verb != "letter.answer" || trail[0].Detail["by"] != "edition/i1/vi" || trail[0].Role != "editor" {
			t.Errorf("%+v %v", trail, err)
		}
		if open, err := w.About(ctx, w.editor, "i1"); err != nil || len(open) != 1 || open[0].ID != "letter-2" {
			t.Errorf("%v %v", open, err)
		}
	})
}

// Whoever wrote is answered once, learns how far their letter is, and nothing else.
func TestAReaderIsAnswered(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		mailed, silent, closed := w.report("letter-mailed"), w.report("letter-silent"), w.report("letter-closed")
		silent.Contact = ""
		for _, l := range []release.Letter{mailed, silent, closed} {
			if err := w.Accept(ctx, l); err != nil {
				t.Fatal(err)
			}
		}
		told, err := w.Receipt(ctx, "letter-mailed")
		if err != nil || told != (release.Receipt{State: release.LetterWaits, Received: start, Due: start.AddDate(0, 0, 15)}) {
			t.Errorf("while it waits: %+v %v", told, err)
		}
		w.clock.Advance(time.Hour)
		for answer, field := range map[string]string{"": "error.required", " \n": "error.required", strings.Repeat("ạ", 5001): "error.too_long", "S\xe8": "error.not_utf8"} {
			f, ok := fault.As(w.Reply(ctx, w.editor, "letter-mailed", answer))
			if !ok || f.Fields["answer"].Key != field {
				t.Errorf("%.10q is refused with %+v", answer, f)
			}
		}
		auditor := account.Actor{ID: "p5", Posts: []account.Post{{Agency: w.paper, Role: account.Auditor}}}
		if err := w.Reply(ctx, auditor, "letter-mailed", "Đúng là 72."); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor answers: %v", err)
		}
		chief := account.Actor{ID: "p4", Posts: []account.Post{{Agency: w.portal, Role: account.EditorInChief}}}
		if err := w.Reply(ctx, chief, "letter-mailed", "Đúng là 72."); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another agency answers: %v", err)
		}
		for _, id := range []string{"letter-mailed", "letter-silent"} {
			if err := w.Reply(ctx, w.editor, id, " Đúng là 72. "); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Reply(ctx, w.editor, "letter-mailed", "Khác"); fault.KindOf(err) != fault.NotPossible {
			t.Errorf("answered twice: %v", err)
		}
		told, err = w.Receipt(ctx, "letter-mailed")
		if err != nil || told != (release.Receipt{State: release.LetterAnswered, Received: start, Done: start.Add(time.Hour), Answer: "Đúng là 72."}) {
			t.Errorf("when it was answered: %+v %v", told, err)
		}
		if err := w.Close(ctx, w.editor, "letter-closed"); err != nil {
			t.Fatal(err)
		}
		if told, err = w.Receipt(ctx, "letter-closed"); err != nil || told.State != release.LetterClosed || told.Done.IsZero() {
			t.Errorf("when it was closed: %+v %v", told, err)
		}
		w.clock.Advance(time.Hour)
		if err := w.Reply(ctx, w.editor, "letter-closed", "Vẫn trả lời."); err != nil {
			t.Errorf("answered after it was closed: %v", err)
		}
		if told, err = w.Receipt(ctx, "letter-closed"); err != nil || told.State != release.LetterAnswered || !told.Done.Equal(start.Add(time.Hour)) {
			t.Errorf("answered after it was closed: %+v %v", told, err)
		}
		if _, err := w.Receipt(ctx, "letter-nobodys"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an unknown letter: %v", err)
		}
		var due []string
		box := outbox.New(w.db)
		box.On(letter.Answered, "mail", func(_ context.Context, e outbox.Event) error {
			due = append(due, e.Data["letter"])
			return nil
		})
		if _, err := box.Deliver(ctx); err != nil || len(due) != 2 || due[0] != "letter-mailed" || due[1] != "letter-closed" {
			t.Errorf("mail is due for %v %v", due, err)
		}
		trail, err := audit.Of(ctx, w.db, "letter/letter-closed", 9)
		if err != nil || len(trail) != 2 || strings.Contains(fmt.Sprint(trail), "Vẫn trả lời") {
			t.Errorf("the trail says %+v %v", trail, err)
		}
	})
}

// An address that was left is kept as long as was said, and no longer.
func TestAddressesAreErasedAfterSomeMonths(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const many = 120 // more than are erased at once
		for i := range many {
			if err := w.Accept(ctx, w.report(fmt.Sprintf("letter-%03d", i))); err != nil {
				t.Fatal(err)
			}
		}
		open := "letter-000"
		for i := 1; i < many; i++ {
			if err := w.Close(ctx, w.editor, fmt.Sprintf("letter-%03d", i)); err != nil {
				t.Fatal(err)
			}
		}
		w.clock.Advance(365 * 24 * time.Hour) // to 2027-07-01, with letters of the July before
		late := w.report("letter-late")
		if err := w.Accept(ctx, late); err != nil {
			t.Fatal(err)
		}
		if err := w.Reply(ctx, w.editor, late.ID, "Đúng là 72."); err != nil {
			t.Fatal(err)
		}
		erase := func() (erased int) {
			t.Helper()
			if err := w.EraseContacts(ctx, 12); err != nil {
				t.Fatal(err)
			}
			for i := range many {
				l, err := w.Get(ctx, fmt.Sprintf("letter-%03d", i))
				if err != nil || l.Message == "" || (l.Contact == "") != l.ErasedAt.Equal(w.db.Now()) && !l.ErasedAt.IsZero() {
					t.Fatalf("%+v %v", l, err)
				}
				if l.Contact == "" {
					erased++
				}
			}
			return erased
		}
		if n := erase(); n != 0 {
			t.Errorf("%d addresses are erased before their time", n)
		}
		w.clock.Advance(time.Hour)
		if n := erase(); n != many-1 {
			t.Errorf("%d addresses are erased", n)
		}
		for _, id := range []string{open, late.ID} {
			if l, err := w.Get(ctx, id); err != nil || l.Contact == "" || !l.ErasedAt.IsZero() {
				t.Errorf("%s lost its address: %+v %v", id, l, err)
			}
		}
		erase() // nothing is left to do
		trail, err := audit.Of(ctx, w.db, "letter/letter-001", 9)
		if err != nil || len(trail) != 2 || trail[0].Verb != "letter.erase" || trail[0].ActorID != account.SystemID || trail[0].AgencyID != w.paper || strings.Contains(fmt.Sprint(trail), "doc.gia") {
			t.Errorf("the trail says %+v %v", trail, err)
		}
		if _, err := audit.Verify(ctx, w.db); err != nil {
			t.Error(err)
		}
	})
}

// Two editors answer at the same moment: one of them is told.
func TestALetterIsAnsweredByOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		if err := w.Accept(ctx, w.report("letter-0001")); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		refusals := make(chan error, 8)
		for i := range 8 {
			all.Go(func() { refusals <- w.Reply(ctx, w.editor, "letter-0001", fmt.Sprint("Trả lời ", i)) })
		}
		all.Wait()
		close(refusals)
		answered := 0
		for err := range refusals {
			if err == nil {
				answered++
			} else if fault.KindOf(err) != fault.NotPossible {
				t.Error(err)
			}
		}
		if answered != 1 {
			t.Errorf("answered %d times", answered)
		}
	})
}

// Ratings are counted once each, in sums of a page and day, and leave nothing
// else; a comment becomes a letter.
func TestRatingsAreSums(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		rate := func(id, address string, rating int, comment string) error {
			return w.Accept(ctx, release.Letter{ID: id, Kind: letter.Rating, Outlet: w.paperOutlet, Lang: "vi", Item: "i1", Section: "s1", Address: address, Rating: rating, Message: comment, SentAt: w.clock.Now()})
		}
		for _, bad := range []error{rate("rating-bad1", "/vi/a", 0, ""), rate("rating-bad2", "/vi/a", 6, ""), rate("rating-bad3", "", 3, ""),
			w.Accept(ctx, release.Letter{ID: "rating-bad4", Kind: letter.Rating, Lang: "vi", Address: "/vi/a", Rating: 3, Contact: "a@b.vn"}),
			w.Accept(ctx, release.Letter{ID: "rating-bad5", Kind: letter.ErrorReport, Lang: "vi", Message: "Sai", Rating: 3})} {
			if fault.KindOf(bad) != fault.Invalid {
				t.Errorf("counted: %v", bad)
			}
		}
		for i, rating := range []int{5, 5, 4, 1} {
			for range 2 { // handed over twice
				if err := rate(fmt.Sprint("rating-000", i), "/vi/a", rating, map[int]string{3: "Thiếu bảng."}[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := rate("rating-0009", "/vi/b", 2, ""); err != nil {
			t.Fatal(err)
		}
		got, err := w.Ratings(ctx, w.editor, "2026-07")
		if err != nil || len(got) != 2 || got[0].Address != "/vi/a" || got[0].Section != "s1" || got[0].Counts != [letter.MostRating]int{1, 0, 0, 1, 2} || got[1].Total() != 1 {
			t.Fatalf("the sums are %+v %v", got, err)
		}
		if mean, ok := got[0].Average(); mean != 3.75 || ok {
			t.Errorf("four ratings give an average of %v, told %v", mean, ok)
		}
		if err := rate("rating-0010", "/vi/a", 5, ""); err != nil {
			t.Fatal(err)
		}
		if got, err = w.Ratings(ctx, w.editor, "2026-07"); err != nil {
			t.Fatal(err)
		}
		if mean, ok := got[0].Average(); mean != 4 || !ok {
			t.Errorf("five ratings give an average of %v, told %v", mean, ok)
		}
		if got, err := w.Ratings(ctx, w.editor, "2026-06"); err != nil || len(got) != 0 {
			t.Errorf("the month before: %+v %v", got, err)
		}
		portals := account.Actor{ID: "p4", Posts: []account.Post{{Agency: w.portal, Role: account.EditorInChief}}}
		if got, err := w.Ratings(ctx, portals, "2026-07"); err != nil || len(got) != 0 {
			t.Errorf("another agency sees %+v %v", got, err)
		}
		for _, bad := range []string{"", "2026-13", "2026-7", "x' OR 1=1"} {
			if _, err := w.Ratings(ctx, w.editor, bad); fault.KindOf(err) != fault.Malformed {
				t.Errorf("month %q: %v", bad, err)
			}
		}
		letters, _, err := w.List(ctx, w.editor, false, 1)
		if err != nil || len(letters) != 1 || letters[0].Message != "Thiếu bảng." || letters[0].Kind != letter.Rating || letters[0].Contact != "" {
			t.Errorf("the comment is %+v %v", letters, err)
		}
	})
}

func TestRatingsAtTheSameMomentAreAllCounted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if err := w.Accept(ctx, release.Letter{ID: fmt.Sprintf("rating-%04d", i), Kind: letter.Rating, Outlet: w.paperOutlet, Lang: "vi", Address: "/vi/a", Rating: i%5 + 1}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got, err := w.Ratings(ctx, w.editor, "2026-07")
		if err != nil || len(got) != 1 || got[0].Counts != [letter.MostRating]int{4, 4, 4, 4, 4} {
			t.Errorf("%+v %v", got, err)
		}
	})
}
