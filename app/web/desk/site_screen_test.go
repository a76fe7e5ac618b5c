package desk_test

import (
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/term"
)

// On a telephone nothing under the site, and nothing of people and of the
// trail, needs a look to the side, with every form open; and the arrows of the
// sections work by the keyboard.
func TestTheSitesPagesFitATelephone(t *testing.T) {
	w := oneWorld(t)
	all := w.hire(w.portal, account.SystemAdministrator, account.Auditor)
	list := `[{"code": "a", "kind": "border_gate", "names": {"vi": "Một địa danh có tên rất dài để xem dòng chữ có tràn ra ngoài màn hình hay không"}}]`
	sendList(w, all, list)
	place, err := w.places.All(ctx)
	w.must(err)
	long := strings.Repeat("Ủy ban nhân dân ", 12)
	council, err := w.terms.Define(ctx, all.actor, term.Term{
		Agency: w.portal, Lang: "vi", Wording: long, Locked: true, Renderings: []term.Rendering{{Lang: "en", Text: strings.Repeat("Unbroken", 20), Standing: term.Required}},
	})
	w.must(err)
	s := all.screen(w.serve())
	s.size(360, 800)
	for _, path := range []string{
		"/site", "/site/agencies", "/site/agencies/new", "/site/agencies/" + w.portal, "/site/sections", "/site/sections/" + w.economy,
		"/site/outlets", "/site/outlets/" + w.portalOutlet, "/site/places", "/site/places/" + place[0].ID, "/site/places/import", "/people", "/audit",
		"/terms", "/terms/new", "/terms/" + council, "/terms/import",
		"/audit?verb=place.*&who=" + all.actor.ID,
	} {
		s.open(path)
		s.do(`() => document.querySelectorAll("details").forEach(d => d.open = true)`)
		if got := run[int](s, `() => document.documentElement.scrollWidth`); got > 360 {
			t.Errorf("%s is %d pixels wide", path, got)
		}
		small := run[string](s, `() => [...document.querySelectorAll("main button, main summary, main .button")].filter(b => b.offsetHeight > 0 && b.offsetHeight < 32).map(b => b.textContent).join()`)
		if small != "" {
			t.Errorf("%s: %s cannot be hit with a finger", path, small)
		}
	}
	s.open("/site/sections")
	s.do(`() => document.querySelector(".moves button:not(:disabled)").focus()`)
	s.key("\r")
	s.until("the order is another", `() => location.search == "?done=moved" && document.querySelector(".things a").textContent == "Văn hóa"`)
}
