package newsroom

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/vietnamese"
)

// Content is everything of an edition that readers may see, and therefore
// everything that an approval covers.
type Content struct {
	Section    string   `json:"section"` // section id
	Outlets    []string `json:"outlets"` // outlet ids, sorted
	Kicker     string   `json:"kicker"`
	Headline   string   `json:"headline"`
	Standfirst string   `json:"standfirst"`
	Body       string   `json:"body"` // Markdown
	Slug       string   `json:"slug"` // empty: made from the headline
	Byline     string   `json:"byline"`
	SourceName string   `json:"sourceName"` // set when the text is not our own
	SourceURL  string   `json:"sourceUrl"`
	Lead       Lead     `json:"lead"`
	Sample     bool     `json:"sample"` // demo content, labelled for readers
	// Replies of affected parties, in the order in which they came. A text
	// without any has the hash it had before there were replies.
	Replies []Reply `json:"replies,omitempty"`
	// About is what the article says of itself besides.
	About About `json:"about,omitzero"`
	// Facts are what is known of the item beside its text (fact.go). A kind that
	// has none leaves its texts the hash they always had.
	Facts kind.Facts `json:"facts,omitempty"`
}

// Lead is the lead picture with the words that must accompany it.
type Lead struct {
	Media   string `json:"media"` // content hash, "" for no picture
	Alt     string `json:"alt"`
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
}

// Limits in characters. A headline must fit a phone and a feed; a body of
// 200,000 characters is ten times the longest megastory.
const (
	MaxHeadline   = 200
	MaxKicker     = 80
	MaxStandfirst = 600
	MaxBody       = 200_000
	MaxSlug       = 80
	MaxByline     = 120
	MaxSourceName = 120
	MaxSourceURL  = 500
	MaxAlt        = 300
	MaxCaption    = 400
	MaxCredit     = 120
	MaxReason     = 1000

	maxID = 64 // of a section, an outlet, a picture: what is longer names none
)

// Tidy gives text one form: NFC, no control characters, no stray space around
// it, and for one-line fields no line breaks. It never refuses; check does.
func (c Content) Tidy() Content {
	c.Section, c.Lead.Media = line(c.Section), line(c.Lead.Media)
	c.Kicker, c.Headline, c.Byline = line(c.Kicker), line(c.Headline), line(c.Byline)
	c.Standfirst = line(c.Standfirst)
	c.SourceName, c.SourceURL = line(c.SourceName), line(c.SourceURL)
	c.Lead.Alt, c.Lead.Caption, c.Lead.Credit = line(c.Lead.Alt), line(c.Lead.Caption), line(c.Lead.Credit)
	c.Body = tidy(c.Body)
	c.About = c.About.tidy()
	c.Slug = vietnamese.Slug(c.Slug, MaxSlug)
	outlets := make([]string, len(c.Outlets))
	for i, id := range c.Outlets {
		outlets[i] = line(id)
	}
	c.Outlets = slices.Compact(slices.Sorted(slices.Values(outlets)))
	replies := c.Replies
	c.Replies = nil
	for _, r := range replies {
		c.Replies = append(c.Replies, r.tidy())
	}
	c.Facts = c.Facts.Tidy()
	return c
}

// tidy is a text in the form it is stored in. What is no text at all is
// answered as it came, for check to refuse.
func tidy(s string) string {
	if clean, ok := vietnamese.Clean(s); ok {
		return strings.TrimSpace(clean)
	}
	return s
}

// line is tidy for a text of one line.
func line(s string) string {
	if clean := tidy(s); utf8.ValidString(clean) {
		return strings.Join(strings.Fields(clean), " ")
	}
	return s
}

// check refuses what cannot even be kept as a draft: a missing headline,
// text beyond its limit, or a source address that is none.
func (c Content) check(of nature) error {
	var form fault.Form
	if c.Headline == "" {
		form.Refuse("headline", "error.required")
	}
	for _, f := range append(c.ids(), []field{
		{"headline", c.Headline, MaxHeadline}, {"kicker", c.Kicker, MaxKicker},
		{"standfirst", c.Standfirst, MaxStandfirst}, {"body", c.Body, MaxBody},
		{"byline", c.Byline, MaxByline}, {"source_name", c.SourceName, MaxSourceName},
		{"source_url", c.SourceURL, MaxSourceURL}, {"lead_alt", c.Lead.Alt, MaxAlt},
		{"lead_caption", c.Lead.Caption, MaxCaption}, {"lead_credit", c.Lead.Credit, MaxCredit},
	}...) {
		f.check(&form)
	}
	if c.SourceURL != "" && !isWebAddress(c.SourceURL) {
		form.Refuse("source_url", "error.bad_url")
	}
	c.About.check(&form)
	if len(c.Replies) > MaxReplies {
		form.Refuse("replies", "error.reply.too_many", "Max", MaxReplies)
	}
	for _, r := range c.Replies {
		r.check(&form)
	}
	c.Facts.Check(of.kind, of.translated, &form)
	return form.Err()
}

// field is a text of a form with its limit in characters.
type field struct {
	name, text string
	max        int
}

func (f field) check(form *fault.Form) {
	if !utf8.ValidString(f.text) {
		form.Refuse(f.name, "error.not_utf8")
	} else if utf8.RuneCountInString(f.text) > f.max {
		form.Refuse(f.name, "error.too_long", "Max", f.max)
	}
}

// ids are the names of other things in the content. Whether those exist is
// asked of the database, which takes nothing but text.
func (c Content) ids() []field {
	ids := []field{{"section", c.Section, maxID}, {"lead_media", c.Lead.Media, maxID}}
	for _, id := range c.Outlets {
		ids = append(ids, field{"outlets", id, maxID})
	}
	return ids
}

// checkComplete refuses what readers must not get: it is asked when an
// edition is submitted and again at every later step towards them.
func (c Content) checkComplete(of nature) error {
	var form fault.Form
	required := func(field, text string) {
		if strings.TrimSpace(text) == "" {
			form.Refuse(field, "error.required")
		}
	}
	required("headline", c.Headline)
	if c.Standfirst == "" { // Dublin Core's description (TT 24/2011); the other elements it demands are never empty
		form.Refuse("standfirst", "error.standfirst.none")
	}
	if !of.kind.HasFile() || !of.translated && len(c.Facts.Files()) == 0 {
		required("body", c.Body)
	}
	if c.Section == "" {
		form.Refuse("section", "error.section.none")
	}
	if len(c.Outlets) == 0 {
		form.Refuse("outlets", "error.outlets.none")
	}
	if c.Lead.Media != "" { // a picture without its words is not accessible (TT 32/2017 Đ18)
		required("lead_alt", c.Lead.Alt)
		required("lead_caption", c.Lead.Caption)
		required("lead_credit", c.Lead.Credit)
	}
	if c.SourceURL != "" { // reuse must name its source (NĐ 43/2011 Đ5.3)
		required("source_name", c.SourceName)
	}
	c.checkAbout(&form, required)
	for _, r := range c.Replies {
		r.checkComplete(required)
	}
	c.Facts.CheckComplete(of.kind, of.translated, &form)
	return form.Err()
}

// Hash names the content: the same content always has the same hash.
func (c Content) Hash() string {
	sum := sha256.Sum256([]byte(c.encode()))
	return hex.EncodeToString(sum[:])
}

func (c Content) encode() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // a struct of strings always has a JSON form
	}
	return string(text)
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
