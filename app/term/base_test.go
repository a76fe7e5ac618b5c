package term_test

import (
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/term"

	"golang.org/x/text/unicode/norm"
)

var today = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)

// called is a term in Vietnamese; renderings are "en required People's Committee".
func called(wording string, renderings ...string) term.Term {
	t := term.Term{ID: wording, Lang: "vi", Wording: wording}
	for _, r := range renderings {
		part := strings.SplitN(r, " ", 3)
		t.Renderings = append(t.Renderings, term.Rendering{Lang: part[0], Standing: term.Standing(part[1]), Text: part[2]})
	}
	return t
}

func also(t term.Term, variants ...string) term.Term {
	t.Variants = variants
	return t
}

func valid(t term.Term, from, to time.Time) term.Term {
	t.From, t.To = from, to
	return t
}

var official = []term.Term{
	called("tỉnh", "en required province"),
	also(called("Ủy ban nhân dân tỉnh", "en required Provincial People's Committee", "en allowed People's Committee of … Province",
		"en forbidden provincial government", "zh required 省人民委员会", "km required គណៈកម្មាធិការប្រជាជនខេត្ត", "ja forbidden 省政府", "ja required 省人民委員会"), "UBND tỉnh"),
	called("Ban Quản lý Khu kinh tế", "en required Economic Zone Authority", "en allowed Economic Zone Management Board", "en forbidden Management Board"),
	called("khu kinh tế", "en required economic zone"),
	called("cụm công nghiệp", "en required industrial cluster"),
	called("nhuận bút", "en required royalty"),
	called("tác giả", "en allowed author"),
	called("kiều bào", "en required overseas Vietnamese", "vi forbidden Việt kiều"),
	valid(called("Sở Kế hoạch và Đầu tư", "en required Department of Planning and Investment"), time.Time{}, time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)),
	called("chính sách", "en required policy"),
	called("tin", "en required news"),
	called("Sở Văn hóa, Thể thao và Du lịch", "en required Department of Culture, Sports and Tourism"),
	called("KCN", "en required IP"),
	called("Giám đốc Sở", "en required Director"),
	called("Sở Ngoại vụ", "en required Department of Foreign Affairs"),
	called("Khu công nghiệp (KCN)", "en required Industrial park (IP)"),
}

// say writes deviations as people read them: what, where in the source, where
// in the translation.
func say(from, to string, list []term.Deviation) []string {
	said := []string{}
	for _, d := range list {
		said = append(said, fmt.Sprintf("%s|%s|%s", d.Kind, from[d.From.Start:d.From.End], to[d.To.Start:d.To.End]))
	}
	return said
}

func TestATranslationIsHeldAgainstTheTermsOfItsSource(t *testing.T) {
	base := term.Compile(official)
	for _, c := range []struct {
		from, lang, to string
		want           []string
	}{
		{"UBND tỉnh họp.", "en", "The Provincial People's Committee met.", nil},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The provincial people’s committee met.", nil},
		{"Uỷ ban nhân dân tỉnh họp.", "en", "The Provincial-People's\nCommittee's meeting.", nil},
		{"ỦY BAN NHÂN DÂN TỈNH", "en", "PEOPLE'S COMMITTEE OF ĐỒNG NAI PROVINCE", nil},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The People's Committee of a very far away big Province met.", []string{"missing|Ủy ban nhân dân tỉnh|"}},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The People's Committee of. Province.", []string{"missing|Ủy ban nhân dân tỉnh|"}},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The committee met.", []string{"missing|Ủy ban nhân dân tỉnh|"}},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The Provincial Government met.", []string{"forbidden|Ủy ban nhân dân tỉnh|Provincial Government"}},
		{"Ủy ban nhân dân tỉnh họp.", "en", "The Provincial People's Committee, or provincial government.", []string{"forbidden|Ủy ban nhân dân tỉnh|provincial government"}},
		{"Ủy ban, nhân dân tỉnh", "en", "People of the province", nil},     // punctuation stands between; "tỉnh" is met
		{"Uy ban nhan dan tinh", "en", "nothing", nil},                     // marks matter
		{"Ủy ban nhân dân\n\ntỉnh", "en", "of the province", nil},          // two paragraphs
		{"tỉnhX và thịtỉnh", "en", "nothing", nil},                         // whole syllables only
		{norm.NFD.String("Ủy ban nhân dân tỉnh"), "zh", "省人民委员会昨天开会", nil}, // as other programs write it
		{"UBND tỉnh họp.", "zh", "人民委员会开会", []string{"missing|UBND tỉnh|"}},
		{"UBND tỉnh họp.", "km", "គណៈកម្មាធិការប្រជាជន\u200bខេត្តបានប្រជុំ", nil},
		{"UBND tỉnh họp.", "km", "គណៈកម្មាធិការប្រជាជនខេត្ត្រ", []string{"missing|UBND tỉnh|"}}, // another letter hangs below the last one
		{"UBND tỉnh họp.", "ja", "昨日省政府は", []string{"forbidden|UBND tỉnh|省政府"}},
		{"UBND tỉnh họp.", "ko", "nothing is said of Korean", nil},
		{"Ban Quản lý Khu kinh tế", "en", "the Economic Zone Management Board", nil}, // what is forbidden alone may be part of what is right
		{"Ban Quản lý Khu kinh tế", "en", "the Management Board of the Economic Zone Authority", []string{"forbidden|Ban Quản lý Khu kinh tế|Management Board"}},
		{"các cụm công nghiệp, nhuận bút", "en", "industrial clusters; royalties", nil},
		{"chính sách", "en", "policies", nil},
		{"tin", "en", "new", []string{"missing|tin|"}}, // "news" is no plural
		{"tác giả", "en", "the writer", nil},           // what is only allowed is a suggestion
		{"Sở Kế hoạch và Đầu tư", "en", "its successor", nil},
		{"Khu kinh tế cửa khẩu và tỉnh", "en", "nothing", []string{"missing|Khu kinh tế|", "missing|tỉnh|"}},
		{"Sở Văn hoá, Thể thao và Du lịch", "en", "Department of Culture, Sports and Tourism", nil},
		{"Sở Văn hoá, Thể thao và Du lịch", "en", "Department of Culture Sports and Tourism", []string{"missing|Sở Văn hoá, Thể thao và Du lịch|"}},
		{"Sở Văn hóa Thể thao và Du lịch", "en", "x", nil},
		{"khu công nghiệp (KCN)", "en", "the industrial parks (IP)", nil},
		{"Giám đốc Sở Ngoại vụ", "en", "Director of the Department of Foreign Affairs", nil},
		{"Giám đốc Sở Ngoại vụ", "en", "x", []string{"missing|Giám đốc Sở|", "missing|Sở Ngoại vụ|"}},
		{"chính sách và tin", "en", "its policy; the news", nil},
		{"KCN", "en", "two IPs", nil},
		{"KCN", "en", "two ipses", []string{"missing|KCN|"}},
		{"", "en", "", nil},
	} {
		if got := say(c.from, c.to, base.Check("vi", c.from, c.lang, c.to, today)); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%q → %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	before := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := base.Check("vi", "Sở Kế hoạch và Đầu tư", "en", "x", before); len(got) != 1 || !slices.Equal(got[0].Want, []string{"Department of Planning and Investment"}) {
		t.Errorf("while the name was valid: %+v", got)
	}
}

// From a language that is not the wording's a required rendering leads back to
// the wording, and on to a third language.
func TestTermsWorkBetweenAnyTwoLanguages(t *testing.T) {
	base := term.Compile(official)
	for _, c := range []struct {
		fromLang, from, lang, to string
		want                     []string
	}{
		{"en", "The Provincial People's Committee", "vi", "UBND tỉnh", nil},
		{"en", "The Provincial People's Committee", "vi", "Ủy ban", []string{"missing|Provincial People's Committee|"}},
		{"en", "Provincial People's Committees", "zh", "省政府", []string{"missing|Provincial People's Committees|"}},
		{"zh", "省人民委员会昨天开会", "en", "It met.", []string{"missing|省人民委员会|"}},
		{"en", "The author wrote.", "vi", "Người viết.", nil}, // an allowed rendering is found, and asks for nothing
		{"en", "Overseas Vietnamese came.", "vi", "Việt kiều về.", []string{"forbidden|Overseas Vietnamese|Việt kiều"}},
	} {
		if got := say(c.from, c.to, base.Check(c.fromLang, c.from, c.lang, c.to, today)); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%q → %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestAnOriginalIsHeldAgainstForbiddenWords(t *testing.T) {
	base := term.Compile(official)
	for _, c := range []struct {
		lang, text string
		want       []string
		instead    string
	}{
		{"vi", "Bà con kiều bào về quê.", nil, ""},
		{"vi", "Việt Kiều về quê, Việt kiều xa quê.", []string{"forbidden||Việt Kiều", "forbidden||Việt kiều"}, "kiều bào"},
		{"en", "A provincial government decided.", []string{"forbidden||provincial government"}, "Provincial People's Committee"},
		{"en", "The Economic Zone Management Board decided.", nil, ""},
		{"fr", "Rien", nil, ""},
	} {
		got := base.CheckOne(c.lang, c.text, today)
		if said := say("", c.text, got); !slices.Equal(said, c.want) && len(said)+len(c.want) > 0 {
			t.Errorf("%q: %q, want %q", c.text, said, c.want)
		}
		if len(got) > 0 && got[0].Want[0] != c.instead {
			t.Errorf("%q: instead %q", c.text, got[0].Want)
		}
	}
}

func TestATranslatorIsToldTheTermsOfAText(t *testing.T) {
	base := term.Compile(official)
	text := "UBND tỉnh và tác giả; tác giả của Ban Quản lý Khu kinh tế."
	var got []string
	for _, h := range base.Hints("vi", text, "en", today) {
		line := text[h.Places[0].Start:h.Places[0].End] + fmt.Sprint(len(h.Places))
		for _, r := range h.Renderings {
			line += "/" + string(r.Standing) + " " + r.Text
		}
		got = append(got, line)
	}
	want := []string{
		"UBND tỉnh1/required Provincial People's Committee/allowed People's Committee of … Province/forbidden provincial government",
		"tác giả2/allowed author",
		"Ban Quản lý Khu kinh tế1/required Economic Zone Authority/allowed Economic Zone Management Board/forbidden Management Board",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := base.Hints("vi", text, "km", today); len(got) != 1 {
		t.Errorf("of one term something is known in Khmer: %+v", got)
	}
}

func TestTheLengthOfAListOfTheSameDeviationIsLimited(t *testing.T) {
	base := term.Compile(official)
	if got := base.CheckOne("vi", strings.Repeat("Việt kiều. ", 5000), today); len(got) == 0 || len(got) > 20 {
		t.Errorf("%d", len(got))
	}
}

// written are texts that a term can be called by; what else there is has no
// words, or words that do not belong together.
var written = regexp.MustCompile(`^\pL+([ ,]{1,2}\pL+)*$`)

// FuzzCheck holds any text against any term: places lie within the texts, on
// the borders of letters, and a text that has the wording word by word is
// never found to lack it.
func FuzzCheck(f *testing.F) {
	f.Add("Ủy ban nhân dân tỉnh", "Provincial People's Committee", "UBND và Ủy ban nhân dân tỉnh họp", "The Provincial People’s Committee")
	f.Add("a…b", "… of … c", "a x b", "of \xff c")
	f.Add("ខេត្ត", "省'", "ខេត្ត្រ '", "省''s")
	f.Fuzz(func(t *testing.T, wording, rendering, from, to string) {
		terms := []term.Term{{Lang: "vi", Wording: wording, Renderings: []term.Rendering{
			{Lang: "en", Text: rendering, Standing: term.Required}, {Lang: "en", Text: wording, Standing: term.Forbidden},
			{Lang: "zh", Text: rendering, Standing: term.Required}, {Lang: "vi", Text: rendering, Standing: term.Forbidden},
		}}}
		base := term.Compile(terms)
		for _, lang := range []string{"en", "zh"} {
			for _, d := range base.Check("vi", from, lang, to, today) {
				place(t, from, d.From)
				place(t, to, d.To)
			}
			for _, d := range base.Check("vi", from, lang, rendering, today) {
				if d.Kind == term.Missing && written.MatchString(rendering) {
					t.Errorf("%q lacks itself", rendering)
				}
			}
		}
		for _, d := range base.CheckOne("vi", from, today) {
			place(t, from, d.To)
		}
	})
}

func place(t *testing.T, text string, s term.Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > len(text) {
		t.Fatalf("%v is no place in a text of %d bytes", s, len(text))
	}
}

// many are so many terms of two to five syllables.
func many(n int) ([]term.Term, []string) {
	random := rand.New(rand.NewSource(1))
	var syllables []string
	for _, first := range []string{"b", "c", "đ", "h", "kh", "l", "m", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"} {
		for _, last := range []string{"a", "àn", "ất", "ế", "ị", "iên", "ô", "ộng", "ơi", "ủy", "ương", "uyền"} {
			syllables = append(syllables, first+last)
		}
	}
	terms := make([]term.Term, n)
	for i := range terms {
		var wording []string
		for range 2 + random.Intn(4) {
			wording = append(wording, syllables[random.Intn(len(syllables))])
		}
		terms[i] = called(strings.Join(wording, " "), fmt.Sprintf("en required Office of matter %d", i), fmt.Sprintf("en forbidden Bureau of matter %d", i))
	}
	return terms, syllables
}

func BenchmarkCheck(b *testing.B) {
	terms, syllables := many(2000)
	base := term.Compile(terms)
	random := rand.New(rand.NewSource(2))
	var from, to strings.Builder
	for n := 0; n < 3000; n += 3 {
		if n%20 == 0 {
			i := random.Intn(len(terms))
			from.WriteString(terms[i].Wording + " ")
			to.WriteString(terms[i].Renderings[i%2].Text + ", ")
		}
		for range 3 {
			from.WriteString(syllables[random.Intn(len(syllables))] + " ")
			to.WriteString("word ")
		}
	}
	b.ResetTimer()
	for b.Loop() {
		if len(base.Check("vi", from.String(), "en", to.String(), today)) == 0 {
			b.Fatal("nothing was found")
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	terms, _ := many(2000)
	for b.Loop() {
		term.Compile(terms)
	}
}
