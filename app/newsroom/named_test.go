package newsroom

import (
	"slices"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/label"
)

// Names become ids when a text is saved; in what is approved and released there
// are ids only.
func TestNamesBecomeWhatTheyName(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		tags := label.New(w.db, w.log, label.Tag)
		w.registers = Registers{"tags": tags}
		gates, err := tags.Add(t.Context(), account.System(), label.Label{Names: map[string]label.Name{"vi": {Name: "Cửa khẩu"}, "en": {Name: "Gates"}}})
		must(t, err)
		over, err := tags.Add(t.Context(), account.System(), label.Label{Names: map[string]label.Name{"vi": {Name: "Đại hội"}}})
		must(t, err)
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.reporter, ref, func(c *Content) { c.About.Tags = []string{" cua  khau", "gates", over, ""} })
		if got := w.head(t, ref).Content.About.Tags; !slices.Equal(got, []string{gates, over}) {
			t.Errorf("the text is marked with %q", got)
		}
		must(t, tags.Close(t.Context(), account.System(), over))
		w.save(t, w.reporter, ref, func(c *Content) { c.Headline = "Vẫn giữ chủ đề đã đóng" })
		another := w.draft(t, w.reporter, "vi", "Bài khác")
		for name, c := range map[string]struct{ field, word, key string }{
			"closed": {"tags", "Đại hội", "error.named.closed"}, "unknown": {"tags", "Không có", "error.named.unknown"},
			"without a register": {"places", "Lộc Ninh", "error.named.unknown"},
		} {
			content := w.head(t, another).Content
			*content.About.Words(c.field) = []string{c.word}
			_, err := w.Save(t.Context(), w.reporter, another, 1, content)
			if got := at(t, err, c.field); got != c.key || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
			_, err = w.Create(t.Context(), w.reporter, Start{Kind: "article", Agency: portal, Lang: "vi", Content: content})
			if got := at(t, err, c.field); got != c.key {
				t.Errorf("beginning, %s: %v", name, err)
			}
		}
		// What is typed and not saved keeps its words.
		_, err = w.Autosave(t.Context(), w.reporter, another, Unsaved{Base: 1, Content: Content{Headline: "x", About: About{Tags: []string{"Cửa kh"}}}})
		must(t, err)
		worded, err := w.Worded(t.Context(), w.head(t, ref).Content, "en")
		if must(t, err); !slices.Equal(worded.About.Tags, []string{"Gates", "Đại hội"}) {
			t.Errorf("in English it is %q", worded.About.Tags)
		}
		w.lead(t, w.reporter, ref, Published)
		if got := w.article(t, ref).Tags; !slices.Equal(got, []string{gates, over}) {
			t.Errorf("readers have %q", got)
		}
	})
}
