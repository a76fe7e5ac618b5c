package desk_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/term"
)

// council is what the form of a term sends.
func council(agency string) url.Values {
	return url.Values{
		"wording": {"Hội đồng nhân dân"}, "variants": {"HĐND\nHội đồng ND"}, "lang": {"vi"}, "agency": {agency}, "note": {"Cơ quan dân cử"},
		"required_en": {"People's Council"}, "forbidden_en": {"Popular Council"}, "allowed_km": {"ក្រុមប្រឹក្សាប្រជាជន"}, "forbidden_vi": {"Hội đồng dân"},
		"document": {"Thông tư 05/2026/TT-BNG"}, "document_on": {"2026-01-15"}, "valid_from": {"2026-03-01"},
	}
}

func TestATermIsDefinedChangedAndEndedAtTheDesk(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Translator)
		to := p.send("/terms/new", council(w.portal)).Is(http.StatusSeeOther).Header.Get("Location")
		page := p.Get(to).Is(http.StatusOK)
		if page.Text("h1") != "Hội đồng nhân dân" || page.Text(".flash") == "" {
			t.Errorf("%q %q", page.Text("h1"), page.Text(".flash"))
		}
		for _, want := range []string{"Tiếng AnhPeople's Council không dùng Popular Council", "Tiếng Khmerក្រុមប្រឹក្សាប្រជាជន chấp nhận", "không dùng Hội đồng dân"} {
			if got := page.Text(".called"); !strings.Contains(got, want) {
				t.Errorf("%q does not say %q", got, want)
			}
		}
		if got := page.Text(".facts"); !strings.Contains(got, "HĐND; Hội đồng ND") || !strings.Contains(got, "Thông tư 05/2026/TT-BNG") || !strings.Contains(got, "01/03/2026") {
			t.Errorf("%q", got)
		}
		path, _, _ := strings.Cut(to, "?")
		form := council(w.portal)
		form.Set("version", page.Attr(`form.term input[name="version"]`, "value"))
		form.Set("required_en", "People’s Council\nProvincial People's Council")
		p.send(path, form).Is(http.StatusSeeOther).LeadsTo(path + "?done=terms_saved")
		if got := p.Get(path).Text(".past-list"); !strings.Contains(got, "Tiếng Anh, Bắt buộc: People's Council → People’s Council | Provincial People's Council") {
			t.Errorf("the history says %q", got)
		}
		form.Set("note", "của người thứ hai")
		refused := p.send(path, form).Is(http.StatusConflict) // the version is an old one now
		if !strings.Contains(refused.Text(".errors"), "vừa sửa") || refused.Text("#terms-"+strings.TrimPrefix(path, "/terms/")+"-note") != "của người thứ hai" {
			t.Errorf("%q", refused.Text(".errors"))
		}
		form.Set("version", refused.Attr(`form.term input[name="version"]`, "value"))
		p.send(path, form).Is(http.StatusSeeOther)
		end := url.Values{"version": {"3"}, "valid_to": {"2026-06-01"}}
		p.send(path+"/end", end).Is(http.StatusSeeOther)
		if got := p.Get(path).Text("main"); !strings.Contains(got, "Thôi dùng") {
			t.Errorf("%q", got)
		}
		if p.Get("/terms").Has(".rows.terms li") || !p.Get("/terms?ended=1").Has(".rows.terms li") {
			t.Error("a term that is over stands among those that are not")
		}
		p.send(path+"/end", url.Values{"version": {"4"}, "valid_to": {"2026-02-01"}}).Is(http.StatusUnprocessableEntity)
	})
}

// Ended at noon, it still ended at noon after its note was changed.
func TestSavingATermDoesNotMoveItsEnd(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Translator)
	path, _, _ := strings.Cut(p.send("/terms/new", council(w.portal)).Is(http.StatusSeeOther).Header.Get("Location"), "?")
	p.send(path+"/end", url.Values{"version": {"1"}}).Is(http.StatusSeeOther)
	id := strings.TrimPrefix(path, "/terms/")
	before, err := w.terms.Get(ctx, id)
	w.must(err)
	form := council(w.portal)
	form.Set("version", "2")
	form.Set("note", "khác")
	form.Set("valid_to", p.Get(path).Attr(`form.term input[name="valid_to"]`, "value"))
	p.send(path, form).Is(http.StatusSeeOther)
	if after, err := w.terms.Get(ctx, id); err != nil || after.Note != "khác" || !after.To.Equal(before.To) || after.To.IsZero() {
		t.Errorf("%v, was %v (%v)", after.To, before.To, err)
	}
}

func TestARefusedTermKeepsWhatWasTyped(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Translator)
	form := council(w.portal)
	form.Set("wording", "")
	form.Set("forbidden_ja", "a|b")
	form.Set("valid_to", "mai")
	page := p.send("/terms/new", form).Is(http.StatusUnprocessableEntity)
	if page.Text("#terms-new-required_en") != "People's Council" || page.Text("#terms-new-variants") != "HĐND Hội đồng ND" {
		t.Errorf("%q %q", page.Text("#terms-new-required_en"), page.Text("#terms-new-variants"))
	}
	if got := page.Text("#e-terms-new-valid_to"); got == "" {
		t.Error("a day that is none")
	}
	form.Set("valid_to", "")
	page = p.send("/terms/new", form).Is(http.StatusUnprocessableEntity)
	if page.Text("#e-terms-new-wording") == "" || page.Text("details[open] #e-terms-new-forbidden_ja") == "" || !page.Has(`.errors a[href="#terms-new-forbidden_ja"]`) {
		t.Errorf("%s", page.Text(".errors"))
	}
	form.Set("wording", strings.Repeat("ộ", 300))
	p.send("/terms/new", form).Is(http.StatusUnprocessableEntity)
}

func TestWhoMayChangeTermsSeesHow(t *testing.T) {
	w := oneWorld(t)
	official := term.Term{Agency: w.portal, Lang: "vi", Wording: "Sở Ngoại vụ", Locked: true, Renderings: []term.Rendering{{Lang: "en", Text: "Department of Foreign Affairs", Standing: term.Required}}}
	chief := w.hire(w.portal, account.EditorInChief)
	id, err := w.terms.Define(ctx, chief.actor, official)
	w.must(err)
	for _, c := range []struct {
		who               *person
		changes, explains bool
	}{
		{chief, true, false},
		{w.hire(w.portal, account.SystemAdministrator), true, false},
		{w.hire(w.portal, account.Translator), false, true},
		{w.hire(w.paper, account.EditorInChief), false, false},
		{w.hire(w.portal, account.Reporter), false, false},
	} {
		page := c.who.Get("/terms/" + id).Is(http.StatusOK)
		if page.Has("form.term") != c.changes || strings.Contains(page.Text("main"), "Đây là tên gọi chính thức.") != c.explains || page.Text(".official") == "" {
			t.Errorf("%v: %q", c.who.actor.Posts, page.Text("main"))
		}
		if _, may := c.who.actor.May(account.DefineTerms, c.who.actor.Posts[0].Agency); c.who.Get("/terms").Has(`a[href="/terms/new"]`) != may {
			t.Errorf("%v: is it offered to add terms?", c.who.actor.Posts)
		}
	}
	if page := chief.Get("/terms/" + id); !page.Has(`input[name="locked"][checked]`) {
		t.Error("the lock is not in the form")
	}
}

func TestTermsAreFilteredPagedAndTakenAway(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Translator)
	empty := p.Get("/terms").Is(http.StatusOK)
	if !strings.Contains(empty.Text(".empty"), "Chưa có thuật ngữ nào.") || empty.Has(".taking") {
		t.Errorf("%q", empty.Text("main"))
	}
	table := "wording,en,km\n"
	for i := range term.PageLength + 1 {
		table += fmt.Sprintf("thuật ngữ số %03d,term %03d,\n", i, i)
	}
	_, err := w.terms.Import(ctx, account.System(), term.List{Agency: w.portal, Body: table + "=ngoại vụ,foreign affairs,x\n"}, false)
	w.must(err)
	first := p.Get("/terms").Is(http.StatusOK)
	second := p.Get(first.Attr(`.paging a[rel="next"]`, "href")).Is(http.StatusOK)
	if n, m := len(first.All(".rows.terms > li")), len(second.All(".rows.terms > li")); n != term.PageLength || m != 2 || second.Has(`a[rel="next"]`) {
		t.Error(n, m)
	}
	for query, want := range map[string]int{"q=NGOAI+vu": 1, "q=term+007": 1, "in=km": 1, "without=km": term.PageLength, "in=ja": 0, "locked=1": 0, "agency=" + w.paper: 0} {
		if n := len(p.Get("/terms?" + query).Is(http.StatusOK).All(".rows.terms > li")); n != want {
			t.Errorf("%s: %d", query, n)
		}
	}
	p.Get("/terms?page=0").Is(http.StatusBadRequest)
	p.Get("/terms?q=" + strings.Repeat("x", 300)).Is(http.StatusBadRequest)
	p.Get("/terms/export/doc").Is(http.StatusNotFound)
	for _, format := range []string{"csv", "tbx"} {
		file := p.Get("/terms/export/" + format + "?q=ngoai").Is(http.StatusOK)
		if !strings.Contains(file.Header.Get("Content-Disposition"), "."+format) || !strings.Contains(file.Body, "foreign affairs") || strings.Contains(file.Body, "term 001") {
			t.Errorf("%s %.300s", file.Header, file.Body)
		}
	}
	if got := p.Get("/terms/export/csv").Body; !strings.Contains(got, "'=ngoại vụ") || strings.Count(got, "\n") != term.PageLength+3 {
		t.Errorf("%.200s", got)
	}
}

// sendTerms uploads a list of terms.
func sendTerms(w *world, p *person, agency, list string) *apptest.Answer {
	w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	file, err := parts.CreateFormFile("list", "danh sách.csv")
	w.must(err)
	_, err = file.Write([]byte(list))
	w.must(err)
	w.must(parts.WriteField("csrf", p.csrf()))
	w.must(parts.WriteField("agency", agency))
	w.must(parts.Close())
	r := httptest.NewRequest(http.MethodPost, origin+"/terms/import", &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	return p.Do(r)
}

func TestAListOfTermsIsLookedAtBeforeItIsTakenIn(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Translator)
		p.Get("/terms/import").Is(http.StatusOK)
		sendTerms(w, p, w.portal, "wording;en;valid_from\nmột;one;\n;two;\nba;<b>three</b>;ngày mai\n").Is(http.StatusSeeOther).LeadsTo("/terms/import")
		page := p.Get("/terms/import").Is(http.StatusOK)
		if got := page.Text(".tally"); got != "2 chưa đúng1 thêm mới" {
			t.Errorf("%q", got)
		}
		rows := page.Text(".rows-to-come tbody")
		for _, want := range []string{"3chưa đúngThuật ngữ: Hãy điền mục này.two", "4chưa đúngbaDùng từ ngày: Hãy nhập ngày", "<b>three</b>", "2thêm mớimộtone"} {
			if !strings.Contains(rows, want) {
				t.Errorf("%q does not say %q", rows, want)
			}
		}
		if page.Has(`form[action="/terms/import/accept"]`) {
			t.Error("it is offered to take in what is not right")
		}
		p.send("/terms/import/accept", nil).Is(http.StatusUnprocessableEntity)
		sendTerms(w, p, w.portal, "wording;en\nmột;one\n").Is(http.StatusSeeOther)
		page = p.Get("/terms/import").Is(http.StatusOK)
		if got := page.Text(`form[action="/terms/import/accept"] button`); got != "Nhập 1 thuật ngữ" {
			t.Errorf("%q", got)
		}
		p.send("/terms/import/accept", nil).Is(http.StatusSeeOther).LeadsTo("/terms?done=terms_imported")
		if got := p.Get("/terms?done=terms_imported"); got.Text(".flash") == "" || got.Text(".rows.terms .headline") != "một" {
			t.Errorf("%q", got.Text("main"))
		}
		sendTerms(w, p, w.portal, "wording;en\nhai;two\n").Is(http.StatusSeeOther)
		p.send("/terms/import/drop", nil).Is(http.StatusSeeOther)
		if p.Get("/terms/import").Has(".rows-to-come") {
			t.Error("the dropped list is there still")
		}
		sendTerms(w, p, w.portal, "wording;en\nhai;two\n").Is(http.StatusSeeOther)
		if page := sendTerms(w, p, w.portal, "<html/>").Is(http.StatusUnprocessableEntity); page.Has(`form[action="/terms/import/accept"]`) {
			t.Error("beside the list that is refused the one before is offered to be taken in")
		}
		for bad, want := range map[string]string{
			"wording;màu\nx;đỏ\n": "Không có cột “màu”.", "<html/>": "Tệp XML này không phải TBX.", "wording\nX\xff\n": "UTF-8", "": "Hãy điền mục này.",
		} {
			if got := sendTerms(w, p, w.portal, bad).Is(http.StatusUnprocessableEntity).Text("#e-list"); !strings.Contains(got, want) {
				t.Errorf("%.20q: %q", bad, got)
			}
		}
		if got := sendTerms(w, p, w.portal, "wording\n"+strings.Repeat("x", term.MaxList)).Is(http.StatusUnprocessableEntity).Text("#e-list"); !strings.Contains(got, "5 MB") {
			t.Errorf("%q", got)
		}
		sendTerms(w, p, w.paper, "wording\nx\n").Is(http.StatusForbidden)
		p.send("/terms/import/glossary", url.Values{"agency": {w.portal}}).Is(http.StatusSeeOther)
		p.send("/terms/import/accept", nil).Is(http.StatusSeeOther)
		if _, n, err := w.terms.List(ctx, term.Filter{}); err != nil || n < 100 {
			t.Errorf("%d %v", n, err)
		}
	})
}
