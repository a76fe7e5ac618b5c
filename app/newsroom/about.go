package newsroom

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
)

// About is what an article says of itself besides its text. It is part of what
// is approved; a text without any of it has the hash it had before there was
// such a thing.
type About struct {
	Origin   string   `json:"origin,omitempty"`   // of Origins, "" when nobody said
	SourceAt string   `json:"sourceAt,omitempty"` // when the text appeared at its source
	Sources  []Source `json:"sources,omitempty"`  // what it rests on besides
	InfoKind string   `json:"infoKind,omitempty"` // of InfoKinds
	Format   string   `json:"format,omitempty"`   // of Formats
	Claim    Claim    `json:"claim,omitzero"`     // of a clarification
	AI       []string `json:"ai,omitempty"`       // of AIUses, in their order

	// What the article is found by, as ids. While it is being typed, and until it
	// is saved, there may be names instead.
	Tags     []string `json:"tags,omitempty"`
	Authors  []string `json:"authors,omitempty"` // in order; guests are in the byline
	Agencies []string `json:"agencies,omitempty"`
	Places   []string `json:"places,omitempty"`
	Happened string   `json:"happened,omitempty"` // the day of what it tells of, as places were called then
}

// Where a text comes from (NĐ 43/2011 Đ5.3, NĐ 147/2024).
const (
	OwnWork       = "own"
	FromPartner   = "partner"
	FromAgency    = "agency" // a news agency
	Clarification = "clarification"
)

// Origins lists them.
var Origins = []string{OwnWork, FromPartner, FromAgency}

// InfoKinds are the four kinds of foreign information (NĐ 72/2015 Đ6–10).
var InfoKinds = []string{"official", "image", "world", Clarification}

// Formats are the forms that journalists tell apart.
var Formats = []string{
	"news", "article", "reportage", "interview", "commentary", "photo", "video", "podcast", "infographic", "megastory",
	"press_release", "statement", Clarification, "document", "event",
}

// AIUses are what a machine may have made of an article (NĐ 237/2026 Đ24).
var AIUses = []string{"translation", "text", "image", "audio"}

// Source is something that an article rests on.
type Source struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	At   string `json:"at,omitempty"` // when it appeared, as About.SourceAt
}

// Claim is the false claim that a clarification answers.
type Claim struct {
	URL  string `json:"url,omitempty"`
	Text string `json:"text,omitempty"` // what is claimed
	Body string `json:"body,omitempty"` // who responds to it
}

// Limits.
const (
	MaxSources = 20
	MaxNamed   = 20  // tags, authors, agencies, places
	MaxClaim   = 600 // characters
)

// tidy gives text one form and lists one order.
func (a About) tidy() About {
	a.Origin, a.InfoKind, a.Format, a.SourceAt = line(a.Origin), line(a.InfoKind), line(a.Format), tidyMoment(a.SourceAt)
	a.Claim = Claim{URL: line(a.Claim.URL), Text: line(a.Claim.Text), Body: line(a.Claim.Body)}
	var sources []Source
	for _, s := range a.Sources {
		s = Source{Name: line(s.Name), URL: line(s.URL), At: tidyMoment(s.At)}
		if s != (Source{}) {
			sources = append(sources, s)
		}
	}
	a.Sources = sources
	a.Happened = tidyMoment(a.Happened)
	for _, named := range a.named() {
		var tidied []string
		for _, word := range *named.words {
			if word = line(word); word != "" {
				tidied = append(tidied, word)
			}
		}
		*named.words = once(tidied)
	}
	var uses []string
	for _, use := range AIUses {
		if slices.Contains(a.AI, use) {
			uses = append(uses, use)
		}
	}
	for _, use := range a.AI {
		if !slices.Contains(AIUses, use) {
			uses = append(uses, use) // for check to refuse
		}
	}
	a.AI = uses
	return a
}

// check refuses what cannot be kept.
func (a About) check(form *fault.Form) {
	for _, f := range []field{
		{"claim_url", a.Claim.URL, MaxSourceURL}, {"claim_text", a.Claim.Text, MaxClaim}, {"claim_body", a.Claim.Body, MaxSourceName},
	} {
		f.check(form)
	}
	for _, f := range []struct {
		name, code string
		codes      []string
	}{{"origin", a.Origin, Origins}, {"info_kind", a.InfoKind, InfoKinds}, {"format", a.Format, Formats}} {
		if f.code != "" && !slices.Contains(f.codes, f.code) {
			form.Refuse(f.name, "error.invalid")
		}
	}
	for _, use := range a.AI {
		if !slices.Contains(AIUses, use) {
			form.Refuse("ai", "error.invalid")
		}
	}
	if a.Claim.URL != "" && !isWebAddress(a.Claim.URL) {
		form.Refuse("claim_url", "error.bad_url")
	}
	if _, ok := Moment(a.SourceAt); a.SourceAt != "" && !ok {
		form.Refuse("source_at", "error.bad_moment")
	}
	if _, err := time.Parse(time.DateOnly, a.Happened); a.Happened != "" && err != nil {
		form.Refuse("happened", "error.bad_date")
	}
	for _, named := range a.named() {
		if len(*named.words) > MaxNamed {
			form.Refuse(named.field, "error.named.many", "Max", MaxNamed)
		}
		for _, word := range *named.words {
			field{named.field, word, MaxSourceName}.check(form)
		}
	}
	if len(a.Sources) > MaxSources {
		form.Refuse("sources", "error.sources.many", "Max", MaxSources)
	}
	for i, s := range a.Sources {
		field{"sources", s.Name, MaxSourceName}.check(form)
		field{"sources", s.URL, MaxSourceURL}.check(form)
		_, ok := Moment(s.At)
		if s.Name == "" || s.URL != "" && !isWebAddress(s.URL) || s.At != "" && !ok {
			form.Refuse("sources", "error.sources.line", "Number", i+1)
		}
	}
}

// checkAbout refuses what readers must not get.
func (c Content) checkAbout(form *fault.Form, required func(field, text string)) {
	a := c.About
	if a.Origin == FromPartner || a.Origin == FromAgency {
		required("source_name", c.SourceName)
		required("source_url", c.SourceURL)
		required("source_at", a.SourceAt)
	}
	if a.InfoKind == Clarification {
		required("claim_url", a.Claim.URL)
		required("claim_text", a.Claim.Text)
		required("claim_body", a.Claim.Body)
	} else if a.Format == Clarification {
		form.Refuse("info_kind", "error.info_kind.clarification")
	}
}

// momentForms are how moments are kept: to the minute in Vietnam's time, or a
// day. The others are how people type them.
var (
	momentForms = []string{"2006-01-02T15:04", time.DateOnly}
	typedForms  = [][2]string{
		{"2006-01-02 15:04", momentForms[0]}, {"2/1/2006 15:04", momentForms[0]}, {"15:04 2/1/2006", momentForms[0]},
		{"15:04, 2/1/2006", momentForms[0]}, {"2/1/2006", momentForms[1]},
	}
)

func tidyMoment(text string) string {
	text = line(text)
	for _, form := range typedForms {
		if t, err := time.Parse(form[0], text); err == nil {
			return t.Format(form[1])
		}
	}
	return text
}

// Moment reads a moment as About keeps it.
func Moment(text string) (at time.Time, ok bool) {
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form, text, locale.Zone()); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

// SourcesText writes sources for a person who edits or compares them: a line
// for each, with its name, address and moment.
func (a About) SourcesText() string {
	lines := make([]string, len(a.Sources))
	for i, s := range a.Sources {
		parts := []string{s.Name, s.URL, s.At}
		for len(parts) > 1 && parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
		lines[i] = strings.Join(parts, " | ")
	}
	return strings.Join(lines, "\n")
}

// SourcesOf reads what SourcesText writes.
func SourcesOf(text string) []Source {
	var sources []Source
	for l := range strings.Lines(text) {
		parts := append(strings.SplitN(strings.TrimSpace(l), "|", 3), "", "")
		s := Source{strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])}
		if s != (Source{}) {
			sources = append(sources, s)
		}
	}
	return sources
}

// words are the texts among it, for whoever looks for something in them.
func (a About) words() []string {
	return []string{a.SourcesText(), a.Claim.Text, a.Claim.Body}
}

// tell puts into a document what readers learn of it.
func (a About) tell(doc *release.Article) {
	doc.Origin, doc.InfoKind, doc.Format, doc.AI = a.Origin, a.InfoKind, a.Format, a.AI
	doc.Tags, doc.Authors, doc.Agencies, doc.Places, doc.Happened = a.Tags, a.Authors, a.Agencies, a.Places, a.Happened
	if doc.Source != nil {
		doc.Source.At = a.SourceAt
	}
	for _, s := range a.Sources {
		doc.Sources = append(doc.Sources, release.Source(s))
	}
	if a.InfoKind == Clarification {
		claim := release.Claim(a.Claim)
		doc.Claim = &claim
	}
}

// askAI is asked of whoever lets a text go to readers in which a machine had a
// part: a human being has verified it (NĐ 237/2026 Đ24).
var askAI = Question{
	Key: "ai", Always: true, Texts: map[string]string{
		"vi": "Có dùng trí tuệ nhân tạo: tôi đã tự kiểm chứng phần máy làm và nhãn cho bạn đọc là đúng",
		"en": "Artificial intelligence was used: I have verified what it made, and the label for readers is right",
	},
}
