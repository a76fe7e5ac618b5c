package newsroom

import (
	"bytes"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media"
)

// A film, sound or document stands in a body as a picture does, and reaches
// readers with its release. It is no lead picture.
func TestFilesOfEveryKindStandInABody(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		bring := func(name string, data []byte) media.Media {
			m, err := w.room.Add(t.Context(), w.reporter, portal, name, bytes.NewReader(data))
			must(t, err)
			return m
		}
		film, sound, document := bring("phim.webm", apptest.Film(1000)), bring("loi.wav", apptest.Sound(1)), bring("qd.pdf", apptest.PDF("Quyet dinh"))
		ref := w.draft(t, w.reporter, "vi", "Bài có phim")
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Body += "\n\n![Toàn cảnh](media:" + film.Hash + ")\n\n![Lời chào](media:" + sound.Hash + ")\n\n![Quyết định](media:" + document.Hash + ")"
		})
		w.lead(t, w.reporter, ref, Published)
		doc := w.article(t, ref)
		if !contains(doc.HTML, `<video src="`+film.Path()+`" aria-label="Toàn cảnh" width="1280" height="720" controls="" preload="metadata">`,
			`<audio src="`+sound.Path()+`"`, `<a href="`+document.Path()+`" download="">Quyết định (PDF, 1 trang, `) {
			t.Errorf("readers get %s", doc.HTML)
		}
		if len(doc.Files) != 3 || doc.Files[0] != film.File || doc.Files[2] != document.File {
			t.Errorf("with the files %+v", doc.Files)
		}
		uses, err := w.room.Uses(t.Context(), document.Hash)
		if err != nil || len(uses) != 1 || !uses[0].Live {
			t.Errorf("its uses: %+v (%v)", uses, err)
		}

		head := w.head(t, ref)
		content := head.Content
		content.Lead.Media = film.Hash
		_, err = w.Save(t.Context(), w.reporter, ref, head.Number, content)
		if f, ok := fault.As(err); !ok || f.Fields["lead_media"].Key != "error.media.not_image" {
			t.Errorf("a film for the lead: %v", err)
		}
	})
}
