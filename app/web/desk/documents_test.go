package desk_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/kind"
	"doingoai/app/media"
)

// The file of a document is chosen on a page of the library, without script, and
// left out again in the form.
func TestAFileIsChosenForADocument(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		p.send("/new", url.Values{"kind": {"document"}, "headline": {"Quyết định"}, "lang": {"vi"}, "agency": {w.portal}}).Is(http.StatusSeeOther)
		ref := p.list()[0].Ref
		m, err := w.media.Add(ctx, p.actor, w.portal, "quyet-dinh.pdf", bytes.NewReader(apptest.PDF("Quyet dinh")))
		w.must(err)
		w.must(w.media.SetRights(ctx, p.actor, m.Hash, m.Version, media.Rights{Licence: media.PublicDomain}))
		form := url.Values{
			"base": {"1"}, "written_in": {"vi"}, "headline": {"Quyết định"}, "fact.number": {"687/QĐ-UBND"}, "fact.issuer": {w.portal},
			"fact.issued": {"7/4/2014"}, "fact.force": {kind.InForce}, "fact.field": {"trade"}, "pick": {"file"},
		}
		if at := p.send(pathOf(ref), form).Is(http.StatusSeeOther).Header.Get("Location"); at != pathOf(ref)+"/pictures?place=file" {
			t.Errorf("choosing leads to %s", at)
		}
		if !p.Get(pathOf(ref) + "/pictures?place=file").Is(http.StatusOK).Has(`[name=hash][value="` + m.Hash + `"]`) {
			t.Error("the document is not offered")
		}
		p.send(pathOf(ref)+"/pictures", url.Values{"place": {"file"}, "hash": {m.Hash}}).Is(http.StatusSeeOther)
		facts := p.open(ref).Revision.Content.Facts
		if facts["file"] != m.Hash || facts["issued"] != "2014-04-07" {
			t.Errorf("saved are %v", facts)
		}
		page := p.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Text(`select[name="fact.file"] option[selected]`); got != "quyet-dinh.pdf" {
			t.Errorf("the form calls it %q", got)
		}
		form.Set("base", "3")
		form.Del("pick")
		form.Set("fact.file", "")
		p.send(pathOf(ref), form).Is(http.StatusSeeOther)
		if got := p.open(ref).Revision.Content.Facts["file"]; got != "" {
			t.Errorf("left out is %q", got)
		}
		form.Set("base", "4")
		form.Set("fact.force", kind.Replaced)
		if got := p.send(pathOf(ref), form).Is(http.StatusUnprocessableEntity).Text(".fact-row .wrong"); got == "" {
			t.Error("a document that was replaced by nothing is saved")
		}
	})
}
