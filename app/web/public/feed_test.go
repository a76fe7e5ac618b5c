package public_test

import (
	"encoding/xml"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// parsedFeed is what a feed reader takes from a feed.
type parsedFeed struct {
	XMLName xml.Name
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Author  string `xml:"author>name"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Content string `xml:"content"`
		Summary string `xml:"summary"`

		Categories []struct {
			Label string `xml:"label,attr"`
		} `xml:"category"`
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, body string) parsedFeed {
	t.Helper()
	var f parsedFeed
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	return f
}

func TestFeeds(t *testing.T) {
	r := newWorld(t).reader()
	for name, path := range map[string]string{"feed.vi.xml": "/vi/atom.xml", "feed.culture.en.xml": "/en/culture/atom.xml", "feed.empty.xml": "/vi/tu-lieu/atom.xml"} {
		answer := r.Get(path).Is(http.StatusOK)
		if got := answer.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
			t.Errorf("%s is %s", path, got)
		}
		golden(t, name, answer.Body)
		f := readFeed(t, answer.Body)
		if f.XMLName.Space != "http://www.w3.org/2005/Atom" || f.ID == "" || f.Title == "" || f.Author == "" {
			t.Errorf("%s lacks what RFC 4287 asks for: %+v", path, f)
		}
		if _, err := time.Parse(time.RFC3339, f.Updated); err != nil {
			t.Error(err)
		}
	}
}

var cardSum = regexp.MustCompile(`-[0-9a-f]{24}\.`)

// The other forms say what the Atom feed says.
func TestFeedsInOtherForms(t *testing.T) {
	w := newWorld(t)
	a := article(culture, "en", "culture", 5, "Sóc Bom Bo ]]> & <b>", "soc-bom-bo")
	a.Lead = w.picture("Rice mortars")
	sound := release.File{Hash: release.Hash([]byte("sound")), Name: "bom-bo.mp3", Type: "audio/mpeg", Size: 5}
	w.files[sound.Hash], a.Files = []byte("sound"), []release.File{sound}
	w.settle(w.publish(a))
	r := w.reader()
	for name, is := range map[string]string{
		"feed.xml": "application/rss+xml", "feed.json": "application/feed+json", "podcast.xml": "application/rss+xml", "feeds.opml": "text/x-opml",
	} {
		answer := r.Get("/en/" + name).Is(http.StatusOK)
		if got := answer.Header.Get("Content-Type"); got != is+"; charset=utf-8" {
			t.Errorf("%s is %s", name, got)
		}
		golden(t, "form."+name, cardSum.ReplaceAllString(answer.Body, "-SUM.")) // it changes with the styles
	}
	var rss struct {
		Items []struct {
			Title     string `xml:"title"`
			GUID      string `xml:"guid"`
			Published string `xml:"pubDate"`
			Enclosure struct {
				URL string `xml:"url,attr"`
			} `xml:"enclosure"`
		} `xml:"channel>item"`
	}
	atom := readFeed(t, r.Get("/en/atom.xml").Body)
	for path, items := range map[string]int{"/en/feed.xml": 2, "/en/podcast.xml": 1, "/en/culture/podcast.xml": 1, "/en/investment/podcast.xml": 0} {
		rss.Items = nil
		if err := xml.Unmarshal([]byte(r.Get(path).Is(http.StatusOK).Body), &rss); err != nil {
			t.Fatal(err)
		}
		if len(rss.Items) != items {
			t.Errorf("%s holds %d items", path, len(rss.Items))
			continue
		}
		if items == 0 {
			if strings.Contains(r.Get(path).Body, "lastBuildDate") {
				t.Errorf("%s was made before there was anything in it", path)
			}
			continue
		}
		first := rss.Items[0]
		if _, err := time.Parse(time.RFC1123Z, first.Published); err != nil || first.GUID != atom.Entries[0].ID || first.Title != a.Title || !strings.HasSuffix(first.Enclosure.URL, sound.Path()) {
			t.Errorf("%s: %+v %v", path, first, err)
		}
	}
	var podcast struct {
		Cover struct {
			Href string `xml:"href,attr"`
		} `xml:"channel>image"`
	}
	if err := xml.Unmarshal([]byte(r.Get("/en/culture/podcast.xml").Body), &podcast); err != nil {
		t.Fatal(err)
	}
	cover := r.Get(strings.TrimPrefix(podcast.Cover.Href, "http://portal.localhost:8080")).Is(http.StatusOK)
	if pic, err := png.DecodeConfig(strings.NewReader(cover.Body)); err != nil || pic.Width != 1400 || pic.Height != 1400 {
		t.Errorf("the podcast's picture is %d × %d: %v", pic.Width, pic.Height, err)
	}
	r.Get("/en/rss.xml").Is(http.StatusMovedPermanently).LeadsTo("/en/feed.xml")
	r.Get("/en/old-culture/feed.json").Is(http.StatusMovedPermanently).LeadsTo("/en/culture/feed.json")
	for _, form := range []string{"feed.xml", "feed.json", "atom.xml"} {
		r.Get("/en/corrections/" + form).Is(http.StatusOK)
	}
	r.Get("/en/corrections/podcast.xml").Is(http.StatusNotFound)
}

// Every feed that the page and the list name is there.
func TestThePageOfFeedsTellsTheTruth(t *testing.T) {
	r := newWorld(t).reader()
	page := r.Get("/vi/nguon-tin").Is(http.StatusOK)
	if page.Text("h1") != "Nguồn tin" || page.Attr(`link[hreflang="en"]`, "href") != "http://portal.localhost:8080/en/feeds" {
		t.Error("the page is not told in both languages")
	}
	links := page.All("main .line a")
	if want := 3 * (2 + len(page.All(".footer-sections a"))); len(links) != want {
		t.Errorf("%d forms of feeds, not %d", len(links), want)
	}
	for _, a := range links {
		r.Get(apptest.Attr(a, "href")).Is(http.StatusOK)
	}
	r.Get(page.Attr("a[download]", "href")).Is(http.StatusOK)
}

// A feed takes back what was withdrawn in the last days, under the identifier
// by which whoever has it knows it.
func TestAFeedTakesBackWhatIsWithdrawn(t *testing.T) {
	now := time.Now().UTC().Truncate(time.Second)
	db, clock := apptest.NewDatabaseAt(t, now.AddDate(0, 0, -40))
	w := bare(t, db)
	w.outlets()
	w.section("culture", "", 3, "Văn hóa", "van-hoa", "Culture", "culture")
	w.section("empty", "", 4, "Tư liệu", "tu-lieu", "Papers", "papers")
	w.settle(w.withdraw(article(parks, "vi", "culture", 2, "", ""), ""))
	clock.Set(now)
	w.settle(w.publish(article(culture, "vi", "culture", 3, "Sóc Bom Bo", "soc-bom-bo")))
	id := readFeed(t, w.reader().Get("/vi/atom.xml").Body).Entries[0].ID
	w.settle(w.withdraw(article(culture, "vi", "culture", 3, "", ""), ""))
	elsewhere := article(removed, "vi", "culture", 3, "", "")
	elsewhere.Outlets = []string{"newspaper"}
	w.settle(w.withdraw(elsewhere, ""))
	for path, want := range map[string]int{"/vi/atom.xml": 1, "/vi/van-hoa/atom.xml": 1, "/vi/tu-lieu/atom.xml": 0, "/en/atom.xml": 0} {
		var f struct {
			Updated time.Time `xml:"updated"`
			Gone    []struct {
				Ref  string    `xml:"ref,attr"`
				When time.Time `xml:"when,attr"`
			} `xml:"http://purl.org/atompub/tombstones/1.0 deleted-entry"`
		}
		if err := xml.Unmarshal([]byte(w.reader().Get(path).Is(http.StatusOK).Body), &f); err != nil {
			t.Fatal(err)
		}
		if len(f.Gone) != want || want > 0 && (f.Gone[0].Ref != id || !f.Gone[0].When.Equal(now) || !f.Updated.Equal(now)) {
			t.Errorf("%s: %+v", path, f)
		}
	}
}

// An entry is known by its identifier for ever; only its address may change.
func TestAFeedKnowsAnEntryAgain(t *testing.T) {
	w := newWorld(t)
	before := readFeed(t, w.reader().Get("/en/atom.xml").Body)
	a := article(culture, "en", "invest", 3, "Another headline & <b>", "another")
	a.Updated = a.Updated.Add(time.Hour)
	a.Correction = &release.Correction{Note: "It was <wrong>", At: a.Updated}
	a.Sample = true
	w.settle(w.publish(a))
	after := readFeed(t, w.reader().Get("/en/atom.xml").Body)
	if before.ID != after.ID || before.Entries[0].ID != after.Entries[0].ID {
		t.Error("an identifier has changed")
	}
	if before.Entries[0].ID == before.Entries[1].ID {
		t.Error("two articles have one identifier")
	}
	if after.Updated != "2026-07-01T02:03:00Z" || after.Entries[0].Updated != after.Updated {
		t.Errorf("updated %s, %s", after.Updated, after.Entries[0].Updated)
	}
	if got := after.Entries[0]; got.Summary != "Sample article: How the article begins" || len(got.Categories) != 2 || got.Categories[1].Label != "Sample article" {
		t.Errorf("a sample is not told from news: %+v", got)
	}
	if got := before.Entries[0]; got.Summary != "How the article begins" || len(got.Categories) != 1 {
		t.Errorf("news is told as %+v", got)
	}
	content := after.Entries[0].Content
	for _, want := range []string{"<strong>Sample article</strong>", "<strong>Correction and apology</strong> It was &lt;wrong&gt;"} {
		if !strings.Contains(content, want) {
			t.Errorf("the content lacks %q:\n%s", want, content)
		}
	}
	if after.Entries[0].Title != "Another headline & <b>" {
		t.Errorf("the headline is %q", after.Entries[0].Title)
	}
	if vi := readFeed(t, w.reader().Get("/vi/atom.xml").Body); vi.Entries[0].ID == after.Entries[0].ID {
		t.Error("two languages have one identifier")
	}
}

func TestAFeedForgetsWhatIsWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.settle(w.withdraw(article(culture, "vi", "culture", 3, "", ""), ""))
	if body := w.reader().Get("/vi/atom.xml").Is(http.StatusOK).Body; strings.Contains(body, "Bom Bo") {
		t.Error("it is still in the feed")
	}
}
