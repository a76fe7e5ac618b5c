package newsroom

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
	"doingoai/app/parallel"
	"doingoai/app/release"
	"doingoai/app/store"
)

// The source of these tests and its translation, paragraph by paragraph.
var (
	inVietnamese = []string{
		"Khu công nghiệp Becamex – Bình Phước đã cho thuê được 240 ha đất trong quý I.",
		"Ban Quản lý Khu kinh tế cho biết có thêm 12 dự án mới được cấp phép.",
		"Tổng vốn đăng ký của các dự án này là 3,5 tỷ USD.",
	}
	inEnglish = []string{
		"Becamex – Binh Phuoc Industrial Park leased out 240 ha in the first quarter.",
		"The Economic Zone Authority said 12 more projects had been licensed.",
		"Their registered capital totals 3.5 billion USD.",
	}
)

const moreFunds = "Tổng vốn đăng ký của các dự án này là 3,8 tỷ USD."

func body(paragraphs ...string) string { return strings.Join(paragraphs, "\n\n") }

// pair is an original in Vietnamese and its whole translation into English.
func (w *world) pair(t *testing.T) (source, ref Ref) {
	t.Helper()
	source = w.draft(t, w.reporter, "vi", "Thêm dự án mới")
	w.save(t, w.reporter, source, func(c *Content) { c.Body = body(inVietnamese...) })
	ref = w.translate(t, source, "en")
	w.save(t, w.translator, ref, func(c *Content) {
		c.Headline, c.Standfirst, c.Body = "More projects", "The standfirst.", body(inEnglish...)
	})
	return source, ref
}

func (w *world) livePair(t *testing.T) (source, ref Ref) {
	t.Helper()
	source, ref = w.pair(t)
	w.lead(t, w.reporter, source, Published)
	w.lead(t, w.translator, ref, Published)
	return source, ref
}

// rewritten puts a text in the place of one paragraph.
func rewritten(place int, from []string, text string) func(*Content) {
	return func(c *Content) {
		changed := slices.Clone(from)
		changed[place] = text
		c.Body = body(changed...)
	}
}

func (w *world) lag(t *testing.T, ref Ref) string {
	t.Helper()
	l := row(t, w.db, ref).edition().Lag
	return fmt.Sprintf("%d/%d live %d/%d", l.Stale, l.Critical, l.LiveStale, l.LiveCritical)
}

func (w *world) parallel(t *testing.T, ref Ref) *Parallel {
	t.Helper()
	p, err := w.Parallel(t.Context(), w.translator, ref)
	must(t, err)
	return p
}

// beside saves a translation by somebody who had the newest source before them.
func (w *world) beside(t *testing.T, source, ref Ref, change func(*Content)) {
	t.Helper()
	head := w.head(t, ref)
	c := head.Content
	change(&c)
	_, err := w.SaveTranslation(t.Context(), w.translator, ref, head.Number, row(t, w.db, source).Head, c)
	must(t, err)
}

// Exactly what changed falls behind, and exactly what was dealt with is right
// again, whatever else is saved.
func TestATranslationFallsBehindByParagraph(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.reporter, "vi", "Thêm dự án mới")
		w.save(t, w.reporter, source, func(c *Content) { c.Body = body(inVietnamese...) })
		ref := w.translate(t, source, "en")
		want := func(what, lag string) {
			t.Helper()
			if got := w.lag(t, ref); got != lag {
				t.Errorf("%s: %s, want %s", what, got, lag)
			}
		}
		want("only begun", "5/3 live 0/0") // headline, standfirst, three paragraphs with figures
		w.save(t, w.translator, ref, func(c *Content) {
			c.Headline, c.Standfirst, c.Body = "More projects", "The standfirst.", body(inEnglish...)
		})
		want("translated", "0/0 live 0/0")
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		want("a figure of the source changed", "1/1 live 0/0")
		p := w.parallel(t, ref)
		if behind := p.Behind(); len(behind) != 1 || p.Passages[behind[0]].Target != inEnglish[2] ||
			p.Passages[behind[0]].Old != inVietnamese[2] || p.Passages[behind[0]].New != moreFunds || len(p.Passages[behind[0]].Diff) < 3 {
			t.Errorf("behind is %+v", behind)
		}
		w.beside(t, source, ref, rewritten(0, inEnglish, "Becamex – Binh Phuoc Industrial Park leased 240 ha out in the first quarter."))
		want("another paragraph was saved", "1/1 live 0/0")
		w.save(t, w.reporter, source, func(c *Content) { c.Headline = "Thêm nhiều dự án mới" })
		want("the source's headline changed too", "2/1 live 0/0")
		w.beside(t, source, ref, rewritten(2, inEnglish, "Their registered capital totals 3.8 billion USD."))
		want("the paragraph was rewritten", "1/0 live 0/0")
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, inVietnamese[2]))
		want("the source went back", "2/1 live 0/0")
	})
}

// What moves, is split or merged and says the same is behind in nothing.
func TestParagraphsKeepWhoTheyAre(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		for name, changed := range map[string]string{
			"moved":  body(inVietnamese[2], inVietnamese[0], inVietnamese[1]),
			"merged": body(inVietnamese[0]+" "+inVietnamese[1], inVietnamese[2]),
			"split":  body("Khu công nghiệp Becamex – Bình Phước", "đã cho thuê được 240 ha đất trong quý I.", inVietnamese[1], inVietnamese[2]),
		} {
			w.save(t, w.reporter, source, func(c *Content) { c.Body = changed })
			if got := w.lag(t, ref); got != "0/0 live 0/0" {
				t.Errorf("%s: %s", name, got)
			}
		}
	})
}

// Readers are told of a newer source when it is published and only while it is
// so; those who translate are asked, by an hour when a figure changed.
func TestReadersAreToldThatTheSourceIsNewer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.livePair(t)
		if got := w.article(t, ref).Behind; got != nil {
			t.Errorf("from the beginning readers are told %+v", got)
		}
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		if got := w.article(t, ref).Behind; got != nil || w.lag(t, ref) != "1/1 live 0/0" {
			t.Errorf("for a draft readers are told %+v, lag %s", got, w.lag(t, ref))
		}
		w.lead(t, w.reporter, source, Published)
		b := w.article(t, ref).Behind
		if b == nil || b.Lang != "vi" || b.Count != 1 || !b.Critical || !slices.Equal(b.Passages, []string{"Tổng vốn đăng ký của các dự án"}) {
			t.Fatalf("readers are told %+v", b)
		}
		if got := w.newest(t, ref); got.Verb != "edition.catch_up" || got.ActorID != w.chief.ID {
			t.Errorf("recorded as %+v", got)
		}
		task, ok, err := w.Awaits(t.Context(), w.translator, ref)
		must(t, err)
		if !ok || task.Verb != CatchUp || !task.Due.Equal(w.db.Now().Add(5*time.Hour)) {
			t.Errorf("the translator is asked %+v", task)
		}
		p := w.parallel(t, ref)
		must(t, w.SayRight(t.Context(), w.translator, ref, p.Version, p.Source.Number, behind(p)...))
		if e := row(t, w.db, ref); w.article(t, ref).Behind != nil || State(e.State) != Published || e.BehindAt != 0 || e.BehindDue != 0 {
			t.Errorf("after it was said to be right: %+v, %s", w.article(t, ref).Behind, w.lag(t, ref))
		}
		if _, ok, err := w.Awaits(t.Context(), w.translator, ref); ok || err != nil {
			t.Errorf("still asked: %v", err)
		}
		if got := w.newest(t, ref); got.Verb != "edition.still_right" || got.ActorID != w.translator.ID {
			t.Errorf("recorded as %+v", got)
		}
		w.verify(t)
	})
}

// Whoever says nothing leaves nothing, and takes from nobody what they are at.
func TestWhoSaysThatNothingIsRightChangesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, ref := w.pair(t)
		entries, p := w.entries(t), w.parallel(t, ref)
		must(t, w.SayRight(t.Context(), w.translator, ref, p.Version, p.Source.Number))
		must(t, w.SayRight(t.Context(), w.translator, ref, p.Version, p.Source.Number, p.Passages[0].ID))
		if n := w.entries(t); n != entries || w.parallel(t, ref).Version != p.Version {
			t.Errorf("%d entries, version %d after %d", n-entries, w.parallel(t, ref).Version, p.Version)
		}
	})
}

// A translation that is published anew is as new as what it was made from, also
// where the source's own text is still a draft.
func TestATranslationMayBeAhead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.livePair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.beside(t, source, ref, rewritten(2, inEnglish, "Their registered capital totals 3.8 billion USD."))
		w.lead(t, w.translator, ref, Published)
		if got := w.article(t, ref).Behind; got != nil || w.lag(t, ref) != "0/0 live 0/0" {
			t.Errorf("ahead of its source readers are told %+v, %s", got, w.lag(t, ref))
		}
		w.lead(t, w.reporter, source, Published)
		if got := w.article(t, ref).Behind; got != nil || w.lag(t, ref) != "0/0 live 0/0" {
			t.Errorf("beside it readers are told %+v, %s", got, w.lag(t, ref))
		}
	})
}

// saveSide sends a translation that the translator changed in some passages, and
// said of others that they are right.
func (w *world) saveSide(t *testing.T, ref Ref, p *Parallel, change map[int]string, right ...int) (Revision, error) {
	t.Helper()
	typed := p.Typed()
	for i, text := range change {
		typed.Cells[i].Text = text
	}
	for _, i := range right {
		typed.Cells[i].Right = true
	}
	return w.SaveSide(t.Context(), w.translator, ref, p.Revision.Number, typed, "")
}

// behind are the IDs of the passages in which a translation is behind.
func behind(p *Parallel) (ids []string) {
	for _, i := range p.Behind() {
		ids = append(ids, p.Passages[i].ID)
	}
	return ids
}

// Side by side, what is written or said to be right is dealt with, and nothing
// else; where nothing is written no revision is made.
func TestATranslationIsWrittenBesideItsSource(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.save(t, w.reporter, source, func(c *Content) {
			c.Body = body(inVietnamese[0], "Ban Quản lý Khu kinh tế cho biết có thêm 15 dự án mới được cấp phép.", moreFunds, "Một đoạn hoàn toàn mới.")
		})
		if got := w.lag(t, ref); got != "3/2 live 0/0" {
			t.Fatal(got)
		}
		p := w.parallel(t, ref)
		rev, err := w.saveSide(t, ref, p, map[int]string{p.Behind()[0]: "It said 15 more projects had been licensed."})
		must(t, err)
		if want := body(inEnglish[0], "It said 15 more projects had been licensed.", inEnglish[2]); rev.Content.Body != want || w.lag(t, ref) != "2/1 live 0/0" {
			t.Errorf("%q, %s", rev.Content.Body, w.lag(t, ref))
		}
		if _, err := w.saveSide(t, ref, p, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("what is out of date is kept: %v", err)
		}
		p = w.parallel(t, ref)
		same, err := w.saveSide(t, ref, p, nil, p.Behind()[0])
		must(t, err)
		if same.Number != rev.Number || w.lag(t, ref) != "1/0 live 0/0" {
			t.Errorf("revision %d, %s", same.Number, w.lag(t, ref))
		}
		p = w.parallel(t, ref)
		added := p.Behind()[0]
		if p.Passages[added].What != parallel.New {
			t.Fatalf("%+v", p.Passages[added])
		}
		rev, err = w.saveSide(t, ref, p, map[int]string{added: "A wholly new paragraph.\n\nIn two."})
		must(t, err)
		if !strings.HasSuffix(rev.Content.Body, inEnglish[2]+"\n\nA wholly new paragraph.\n\nIn two.") || w.lag(t, ref) != "0/0 live 0/0" {
			t.Errorf("%q, %s", rev.Content.Body, w.lag(t, ref))
		}
		if p := w.parallel(t, ref); p.Passages[added].Target != "A wholly new paragraph.\n\nIn two." || p.Loose() {
			t.Errorf("%+v", p.Passages[added])
		}
	})
}

// A form whose passages are not those of the two texts, or stand in another order,
// is refused: its words would land at the wrong places.
func TestPassagesOfNoTextAreRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		p := w.parallel(t, ref)
		last := len(p.Passages) - 1
		for name, forge := range map[string]func(*Beside){
			"in another order": func(b *Beside) { b.Cells[last], b.Cells[last-1] = b.Cells[last-1], b.Cells[last] },
			"one missing":      func(b *Beside) { b.Cells = b.Cells[:last] },
			"one twice":        func(b *Beside) { b.Cells[last] = b.Cells[last-1] },
			"one of no text":   func(b *Beside) { b.Cells[last].ID = "p-000000000000" },
			"none":             func(b *Beside) { b.Cells = nil },
		} {
			typed := p.Typed()
			typed.Cells[last].Right = true
			forge(&typed)
			if _, err := w.SaveSide(t.Context(), w.translator, ref, p.Revision.Number, typed, ""); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		typed := p.Typed()
		if _, err := w.SaveSide(t.Context(), w.translator, ref, p.Revision.Number+5, typed, ""); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a version that is not there: %v", err)
		}
		if err := w.SayRight(t.Context(), w.translator, ref, p.Version, p.Source.Number, "p-000000000000"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a passage of no text is right: %v", err)
		}
		if got := w.lag(t, ref); got != "1/1 live 0/0" || row(t, w.db, ref).Head != p.Revision.Number {
			t.Errorf("something was kept: %s", got)
		}
	})
}

// An older text comes back with what it was made from, and what an older program
// left is taken to be made from the revision that it names.
func TestWhatATextWasMadeFromComesBackWithIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		p := w.parallel(t, ref)
		must(t, w.SayRight(t.Context(), w.translator, ref, p.Version, p.Source.Number, behind(p)...))
		w.save(t, w.translator, ref, func(c *Content) { c.Headline = "Still more projects" })
		if got := w.lag(t, ref); got != "0/0 live 0/0" {
			t.Fatal(got)
		}
		_, err := w.Restore(t.Context(), w.translator, ref, 2, row(t, w.db, ref).Head)
		must(t, err)
		if got := w.lag(t, ref); got != "1/1 live 0/0" {
			t.Errorf("the older text: %s", got)
		}
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.DB.Exec("DELETE FROM translation").Error; err != nil {
				return err
			}
			return tx.DB.Exec("UPDATE revision SET pin = ''").Error
		}))
		if p := w.parallel(t, ref); len(p.Behind()) != 1 || p.Passages[p.Behind()[0]].Target != inEnglish[2] {
			t.Errorf("of an older program: %+v", p.Passages)
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Headline = "Tít khác hẳn" })
		if got := w.lag(t, ref); got != "2/1 live 0/0" {
			t.Errorf("of an older program: %s", got)
		}
	})
}

// What an older program left is counted once, readers are told, and counting
// again finds the same.
func TestTranslationsAreCountedAnew(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.livePair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.lead(t, w.reporter, source, Published)
		told := w.article(t, ref).Behind
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
			a := &act{n: w.Newsroom, ctx: t.Context(), tx: tx, row: row(t, w.db, ref)}
			columns := map[string]any{"stale": 0, "critical": 0}
			notBehind(columns)
			var err error
			if columns["live_seq"], err = a.again(func(doc *release.Article) { doc.Behind = nil }); err != nil {
				return err
			}
			if err := tx.DB.Exec("DELETE FROM translation").Error; err != nil {
				return err
			}
			return updateEdition(tx, ref, columns)
		}))
		for range 2 {
			must(t, w.RecountOld(t.Context()))
			if got := w.article(t, ref).Behind; w.lag(t, ref) != "1/1 live 1/1" || !reflect.DeepEqual(got, told) {
				t.Errorf("%s, readers are told %+v", w.lag(t, ref), got)
			}
		}
		for _, wrong := range []map[string]any{{"stale": 1}, {"stale": 7}, {"live_critical": 0}} { // the first is right
			must(t, w.db.Write(t.Context(), func(tx *store.Tx) error { return updateEdition(tx, ref, wrong) }))
			counted, changed, err := w.Recount(t.Context())
			if must(t, err); counted != 1 || (changed == 0) != (wrong["stale"] == 1) || w.lag(t, ref) != "1/1 live 1/1" {
				t.Errorf("%v: counted %d, changed %d, %s", wrong, counted, changed, w.lag(t, ref))
			}
		}
		w.verify(t)
	})
}

// What is withdrawn, on either side, is behind nothing.
func TestNothingIsNewerThanWhatIsGone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.livePair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.lead(t, w.reporter, source, Published)
		if w.article(t, ref).Behind == nil {
			t.Fatal("readers are told nothing")
		}
		w.do(t, w.chief, source, Withdraw)
		if got := w.article(t, ref).Behind; got != nil || w.lag(t, ref) != "1/1 live 0/0" {
			t.Errorf("when the source is gone: %+v, %s", got, w.lag(t, ref))
		}
	})
}
