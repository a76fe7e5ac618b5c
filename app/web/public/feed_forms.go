package public

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"strings"
	"time"

	"doingoai/app/newsstand"

	"github.com/gofiber/fiber/v2"
)

// The parts of an RSS 2.0 feed, with what podcasts add to it.
type (
	rssFeed struct {
		XMLName xml.Name   `xml:"rss"`
		Version string     `xml:"version,attr"`
		Atom    string     `xml:"xmlns:atom,attr"`
		Content string     `xml:"xmlns:content,attr"`
		DC      string     `xml:"xmlns:dc,attr"`
		ITunes  string     `xml:"xmlns:itunes,attr,omitempty"`
		Channel rssChannel `xml:"channel"`
	}
	rssChannel struct {
		Title       string          `xml:"title"`
		Link        string          `xml:"link"`
		Description string          `xml:"description"`
		Language    string          `xml:"language"`
		Built       string          `xml:"lastBuildDate,omitempty"`
		Links       []atomLink      `xml:"atom:link"`
		Author      string          `xml:"itunes:author,omitempty"`
		Explicit    string          `xml:"itunes:explicit,omitempty"`
		Image       *itunesImage    `xml:"itunes:image"`
		Category    *itunesCategory `xml:"itunes:category"`
		Items       []rssItem       `xml:"item"`
	}
	itunesCategory struct {
		Text string `xml:"text,attr"`
	}
	itunesImage struct {
		Href string `xml:"href,attr"`
	}
	rssItem struct {
		Title       string        `xml:"title"`
		Link        string        `xml:"link"`
		GUID        rssGUID       `xml:"guid"`
		Published   string        `xml:"pubDate"`
		Updated     time.Time     `xml:"atom:updated"`
		Creator     string        `xml:"dc:creator"`
		Categories  []string      `xml:"category"`
		Description string        `xml:"description,omitempty"`
		Content     string        `xml:"content:encoded,omitempty"`
		Enclosure   *rssEnclosure `xml:"enclosure"`
		Explicit    string        `xml:"itunes:explicit,omitempty"`
	}
	rssGUID struct {
		IsLink bool   `xml:"isPermaLink,attr"`
		Text   string `xml:",chardata"`
	}
	rssEnclosure struct {
		URL    string `xml:"url,attr"`
		Length int64  `xml:"length,attr"`
		Type   string `xml:"type,attr"`
	}
)

// newRSS writes a feed as RSS. An item has one enclosure there: what is played,
// else the picture.
func newRSS(feed *atomFeed) *rssFeed {
	r := &rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{Title: feed.Title, Description: cmp.Or(feed.Subtitle, feed.Title), Language: feed.Lang},
	}
	if len(feed.Entries) > 0 {
		r.Channel.Built = feed.Updated.Format(time.RFC1123Z)
	}
	for _, l := range feed.Links {
		if l.Type == "text/html" {
			r.Channel.Link = l.Href
		} else {
			r.Channel.Links = append(r.Channel.Links, l)
		}
	}
	for _, e := range feed.Entries {
		item := rssItem{
			Title: e.Title, Link: e.page(), GUID: rssGUID{Text: e.ID}, Published: e.Published.Format(time.RFC1123Z), Updated: e.Updated, Creator: e.Author.Name,
		}
		for _, c := range e.Category {
			item.Categories = append(item.Categories, c.Label)
		}
		if e.Content.Type == "html" {
			item.Content = e.Content.Text
		} else {
			item.Description = e.Content.Text
		}
		if e.Summary != nil {
			item.Description = e.Summary.Text
		}
		for _, l := range e.enclosures() {
			if item.Enclosure == nil || strings.HasPrefix(item.Enclosure.Type, "image/") {
				item.Enclosure = &rssEnclosure{l.Href, l.Length, l.Type}
			}
		}
		r.Channel.Items = append(r.Channel.Items, item)
	}
	return r
}

// newPodcast writes a feed as a podcast: each item with what is listened to, and
// the picture that programs show of them all.
func newPodcast(feed *atomFeed, cover string) *rssFeed {
	for i := range feed.Entries {
		e := &feed.Entries[i]
		var links []atomLink
		for _, l := range e.Links {
			if l.Rel != "enclosure" || strings.HasPrefix(l.Type, "audio/") {
				links = append(links, l)
			}
		}
		e.Links = links
	}
	r := newRSS(feed)
	r.ITunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
	r.Channel.Author, r.Channel.Explicit, r.Channel.Category = feed.Author.Name, "false", &itunesCategory{"News"}
	r.Channel.Image = &itunesImage{cover}
	for i := range r.Channel.Items {
		r.Channel.Items[i].Explicit = "false"
	}
	return r
}

// page is where readers find an entry.
func (e atomEntry) page() string {
	for _, l := range e.Links {
		if l.Rel == "alternate" {
			return l.Href
		}
	}
	return ""
}

func (e atomEntry) enclosures() []atomLink {
	var list []atomLink
	for _, l := range e.Links {
		if l.Rel == "enclosure" {
			list = append(list, l)
		}
	}
	return list
}

// The parts of a JSON Feed 1.1.
type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePage    string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Description string       `json:"description,omitempty"`
		Language    string       `json:"language"`
		Authors     []jsonAuthor `json:"authors"`
		Items       []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
	}
	jsonItem struct {
		ID          string           `json:"id"`
		URL         string           `json:"url"`
		Title       string           `json:"title"`
		HTML        string           `json:"content_html,omitempty"`
		Text        string           `json:"content_text,omitempty"`
		Summary     string           `json:"summary,omitempty"`
		Image       string           `json:"image,omitempty"`
		Published   time.Time        `json:"date_published"`
		Modified    time.Time        `json:"date_modified"`
		Authors     []jsonAuthor     `json:"authors"`
		Tags        []string         `json:"tags,omitempty"`
		Language    string           `json:"language"`
		Attachments []jsonAttachment `json:"attachments,omitempty"`
	}
	jsonAttachment struct {
		URL  string `json:"url"`
		Type string `json:"mime_type"`
		Size int64  `json:"size_in_bytes,omitempty"`
	}
)

// newJSONFeed writes a feed as JSON.
func newJSONFeed(feed *atomFeed) *jsonFeed {
	j := &jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: feed.Title, FeedURL: feed.Links[0].Href, HomePage: feed.Links[1].Href,
		Description: feed.Subtitle, Language: feed.Lang, Authors: []jsonAuthor{{feed.Author.Name}}, Items: []jsonItem{},
	}
	for _, e := range feed.Entries {
		item := jsonItem{
			ID: e.ID, URL: e.page(), Title: e.Title, Published: e.Published, Modified: e.Updated, Authors: []jsonAuthor{{e.Author.Name}}, Language: feed.Lang,
		}
		if e.Content.Type == "html" {
			item.HTML = e.Content.Text
		} else {
			item.Text = e.Content.Text
		}
		if e.Summary != nil {
			item.Summary = e.Summary.Text
		}
		for _, c := range e.Category {
			item.Tags = append(item.Tags, c.Label)
		}
		for _, l := range e.enclosures() {
			if strings.HasPrefix(l.Type, "image/") {
				item.Image = l.Href
			} else {
				item.Attachments = append(item.Attachments, jsonAttachment{l.Href, l.Type, l.Length})
			}
		}
		j.Items = append(j.Items, item)
	}
	return j
}

// jsonEntry writes a document as an answer.
func jsonEntry(mediaType, lang string, document any) (*newsstand.Entry, error) {
	body, err := json.MarshalIndent(document, "", " ")
	if err != nil {
		return nil, err
	}
	e := newsstand.NewEntry(fiber.StatusOK, mediaType, append(body, '\n'))
	e.Language = lang
	return e, nil
}
