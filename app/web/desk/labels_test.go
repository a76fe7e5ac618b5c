package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/label"
	"doingoai/content"
)

// Writers type names; what is not known is told at its field, with nothing lost.
func TestAnArticleIsMarkedWithNames(t *testing.T) {
	eachWorld(t, func(w *world) {
		chief, p := w.hire(w.portal, account.EditorInChief), w.hire(w.portal, account.Reporter)
		chief.send("/labels/tags/new", url.Values{"name_vi": {"Cửa khẩu"}, "name_en": {"Border gates"}}).Is(http.StatusSeeOther)
		chief.send("/labels/authors/new", url.Values{"name_vi": {"Minh Hà"}}).Is(http.StatusSeeOther)
		_, err := w.places.Import(ctx, account.System(), []content.Place{{Code: "loc-ninh", Kind: "district", Names: map[string]string{"vi": "Lộc Ninh"}}})
		w.must(err)
		ref := p.write(w.article("Bài"))
		form := formOf(p.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		for name, value := range map[string]string{
			"tags": "cua khau; ", "authors": "minh hà", "places": "Lộc Ninh", "happened": "1/6/2026", "agencies": "Sở không có",
		} {
			form.Set(name, value)
		}
		refused := p.send(pathOf(ref), form).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "agencies"); got != "Chưa có “Sở không có” trong danh sách." {
			t.Errorf("an unknown agency: %q", got)
		}
		form = formOf(refused, "#editor")
		if form.Get("tags") == "" || form.Get("agencies") != "Sở không có" {
			t.Errorf("what was typed is now %v", form)
		}
		form.Set("agencies", "")
		p.send(pathOf(ref), form).Is(http.StatusSeeOther)
		form = formOf(p.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		for name, want := range map[string]string{"tags": "Cửa khẩu", "authors": "Minh Hà", "places": "Lộc Ninh", "happened": "2026-06-01"} {
			if form.Get(name) != want {
				t.Errorf("%s is shown as %q, want %q", name, form.Get(name), want)
			}
		}
		p.send(pathOf(ref), form).Is(http.StatusSeeOther)
		if head := p.open(ref).Head; head != 2 {
			t.Errorf("the same names made revision %d", head)
		}
		// Two who save at once see names as well.
		form.Set("tags", "Border gates; Cửa khẩu")
		form.Set("headline", "Bài khác")
		form.Set("base", "1")
		merge := p.send(pathOf(ref), form).Is(http.StatusConflict)
		if !strings.Contains(merge.Text("#merge-tags"), "Border gates; Cửa khẩu") {
			t.Errorf("the merge shows %q", merge.Text("#merge-tags"))
		}
		if diff := p.Get(pathOf(ref) + "/revisions/2?from=1").Is(http.StatusOK).Text("main"); !strings.Contains(diff, "Minh Hà") {
			t.Error("the comparison does not name the author")
		}
	})
}

func TestTagsAreKept(t *testing.T) {
	w := oneWorld(t)
	chief := w.hire(w.portal, account.EditorInChief)
	for _, name := range []string{"FDI", "Vốn ngoại"} {
		chief.send("/labels/tags/new", url.Values{"name_vi": {name}}).Is(http.StatusSeeOther)
	}
	if got := chief.send("/labels/tags/new", url.Values{"name_vi": {"fdi"}}).Is(http.StatusUnprocessableEntity).Text(".errors"); !strings.Contains(got, "Đã có “fdi”") {
		t.Errorf("twice: %q", got)
	}
	found, err := w.tags.Find(ctx, "fdi", 10)
	w.must(err)
	path := "/labels/tags/" + found[0].ID
	chief.send(path+"/names/vi", url.Values{"name": {"FDI mới"}, "slug": {"fdi-moi"}, "line": {"Vốn"}}).Is(http.StatusSeeOther)
	chief.send(path+"/close", url.Values{}).Is(http.StatusSeeOther)
	chief.send(path+"/reopen", url.Values{}).Is(http.StatusSeeOther)
	if chief.send(path+"/merge", url.Values{"into": {"không có"}}).Is(http.StatusUnprocessableEntity).Text(".errors") == "" {
		t.Error("a merger into nothing is not told at its field")
	}
	chief.send(path+"/merge", url.Values{"into": {"von ngoai"}}).Is(http.StatusSeeOther)
	if got := chief.Get(path).Is(http.StatusOK).Text("main"); !strings.Contains(got, "Vốn ngoại") {
		t.Errorf("the merged one says %q", got)
	}
	chief.send("/labels/authors/new", url.Values{"name_vi": {"Minh Hà"}}).Is(http.StatusSeeOther)
	authors, err := w.authors.Find(ctx, "", 10)
	w.must(err)
	chief.send("/labels/authors/"+authors[0].ID+"/agency", url.Values{"agency": {w.portal}}).Is(http.StatusSeeOther)
	if l, err := w.authors.Get(ctx, authors[0].ID); err != nil || l.Agency != w.portal || l.Sort != label.Author {
		t.Errorf("%+v %v", l, err)
	}
	reporter := w.hire(w.portal, account.Reporter)
	for _, sort := range []string{"tags", "authors", "agencies", "places"} {
		reporter.Get("/labels/" + sort + "?q=a").Is(http.StatusOK)
	}
	reporter.Get("/labels/people").Is(http.StatusNotFound)
	reporter.Get(path).Is(http.StatusForbidden)
}
