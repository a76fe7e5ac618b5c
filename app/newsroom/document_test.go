package newsroom

import (
	"bytes"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/kind"
	"doingoai/app/media"
)

// decree is a legal document that is a file of the library.
func (w *world) decree(t *testing.T, file string) Content {
	t.Helper()
	c := w.content("Quyết định")
	c.Body = ""
	c.Facts = kind.Facts{"number": "687/QĐ-UBND", "issuer": portal, "issued": "2014-04-07", "force": kind.InForce, "field": "external_relations", "file": file}
	return c
}

// pdf brings a document to the library that anybody may be shown.
func (w *world) pdf(t *testing.T) media.Media {
	t.Helper()
	m, err := w.media.Add(t.Context(), w.reporter, portal, "qd.pdf", bytes.NewReader(apptest.PDF("Quyet dinh")))
	must(t, err)
	must(t, w.media.SetRights(t.Context(), w.chief, m.Hash, m.Version, media.Rights{Licence: media.PublicDomain}))
	return m
}

// Readers are given the file that a document names, in every language: of a
// translation it is the source's.
func TestADocumentIsReleasedWithItsFile(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		pdf, picture := w.pdf(t), w.picture(t, 7).Hash
		source, err := w.Create(t.Context(), w.reporter, Start{Kind: kind.Document, Agency: portal, Lang: "vi", Content: w.decree(t, pdf.Hash)})
		must(t, err)
		_, err = w.Save(t.Context(), w.reporter, source, 1, w.decree(t, picture))
		if at(t, err, "fact.file") != "error.fact.file" {
			t.Errorf("a picture is a document: %v", err)
		}
		w.lead(t, w.reporter, source, Published)
		if got := w.article(t, source).Attached; len(got) != 1 || got[0].Hash != pdf.Hash || got[0].Pages != pdf.Pages || pdf.Pages == 0 {
			t.Errorf("attached is %+v", got)
		}
		en := w.translate(t, source, "en")
		w.save(t, w.translator, en, func(c *Content) { c.Headline, c.Standfirst, c.Body = "Decision", "Standfirst.", "" })
		w.lead(t, w.translator, en, Published)
		if got := w.article(t, en).Attached; len(got) != 1 || got[0].Hash != pdf.Hash {
			t.Errorf("a translation has %+v", got)
		}
		uses, err := w.media.Uses(t.Context(), pdf.Hash)
		if err != nil || len(uses) != 1 || !uses[0].Live {
			t.Errorf("the library knows of %+v, %v", uses, err)
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Facts, c.Body = c.Facts.With("file", ""), "Toàn văn." })
		w.lead(t, w.reporter, source, Published)
		if got := w.article(t, en); len(got.Attached) != 0 || len(got.Media()) != 0 {
			t.Errorf("a translation keeps %+v", got.Media())
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Body = "" })
		if err := w.Do(t.Context(), w.reporter, source, Submit, w.ask(t, source, Submit)); at(t, err, "body") != "error.required" {
			t.Errorf("neither file nor text: %v", err)
		}
	})
}

func TestADocumentSaysWhatTookItsPlace(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		c := w.decree(t, "")
		ref, err := w.Create(t.Context(), w.reporter, Start{Kind: kind.Document, Agency: portal, Lang: "vi", Content: c})
		must(t, err)
		for _, wrong := range []struct {
			force, by, want string
		}{{kind.Replaced, "", "error.required"}, {kind.InForce, "1/QĐ", "error.fact.not_replaced"}, {kind.Replaced, "687/QĐ-UBND", "error.fact.by_itself"}} {
			c.Facts = c.Facts.With("force", wrong.force).With("replaced_by", wrong.by)
			if _, err := w.Save(t.Context(), w.reporter, ref, 1, c); at(t, err, "fact.replaced_by") != wrong.want {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
	})
}
