package public_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

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
	r.Get("/en/culture/feed.xml").Is(http.StatusNotFound)
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
