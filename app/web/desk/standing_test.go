package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// The chief of an outlet finds what another agency published there, reads it
// and takes it down; and reads of it no more than that.
func TestChiefOfAnOutletTakesDownWhatStandsThere(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		chief := w.hire(w.paper, account.EditorInChief)
		content := w.article("Bài của cổng")
		content.Outlets, content.Lead = []string{w.paperOutlet}, newsroom.Lead{Media: w.picture(s.reporter), Alt: "Cầu", Caption: "Cầu", Credit: "An"}
		ref := s.reporter.write(content)
		picture := "/media/" + content.Lead.Media + "/x.png"
		chief.Get(pathOf(ref)).Is(http.StatusNotFound)
		chief.Get(picture).Is(http.StatusNotFound)
		s.carry(ref, newsroom.Approved)
		at := pathOf(ref) + "/outlets"
		page := chief.Get(at).Is(http.StatusOK)
		chief.send(at+"/"+w.paperOutlet, url.Values{"verb": {"decline"}, "hash": {page.Attr(`input[name="hash"]`, "value")}}).Is(http.StatusUnprocessableEntity)
		chief.send(at+"/"+w.paperOutlet, url.Values{"verb": {"carry"}, "hash": {page.Attr(`input[name="hash"]`, "value")}}).
			LeadsTo(at + "?done=place_carry#" + w.paperOutlet)
		s.chief.press(ref, newsroom.Publish, nil)

		if got := chief.Get("/editions").Is(http.StatusOK).Text("main"); !strings.Contains(got, "Bài của cổng") {
			t.Errorf("the list says %q", got)
		}
		if page := chief.Get(pathOf(ref)).Is(http.StatusOK); page.Has("#editor") {
			t.Error("the article can be changed")
		}
		if got := chief.offered(ref); !slices.Equal(got, []string{"withdraw"}) {
			t.Errorf("offered is %q", got)
		}
		if got := chief.Get(picture).Is(http.StatusOK).Header.Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("a picture may be kept: %q", got)
		}
		chief.send(pathOf(ref)+"/do", url.Values{"verb": {"withdraw"}, "reason": {"Yêu cầu gỡ"}}).Is(http.StatusSeeOther).LeadsTo(pathOf(ref) + "?done=withdraw")
		if got := chief.Get(pathOf(ref)).Is(http.StatusOK).Text("main"); !strings.Contains(got, "Đã gỡ") {
			t.Errorf("afterwards the page says %q", got)
		}
	})
}
