package release

import (
	"cmp"
	"html/template"
	"maps"
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
	return append(files, a.Files...)
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

// File is a media file, stored and addressed by the hash of its content.
type File struct {
	Hash   string `json:"hash"` // SHA-256, hexadecimal
	Name   string `json:"name"` // file name in the address; ASCII
	Type   string `json:"type"` // media type
	Size   int64  `json:"size"` // bytes
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Path is the file's address on every outlet.
func (f File) Path() string { return "/media/" + f.Hash + "/" + f.Name }

// Plays says whether a page shows the file or plays it. Any other is saved.
func (f File) Plays() bool {
	kind, _, _ := strings.Cut(f.Type, "/")
	return kind == "image" || kind == "video" || kind == "audio"
}

// Picture is an image with the words that must accompany it.
type Picture struct {
	File
	Small   *File  `json:"small,omitempty"`  // a narrower rendition for lists and phones
	Colour  string `json:"colour,omitempty"` // dominant colour, #rrggbb
	Alt     string `json:"alt"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	// Renditions are not part of the document: readers learn them by themselves
	// (PictureKind), and whoever shows the picture puts them here. nil: none yet.
	Renditions *Renditions `json:"-"`
}

// Renditions are the files of one picture in all widths and formats, and what
// else is known of it that pages need. They are released beside the documents
// that name the picture, because they may come later and change more often.
type Renditions struct {
	Hash   string `json:"hash"`             // of the picture, as documents name it
	Files  []File `json:"files,omitempty"`  // from narrow to wide; the picture is among them
	Colour string `json:"colour,omitempty"` // dominant colour, #rrggbb
	Focus  *Focus `json:"focus,omitempty"`  // nil: the middle
}

// Focus is the point of a picture that stays in view where it is cropped, in
// thousandths of its width and height.
type Focus struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Media lists the files.
func (r Renditions) Media() []File { return r.Files }

// WebP lists the files in the format that takes the fewest bytes, from narrow
// to wide.
func (r *Renditions) WebP() []File { return r.of(func(f File) bool { return f.Type == webP }) }

// Plain lists the files in the picture's own format, which everybody reads.
func (r *Renditions) Plain() []File { return r.of(func(f File) bool { return f.Type != webP }) }

const webP = "image/webp"

func (r *Renditions) of(ask func(File) bool) []File {
	if r == nil {
		return nil
	}
	var files []File
	for _, f := range r.Files {
		if ask(f) {
			files = append(files, f)
		}
	}
	return files
}

// Plain lists the files in the picture's own format, from narrow to wide; until
// its renditions are known, those that came with it.
func (p *Picture) Plain() []File {
	if files := p.Renditions.Plain(); len(files) > 0 {
		return files
	}
	if p.Small != nil {
		return []File{*p.Small, p.File}
	}
	return []File{p.File}
}

// Fitting answers the file for whoever takes one only, such as a feed: the
// narrowest that is at least so wide, else the widest.
func (p *Picture) Fitting(width int) File {
	files := p.Plain()
	for _, f := range files {
		if f.Width >= width {
			return f
		}
	}
	return files[len(files)-1]
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

// Section is a node of the topic tree with its name in every language.
type Section struct {
	ID       string                 `json:"id"`
	Code     string                 `json:"code"`
	Parent   string                 `json:"parent,omitempty"`
	Position int                    `json:"position"`
	Names    map[string]SectionName `json:"names"`
	Closed   bool                   `json:"closed,omitempty"` // nothing new is put into it
}

// SectionName is a section in one language. FormerSlugs redirect for ever.
type SectionName struct {
	Name        string   `json:"name"`
	Slug        string   `json:"slug"`
	Description string   `json:"description,omitempty"`
	FormerSlugs []string `json:"formerSlugs,omitempty"`
}

// Outlet is a public face of an agency.
type Outlet struct {
	ID        string                `json:"id"`
	Code      string                `json:"code"`
	Agency    string                `json:"agency"`
	Theme     string                `json:"theme"`
	Hosts     []string              `json:"hosts"`     // the first is canonical
	Languages []string              `json:"languages"` // in order of the switcher; the first is the default
	Default   bool                  `json:"default"`   // answers for unknown hosts
	Texts     map[string]OutletText `json:"texts"`     // by language
	// Accent is the outlet's own colour by day and by night; nil for its theme's.
	Accent *Accent `json:"accent,omitempty"`
	// Menus are the sections of its menu by language, in order. A language
	// without one has all sections in their own order.
	Menus map[string][]string `json:"menus,omitempty"`
}

// Accent is a colour for what is to stand out, #rrggbb, on light and on dark
// ground.
type Accent struct {
	Day   string `json:"day"`
	Night string `json:"night"`
}

// OutletText is what an outlet says of itself in one language, including the
// identity block the law asks for (NĐ 237/2026 Đ23, TT 32/2017 Đ16).
type OutletText struct {
	Name        string `json:"name"`
	Tagline     string `json:"tagline,omitempty"`
	Unit        string `json:"unit,omitempty"`
	Governing   string `json:"governing,omitempty"`   // the body that the unit belongs to
	Responsible string `json:"responsible,omitempty"` // the office, and the name where the law asks for it
	Address     string `json:"address,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Email       string `json:"email,omitempty"`
	Licence     string `json:"licence,omitempty"`   // its number
	LicenceOn   string `json:"licenceOn,omitempty"` // the day it was given, 2006-01-02
	LicenceBy   string `json:"licenceBy,omitempty"` // who gave it
}

// Agency is an organisation's public names by language: those of today, and
// those it had.
type Agency struct {
	ID     string            `json:"id"`
	Code   string            `json:"code"`
	Names  map[string]string `json:"names"`
	Former []FormerName      `json:"former,omitempty"` // oldest first
	Ended  time.Time         `json:"ended,omitzero"`   // when another agency took its place
	Into   string            `json:"into,omitempty"`   // id of that agency
}

// FormerName is a name that was valid until a moment.
type FormerName struct {
	Lang  string    `json:"lang"`
	Name  string    `json:"name"`
	Until time.Time `json:"until"`
}

// NameAt is what the agency was called in a language at a moment, "" when it
// has no name in it.
func (a Agency) NameAt(lang string, t time.Time) string {
	for _, n := range a.Former {
		if n.Lang == lang && t.Before(n.Until) {
			return n.Name
		}
	}
	return a.Names[lang]
}

// Label is a tag or an author, by whose name readers find articles together.
type Label struct {
	ID     string               `json:"id"`
	Names  map[string]LabelName `json:"names"`
	Agency string               `json:"agency,omitempty"` // that an author writes for
	Into   string               `json:"into,omitempty"`   // the label it was merged into
}

// LabelName is a label in one language. FormerSlugs redirect for ever.
type LabelName struct {
	Name        string   `json:"name"`
	Slug        string   `json:"slug"`
	Line        string   `json:"line,omitempty"`
	FormerSlugs []string `json:"formerSlugs,omitempty"`
}

// In is the label in a language, else in Vietnamese, English, or any.
func (l Label) In(lang string) LabelName {
	for _, lang := range append([]string{lang, "vi", "en"}, slices.Sorted(maps.Keys(l.Names))...) {
		if n := l.Names[lang]; n.Name != "" {
			return n
		}
	}
	return LabelName{}
}

// Place is a place with all its names and what happened to it.
type Place struct {
	ID        string          `json:"id"`
	Code      string          `json:"code"`
	Began     time.Time       `json:"began,omitzero"` // absent: before our records
	Ended     time.Time       `json:"ended,omitzero"` // absent: it is still there
	Names     []PlaceName     `json:"names"`
	Relations []PlaceRelation `json:"relations,omitempty"`
}

// PlaceName is what a place was called in one language, and its rank.
type PlaceName struct {
	Lang string    `json:"lang"`
	Name string    `json:"name"`
	Kind string    `json:"kind"`
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// PlaceRelation is the sentence From, Kind, To about places.
type PlaceRelation struct {
	Kind  string    `json:"kind"`
	From  string    `json:"from"`
	To    string    `json:"to"`
	At    time.Time `json:"at,omitzero"`
	Until time.Time `json:"until,omitzero"`
	Basis Basis     `json:"basis"`
}

// Letter is what a reader sent, on its way to the newsroom. ID is made by the
// newsstand; the newsroom accepts the same ID once.
type Letter struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"` // "error_report"
	Outlet  string    `json:"outlet"`
	Lang    string    `json:"lang"`
	Item    string    `json:"item,omitempty"`
	Address string    `json:"address"` // path of the page it is about
	Message string    `json:"message"`
	Contact string    `json:"contact,omitempty"` // e-mail, if the reader wants an answer
	SentAt  time.Time `json:"sentAt"`
}
