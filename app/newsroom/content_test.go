package newsroom

import (
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"

	"golang.org/x/text/unicode/norm"
)

// hostile are contents that no draft may have, and the field that says so.
var hostile = []struct {
	name, field, key string
	change           func(*Content)
}{
	{"no headline", "headline", "error.required", func(c *Content) { c.Headline = "" }},
	{"a headline of white space", "headline", "error.required", func(c *Content) { c.Headline = " \t\u00a0\u2003 " }},
	{"a headline of control characters", "headline", "error.required", func(c *Content) { c.Headline = "\x00\x07\x1b" }},
	{"a long headline", "headline", "error.too_long", func(c *Content) { c.Headline = strings.Repeat("ể", MaxHeadline+1) }},
	{"a long kicker", "kicker", "error.too_long", func(c *Content) { c.Kicker = strings.Repeat("ể", MaxKicker+1) }},
	{"a long standfirst", "standfirst", "error.too_long", func(c *Content) { c.Standfirst = strings.Repeat("ể", MaxStandfirst+1) }},
	{"a long body", "body", "error.too_long", func(c *Content) { c.Body = strings.Repeat("ể", MaxBody+1) }},
	{"a long byline", "byline", "error.too_long", func(c *Content) { c.Byline = strings.Repeat("ể", MaxByline+1) }},
	{"a long source", "source_name", "error.too_long", func(c *Content) { c.SourceName = strings.Repeat("ể", MaxSourceName+1) }},
	{"a long address", "source_url", "error.too_long", func(c *Content) { c.SourceURL = "https://x.vn/" + strings.Repeat("a", MaxSourceURL) }},
	{"a long alt text", "lead_alt", "error.too_long", func(c *Content) { c.Lead.Alt = strings.Repeat("ể", MaxAlt+1) }},
	{"a long caption", "lead_caption", "error.too_long", func(c *Content) { c.Lead.Caption = strings.Repeat("ể", MaxCaption+1) }},
	{"a long credit", "lead_credit", "error.too_long", func(c *Content) { c.Lead.Credit = strings.Repeat("ể", MaxCredit+1) }},
	{"a script for an address", "source_url", "error.bad_url", func(c *Content) { c.SourceURL = "javascript:alert(1)" }},
	{"a path for an address", "source_url", "error.bad_url", func(c *Content) { c.SourceURL = "/bai-viet" }},
	{"an address without a host", "source_url", "error.bad_url", func(c *Content) { c.SourceURL = "https://" }},
	{"words for an address", "source_url", "error.bad_url", func(c *Content) { c.SourceURL = "báo Bình Phước" }},
	{"Latin-1 in the headline", "headline", "error.not_utf8", func(c *Content) { c.Headline = "C\xf4ng th\xf4ng tin" }},
	{"half a letter in the body", "body", "error.not_utf8", func(c *Content) { c.Body = "Bình Phư\xe1\xbb" }},
	{"a lone surrogate in the caption", "lead_caption", "error.not_utf8", func(c *Content) { c.Lead.Caption = "\xed\xa0\x80" }},
	{"bytes in the standfirst", "standfirst", "error.not_utf8", func(c *Content) { c.Standfirst = "\xff\xfe" }},
	{"an unknown section", "section", "error.section.unknown", func(c *Content) { c.Section = "xyz" }},
	{"a section that is no text", "section", "error.not_utf8", func(c *Content) { c.Section = "\xff" }},
	{"a section with a NUL", "section", "error.section.unknown", func(c *Content) { c.Section = "a\x00b" }},
	{"a section that is a query", "section", "error.section.unknown", func(c *Content) { c.Section = "' OR 1=1 --" }},
	{"a very long section", "section", "error.too_long", func(c *Content) { c.Section = strings.Repeat("x", 10_000) }},
	{"an unknown outlet", "outlets", "error.outlet.unknown", func(c *Content) { c.Outlets = append([]string{"xyz"}, c.Outlets...) }},
	{"an outlet that is no text", "outlets", "error.not_utf8", func(c *Content) { c.Outlets = []string{"\xff"} }},
	{"an unknown picture", "lead_media", "error.media.unknown", func(c *Content) { c.Lead.Media = strings.Repeat("a", 64) }},
	{"a path for a picture", "lead_media", "error.media.unknown", func(c *Content) { c.Lead.Media = "../../etc/passwd" }},
	{"an origin that there is not", "origin", "error.invalid", func(c *Content) { c.About.Origin = "stolen" }},
	{"a kind that there is not", "info_kind", "error.invalid", func(c *Content) { c.About.InfoKind = "\xff" }},
	{"a format that there is not", "format", "error.invalid", func(c *Content) { c.About.Format = strings.Repeat("x", 5000) }},
	{"a use that there is not", "ai", "error.invalid", func(c *Content) { c.About.AI = []string{"thought"} }},
	{"a day that there is not", "source_at", "error.bad_moment", func(c *Content) { c.About.SourceAt = "31/2/2026" }},
	{"a source without a name", "sources", "error.sources.line", func(c *Content) { c.About.Sources = []Source{{URL: "https://x.vn"}} }},
	{"a script for a source", "sources", "error.sources.line", func(c *Content) { c.About.Sources = []Source{{Name: "x", URL: "javascript:alert(1)"}} }},
	{"a source that is no text", "sources", "error.not_utf8", func(c *Content) { c.About.Sources = []Source{{Name: "\xff"}} }},
	{"too many tags", "tags", "error.named.many", func(c *Content) { c.About.Tags = strings.Split("abcdefghijklmnopqrstuvw", "") }},
	{"an author that is no text", "authors", "error.not_utf8", func(c *Content) { c.About.Authors = []string{"\xff"} }},
	{"an unknown place", "places", "error.named.unknown", func(c *Content) { c.About.Places = []string{"' OR 1=1 --"} }},
	{"no day", "happened", "error.bad_date", func(c *Content) { c.About.Happened = "hôm qua" }},
	{"too many sources", "sources", "error.sources.many", func(c *Content) { c.About.Sources = SourcesOf(strings.Repeat("a\n", MaxSources+1)) }},
	{"a long claim", "claim_text", "error.too_long", func(c *Content) { c.About.Claim.Text = strings.Repeat("ể", MaxClaim+1) }},
	{"a script for a claim", "claim_url", "error.bad_url", func(c *Content) { c.About.Claim.URL = "javascript:alert(1)" }},
	{"a picture that is no text", "lead_media", "error.not_utf8", func(c *Content) { c.Lead.Media = "\xff" }},
}

func TestHostileContentIsRefusedAtItsField(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		before, entries := row(t, w.db, ref), w.entries(t)
		for _, c := range hostile {
			content := w.content("Tít thường")
			c.change(&content)
			_, err := w.Save(t.Context(), w.reporter, ref, 1, content)
			if got := at(t, err, c.field); got != c.key || fault.KindOf(err) != fault.Invalid {
				t.Errorf("saving %s: %v, want %s at %s", c.name, err, c.key, c.field)
			}
			_, err = w.Create(t.Context(), w.reporter, Start{Kind: "article", Agency: portal, Lang: "vi", Content: content})
			if got := at(t, err, c.field); got != c.key {
				t.Errorf("beginning with %s: %v, want %s at %s", c.name, err, c.key, c.field)
			}
		}
		if row(t, w.db, ref) != before || w.entries(t) != entries || count(t, w.db, "SELECT COUNT(*) FROM item") != 1 {
			t.Error("a refused text left something")
		}
	})
}

// What is wrong is told all at once, so that a form comes back once.
func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		_, err := w.Save(t.Context(), w.reporter, ref, 1, Content{SourceURL: "x", Kicker: strings.Repeat("k", 100), Body: "\xff"})
		for field, want := range map[string]string{
			"headline": "error.required", "source_url": "error.bad_url", "kicker": "error.too_long", "body": "error.not_utf8",
		} {
			if got := at(t, err, field); got != want {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
	})
}

func TestTextIsStoredComposedAndWithoutControlCharacters(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const headline, body = "Hội nghị xúc tiến đầu tư – Lộc Ninh", "Đoạn một có chữ «Kỹ».\n\n- mục ế\n- mục ộ"
		ref := w.bring(t, w.reporter, Draft)
		rev := w.save(t, w.reporter, ref, func(c *Content) {
			c.Headline = "\n  " + norm.NFD.String(headline) + "\x00\u202e\r\n"
			c.Body = "\r\n" + strings.ReplaceAll(norm.NFD.String(body), "\n", "\r\n") + "\x0b\x00\n\n"
			c.Standfirst = "Dòng một\r\ndòng\u00a0hai"
			c.Lead = Lead{Media: w.picture(t, 3).Hash, Alt: norm.NFD.String("Ảnh chụp"), Caption: "\tChú thích", Credit: "N\x1bguồn"}
		})
		stored := w.head(t, ref).Content
		if stored.Headline != headline || stored.Body != body || stored.Standfirst != "Dòng một dòng hai" || stored.Lead.Alt != "Ảnh chụp" ||
			stored.Lead.Caption != "Chú thích" || stored.Lead.Credit != "Nguồn" {
			t.Errorf("stored %+v", stored)
		}
		if row(t, w.db, ref).Headline != headline {
			t.Errorf("listed as %q", row(t, w.db, ref).Headline)
		}
		// The same words typed in the other form are the same text: no revision.
		again, err := w.Save(t.Context(), w.reporter, ref, rev.Number, Content{
			Section: " " + stored.Section, Outlets: []string{w.outlets[1], w.outlets[0], w.outlets[1]}, Headline: norm.NFD.String(headline),
			Standfirst: norm.NFD.String(stored.Standfirst), Body: norm.NFD.String(body), Byline: stored.Byline, Lead: stored.Lead,
		})
		must(t, err)
		if again.Number != rev.Number || again.Hash != rev.Hash {
			t.Errorf("the same text became revision %d", again.Number)
		}
	})
}

// Text at its limit is counted in characters as people count them after
// composition, not in bytes and not in what the keyboard sent.
func TestLimitsCountCharacters(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Headline = norm.NFD.String(strings.Repeat("ể", MaxHeadline))
			c.Standfirst = strings.Repeat("ộ", MaxStandfirst)
			c.Body = strings.Repeat("ặ", MaxBody)
		})
		w.do(t, w.reporter, ref, Submit)
		w.do(t, w.editor, ref, Take, Pass)
		w.do(t, w.managing, ref, Pass)
		w.do(t, w.chief, ref, Approve, Publish)
		if doc := w.article(t, ref); len([]rune(doc.Title)) != MaxHeadline || len(doc.Slug) > MaxSlug {
			t.Errorf("%d characters, slug %q", len([]rune(doc.Title)), doc.Slug)
		}
	})
}

func TestBeginningIsCheckedToo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for name, c := range map[string]struct {
			start Start
			field string
		}{
			"an unknown kind":     {Start{Kind: "poem", Lang: "vi"}, "kind"},
			"no kind":             {Start{Lang: "vi"}, "kind"},
			"an unknown language": {Start{Kind: "article", Lang: "xx"}, "lang"},
			"a bad language":      {Start{Kind: "article", Lang: "\x00"}, "lang"},
		} {
			c.start.Agency, c.start.Content = portal, w.content("Tít")
			_, err := w.Create(t.Context(), w.reporter, c.start)
			if at(t, err, c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, agency := range []string{paper, "", "nowhere", "\x00"} {
			_, err := w.Create(t.Context(), w.reporter, Start{Kind: "article", Agency: agency, Lang: "vi", Content: w.content("Tít")})
			expectKind(t, err, fault.Forbidden)
		}
		_, err := w.Create(t.Context(), account.Actor{}, Start{Kind: "article", Agency: portal, Lang: "vi", Content: w.content("Tít")})
		expectKind(t, err, fault.Forbidden)
		if n := count(t, w.db, "SELECT COUNT(*) FROM item"); n != 0 {
			t.Errorf("%d items", n)
		}
	})
}

// A text that passed once passes again as it stands; whatever check lets
// through can be stored, hashed and rendered.
func FuzzContentIsStableOnceTidy(f *testing.F) {
	f.Add("Tít", "Thân", "https://vnanet.vn", "slug")
	f.Add("a\u0302\u0301", "\r\n\x00", "javascript:x", "Đường đi")
	f.Add("\xff", "\u202e", "https://", "---")
	f.Add("  ", "![x](media:0)", "//x", "")
	f.Fuzz(func(t *testing.T, headline, body, address, slug string) {
		c := Content{Headline: headline, Body: body, Standfirst: body, SourceURL: address, Slug: slug, Outlets: []string{headline, slug, headline}}.Tidy()
		if c.check(nature{kind: kind.Article}) != nil {
			return
		}
		again := c.Tidy()
		if again.Hash() != c.Hash() {
			t.Fatalf("tidying twice differs: %s and %s", c.encode(), again.encode())
		}
		if strings.ContainsAny(c.encode(), "\x00") || !norm.NFC.IsNormalString(c.Headline) || !norm.NFC.IsNormalString(c.Body) {
			t.Fatalf("kept %s", c.encode())
		}
		if c.slug() == "" || len(c.slug()) > MaxSlug {
			t.Fatalf("slug %q of %q", c.slug(), c.Headline)
		}
		back, err := revisionRow{Content: c.encode()}.revision()
		if err != nil || back.Content.Hash() != c.Hash() {
			t.Fatalf("%s came back as %s: %v", c.encode(), back.Content.encode(), err)
		}
	})
}
