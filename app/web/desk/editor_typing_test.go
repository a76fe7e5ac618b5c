package desk_test

import (
	"strings"
	"testing"

	"doingoai/app/apptest"

	"golang.org/x/text/unicode/norm"
)

// words are typed as Telex input methods compose them: each letter, mark and
// tone changes what stands there so far.
var words = [][]string{
	{"t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"},
	{" "},
	{"V", "Vi", "Vie", "Viê", "Viêt", "Việt"},
	{","}, {" "},
	{"d", "đ", "đo", "đô", "đôi", "đối"},
	{" "},
	{"n", "ng", "ngo", "ngoa", "ngoai", "ngoại"},
	{","}, {" "},
	{"n", "ng", "ngh", "nghi", "nghie", "nghiê", "nghiên", "nghiêng"},
	{" "},
	{"n", "ng", "nga", "ngả"},
}

const typed = "tiếng Việt, đối ngoại, nghiêng ngả"

func (s *screen) composeWords() {
	s.t.Helper()
	for _, states := range words {
		if len(states) == 1 {
			s.insert(states[0])
			continue
		}
		s.compose(states...)
	}
}

func TestCompositionIsNotBroken(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	for name, c := range map[string]struct {
		text          string
		block, offset int
		want          string
	}{
		"an empty text":    {"", 0, 0, typed},
		"after words":      {"Nói ", 0, 4, "Nói" + typed},
		"within words":     {"Nói rồi", 0, 4, "Nói " + typed + "rồi"},
		"in bold":          {"**Nói rồi** thôi", 0, 4, "**Nói " + typed + "rồi** thôi"},
		"in a heading":     {"## Nói\n\nthôi", 0, 3, "## Nói" + typed + "\n\nthôi"},
		"in a list":        {"- Nói\n- thôi", 0, 3, "- Nói" + typed + "\n- thôi"},
		"in a cell":        {"| A |\n| - |\n| b |", 0, 1, "| A" + typed + " |\n| - |\n| b |"},
		"in a quotation":   {"> Nói", 0, 3, "> Nói" + typed},
		"a block below it": {"Nói\n\nthôi", 1, 4, "Nói\n\nthôi" + typed},
	} {
		s.show(c.text)
		if !s.caret(c.block, c.offset) {
			s.caretAtEnd()
		}
		s.composeWords()
		if got := s.body(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Input methods on Windows do not compose: they take letters back and type
// others instead.
func TestTakingLettersBackIsNotBroken(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("")
	s.caretAtEnd()
	for _, step := range []string{"t", "i", "e", "\b", "ê", "n", "g", "\b\b\b", "ếng", " ", "V", "i", "ê", "t", "\b\b", "ệt"} {
		for _, r := range step {
			if r == '\b' {
				s.key("\b")
			} else {
				s.insert(string(r))
			}
		}
	}
	if got, want := s.body(), "tiếng Việt"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// While a word is being composed the newsroom may be told of it, and nothing
// in the page moves under the input method.
func TestAutosaveDoesNotDisturbAComposition(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.composeHalf("n", "ng", "nghiên")
	apptest.Eventually(t, "the half-typed word to be kept", func() bool {
		unsaved := p.open(ref).Unsaved
		return unsaved != nil && strings.HasSuffix(unsaved.Content.Body, "nghiên")
	})
	s.compose("nghiêng")
	if got, want := s.body(), "Nội dung.nghiêng"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNothingIsMadeOfWhatIsBeingComposed(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("")
	s.caretAtEnd()
	s.compose("-", "- ", "- ê")
	if got, want := s.body(), "\\- ê"; got != want {
		t.Errorf("%q, want %q: a list was made inside a composition", got, want)
	}
	s.show("")
	s.caretAtEnd()
	for _, r := range "- gạch" {
		s.insert(string(r))
	}
	if got, want := s.body(), "- gạch"; got != want {
		t.Errorf("%q, want %q: typing “- ” begins a list", got, want)
	}
}

func TestHeadlineTakesCompositions(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.do(`() => { const h = document.getElementById("f-headline"); h.focus(); h.select() }`)
	s.composeWords()
	s.save()
	if got := p.open(ref).Revision.Content.Headline; got != typed {
		t.Errorf("saved %q, want %q", got, typed)
	}
}

// A Mac and some phones type letters and marks apart.
func TestTextIsSavedComposed(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.insert(" " + norm.NFD.String(typed))
	s.save()
	if got, want := p.open(ref).Revision.Content.Body, "Nội dung. "+typed; got != want {
		t.Errorf("saved %q, want %q", got, want)
	}
}
