package public

import (
	"cmp"
	"encoding/json"
	"html/template"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
)

// The shapes of schema.org that an article's head speaks in.
type (
	ldThing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	ldImage struct {
		Type   string `json:"@type"`
		URL    string `json:"url"`
		Width  int    `json:"width,omitempty"`
		Height int    `json:"height,omitempty"`
	}
	ldArticle struct {
		Context      string      `json:"@context"`
		Type         string      `json:"@type"`
		Headline     string      `json:"headline"`
		Description  string      `json:"description,omitempty"`
		URL          string      `json:"url,omitempty"`
		MainEntity   string      `json:"mainEntityOfPage,omitempty"`
		Language     string      `json:"inLanguage"`
		Published    string      `json:"datePublished"`
		Modified     string      `json:"dateModified"`
		Section      string      `json:"articleSection,omitempty"`
		Words        int         `json:"wordCount,omitempty"`
		Images       []ldImage   `json:"image,omitempty"`
		Author       any         `json:"author"` // an ldThing or several
		Credit       string      `json:"creditText,omitempty"`
		Publisher    ldThing     `json:"publisher"`
		Corrections  []ldComment `json:"correction,omitempty"`
		Source       *ldEdition  `json:"translationOfWork,omitempty"`
		Translations []ldEdition `json:"workTranslation,omitempty"`
		Genre        string      `json:"genre,omitempty"`
		BasedOn      []string    `json:"isBasedOn,omitempty"`
		Keywords     []string    `json:"keywords,omitempty"`
		Review       *ldReview   `json:"hasPart,omitempty"`
	}
	ldReview struct {
		Type     string   `json:"@type"`
		Claimed  string   `json:"claimReviewed"`
		Reviewed ldClaim  `json:"itemReviewed"`
		Author   ldThing  `json:"author"`
		URL      string   `json:"url,omitempty"`
		Date     string   `json:"datePublished"`
		Rating   ldRating `json:"reviewRating"`
	}
	ldClaim struct {
		Type       string `json:"@type"`
		Appearance ldWork `json:"appearance"`
	}
	ldEdition struct {
		Type     string `json:"@type"`
		Language string `json:"inLanguage"`
		URL      string `json:"url"`
	}
	ldWork struct {
		Type string `json:"@type"`
		URL  string `json:"url,omitempty"`
	}
	ldRating struct {
		Type  string `json:"@type"`
		Value int    `json:"ratingValue"`
		Worst int    `json:"worstRating"`
		Best  int    `json:"bestRating"`
		Name  string `json:"alternateName"`
	}
	ldComment struct {
		Type string `json:"@type"`
		Text string `json:"text"`
		Date string `json:"datePublished"`
	}
)

// newsArticle describes an article in schema.org's words. The JSON has every
// sign escaped that could end the element it stands in.
func newsArticle(f *frame, a *release.Article) template.JS {
	d := ldArticle{
		Context: "https://schema.org", Type: "NewsArticle", Headline: a.Title, Description: a.Standfirst,
		URL: f.Canonical, MainEntity: f.Canonical, Language: a.Lang, Published: iso(a.Published), Modified: iso(a.Updated),
		Section: f.SectionName(a.Section), Words: a.Words,
		Credit: a.Byline, Author: owner(f, a), Publisher: owner(f, a),
	}
	if a.Lead != nil {
		for _, file := range a.Lead.Plain() {
			d.Images = append(d.Images, ldImage{"ImageObject", f.base + file.Path(), file.Width, file.Height})
		}
	} else if p := f.Shared; p != nil {
		d.Images = []ldImage{{"ImageObject", p.Src, p.Width, p.Height}}
	}
	for _, c := range a.Corrections() {
		d.Corrections = append(d.Corrections, ldComment{"CorrectionComment", strings.TrimSpace(c.Note + " " + f.said(c.Note, c.Right, c.At).Right), iso(c.At)})
	}
	for _, other := range f.Alternates {
		e := ldEdition{"NewsArticle", other.Lang, other.Href}
		switch {
		case other.Lang == a.Lang:
		case other.Lang == a.SourceLang:
			d.Source = &e
		case a.Lang == a.SourceLang:
			d.Translations = append(d.Translations, e)
		}
	}
	var writers []ldThing
	for _, l := range f.subjects(newsstand.AuthorSort, a.Authors) {
		writers = append(writers, ldThing{Type: "Person", Name: l.Name, URL: f.base + l.Href})
	}
	if len(writers) > 0 {
		d.Author = writers
	}
	for _, l := range f.tagged(a) {
		d.Keywords = append(d.Keywords, l.Name)
	}
	d.Genre = f.code("format.", a.Format)
	for _, s := range f.rests(a) {
		if s.Href != "" {
			d.BasedOn = append(d.BasedOn, s.Href)
		}
	}
	if a.Claim != nil {
		d.Review = &ldReview{
			Type: "ClaimReview", Claimed: a.Claim.Text, Reviewed: ldClaim{"Claim", ldWork{"CreativeWork", a.Claim.URL}},
			Author: ldThing{Type: "Organization", Name: a.Claim.Body}, URL: f.Canonical, Date: iso(a.Published),
			Rating: ldRating{"Rating", 1, 1, 5, f.T("article.claim_false")},
		}
	}
	text, err := json.Marshal(d)
	if err != nil { // texts and numbers always have a form
		slog.Error("describe an article", "id", a.ID, "error", err)
		return "{}"
	}
	return template.JS(text)
}

// kindData describes what is no article.
func kindData(f *frame, a *release.Article) template.JS {
	switch kind.Kind(a.Kind) {
	case kind.Event:
		return eventData(f, a)
	case kind.Page:
		return pageData(f, a)
	}
	return documentData(f, a)
}

// ldLegislation is a legal document in schema.org's words.
type ldLegislation struct {
	Context     string   `json:"@context"`
	Type        string   `json:"@type"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	URL         string   `json:"url,omitempty"`
	Language    string   `json:"inLanguage"`
	Published   string   `json:"datePublished"`
	Number      string   `json:"legislationIdentifier"`
	Issued      string   `json:"legislationDate,omitempty"`
	Effective   string   `json:"temporalCoverage,omitempty"`
	Force       string   `json:"legislationLegalForce,omitempty"`
	PassedBy    ldThing  `json:"legislationPassedBy"`
	About       string   `json:"about,omitempty"`
	Files       []ldFile `json:"encoding,omitempty"`
}

type ldFile struct {
	Type   string `json:"@type"`
	URL    string `json:"contentUrl"`
	Format string `json:"encodingFormat"`
	Size   string `json:"contentSize"`
}

// documentData describes a legal document.
func documentData(f *frame, a *release.Article) template.JS {
	d := ldLegislation{
		Context: schemaOrg, Type: "Legislation", Name: a.Title, Description: a.Standfirst, URL: f.Canonical, Language: a.Lang, Published: iso(a.Published),
		Number: a.Facts["number"], Issued: a.Facts["issued"], Force: schemaOrg + "/NotInForce",
		PassedBy: ldThing{Type: "GovernmentOrganization", Name: f.AgencyName(a.Facts["issuer"])}, About: f.code("fact.field.", a.Facts["field"]),
	}
	if day := a.Facts["effective"]; day != "" {
		d.Effective = day + "/.."
	}
	if a.Facts.Standing(f.Now()) == kind.InForce {
		d.Force = schemaOrg + "/InForce"
	}
	for _, file := range a.Attached {
		d.Files = append(d.Files, ldFile{"MediaObject", f.base + file.Path(), file.Type, strconv.FormatInt(file.Size, 10) + " B"})
	}
	text, err := json.Marshal(d)
	if err != nil { // texts and numbers always have a form
		slog.Error("describe a document", "id", a.ID, "error", err)
		return "{}"
	}
	return template.JS(text)
}

// ldEvent is an event in schema.org's words.
type ldEvent struct {
	Context     string      `json:"@context"`
	Type        string      `json:"@type"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	URL         string      `json:"url,omitempty"`
	Language    string      `json:"inLanguage"`
	Starts      string      `json:"startDate"`
	Ends        string      `json:"endDate,omitempty"`
	Status      string      `json:"eventStatus"`
	Location    *ldLocation `json:"location,omitempty"`
	Organiser   ldThing     `json:"organizer"`
}

type ldLocation struct {
	Type    string `json:"@type"`
	Name    string `json:"name"`
	Address string `json:"address"`
}

var eventStatus = map[string]string{
	kind.Planned: "https://schema.org/EventScheduled", kind.Postponed: "https://schema.org/EventPostponed", kind.Cancelled: "https://schema.org/EventCancelled",
}

// eventData describes an event.
func eventData(f *frame, a *release.Article) template.JS {
	h, _ := a.Facts.Happening()
	d := ldEvent{
		Context: "https://schema.org", Type: "Event", Name: a.Title, Description: a.Standfirst, URL: f.Canonical, Language: a.Lang,
		Starts: machineTime(h), Status: eventStatus[h.Status],
		Organiser: ldThing{Type: "Organization", Name: f.AgencyName(a.Facts["organiser"])},
	}
	if h.AllDay {
		d.Ends = h.LastDay().In(locale.Zone()).Format(time.DateOnly)
	} else if h.HasEnd {
		d.Ends = iso(h.Ends)
	}
	if where := f.where(a.Facts); where != "" {
		d.Location = &ldLocation{"Place", cmp.Or(a.Facts["venue"], where), cmp.Or(f.site.PlaceName(a.Facts["place"], f.Lang()), where)}
	}
	text, err := json.Marshal(d)
	if err != nil { // texts always have a form
		slog.Error("describe an event", "id", a.ID, "error", err)
		return "{}"
	}
	return template.JS(text)
}

// owner is the agency that answers for an article, else who stands behind the
// outlet; only the latter has its address here. A byline may name a person, an
// editorial board or a news agency. Since nobody tells which, it is a credit in
// schema.org's words and not an author of one type or the other.
func owner(f *frame, a *release.Article) ldThing {
	o := ldThing{Type: "Organization", Name: f.AgencyNameAt(a.Agency, a.Published)}
	if o.Name == "" {
		o.Name = f.Publisher()
	}
	if f.base != "" && o.Name == f.Publisher() {
		o.URL = f.base + "/"
	}
	return o
}

// ISO writes a moment for machines.
func (f *frame) ISO(t time.Time) string { return iso(t) }
