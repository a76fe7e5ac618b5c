package public

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The gallery shows whoever works on a theme every page with all that can be on
// it and with nothing, in every theme and language. It is made of samples alone,
// and stands on a machine that was started with --dev.

// galleryPath is where the gallery is; a page of it is /theme/language/number below.
const galleryPath = "/-/gallery"

// galleryView lists the pages of the gallery, and which of them show a part.
type galleryView struct {
	*frame
	Themes, Tongues []string
	Pages           []samplePage
	Parts           []galleryPart
}

type galleryPart struct {
	Name  string
	Pages []string
}

// samplePage is a page of the gallery.
type samplePage struct {
	Page, Name string
	data       any
}

func (s *Site) gallery(c *fiber.Ctx) error {
	f := sampleFrame(s.words, "base", locale.Default, true)
	e, err := s.html(fiber.StatusOK, "gallery", f, s.newGallery(f))
	if err != nil {
		return err
	}
	write(c.Context(), e)
	return nil
}

func (s *Site) newGallery(f *frame) galleryView {
	f.Title, f.Robots = galleryPath, "noindex"
	v := galleryView{frame: f, Tongues: s.words.Languages("public"), Pages: samplePages(s.words, "base", locale.Default)}
	parts := map[string][]string{}
	for name, look := range s.themes {
		v.Themes = append(v.Themes, name)
		for part, pages := range look.Parts() {
			parts[part] = append(parts[part], pages...)
		}
	}
	slices.Sort(v.Themes)
	for name, pages := range parts {
		slices.Sort(pages)
		v.Parts = append(v.Parts, galleryPart{name, slices.Compact(pages)})
	}
	slices.SortFunc(v.Parts, func(a, b galleryPart) int { return strings.Compare(a.Name, b.Name) })
	return v
}

// galleryPage shows one sample.
func (s *Site) galleryPage(c *fiber.Ctx) error {
	name, lang := web.Param(c, "theme"), web.Param(c, "lang")
	look := s.themes[name]
	number, err := strconv.Atoi(c.Params("number"))
	if look == nil || err != nil || !slices.Contains(s.words.Languages("public"), lang) {
		return notFound()
	}
	pages := samplePages(s.words, name, lang)
	if number < 0 || number >= len(pages) {
		return notFound()
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return look.Render(c, pages[number].Page, pages[number].data)
}

// samplePages are the views of this package, rich and empty.
func samplePages(words *locale.Catalogue, look, lang string) []samplePage {
	rich, empty := sampleFrame(words, look, lang, true), sampleFrame(words, look, lang, false)
	say := sayer(lang)
	a := sampleArticle(lang)
	card := newsstand.Card{ID: a.ID, Lang: lang, Section: "parks", Slug: a.Slug, Title: a.Title, Standfirst: a.Standfirst, Picture: a.Lead, Published: a.Published, Sample: true, Corrected: true}
	bare := newsstand.Card{ID: "nnnnnnnn22", Lang: lang, Title: say("Khuynh hướng nghiêng ngả", "A short headline"), Published: a.Published}
	heard, seen := card, card
	heard.ID, heard.Plays = "hhhhhhhh22", &release.File{Hash: "h3", Name: "a.mp3", Type: "audio/mpeg"}
	seen.ID, seen.Plays = "vvvvvvvv22", &release.File{Hash: "h4", Name: "v.mp4", Type: "video/mp4", Width: 1280, Height: 720}
	cards := []newsstand.Card{card, bare, card, bare, heard, seen, bare, card, bare}
	own := []newsstand.Card{{ID: "k", Lang: lang, Title: bare.Title, Picture: a.Lead, Published: a.Published}, {ID: "l", Lang: lang, Title: a.Title, Published: a.Published}}
	note, right := say("Bài trước ghi 95 xã.", "The article said 95 communes."), say("72 xã", "72 communes")
	corrected := []newsstand.Corrected{{ID: a.ID, Lang: lang, Section: "parks", Slug: "s", Title: a.Title, Note: note, Right: right, At: a.Updated}, {ID: "nnnnnnnn22", Lang: lang, Withdrawn: true, Note: note, At: a.Updated}}
	sections := []newsstand.SectionCards{{Section: rich.site.Section("investment"), Cards: own}}
	list := listView{
		frame: rich, Name: rich.SectionName("investment"), About: a.Standfirst, Trail: rich.trail("parks"), Children: []link{{Href: "/", Name: rich.SectionName("parks")}},
		Rest: rich.teasers(cards), Total: 99, Pager: newPager("/vi/a", 1, 9),
	}
	list.begin("investment")
	article, plain := newArticle(rich, a), newArticle(empty, &release.Article{ID: "nnnnnnnn22", Lang: lang, Title: bare.Title})
	article.Related, article.Others = rich.teasers(cards[:3]), rich.readings(cards[:1])
	search := searchView{
		frame: rich, Filters: filters(rich, "investment"), Within: list.Name, Searched: true, Asked: true, Total: 21, First: 11, Pager: newPager("/vi/a?q=b", 2, 3),
		Hits: []hit{{Hit: newsstand.Hit{Card: card, Title: template.HTML(say("Khu <mark>công nghiệp</mark>", "Industrial <mark>parks</mark>")), Excerpt: template.HTML(template.HTMLEscapeString(a.Standfirst))}, Href: "/x", Place: list.Name, Date: rich.Date(a.Published), Labels: rich.labels(card)}},
	}
	reported, written := letterView{frame: rich, letterSort: letterSorts[report]}, letterView{frame: rich, letterSort: letterSorts[contact], Trail: rich.trail("")}
	letter := letterView{frame: rich, letterSort: letterSorts[report], About: "/vi/", AboutHref: "/vi/", AboutName: a.Title, Message: note, Contact: "c", Trap: "t", Errors: letterErrors{"", rich.T("error.required"), rich.T("error.bad_email"), rich.T("report.trap")}}
	wrong := written
	wrong.Topic, wrong.Errors = written.topics[1], letterErrors{Topic: rich.T("error.required"), Message: rich.T("error.required")}
	sent, unknown, tooMany := reported, reported, reported
	sent.Receipt, unknown.Unknown, tooMany.Notice = "bbbbbbbb22", true, rich.T("error.too_many.body")
	about := func(where newsstand.Whereabouts) statusView {
		return statusView{frame: rich, Letter: "2026-7K3F-9Q2M-4TXB", Where: where, Article: link{Href: "/", Name: a.Title}}
	}
	answered := about(newsstand.Whereabouts{Receipt: &release.Receipt{State: release.LetterAnswered, Received: a.Published, Done: a.Updated, Answer: note}})
	meeting := card
	meeting.Kind, meeting.Facts = "event", kind.Facts{"starts": "2026-07-01T09:00", "ends": "2026-07-01T11:00", "status": kind.Postponed, "venue": say("Hội trường A", "Hall A")}
	begins := time.Date(2026, 6, 20, 9, 0, 0, 0, locale.Zone())
	happens := eventsView{
		frame: rich, Trail: rich.trail(""), Upcoming: rich.happenings([]newsstand.Card{meeting}, begins), Over: rich.happenings([]newsstand.Card{meeting, meeting}, begins.AddDate(1, 0, 0)),
		Month: rich.month(time.Date(2026, 7, 1, 0, 0, 0, 0, locale.Zone()), []newsstand.Card{meeting}, begins), Calendar: "/vi/events.ics", Pager: newPager("/vi/su-kien", 1, 3),
	}
	decree := card
	decree.Kind, decree.Facts = kind.Document, kind.Facts{"number": "687/QĐ-UBND", "issuer": "a", "issued": "2024-05-02", "effective": "2026-07-01", "force": kind.InForce}
	decree.Files = []release.File{{Hash: "h5", Name: "d.pdf", Type: "application/pdf", Size: 1_250_000, Pages: 12}}
	shelf := newDocuments(rich, &newsstand.Library{
		Now: begins, Any: true, Listing: newsstand.Listing{Cards: []newsstand.Card{decree, decree}, Total: 22}, Years: map[string]int{"2024": 20, "2023": 2}, Agencies: map[string]int{"a": 22},
		Fields: map[string]int{"investment": 20, "trade": 2}, Standings: map[string]int{kind.InForce: 21, kind.Replaced: 1},
	}, newsstand.DocumentFilter{Year: "2024"})
	shelf.Pager = newPager("/vi/van-ban", 1, 2)
	chapter, under := card, card
	chapter.Kind, chapter.Facts = kind.Page, kind.Facts{"position": "1", "owner": "a", "reviewed": "2026-01-05", "review_every": "3"}
	under.Kind, under.Facts = kind.Page, kind.Facts{"position": "1.2", "owner": "a", "reviewed": "2026-06-05", "review_every": "12"}
	chapters := outlineView{frame: rich, Trail: rich.trail(""), Roots: rich.leaves([]newsstand.Card{chapter, under}, begins)}
	stone := &release.Tombstone{Note: note, WithdrawnAt: a.Published}
	return []samplePage{
		{"home", "rich", newHome(rich, &newsstand.HomePage{Newest: cards, Sections: sections, Corrections: corrected})},
		{"home", "without a picture", newHome(rich, &newsstand.HomePage{Newest: []newsstand.Card{bare, bare, bare}})},
		{"home", "one article", newHome(rich, &newsstand.HomePage{Newest: cards[:1]})},
		{"home", "empty", homeView{frame: empty}},
		{"list", "rich", list}, {"list", "empty", listView{frame: empty, Pager: newPager("/vi/a", 1, 1)}},
		{"corrections", "rich", correctionsView{frame: rich, Trail: rich.trail(""), Corrections: rich.corrections(corrected), Pager: newPager("/vi/cai-chinh", 2, 9)}},
		{"corrections", "empty", correctionsView{frame: empty, Pager: newPager("/vi/cai-chinh", 1, 1)}},
		{"feeds", "rich", feedsView{frame: rich, Trail: rich.trail(""), Feeds: rich.feedLines(true), Outline: outlinePath(lang)}}, {"feeds", "empty", feedsView{frame: empty}},
		{"article", "rich", article}, {"article", "empty", plain},
		{"events", "rich", happens}, {"events", "empty", eventsView{frame: empty, Pager: newPager("/vi/su-kien", 1, 1)}},
		{"documents", "rich", shelf}, {"documents", "nothing", documentsView{frame: rich, Any: true, Choices: shelf.Choices, Pager: newPager("/vi/van-ban", 1, 1)}},
		{"documents", "empty", documentsView{frame: empty, Pager: newPager("/vi/van-ban", 1, 1)}},
		{"outline", "rich", chapters}, {"outline", "empty", outlineView{frame: empty}},
		{"missing", "rich", missingView{rich, rich.readings(cards)}}, {"missing", "empty", missingView{empty, nil}},
		{"gone", "rich", goneView{rich, stone, rich.readings(cards), link{"/", list.Name, false}}}, {"gone", "empty", goneView{empty, &release.Tombstone{}, nil, link{}}},
		{"search", "rich", search}, {"search", "empty", searchView{frame: empty}},
		{"search", "nothing", searchView{frame: rich, Searched: true, Asked: true, Within: list.Name}},
		{"search", "refused", searchView{frame: rich, Asked: true, Refused: rich.T("search.empty")}},
		{"report", "refused", letter}, {"report", "empty", letterView{frame: empty, letterSort: letterSorts[report]}}, {"report", "sent", sent},
		{"report", "unknown", unknown}, {"report", "too many", tooMany},
		{"contact", "rich", written}, {"contact", "refused", wrong}, {"contact", "empty", letterView{frame: empty, letterSort: letterSorts[contact]}},
		{"rating", "refused", ratingView{frame: rich, About: link{Href: "/", Name: a.Title}, Problem: rich.T("rating.choose")}}, {"rating", "thanked", ratingView{frame: rich, About: link{Href: "/", Name: a.Title}, Thanked: true}}, {"rating", "empty", ratingView{frame: empty}},
		{"status", "empty", statusView{frame: empty}}, {"status", "refused", statusView{frame: rich, Number: "2026", Problem: rich.T("status.wrong_number")}},
		{"status", "answered", answered}, {"status", "waits", about(newsstand.Whereabouts{Receipt: &release.Receipt{State: release.LetterWaits, Received: a.Published, Due: a.Updated}})},
		{"status", "kept", about(newsstand.Whereabouts{Kept: true})}, {"status", "silent", about(newsstand.Whereabouts{Silent: true})}, {"status", "unknown", about(newsstand.Whereabouts{})},
		{"statement", "rich", statementView{frame: rich, Trail: rich.trail(""), Lead: a.Standfirst, Text: a.HTML, Since: rich.Date(a.Published)}}, {"statement", "empty", statementView{frame: empty}},
		{"tree", "rich", treeView{frame: rich, Trail: rich.trail(""), Roots: rich.branches(""), Pages: rich.fixedPages()}}, {"tree", "empty", treeView{frame: empty}},
		{"error", "rich", errorView{rich, fiber.StatusInternalServerError, "bbbbbbbb22", rich.T("error.internal.body", "ID", "bbbbbbbb22")}}, {"error", "empty", errorView{frame: empty}},
	}
}

// sayer chooses between a sample's two languages.
func sayer(lang string) func(vi, en string) string {
	return func(vi, en string) string {
		if lang == locale.Default {
			return vi
		}
		return en
	}
}

func sampleFrame(words *locale.Catalogue, look, lang string, rich bool) *frame {
	say := sayer(lang)
	outlet := release.Outlet{ID: "o", Agency: "a", Theme: look, Hosts: []string{"o.example"}, Languages: words.Languages("public"), Texts: map[string]release.OutletText{lang: {
		Name: say("Cổng thông tin mẫu – Trang đối ngoại", "Sample outlet – International pages"), Tagline: say("Mọi phần của trang, với dữ liệu mẫu", "Every part of the pages, with sample data"),
		Unit: "U", Responsible: "R", Address: "A", Phone: "P", Email: "e@o.example", Licence: "L",
	}}}
	base := web.NewBase(speaker(words, &outlet, lang), "/"+lang+"/")
	base.Title = outlet.Texts[lang].Name
	if !rich {
		return newFrame(newsstand.NewSite(nil, nil, nil), nil, base)
	}
	names := func(vi, en, slug string) map[string]release.SectionName {
		all := map[string]release.SectionName{}
		for _, l := range outlet.Languages {
			name := sayer(l)(vi, en)
			all[l] = release.SectionName{Name: name, Slug: slug, Description: name}
		}
		return all
	}
	site := newsstand.NewSite([]release.Outlet{outlet}, []release.Section{
		{ID: "investment", Code: investment, Names: names("Kinh tế đối ngoại – Đầu tư", "Investment", "investment")},
		{ID: "parks", Parent: "investment", Names: names("Khu công nghiệp", "Industrial parks", "parks")},
		{ID: "policies", Code: "policies", Names: names("Chính sách – Thủ tục", "Policies and procedures", "policies")},
	}, []release.Agency{{ID: "a", Names: map[string]string{"vi": "Cơ quan", "en": "Office"}}})
	f := newFrame(site, &outlet, base)
	f.base, f.Description = "https://o.example", outlet.Texts[lang].Tagline
	f.shelve(kind.All())
	f.at("/"+lang+"/", map[string]string{"vi": "/vi/", "en": "/en/"})
	for i := range f.Languages {
		if l := &f.Languages[i]; l.Lang == "km" && !l.Here {
			l.Missing, l.Instead = f.T("missing.body"), f.T("missing.home")
		}
	}
	return f
}

func sampleArticle(lang string) *release.Article {
	say := sayer(lang)
	at := time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
	small := release.File{Hash: "h2", Name: "s.jpg", Width: 480, Height: 320}
	return &release.Article{
		ID: "bbbbbbbb22", Lang: lang, Section: "parks", Agency: "a", Kicker: say("Mẫu", "Sample"), Slug: "s", Sample: true,
		Title:      say("THƯỢNG NGUỒN ĐẪM ƯỚT, KHUYẾN NGHỊ", "A headline that is as long as headlines get before anybody makes them shorter"),
		Standfirst: say("Khuynh hướng nghiêng ngả: một câu dẫn đủ dài để thấy dòng ngắt ở đâu.", "A standfirst that is long enough to show where its lines break."),
		HTML:       template.HTML(say(sampleVI, sampleEN)), Words: 2, Byline: say("Tác giả", "An author"), Source: &release.Source{Name: "TTXVN", URL: "https://x.example"},
		Headings: []release.Heading{{Level: 2, ID: "a", Text: "A"}, {Level: 2, ID: "b", Text: "B"}, {Level: 2, ID: "c", Text: "C"}, {Level: 2, ID: "d", Text: "D"}},
		Lead: &release.Picture{
			File: release.File{Hash: "h1", Name: "l.jpg", Type: "image/jpeg", Width: 1600, Height: 900}, Small: &small, Colour: "#5a7d6c",
			Alt: say("Đồi núi", "Hills"), Caption: say("Chú thích ảnh", "A caption"), Credit: say("Người chụp", "A photographer"),
		},
		Published: at, Updated: at.Add(time.Hour), Correction: &release.Correction{Note: say("Bài trước ghi 95 xã.", "The article said 95 communes."), At: at},
		Changes: []release.Change{{Note: say("Thêm số liệu quý II", "Figures of the second quarter added"), At: at.Add(time.Hour)}},
		Replies: []release.Reply{
			{Party: say("Công ty mẫu", "A sample company"), Position: say("Chủ đầu tư", "Investor"), Received: "2026-07-02", Round: 1, HTML: "<p>R</p>", Answer: "<p>A</p>"},
			{Party: say("Công ty mẫu", "A sample company"), Received: "2026-07-09", Round: 2, HTML: "<p>R</p>"},
		},
	}
}

// What the text of an article may hold, as package markup writes it.
const (
	sampleParts = `<div class="table-scroll" tabindex="0" role="region" aria-labelledby="table-1"><table><caption id="table-1">2026</caption><thead><tr><th scope="col">KCN</th><th scope="col" class="align-right">ha</th></tr></thead><tbody><tr><td>A</td><td class="align-right figure">12.737</td></tr></tbody></table></div><h2 id="c">C</h2><figure><video src="/media/0/v.mp4" aria-label="V" width="1280" height="720" controls="" preload="metadata"></video><figcaption>V</figcaption></figure><figure><audio src="/media/0/a.mp3" aria-label="A" controls="" preload="metadata"></audio><figcaption>A</figcaption></figure><h2 id="d">D</h2><figure class="file"><a href="/media/0/d.pdf" download="">D (PDF, 1 MB)</a></figure>`
	sampleVI    = `<h2 id="a">A</h2><p>Dự án không phải xin chấp thuận chủ trương được cấp giấy chứng nhận trong 10 ngày làm việc. <a href="/vi/">Khuynh hướng</a> nghiêng ngả.</p><h2 id="b">B</h2><ul><li>Một</li><li>Hai</li></ul><blockquote><p>Một lời trích.</p></blockquote>` + sampleParts
	sampleEN    = `<h2 id="a">A</h2><p>A project that needs no approval of its policy is certified within 10 working days. <a href="/en/">A link</a> within a line.</p><h2 id="b">B</h2><ul><li>One</li><li>Two</li></ul><blockquote><p>A quotation.</p></blockquote>` + sampleParts
)
