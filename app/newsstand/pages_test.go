package newsstand_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
)

func TestAnArticlesAddressSaysWhatIsThere(t *testing.T) {
	n := newNewsroom(t)
	both, english, gone := n.draft("both", "vi", "Hai thứ tiếng"), n.draft("english", "en", "English only"), n.draft("gone", "vi", "Đã rút")
	n.publish(t, both)
	n.publish(t, n.draft("both", "en", "Two languages"))
	n.publish(t, n.draft("both", "km", "Not a language of the outlet"))
	n.publish(t, english)
	n.publish(t, gone)
	n.withdraw(t, gone)
	n.publish(t, n.draft("gone", "en", "Still there"))
	elsewhere := n.draft("elsewhere", "vi", "Báo khác")
	elsewhere.Outlets = []string{"newspaper"}
	n.publish(t, elsewhere)
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, c := range []struct {
		outlet, lang, id string
		title, elsewhere string // "" for none
		withdrawn        bool
		others           string
		notFound         bool
	}{
		{outlet: "portal", lang: "vi", id: "both", title: "Hai thứ tiếng", others: "en"},
		{outlet: "portal", lang: "en", id: "both", title: "Two languages", others: "vi"},
		{outlet: "portal", lang: "vi", id: "english", others: "en"},
		{outlet: "portal", lang: "vi", id: "gone", withdrawn: true, others: "en"},
		{outlet: "portal", lang: "en", id: "gone", title: "Still there"},
		{outlet: "newspaper", lang: "vi", id: "gone", withdrawn: true},
		{outlet: "newspaper", lang: "vi", id: "elsewhere", title: "Báo khác"},
		{outlet: "portal", lang: "vi", id: "elsewhere", elsewhere: "Báo khác"},
		{outlet: "newspaper", lang: "vi", id: "both", elsewhere: "Hai thứ tiếng"},
		{outlet: "portal", lang: "vi", id: "nothing", notFound: true},
		{outlet: "portal", lang: "", id: "", notFound: true},
	} {
		page, err := s.Article(ctx, s.outlet(c.outlet), c.lang, c.id)
		if c.notFound {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%+v: %v", c, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		var title, elsewhere string
		if page.Article != nil {
			title = page.Article.Title
		}
		if page.Elsewhere != nil {
			elsewhere = page.Elsewhere.Title
		}
		var others []string
		for _, o := range page.Others {
			others = append(others, o.Lang)
		}
		if title != c.title || elsewhere != c.elsewhere || (page.Withdrawn != nil) != c.withdrawn || strings.Join(others, " ") != c.others {
			t.Errorf("%+v: %q, withdrawn %v, others %v", c, title, page.Withdrawn, others)
		}
	}
	page, err := s.Article(ctx, s.outlet("portal"), "vi", "gone")
	if err != nil || page.Withdrawn.Note != "Rút để kiểm tra" || !page.Withdrawn.WithdrawnAt.Equal(morning) {
		t.Errorf("%+v %v", page.Withdrawn, err)
	}
}

func TestAnArticleShowsTheNewestOfItsSection(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 8)
	other := n.draft("culture", "vi", "Văn hóa")
	other.Section = "culture"
	n.publish(t, other)
	s := newStand(t, n)
	s.catchUp(t, n)
	page, err := s.Article(ctx, s.outlet("portal"), "vi", "f6")
	if err != nil || strings.Join(ids(page.Related), " ") != "f7 f5 f4 f3 f2" {
		t.Errorf("%v %v", ids(page.Related), err)
	}
}

func TestACardIsWhatAListShows(t *testing.T) {
	n := newNewsroom(t)
	f := n.file("picture")
	a := illustrated(n, "a", f)
	a.Kicker, a.Sample, a.Correction = "Đầu tư", true, &release.Correction{Note: "Sửa số", At: morning}
	n.publish(t, a)
	s := newStand(t, n)
	s.catchUp(t, n)
	list, err := s.List(ctx, s.outlet("portal"), "vi", "parks", 1)
	if err != nil || len(list.Cards) != 1 {
		t.Fatal(err)
	}
	c := list.Cards[0]
	if c.Title != a.Title || c.Kicker != "Đầu tư" || c.Standfirst != a.Standfirst || c.Slug != "bai" || c.Section != "parks" ||
		!c.Published.Equal(a.Published) || !c.Sample || !c.Corrected || c.Picture == nil || c.Picture.Alt != a.Lead.Alt || c.Picture.Hash != f.Hash {
		t.Errorf("%+v", c)
	}
}

func TestTheFrontPageShowsTheNewestOfAllAndOfEachSectionAtTheTop(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 20) // in parks, which is below invest
	for i := range 3 {
		a := n.draft(fmt.Sprint("i", i), "vi", "Đầu tư")
		a.Section = "invest"
		n.publish(t, a)
	}
	s := newStand(t, n)
	s.catchUp(t, n)
	home, err := s.Home(ctx, s.outlet("portal"), "vi")
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(home.Newest); len(got) != 12 || got[0] != "i2" || got[3] != "f19" || got[11] != "f11" {
		t.Errorf("newest: %v", got)
	}
	var got []string
	for _, sc := range home.Sections {
		got = append(got, sc.Section.ID+":"+strings.Join(ids(sc.Cards), " "))
	}
	if want := []string{"invest:i2 i1 i0 f19 f18 f17 f16 f15 f14 f13 f12 f11 f10 f9 f8 f7"}; !slices.Equal(got, want) { // culture is empty
		t.Errorf("sections: %v, want %v", got, want)
	}
	if empty, err := s.Home(ctx, s.outlet("newspaper"), "en"); err != nil || len(empty.Newest)+len(empty.Sections) > 0 {
		t.Errorf("an empty outlet: %+v %v", empty, err)
	}
}

func TestAListIsPaged(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 41)
	a := n.draft("i", "vi", "Đầu tư")
	a.Section, a.Published = "invest", morning.AddDate(-1, 0, 0)
	n.publish(t, a)
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, c := range []struct {
		section     string
		page        int
		first, last string // "" for not found
		cards       int
	}{
		{"parks", 1, "f40", "f21", 20},
		{"parks", 2, "f20", "f1", 20},
		{"parks", 3, "f0", "f0", 1},
		{"parks", 4, "", "", 0},
		{"parks", 0, "", "", 0},
		{"parks", -1, "", "", 0},
		{"invest", 3, "f0", "i", 2}, // with the section below it
		{"invest", 1 << 40, "", "", 0},
	} {
		l, err := s.List(ctx, s.outlet("portal"), "vi", c.section, c.page)
		if c.cards == 0 {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%+v: %v", c, err)
			}
			continue
		}
		if err != nil || len(l.Cards) != c.cards || l.Cards[0].ID != c.first || l.Cards[c.cards-1].ID != c.last || l.Page != c.page || l.Pages != 3 {
			t.Errorf("%+v: %+v %v", c, l, err)
		}
	}
	if l, err := s.List(ctx, s.outlet("portal"), "vi", "culture", 1); err != nil || l.Pages != 1 || l.Total != 0 {
		t.Errorf("an empty section: %+v %v", l, err)
	}
}

func TestSearchMarksWhatWasLookedFor(t *testing.T) {
	n := newNewsroom(t)
	a := n.draft("a", "vi", "Thông tin <đối ngoại>")
	a.HTML = "<p>Phần mở đầu.</p><p>Công tác thông tin đối ngoại &lt;b&gt; của tỉnh</p>"
	n.publish(t, a)
	n.publish(t, n.draft("b", "en", "Foreign information"))
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, q := range []string{"thong tin doi ngoai", "Thông Tin Đối Ngoại", "đối ngoại"} {
		page, err := s.Search(ctx, s.outlet("portal"), "vi", "", q, 1)
		if err != nil || len(page.Hits) != 1 || page.Total != 1 || page.Pages != 1 {
			t.Fatalf("%q: %+v %v", q, page, err)
		}
		h := page.Hits[0]
		if h.ID != "a" || !strings.Contains(string(h.Excerpt), "<mark>") || !strings.Contains(string(h.Title), "<mark>") {
			t.Errorf("%q: %s | %s", q, h.Title, h.Excerpt)
		}
		if strings.Contains(string(h.Title), "<đối") || strings.Contains(string(h.Excerpt), "<b>") {
			t.Errorf("%q: unescaped: %s | %s", q, h.Title, h.Excerpt)
		}
	}
	for page, want := range map[int]fault.Kind{1: "", 2: fault.NotFound, 0: fault.NotFound, 51: fault.NotFound} {
		if _, err := s.Search(ctx, s.outlet("portal"), "vi", "", "không có chữ này", page); fault.KindOf(err) != want {
			t.Errorf("page %d of nothing: %v", page, err)
		}
	}
	if _, err := s.Search(ctx, s.outlet("portal"), "vi", "", strings.Repeat("x", 300), 1); fault.KindOf(err) != fault.Malformed {
		t.Errorf("an endless question: %v", err)
	}
}

// What search counts as the same word is marked, and nothing else is.
func TestSearchMarksWhatItMatched(t *testing.T) {
	n := newNewsroom(t)
	long := "Reading a park's figures " + strings.Repeat("with care ", 8) + "before investing"
	a := n.draft("a", "en", long)
	a.HTML = "<p>An investor's guide to the policies, its gates and the gate of the park.</p>"
	n.publish(t, a)
	v := n.draft("v", "vi", "Đối ngoại và đổi mới ngoài tỉnh")
	v.HTML = "<p>Kĩ thuật, kỹ sư.</p>"
	n.publish(t, v)
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, c := range []struct{ lang, q, title, excerpt string }{
		{"en", "investing", strings.Replace(long, "investing", "<mark>investing</mark>", 1), "An investor"},
		{"en", "investor's", long[:4], "An <mark>investor</mark>&#39;s guide"},
		{"en", "policy", long[:4], "the <mark>policies</mark>, its"},
		{"en", "gate", long[:4], "its <mark>gates</mark> and the <mark>gate</mark> of"},
		{"en", "the gates", long[:4], "its <mark>gates</mark> and the <mark>gate</mark> of"},
		{"vi", "đối ngoại", "<mark>Đối ngoại</mark> và đổi mới ngoài tỉnh", "Kĩ thuật"},
		{"vi", "kỹ thuật", "Đối", "<mark>Kĩ thuật</mark>"},
	} {
		page, err := s.Search(ctx, s.outlet("portal"), c.lang, "", c.q, 1)
		if err != nil || len(page.Hits) != 1 {
			t.Fatalf("%q: %+v %v", c.q, page, err)
		}
		h := page.Hits[0]
		title := strings.ReplaceAll(string(h.Title), "&#39;", "'")
		if !strings.Contains(title, c.title) || !strings.Contains(string(h.Excerpt), c.excerpt) {
			t.Errorf("%q: %s | %s", c.q, h.Title, h.Excerpt)
		}
		if plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(title); plain != h.Card.Title {
			t.Errorf("%q: the headline is cut: %s", c.q, plain)
		}
	}
}

func TestSearchHasPages(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 25)
	s := newStand(t, n)
	s.catchUp(t, n)
	seen := map[string]bool{}
	for p := 1; p <= 3; p++ {
		page, err := s.Search(ctx, s.outlet("portal"), "vi", "parks", "đối ngoại", p)
		if err != nil || page.Pages != 3 || page.Total != 25 {
			t.Fatalf("page %d: %+v %v", p, page, err)
		}
		for _, h := range page.Hits {
			seen[h.ID] = true
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d of 25 on three pages", len(seen))
	}
}

func TestAFeedHoldsWholeArticlesNewestFirst(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 5)
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, section := range []string{"", "invest", "parks"} {
		feed, err := s.Newest(ctx, s.outlet("portal"), "vi", section, 3)
		if err != nil || len(feed) != 3 || feed[0].ID != "f4" || feed[2].ID != "f2" || feed[0].HTML == "" {
			t.Errorf("%q: %v %v", section, feed, err)
		}
	}
}

func TestTheMapListsEachArticleInAllItsLanguages(t *testing.T) {
	n := newNewsroom(t)
	for _, lang := range []string{"vi", "en"} {
		for _, id := range []string{"b", "a"} {
			n.publish(t, n.draft(id, lang, id+lang))
		}
	}
	s := newStand(t, n)
	s.catchUp(t, n)
	if pages, err := s.MapPages(ctx, s.outlet("portal")); err != nil || pages != 1 {
		t.Errorf("%d pages, %v", pages, err)
	}
	cards, err := s.MapPage(ctx, s.outlet("portal"), 1)
	var got []string
	for _, c := range cards {
		got = append(got, c.Title)
	}
	if err != nil || strings.Join(got, " ") != "aen avi ben bvi" {
		t.Errorf("%v %v", got, err)
	}
	for _, page := range []int{-1, 0, 2} {
		if _, err := s.MapPage(ctx, s.outlet("portal"), page); fault.KindOf(err) != fault.NotFound {
			t.Errorf("page %d: %v", page, err)
		}
	}
	if cards, err := s.MapPage(ctx, s.outlet("newspaper"), 1); err != nil || len(cards) > 0 {
		t.Errorf("an empty outlet: %v %v", cards, err)
	}
}

func TestTheSiteIsASnapshot(t *testing.T) {
	name := func(slug string, former ...string) map[string]release.SectionName {
		return map[string]release.SectionName{"vi": {Name: "x", Slug: slug, FormerSlugs: former}}
	}
	site := newsstand.NewSite(
		[]release.Outlet{{ID: "first", Hosts: []string{"First.example"}}, {ID: "default", Hosts: []string{"default.example"}, Default: true}},
		[]release.Section{
			{ID: "c", Position: 3, Names: name("co")}, {ID: "a", Position: 1, Names: name("dau-tu", "cu")},
			{ID: "b", Position: 2, Parent: "a", Names: name("khu", "dau-tu")}, {ID: "d", Parent: "e", Names: name("vong")}, {ID: "e", Parent: "d"},
		},
		[]release.Agency{{ID: "x"}},
	)
	for host, want := range map[string]string{
		"first.example": "first", "FIRST.example:8080": "first", "first.example.": "first", "first.example.evil": "default",
		"default.example": "default", "": "default", "[::1]:80": "default",
	} {
		if got := site.OutletByHost(host); got == nil || got.ID != want {
			t.Errorf("host %q: %v", host, got)
		}
	}
	for slug, want := range map[string]string{"dau-tu": "a true", "cu": "a false", "khu": "b true", "nothing": " false", "": " false"} {
		sec, current := site.SectionBySlug("vi", slug)
		id := ""
		if sec != nil {
			id = sec.ID
		}
		if got := fmt.Sprint(id, " ", current); got != want {
			t.Errorf("slug %q: %s, want %s", slug, got, want)
		}
	}
	names := func(list []*release.Section) (text string) {
		for _, sec := range list {
			text += sec.ID
		}
		return text
	}
	// d and e are each other's parent, which no newsroom releases: nothing hangs.
	if got := names(site.Children("", "vi")); got != "dac" {
		t.Errorf("top: %s", got)
	}
	if names(site.Children("a", "vi")) != "b" || names(site.Ancestors("b")) != "a" || names(site.Ancestors("a")) != "" || names(site.Sections("en")) != "" {
		t.Error("the tree is not what was released")
	}
	if site.Agency("x") == nil || site.Agency("y") != nil || site.Section("a") == nil || site.Outlet("first") == nil {
		t.Error("what was released is not there")
	}
	if newsstand.NewSite(nil, nil, nil).OutletByHost("x") != nil {
		t.Error("an outlet out of nothing")
	}
}
