package release

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"doingoai/app/kind"
)

// Article is one edition of an item as readers see it.
type Article struct {
	ID      string   `json:"id"`
	Lang    string   `json:"lang"`
	Kind    string   `json:"kind"`    // the item's kind, such as "article"
	Outlets []string `json:"outlets"` // ids of the outlets that carry it
	Section string   `json:"section"` // section id
	Agency  string   `json:"agency"`  // owner agency id

	Kicker     string        `json:"kicker,omitempty"`
	Title      string        `json:"title"`
	Standfirst string        `json:"standfirst,omitempty"`
	Slug       string        `json:"slug"`
	HTML       template.HTML `json:"html"` // from markup's sanitiser, headings from h2
	Headings   []Heading     `json:"headings,omitempty"`
	Words      int           `json:"words"`
	Lead       *Picture      `json:"lead,omitempty"`
	Files      []File        `json:"files,omitempty"` // media files that HTML refers to

	Byline string  `json:"byline,omitempty"`
	Source *Source `json:"source,omitempty"` // required by law when not our own (NĐ 43/2011 Đ5.3)
	Sample bool    `json:"sample,omitempty"` // demo content, labelled on every page

	Origin   string   `json:"origin,omitempty"`   // own, partner or agency; absent: nobody said
	Sources  []Source `json:"sources,omitempty"`  // what the article rests on besides
	InfoKind string   `json:"infoKind,omitempty"` // official, image, world or clarification
	Format   string   `json:"format,omitempty"`   // news, interview and so on
	Claim    *Claim   `json:"claim,omitempty"`    // that a clarification answers
	AI       []string `json:"ai,omitempty"`       // what a machine made of it: translation, text, image, audio

	Tags     []string `json:"tags,omitempty"`     // ids of labels
	Authors  []string `json:"authors,omitempty"`  // ids of labels, in order; before the byline, which names guests
	Agencies []string `json:"agencies,omitempty"` // ids of those it speaks of
	Places   []string `json:"places,omitempty"`   // ids of those it speaks of
	Happened string   `json:"happened,omitempty"` // the day of what it tells of, 2006-01-02

	// Facts are what is known of the item beside its text, complete: those written
	// in this language, and those that are the same in every one.
	Facts kind.Facts `json:"facts,omitempty"`
	// Attached are the files that the facts name.
	Attached []File `json:"attached,omitempty"`

	// SourceLang is the language the item was first written in.
	SourceLang string `json:"sourceLang"`
	// Published is when this edition was first released; Updated when this
	// release was made. They are equal for a first release.
	Published time.Time `json:"published"`
	Updated   time.Time `json:"updated"`
	// Correction is shown with the page when this release corrects an earlier one.
	Correction *Correction `json:"correction,omitempty"`
	// Earlier are the corrections before it, newest first: all stay with the page.
	Earlier []Correction `json:"earlier,omitempty"`
	// Changes are the major updates, newest first.
	Changes []Change `json:"changes,omitempty"`
	// Replies of affected parties, in the order in which they came.
	Replies []Reply `json:"replies,omitempty"`
	// MainOutlet is the one whose address is canonical, where several carry it.
	MainOutlet string `json:"mainOutlet,omitempty"`
	// Stands is how outlets carry it, by id, that do so in their own way.
	Stands map[string]Stand `json:"stands,omitempty"`
	// Behind is said of a translation while its source is newer.
	Behind *Behind `json:"behind,omitempty"`
	// Revision is the content hash that was approved.
	Revision string `json:"revision"`
	// Renditions are those of pictures that HTML shows, by hash. Like those of
	// Lead they are not part of the document.
	Renditions map[string]*Renditions `json:"-"`
}

// Behind tells readers of a translation that what it was translated from says
// something else by now.
type Behind struct {
	Lang     string    `json:"lang"`               // of the source
	From     time.Time `json:"from"`               // of which day's text this is a translation
	Count    int       `json:"count"`              // how many passages are newer
	Critical bool      `json:"critical,omitempty"` // among them a figure, a date, a name or a denial
	// Passages are how those paragraphs begin that the source has now, in its
	// language: where a link may lead.
	Passages []string `json:"passages,omitempty"`
}

// Beginning is how a text begins: so many whole words as tell it apart.
func Beginning(text string) string {
	const words = 8
	fields := strings.Fields(text)
	return strings.Join(fields[:min(words, len(fields))], " ")
}

// Stand is how one outlet carries an article: under words of its own, where
// they are not empty, and since a moment of its own.
type Stand struct {
	Kicker     string    `json:"kicker,omitempty"`
	Title      string    `json:"title,omitempty"`
	Standfirst string    `json:"standfirst,omitempty"`
	Since      time.Time `json:"since,omitzero"`
}

// On is the article as an outlet carries it.
func (a *Article) On(outlet string) *Article {
	stand, ok := a.Stands[outlet]
	if !ok {
		return a
	}
	b := *a
	b.Kicker, b.Title = cmp.Or(stand.Kicker, a.Kicker), cmp.Or(stand.Title, a.Title)
	b.Standfirst = cmp.Or(stand.Standfirst, a.Standfirst)
	if !stand.Since.IsZero() {
		b.Published = stand.Since
	}
	if b.Updated.Before(b.Published) {
		b.Updated = b.Published
	}
	return &b
}

// Media lists every file the document needs, in order of appearance.
func (a Article) Media() []File {
	var files []File
	if a.Lead != nil {
		files = append(files, a.Lead.File)
		if a.Lead.Small != nil {
			files = append(files, *a.Lead.Small)
		}
	}
	return slices.Concat(files, a.Files, a.Attached)
}

// Corrections are all of them, newest first.
func (a *Article) Corrections() []Correction {
	if a.Correction == nil {
		return nil
	}
	return append([]Correction{*a.Correction}, a.Earlier...)
}

// Heading is an entry of an article's table of contents.
type Heading struct {
	Level int    `json:"level"`
	ID    string `json:"id"`
	Text  string `json:"text"`
}

// Source names where a text that is not the outlet's own was taken from, or
// what it rests on.
type Source struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	At   string `json:"at,omitempty"` // when it appeared: 2006-01-02, or with T15:04 in Vietnam's time
}

// Claim is the false claim that a clarification answers, and who answers it.
type Claim struct {
	URL  string `json:"url,omitempty"`
	Text string `json:"text"`
	Body string `json:"body"`
}

// Correction tells readers what was wrong, and what is right.
type Correction struct {
	Note  string    `json:"note"`
	Right string    `json:"right,omitempty"`
	At    time.Time `json:"at"`
	// Outlets are those on which readers had what was wrong: each lists the
	// correction for ever, also when it does not carry the article any more.
	Outlets []string `json:"outlets,omitempty"`
}

// Change tells readers what a major update has brought.
type Change struct {
	Note string    `json:"note"`
	At   time.Time `json:"at"`
}

// Reply is what an affected party answered to an article, and what the
// newsroom answered in turn (NĐ 237/2026 Đ21).
type Reply struct {
	Party    string        `json:"party"`
	Position string        `json:"position,omitempty"`
	Received string        `json:"received"`         // the day, 2006-01-02
	Round    int           `json:"round"`            // of the exchange with this party, from 1
	HTML     template.HTML `json:"html"`             // from markup's sanitiser, without headings
	Answer   template.HTML `json:"answer,omitempty"` // likewise
}

// Tombstone is what remains of a withdrawn article: no word of its text.
type Tombstone struct {
	Outlets     []string  `json:"outlets"`
	Section     string    `json:"section"`
	WithdrawnAt time.Time `json:"withdrawnAt"`
	Note        string    `json:"note,omitempty"` // public explanation, if any
	// Corrections are what was said of its mistakes while it stood, newest
	// first: that it was put right stays known for ever.
	Corrections []Correction `json:"corrections,omitempty"`
	// Expired: the page was to be public until then only, and nothing was wrong with it.
	Expired bool `json:"expired,omitempty"`
}
