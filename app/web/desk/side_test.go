package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

var (
	sideSource = []string{
		"Khu công nghiệp Becamex – Bình Phước đã cho thuê được 240 ha đất trong quý I.",
		"Ban Quản lý Khu kinh tế cho biết có thêm 12 dự án mới được cấp phép.",
		"Tổng vốn đăng ký của các dự án này là 3,5 tỷ USD.",
	}
	sideTarget = []string{
		"Becamex – Binh Phuoc Industrial Park leased out 240 ha in the first quarter.",
		"The Economic Zone Authority said 12 more projects had been licensed.",
		"Their registered capital totals 3.5 billion USD.",
	}
)

const moreFunds = "Tổng vốn đăng ký của các dự án này là 3,8 tỷ USD."

// sidePair is a text in Vietnamese with its translation into English, of which
// the last paragraph is behind by a figure.
func (w *world) sidePair(s staff) (source, ref newsroom.Ref) {
	w.t.Helper()
	content := w.article("Thêm dự án mới")
	content.Body = strings.Join(sideSource, "\n\n")
	source = s.reporter.write(content)
	ref, err := w.newsroom.Translate(ctx, s.translator.actor, source, "en")
	w.must(err)
	s.translator.edit(ref, func(c *newsroom.Content) {
		c.Headline, c.Standfirst, c.Body = "More projects", "The standfirst.", strings.Join(sideTarget, "\n\n")
	})
	s.reporter.rewrite(source, 2, moreFunds)
	return source, ref
}

// edit saves a text that was changed.
func (p *person) edit(ref newsroom.Ref, change func(c *newsroom.Content)) {
	p.w.t.Helper()
	head := p.open(ref).Revision
	change(&head.Content)
	_, err := p.w.newsroom.Save(ctx, p.actor, ref, head.Number, head.Content)
	p.w.must(err)
}

// rewrite changes a paragraph.
func (p *person) rewrite(ref newsroom.Ref, place int, text string) {
	p.w.t.Helper()
	p.edit(ref, func(c *newsroom.Content) {
		paragraphs := strings.Split(c.Body, "\n\n")
		paragraphs[place] = text
		c.Body = strings.Join(paragraphs, "\n\n")
	})
}

func sideOf(ref newsroom.Ref) string { return pathOf(ref) + "/side" }

// cellOf names the field in which a paragraph of the translation stands.
func cellOf(form url.Values, text string) string {
	for name, values := range form {
		if strings.HasPrefix(name, newsroom.ParagraphPrefix) && values[0] == text {
			return name
		}
	}
	return "none of " + text
}

func TestATranslationIsWrittenBesideItsSource(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		_, ref := w.sidePair(s)
		page := s.translator.Get(sideOf(ref)).Is(http.StatusOK)
		if got := len(page.All(".passage")); got != 5 {
			t.Errorf("%d passages", got)
		}
		if got := page.Text("#behind-1 .reasons"); got != "Số liệu: 3,5 tỷ USD → 3,8 tỷ USD" {
			t.Errorf("the reason is %q", got)
		}
		if got := page.Text("#behind-1 .compared"); !strings.Contains(got, "3,5") || !strings.Contains(got, "3,8") || page.Has("#behind-2") {
			t.Errorf("the change is %q", got)
		}
		form := formOf(page, "#editor")
		cell := cellOf(form, sideTarget[0])
		form.Set(cell, "Becamex – Binh Phuoc Industrial Park let 240 ha.")
		s.translator.send(sideOf(ref), form).LeadsTo(sideOf(ref) + "?done=saved")
		if sheet := s.translator.open(ref); !strings.HasPrefix(sheet.Revision.Content.Body, "Becamex – Binh Phuoc Industrial Park let 240 ha.\n\nThe Economic") || sheet.Lag.Stale != 1 {
			t.Errorf("saved %q, %d behind", sheet.Revision.Content.Body, sheet.Lag.Stale)
		}
		head := s.translator.open(ref).Head
		form = formOf(s.translator.Get(sideOf(ref)+"?only=behind").Is(http.StatusOK), "#editor")
		if form.Get("headline") != "More projects" {
			t.Errorf("what is up to date is not sent along: %v", form)
		}
		form.Set("right-"+cellOf(form, sideTarget[2]), "1")
		s.translator.send(sideOf(ref)+"?only=behind", form).LeadsTo(sideOf(ref) + "?done=saved&only=behind")
		if sheet := s.translator.open(ref); sheet.Lag.Stale != 0 || sheet.Head != head {
			t.Errorf("said to be right: %d behind, version %d", sheet.Lag.Stale, sheet.Head)
		}
		if page := s.translator.Get(sideOf(ref)).Is(http.StatusOK); page.Has(".passage.behind") || page.Has(".summary a") {
			t.Error("something is behind still")
		}
	})
}

func TestAConflictBesideTheSourceLosesNothing(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		source, ref := w.sidePair(s)
		form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
		first, last := cellOf(form, sideTarget[0]), cellOf(form, sideTarget[2])
		form.Set(first, "Typed first.")
		form.Set(last, "Typed last.")
		s.reporter.rewrite(source, 2, "Tổng vốn đăng ký của các dự án này là 3,9 tỷ USD.")
		page := s.translator.send(sideOf(ref), form).Is(http.StatusConflict)
		again := formOf(page, "#editor")
		if again.Get(first) != "Typed first." || cellOf(again, "Typed last.") == last || !strings.HasPrefix(cellOf(again, "Typed last."), newsroom.ParagraphPrefix) {
			t.Errorf("the source moved on, and what was typed is %v", again)
		}
		s.editor.edit(ref, func(c *newsroom.Content) {
			c.Headline = "Theirs"
			c.Body = strings.Replace(c.Body, sideTarget[0], "Theirs first.", 1)
		})
		page = s.translator.send(sideOf(ref), again).Is(http.StatusConflict)
		third := formOf(page, "#editor")
		if third.Get("headline") != "Theirs" || third.Get(first) != "Typed first." || !strings.Contains(page.Text(".theirs"), "Theirs first.") {
			t.Errorf("the translation moved on: %v, theirs %q", third, page.Text(".theirs"))
		}
		s.reporter.edit(source, func(c *newsroom.Content) { c.Body = "Chỉ còn một đoạn ngắn." })
		page = s.translator.send(sideOf(ref), third).Is(http.StatusConflict)
		all := fmt.Sprint(formOf(page, "#editor"))
		for _, text := range page.All(".unsaved textarea") {
			all += apptest.Text(text)
		}
		for _, typed := range []string{"Typed first.", "Typed last."} {
			if !strings.Contains(all, typed) {
				t.Errorf("%q is lost: %s", typed, all)
			}
		}
		s.translator.send(sideOf(ref), formOf(page, "#editor")).Is(http.StatusSeeOther)
	})
}

func TestWhatIsRefusedBesideTheSourceStandsAtItsField(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		_, ref := w.sidePair(s)
		form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
		cell := cellOf(form, sideTarget[0])
		form.Set(cell, "B\xe0i vi\xebt")
		form.Set("headline", strings.Repeat("x", newsroom.MaxHeadline+1))
		page := s.translator.send(sideOf(ref), form).Is(http.StatusUnprocessableEntity)
		if !page.Has("#f-"+cell+" + .wrong") || page.Text(`.errors a[href="#f-`+cell+`"]`) != "Đoạn 1" {
			t.Errorf("refused with %q", page.Text(".errors"))
		}
		form.Set(cell, "Typed.")
		page = s.translator.send(sideOf(ref), form).Is(http.StatusUnprocessableEntity)
		if again := formOf(page, "#editor"); !page.Has("#f-headline + .wrong") || again.Get(cell) != "Typed." || again.Get("headline") != form.Get("headline") {
			t.Errorf("refused with %q", page.Text(".errors"))
		}
	})
}

// A forged form is refused, and what it says of each passage comes back at that
// passage.
func TestAForgedFormBesideTheSourceIsRefused(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	_, ref := w.sidePair(s)
	form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
	cell := cellOf(form, sideTarget[0])
	form.Set(cell, "Typed.")
	ids := strings.Fields(form.Get("cells"))
	slices.Reverse(ids)
	for _, cells := range []string{strings.Join(ids, " "), strings.Join(ids[1:], " "), "headline headline", ""} {
		forged := url.Values{}
		for name, values := range form {
			forged[name] = values
		}
		forged.Set("cells", cells)
		page := s.translator.send(sideOf(ref), forged).Is(http.StatusUnprocessableEntity)
		if again := formOf(page, "#editor"); strings.Contains(cells, cell) && again.Get(cell) != "Typed." || again.Get("cells") != form.Get("cells") {
			t.Errorf("sent with the passages %q it comes back as %v", cells, again)
		}
	}
	for _, base := range []string{"0", "-1", "999999", "x", "1"} {
		forged := url.Values{"base": {base}}
		for name, values := range form {
			if name != "base" {
				forged[name] = values
			}
		}
		page := s.translator.send(sideOf(ref), forged).Is(http.StatusConflict)
		if again := formOf(page, "#editor"); again.Get(cell) != "Typed." {
			t.Errorf("over the version %s it comes back as %v", base, again)
		}
	}
}

func TestWhatWasTypedBesideTheSourceIsKept(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		_, ref := w.sidePair(s)
		form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
		cell := cellOf(form, sideTarget[0])
		form.Set(cell, "Typed and\n\nnot saved.")
		s.translator.send(pathOf(ref)+"/autosave", form, "Accept", "application/json").Is(http.StatusOK)
		page := s.translator.Get(sideOf(ref)).Is(http.StatusOK)
		if !strings.Contains(page.Text("[data-offer-stored]"), "Typed and") {
			t.Errorf("offered is %q", page.Text("[data-offer-stored]"))
		}
		page = s.translator.Get(sideOf(ref) + "?restore=1").Is(http.StatusOK)
		if got := formOf(page, "#editor"); got.Get(cell) != "Typed and\n\nnot saved." || page.Attr("#editor", "data-unsaved") == "-" {
			t.Errorf("restored is %q", got.Get(cell))
		}
		whole := formOf(s.translator.Get(pathOf(ref)+"?restore=1").Is(http.StatusOK), "#editor")
		if !strings.HasPrefix(whole.Get("body"), "Typed and\n\nnot saved.\n\nThe Economic") {
			t.Errorf("on the whole page it is %q", whole.Get("body"))
		}
		whole.Set("body", "As a whole.")
		whole.Set("stamp", s.translator.Get(pathOf(ref)).Attr("[data-stamp]", "data-stamp"))
		s.translator.send(pathOf(ref)+"/autosave", whole, "Accept", "application/json").Is(http.StatusOK)
		s.translator.Get(sideOf(ref) + "?restore=1").LeadsTo(pathOf(ref) + "?restore=1")
		s.translator.send(pathOf(ref)+"/discard", url.Values{"side": {"1"}}).LeadsTo(sideOf(ref) + "?done=discarded")
	})
}

// What was only said to be right is offered again too, until it is said or the
// passage is not behind any more; on the article's page nothing waits.
func TestATickAloneIsKept(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		source, ref := w.sidePair(s)
		tick := func() url.Values {
			form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
			form.Set("right-"+cellOf(form, sideTarget[2]), "1")
			return form
		}
		form := tick()
		s.translator.send(pathOf(ref)+"/autosave", form, "Accept", "application/json").Is(http.StatusOK)
		if page := s.translator.Get(sideOf(ref)).Is(http.StatusOK); !strings.Contains(page.Text("[data-offer-stored]"), "Đoạn 3") {
			t.Errorf("offered is %q", page.Text("[data-offer-stored]"))
		}
		if page := s.translator.Get(pathOf(ref)).Is(http.StatusOK); page.Has("[data-offer-stored]") {
			t.Error("the article's page offers it")
		}
		page := s.translator.Get(sideOf(ref) + "?restore=1").Is(http.StatusOK)
		if !page.Has(`#behind-1 input[type="checkbox"][checked]`) {
			t.Error("the tick is not back")
		}
		s.translator.send(sideOf(ref), formOf(page, "#editor")).LeadsTo(sideOf(ref) + "?done=saved")
		if page := s.translator.Get(sideOf(ref)).Is(http.StatusOK); page.Has("[data-offer-stored]") || page.Has(".passage.behind") {
			t.Error("what was said is offered again")
		}
		s.reporter.rewrite(source, 2, "Tổng vốn đăng ký của các dự án này là 3,9 tỷ USD.")
		s.translator.send(pathOf(ref)+"/autosave", tick(), "Accept", "application/json").Is(http.StatusOK)
		s.reporter.rewrite(source, 2, moreFunds)
		if page := s.translator.Get(sideOf(ref)).Is(http.StatusOK); page.Has("[data-offer-stored]") {
			t.Error("a passage that is not behind any more is offered")
		}
	})
}

func TestWhoMayNotWriteReadsBesideTheSource(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		source, ref := w.sidePair(s)
		for _, p := range []*person{s.chief, s.auditor} {
			page := p.Get(sideOf(ref)).Is(http.StatusOK)
			if page.Has(".passage textarea") || page.Has(".passage input") || !strings.Contains(page.Text("#behind-1 .of-target"), sideTarget[2]) || !page.Has("#behind-1 .compared ins") || page.Text("#behind-1 .of-target .language") != "Tiếng Anh" {
				t.Errorf("they read %q", page.Text("main"))
			}
		}
		s.chief.send(sideOf(ref), url.Values{"base": {"1"}}).Is(http.StatusConflict)
		s.translator.Get(sideOf(source)).Is(http.StatusNotFound)
		w.hire(w.paper, account.Editor).Get(sideOf(ref)).Is(http.StatusNotFound)
	})
}

// Where the text waits for somebody else, a translator can still say what is right.
func TestWhatIsRightIsSaidWhileTheTextWaits(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		source, ref := w.sidePair(s)
		s.translator.do(ref, newsroom.Submit, newsroom.Ask{})
		page := s.translator.Get(sideOf(ref)).Is(http.StatusOK)
		if page.Has(".passage textarea") {
			t.Fatal("it can be written in")
		}
		form := formOf(page, "#ticks")
		name := apptest.Attr(page.All(`#behind-1 input[type="checkbox"]`)[0], "name")
		form.Set(name, "1")
		s.translator.send(sideOf(ref), form).LeadsTo(sideOf(ref) + "?done=saved")
		if sheet := s.translator.open(ref); sheet.Lag.Stale != 0 || sheet.State != newsroom.Submitted {
			t.Errorf("%d behind in %s", sheet.Lag.Stale, sheet.State)
		}
		s.reporter.rewrite(source, 2, "Tổng vốn đăng ký của các dự án này là 3,9 tỷ USD.")
		s.translator.send(sideOf(ref), form).Is(http.StatusConflict)
	})
}

// A translation that was only begun is written here from the first word.
func TestATranslationIsWrittenFromTheFirstWord(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Thêm dự án mới")
		content.Body = strings.Join(sideSource, "\n\n")
		source := s.reporter.write(content)
		ref := newsroom.Ref{Item: source.Item, Lang: "en"}
		s.translator.send(pathOf(source)+"/translate", url.Values{"to": {"en"}}).LeadsTo(sideOf(ref) + "?done=translation")
		page := s.translator.Get(sideOf(ref)).Is(http.StatusOK)
		if got := page.Text(".summary p"); got != "Còn 5 đoạn chưa dịch." || len(page.All(".reasons")) != 0 {
			t.Errorf("it says %q", got)
		}
		form := formOf(page, "#editor")
		cells := strings.Fields(form.Get("cells"))
		form.Set("headline", "More projects")
		form.Set(cells[3], "Only the second paragraph.")
		s.translator.send(sideOf(ref), form).Is(http.StatusSeeOther)
		again := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
		if !slices.Equal(strings.Fields(again.Get("cells")), cells) || again.Get(cells[3]) != "Only the second paragraph." || s.translator.open(ref).Lag.Stale != 3 {
			t.Errorf("saved %v, %d behind", again, s.translator.open(ref).Lag.Stale)
		}
	})
}

// Who is asked to catch up is led to the first passage that is behind.
func TestWhoMustCatchUpIsLedToThePlace(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	content := w.article("Thêm dự án mới")
	content.Body = strings.Join(sideSource, "\n\n")
	source := s.reporter.write(content)
	ref, err := w.newsroom.Translate(ctx, s.translator.actor, source, "en")
	w.must(err)
	s.translator.edit(ref, func(c *newsroom.Content) {
		c.Headline, c.Standfirst, c.Body = "More projects", "The standfirst.", strings.Join(sideTarget, "\n\n")
	})
	s.carry(source, newsroom.Published)
	translated := s
	translated.reporter = s.translator
	translated.carry(ref, newsroom.Published)
	s.reporter.rewrite(source, 2, moreFunds)
	s.carry(source, newsroom.Published)
	place := sideOf(ref) + "#behind-1"
	if got := s.translator.Get("/").Is(http.StatusOK).Attr(`a.headline[href*="/side"]`, "href"); got != place {
		t.Errorf("from the first page it is %q", got)
	}
	page := s.translator.Get(pathOf(ref)).Is(http.StatusOK)
	if got := page.Attr(`.warning a[href*="/side"]`, "href"); got != place {
		t.Errorf("from the warning it is %q", got)
	}
	if !page.Has(`.source a[href="` + sideOf(ref) + `"]`) {
		t.Error("the article's page does not lead there")
	}
}

// What stands out in a passage is told at its field.
func TestAFigureThatDiffersIsToldAtItsPassage(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	_, ref := w.sidePair(s)
	s.translator.edit(ref, func(c *newsroom.Content) { c.Body = strings.Replace(c.Body, "240 ha", "24 ha", 1) })
	page := s.translator.Get(sideOf(ref)).Is(http.StatusOK)
	notes := page.All(".passage:has(.notes li)")
	if len(notes) != 1 || !strings.Contains(apptest.Text(notes[0]), "240") || !strings.Contains(page.Text(".notes li"), "24") {
		t.Errorf("told are %d: %q", len(notes), page.Text(".notes li"))
	}
	if href := page.Attr(".notes a", "href"); href != pathOf(ref)+"#findings" {
		t.Errorf("it is explained at %q", href)
	}
}

func TestNothingTypedBesideTheSourceIsLostWhenTheSessionIsOver(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	_, ref := w.sidePair(s)
	form := formOf(s.translator.Get(sideOf(ref)).Is(http.StatusOK), "#editor")
	form.Set(cellOf(form, sideTarget[0]), "Typed last.")
	w.must(w.accounts.SignOut(ctx, s.translator.token))
	page := s.translator.Post(sideOf(ref), form).Is(http.StatusUnauthorized)
	if got := page.Text("#kept-body"); !strings.HasPrefix(got, "Typed last.") || !strings.HasSuffix(got, sideTarget[2]) {
		t.Errorf("the page keeps %q", got)
	}
	if resend := page.Attr(`input[name="resend"]`, "value"); !strings.Contains(resend, "Typed last.") {
		t.Errorf("what travels is %q", resend)
	}
}
