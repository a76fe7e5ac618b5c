package public

import (
	"encoding/json"
	"html/template"
	"log/slog"

	"doingoai/app/newsstand"
)

// The shapes of schema.org that front pages, lists and trails speak in.
type (
	ldGraph struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	ldOrganisation struct {
		Type      string `json:"@type"`
		ID        string `json:"@id"`
		Name      string `json:"name"`
		URL       string `json:"url"`
		Address   string `json:"address,omitempty"`
		Telephone string `json:"telephone,omitempty"`
		Email     string `json:"email,omitempty"`
		Logo      string `json:"logo,omitempty"`
		Rules     string `json:"correctionsPolicy,omitempty"`
	}
	ldSite struct {
		Type      string   `json:"@type"`
		ID        string   `json:"@id"`
		Name      string   `json:"name"`
		About     string   `json:"description,omitempty"`
		URL       string   `json:"url"`
		Language  string   `json:"inLanguage"`
		Publisher ldRef    `json:"publisher"`
		Search    ldSearch `json:"potentialAction"`
	}
	ldRef struct {
		ID string `json:"@id"`
	}
	ldSearch struct {
		Type   string  `json:"@type"`
		Target ldEntry `json:"target"`
		Query  string  `json:"query-input"`
	}
	ldEntry struct {
		Type string `json:"@type"`
		URL  string `json:"urlTemplate"`
	}
	ldTrail struct {
		Context string   `json:"@context"`
		Type    string   `json:"@type"`
		Steps   []ldStep `json:"itemListElement"`
	}
	ldStep struct {
		Type     string `json:"@type"`
		Position int    `json:"position"`
		Name     string `json:"name,omitempty"`
		Item     string `json:"item,omitempty"`
		URL      string `json:"url,omitempty"`
	}
	ldCollection struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		Name     string `json:"name"`
		About    string `json:"description,omitempty"`
		URL      string `json:"url"`
		Language string `json:"inLanguage"`
		List     ldList `json:"mainEntity"`
	}
	ldList struct {
		Type  string   `json:"@type"`
		Steps []ldStep `json:"itemListElement"`
	}
)

const schemaOrg = "https://schema.org"

// describe tells machines what the page is, in schema.org's words. The JSON
// has every sign escaped that could end the element it stands in.
func (f *frame) describe(shape any) {
	text, err := json.Marshal(shape)
	if err != nil { // texts and numbers always have a form
		slog.Error("describe a page", "path", f.Path, "error", err)
		return
	}
	f.Described = append(f.Described, template.JS(text))
}

// describeOutlet says whose site this is, and how it is searched. The portal is
// an authority's own; the others are news media.
func (f *frame) describeOutlet() {
	whose := ldOrganisation{
		Type: "NewsMediaOrganization", ID: f.base + "/#organization", Name: f.Text.Name, URL: f.base + "/",
		Address: f.Text.Address, Telephone: f.Text.Phone, Email: f.Text.Email, Rules: f.base + f.CorrectionsAt,
	}
	if e := f.Emblem(); e != nil {
		whose.Logo = f.base + e.Path
	}
	if f.Outlet.Theme == "portal" {
		whose.Type, whose.Name, whose.Rules = "GovernmentOrganization", f.Publisher(), ""
	}
	f.describe(ldGraph{schemaOrg, []any{whose, ldSite{
		Type: "WebSite", ID: f.base + f.Home + "#site", Name: f.Text.Name, About: f.Text.Tagline, URL: f.base + f.Home, Language: f.Lang(),
		Publisher: ldRef{whose.ID},
		Search:    ldSearch{"SearchAction", ldEntry{"EntryPoint", f.base + f.SearchAt + "?q={search_term_string}"}, "required name=search_term_string"},
	}}})
}

// describeTrail says where the page stands: below the pages of the trail.
func (f *frame) describeTrail(trail []link, name string) {
	d := ldTrail{Context: schemaOrg, Type: "BreadcrumbList"}
	for _, l := range append(trail[:len(trail):len(trail)], link{Href: "", Name: name}) {
		step := ldStep{Type: "ListItem", Position: len(d.Steps) + 1, Name: l.Name}
		if l.Href != "" {
			step.Item = f.base + l.Href
		}
		d.Steps = append(d.Steps, step)
	}
	f.describe(d)
}

// describeList says which articles a page lists.
func (f *frame) describeList(name, about string, cards []newsstand.Card) {
	d := ldCollection{Context: schemaOrg, Type: "CollectionPage", Name: name, About: about, URL: f.Canonical, Language: f.Lang(), List: ldList{"ItemList", []ldStep{}}}
	for i, c := range cards {
		d.List.Steps = append(d.List.Steps, ldStep{Type: "ListItem", Position: i + 1, URL: f.base + f.Href(c)})
	}
	f.describe(d)
}
