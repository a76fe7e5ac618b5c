package newsroom

import (
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/kind"
)

// What was approved before there was anything to say besides has its hash.
func TestATextThatSaysNothingBesidesHasTheHashItHad(t *testing.T) {
	c := Content{Headline: "Tít", About: About{Sources: []Source{{}}, AI: []string{}}}.Tidy()
	if strings.Contains(c.encode(), "about") {
		t.Errorf("kept as %s", c.encode())
	}
}

func TestWhatAnArticleSaysOfItselfReachesReaders(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.reporter, ref, func(c *Content) {
			c.SourceName, c.SourceURL = "Báo bạn", "https://bao.example/bai"
			c.About = About{
				Origin: FromPartner, SourceAt: "8:30 1/6/2026", InfoKind: Clarification, Format: Clarification,
				Sources: []Source{{Name: " Cục  Thống kê ", URL: "https://so-lieu.example", At: "01/05/2026"}, {Name: "Phỏng vấn"}},
				Claim:   Claim{URL: "https://sai.example/tin", Text: "Cửa khẩu đóng cửa.", Body: "Sở Ngoại vụ"},
			}
		})
		w.lead(t, w.reporter, ref, Published)
		doc := w.article(t, ref)
		if doc.Origin != "partner" || doc.Source.At != "2026-06-01T08:30" || doc.InfoKind != Clarification || doc.Claim == nil ||
			doc.Claim.Body != "Sở Ngoại vụ" || len(doc.Sources) != 2 || doc.Sources[0].Name != "Cục Thống kê" || doc.Sources[0].At != "2026-05-01" {
			t.Errorf("readers have %+v", doc)
		}
		// A translation is about the same things.
		en := w.translate(t, ref, "en")
		if got := w.head(t, en).Content.About; got.InfoKind != Clarification || got.Claim.URL == "" || len(got.Sources) != 2 {
			t.Errorf("the translation begins with %+v", got)
		}
	})
}

func TestWhatMustBeSaidIsAskedForBeforeReadersGetIt(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Content)
		fields []string
	}{
		"another's text":      {func(c *Content) { c.About.Origin = FromAgency }, []string{"source_name", "source_url", "source_at"}},
		"a clarification":     {func(c *Content) { c.About.InfoKind = Clarification }, []string{"claim_url", "claim_text", "claim_body"}},
		"by its format alone": {func(c *Content) { c.About.Format = Clarification }, []string{"info_kind"}},
		"without standfirst":  {func(c *Content) { c.Standfirst = "" }, []string{"standfirst"}}, // Dublin Core's description
	} {
		content := Content{Section: "s", Outlets: []string{"o"}, Headline: "Tít", Standfirst: "Sapo", Body: "Thân"}
		if err := content.checkComplete(nature{kind: kind.Article}); err != nil {
			t.Fatal(err)
		}
		c.change(&content)
		f, _ := fault.As(content.checkComplete(nature{kind: kind.Article}))
		if f == nil || len(f.Fields) != len(c.fields) {
			t.Fatalf("%s: refused %+v", name, f)
		}
		for _, field := range c.fields {
			if _, ok := f.Fields[field]; !ok {
				t.Errorf("%s: nothing is said at %s", name, field)
			}
		}
		if c.fields[0] == "standfirst" && f.Fields["standfirst"].Key != "error.standfirst.none" {
			t.Errorf("%s: nobody is told why it is demanded: %q", name, f.Fields["standfirst"].Key)
		}
	}
}

// A machine's part is verified by the one who lets it go to readers, also in haste.
func TestAMachinesPartIsVerifiedByWhoApproves(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.reporter, ref, func(c *Content) { c.About.AI = []string{"image", "translation", "image"} })
		w.lead(t, w.reporter, ref, Approval)
		ask := w.ask(t, ref, Approve)
		if got := at(t, w.Do(t.Context(), w.chief, ref, Approve, ask), "answer-approval.ai"); got != "error.checklist.open" {
			t.Errorf("approved without a word: %q", got)
		}
		if got := at(t, w.Do(t.Context(), w.chief, ref, PublishUrgent, withReason(ask)), "answer-approval.ai"); got != "error.checklist.open" {
			t.Errorf("published in haste without a word: %q", got)
		}
		answers := map[string]Answer{"approval.ai": DoesNotApply}
		for id, answer := range ask.Answers {
			answers[id] = answer
		}
		ask.Answers = answers
		if got := at(t, w.Do(t.Context(), w.chief, ref, Approve, ask), "answer-approval.ai"); got != "error.checklist.open" {
			t.Errorf("approved because it does not apply: %q", got)
		}
		answers["approval.ai"] = Checked
		must(t, w.Do(t.Context(), w.chief, ref, Approve, ask))
		w.do(t, w.chief, ref, Publish)
		if got := strings.Join(w.article(t, ref).AI, " "); got != "translation image" {
			t.Errorf("readers are told %q", got)
		}
	})
}

func withReason(ask Ask) Ask {
	ask.Reason = "Gấp"
	return ask
}

func TestSourcesAreReadAsTheyAreWritten(t *testing.T) {
	a := About{Sources: []Source{{Name: "Cục Thống kê", URL: "https://x.example", At: "2026-05-01"}, {Name: "Phỏng vấn"}, {Name: "Sách", At: "2020-01-02"}}}
	if got := (About{Sources: SourcesOf(a.SourcesText())}); got.SourcesText() != a.SourcesText() || len(got.Sources) != 3 {
		t.Errorf("%q is read as %+v", a.SourcesText(), got.Sources)
	}
}
