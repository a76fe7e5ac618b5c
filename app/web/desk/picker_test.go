package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/media"
	"doingoai/app/newsroom"
)

// described puts a picture into the library that has words, and answers its hash.
func (w *world) described(by *person) string {
	w.t.Helper()
	hash := w.picture(by)
	words := map[string]media.Words{"vi": {Alt: `Cầu "mới" [1]`, Caption: "Lộc Ninh"}}
	w.must(w.media.Describe(ctx, by.actor, hash, 1, media.Description{Words: words, Focus: media.Middle}))
	w.must(w.media.SetRights(ctx, by.actor, hash, 2, media.Rights{Credit: "Văn phòng"}))
	return hash
}

func TestAPictureOfTheLibraryIsPutIntoATextWithoutScript(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		hash := w.described(p)
		ref := p.write(w.article("Bài"))
		fields := formOf(p.Get(pathOf(ref)), "#editor")
		fields.Set("headline", "Tít vừa sửa")
		fields.Set("pick", "lead")
		p.send(pathOf(ref), fields).LeadsTo(pathOf(ref) + "/pictures?place=lead")
		page := p.Get(pathOf(ref) + "/pictures?place=lead&q=loc+ninh").Is(http.StatusOK)
		p.send(pathOf(ref)+"/pictures", formOf(page, "[data-choose]")).LeadsTo(pathOf(ref) + "?done=picked&edit=1")
		content := p.open(ref).Revision.Content
		if want := (newsroom.Lead{Media: hash, Alt: `Cầu "mới" [1]`, Caption: "Lộc Ninh", Credit: "Văn phòng"}); content.Lead != want || content.Headline != "Tít vừa sửa" {
			t.Errorf("%+v", content)
		}

		page = p.Get(pathOf(ref) + "/pictures?place=body").Is(http.StatusOK)
		p.send(pathOf(ref)+"/pictures", formOf(page, "[data-choose]")).Is(http.StatusSeeOther)
		body := p.open(ref).Revision.Content.Body
		if !strings.HasSuffix(body, `![Cầu \"mới\" \[1\]](media:`+hash+` "Lộc Ninh · Văn phòng")`) {
			t.Errorf("body %q", body)
		}
		p.Get(pathOf(ref) + "/pictures?place=kicker").Is(http.StatusNotFound)
		p.Get(pathOf(ref) + "/pictures?place=lead&q=khong+co").Is(http.StatusOK).Has(".empty")
	})
}

func TestOnlyPicturesThatTheTextMayUseAreOffered(t *testing.T) {
	w := oneWorld(t)
	p, there := w.hire(w.portal, account.Reporter), w.hire(w.paper, account.Reporter)
	hash := w.described(p)
	ref := there.write(w.article("Bài của báo"))
	if there.Get(pathOf(ref) + "/pictures?place=lead").Has("[data-choose]") {
		t.Error("another agency's picture is offered")
	}
	w.must(w.media.SetRights(ctx, p.actor, hash, 3, media.Rights{Shared: true}))
	if !there.Get(pathOf(ref) + "/pictures?place=lead").Has("[data-choose]") {
		t.Error("a shared picture is not offered")
	}
}

func TestAPictureOfTheLibraryIsChosenBesideTheText(t *testing.T) {
	w := oneWorld(t)
	hash := w.described(w.hire(w.portal, account.Editor))
	p, s, ref := writing(w, "Nội dung.")
	s.click(`button[data-pick][value=body]`)
	s.until("the library", `() => document.querySelector("dialog[data-picker]").open && document.querySelector("[data-choose]") !== null`)
	s.click("[data-choose] button")
	s.until("the picture in the text", `() => document.querySelector(".prose [data-picture] img") !== null`)
	s.click(`button[data-pick][value=lead]`)
	s.until("the library again", `() => document.querySelector("dialog[data-picker]").open && document.querySelector("[data-choose]") !== null`)
	// Whoever presses the picture itself chooses it, too.
	s.do(`() => {
		const r = document.querySelector(".picker .shelf img").getBoundingClientRect();
		document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2).click();
	}`)
	s.until("the lead picture", `() => { const i = document.querySelector("[data-picture-picked]"); return i.checkVisibility() && i.naturalWidth > 0 }`)
	s.save()
	content := p.open(ref).Revision.Content
	if content.Lead.Media != hash || content.Lead.Credit != "Văn phòng" || !strings.Contains(content.Body, "media:"+hash) || !strings.HasPrefix(content.Body, "Nội dung.") {
		t.Errorf("saved %+v", content)
	}
}
