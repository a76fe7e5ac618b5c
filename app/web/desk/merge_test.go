package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/newsroom"
)

// conflict is a text that two people changed: what the second one's save shows.
func conflict(w *world, theirs, mine func(*newsroom.Content)) (s staff, ref newsroom.Ref, page url.Values, html string) {
	w.t.Helper()
	s = w.hireStaff()
	ref = s.reporter.write(w.article("Cửa khẩu"))
	s.carry(ref, newsroom.Editing)
	form := formOf(s.editor.Get(pathOf(ref)), "#editor")
	content := s.editor.open(ref).Revision.Content
	theirs(&content)
	_, err := w.newsroom.Save(ctx, s.managing.actor, ref, 1, content)
	w.must(err)
	content = s.editor.open(ref).Revision.Content
	mine(&content)
	for name, value := range map[string]string{
		"headline": content.Headline, "standfirst": content.Standfirst, "body": content.Body, "section": content.Section, "byline": content.Byline,
	} {
		form.Set(name, value)
	}
	form["outlets"] = content.Outlets
	answer := s.editor.send(pathOf(ref), form).Is(http.StatusConflict)
	return s, ref, formOf(answer, "main form"), answer.Body
}

func TestEachPartOfAMergeTakesEitherSide(t *testing.T) {
	eachWorld(t, func(w *world) {
		s, ref, form, _ := conflict(w, func(c *newsroom.Content) {
			c.Headline, c.Body, c.Section, c.Outlets = "Tít của thư ký", "Thân bài của thư ký.", w.culture, []string{w.paperOutlet}
		}, func(c *newsroom.Content) {
			c.Headline, c.Body, c.Section, c.Outlets = "Tít của biên tập", "Thân bài của biên tập.", w.economy, []string{w.portalOutlet}
		})
		take := func(what string) {
			t.Helper()
			form.Set("take", what)
			form = formOf(s.editor.send(pathOf(ref), form).Is(http.StatusOK), "main form")
			form.Del("take")
		}
		form.Set("body", "Đang sửa dở.")
		take("headline:theirs")
		take("section:theirs")
		take("outlets:theirs")
		if got := form.Get("body"); got != "Đang sửa dở." {
			t.Errorf("taking another part changed the body to %q", got)
		}
		take("body:theirs")
		take("headline:yours") // one may think again
		if form.Get("headline") != "Tít của biên tập" || form.Get("body") != "Thân bài của thư ký." || form.Get("section") != w.culture {
			t.Errorf("the form has %v", form)
		}
		if got := s.editor.open(ref).Head; got != 2 {
			t.Errorf("choosing saved version %d", got)
		}
		s.editor.send(pathOf(ref), form).Is(http.StatusSeeOther)
		got := s.editor.open(ref).Revision
		if got.Number != 3 || got.Content.Headline != "Tít của biên tập" || got.Content.Body != "Thân bài của thư ký." || got.Content.Section != w.culture ||
			len(got.Content.Outlets) != 1 || got.Content.Outlets[0] != w.paperOutlet {
			t.Errorf("saved %+v", got)
		}
	})
}

func TestMergeSpeaksInNamesAndShowsChangesOfLongTextsTogether(t *testing.T) {
	w := oneWorld(t)
	long := strings.Repeat("Một câu dài không ai sửa. ", 200)
	_, _, _, html := conflict(w, func(c *newsroom.Content) {
		c.Section, c.Outlets, c.Body = w.culture, []string{w.paperOutlet}, long+"Câu của thư ký. "+long
	}, func(c *newsroom.Content) {
		c.Section, c.Outlets, c.Body = w.economy, []string{w.portalOutlet}, long+"Câu của biên tập. "+long
	})
	for _, want := range []string{"Văn hóa", "Kinh tế", "Báo Đối ngoại", "Cổng Đối ngoại", "… phần giống nhau …"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	shown := html[strings.Index(html, `id="merge-body"`):]
	shown = shown[strings.Index(shown, `<div class="side"`):strings.Index(shown, "<textarea")]
	if n := strings.Count(shown, "Một câu dài không ai sửa."); n > 40 {
		t.Errorf("the two sides repeat the unchanged sentence %d times", n)
	}
}

// A form of the merge page that names a version that is none, or a part that
// is none, changes nothing.
func TestTakingNothingIsHarmless(t *testing.T) {
	w := oneWorld(t)
	s, ref, form, _ := conflict(w, func(c *newsroom.Content) { c.Body = "Của thư ký." }, func(c *newsroom.Content) { c.Body = "Của biên tập." })
	form.Set("take", "atlantis:theirs")
	again := formOf(s.editor.send(pathOf(ref), form).Is(http.StatusOK), "main form")
	if got := again.Get("body"); got != "Của biên tập." {
		t.Errorf("the body is %q", got)
	}
	form.Set("base", "99")
	s.editor.send(pathOf(ref), form).Is(http.StatusNotFound)
	form.Set("base", "x")
	s.editor.send(pathOf(ref), form).Is(http.StatusNotFound)
}

// Where only they changed something, the result begins with theirs: saving at
// once undoes nobody's work.
func TestAMergeBeginsWithWhatOnlyTheyChanged(t *testing.T) {
	eachWorld(t, func(w *world) {
		s, ref, form, html := conflict(w, func(c *newsroom.Content) {
			c.Headline, c.Section, c.Outlets = "Tít của thư ký", w.culture, []string{w.portalOutlet, w.paperOutlet}
		}, func(c *newsroom.Content) {
			c.Headline, c.Section, c.Outlets, c.Body = "Cửa khẩu", w.economy, []string{w.portalOutlet}, "Thân bài của biên tập."
		})
		if n := strings.Count(html, "Bạn không sửa mục này; ô kết quả lấy theo bản đã lưu."); n != 3 {
			t.Errorf("%d parts are said to be changed by them alone", n)
		}
		form.Set("take", "headline:yours") // which one may still want
		form = formOf(s.editor.send(pathOf(ref), form).Is(http.StatusOK), "main form")
		if got := form.Get("headline"); got != "Cửa khẩu" {
			t.Errorf("took %q", got)
		}
		form.Set("take", "headline:theirs")
		form = formOf(s.editor.send(pathOf(ref), form).Is(http.StatusOK), "main form")
		form.Del("take")
		s.editor.send(pathOf(ref), form).Is(http.StatusSeeOther)
		got := s.editor.open(ref).Revision
		if got.Number != 3 || got.Content.Headline != "Tít của thư ký" || got.Content.Section != w.culture || len(got.Content.Outlets) != 2 ||
			got.Content.Body != "Thân bài của biên tập." {
			t.Errorf("saved %+v", got)
		}
	})
}

func TestDroppingOnesOwnSideDropsWhatWasUnsaved(t *testing.T) {
	w := oneWorld(t)
	s, ref, form, html := conflict(w, func(c *newsroom.Content) { c.Body = "Của thư ký." }, func(c *newsroom.Content) { c.Body = "Của biên tập." })
	s.editor.typing(ref, map[string]any{"base": "1", "headline": "Cửa khẩu", "body": "Của biên tập."}).Is(http.StatusOK)
	if !strings.Contains(html, `formaction="`+pathOf(ref)+`/discard"`) {
		t.Error("the button does not discard")
	}
	s.editor.send(pathOf(ref)+"/discard", form).LeadsTo(pathOf(ref) + "?done=discarded")
	if s.editor.open(ref).Unsaved != nil {
		t.Error("it is still offered")
	}
}
