package newsroomapi

import (
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/wording"
)

// outletText is what an outlet says of itself in a language: its masthead, and
// the identity block that the law asks for.
type outletText struct {
	Name        string `json:"name"`
	Tagline     string `json:"tagline,omitempty"`
	Unit        string `json:"unit,omitempty"`
	Governing   string `json:"governing,omitempty" doc:"The body that the unit belongs to."`
	Responsible string `json:"responsible,omitempty" doc:"The office, and the name where the law asks for it."`
	Address     string `json:"address,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Email       string `json:"email,omitempty"`
	Licence     string `json:"licence,omitempty" doc:"Its number."`
	LicenceOn   string `json:"licence_on,omitempty" doc:"The day it was given, such as 2026-07-01."`
	LicenceBy   string `json:"licence_by,omitempty"`
}

// outletRecord is an outlet with all that is set of it.
type outletRecord struct {
	outletEntry
	Theme   string                `json:"theme"`
	Accent  string                `json:"accent,omitempty" doc:"Such as #9c1c1f; absent: the theme's."`
	Emblem  []byte                `json:"emblem,omitempty" doc:"A PNG in base64; absent: the theme's."`
	Default bool                  `json:"default" doc:"It answers for hosts nobody has."`
	Texts   map[string]outletText `json:"texts" doc:"By language."`
	Menus   map[string][]string   `json:"menus" doc:"Ids of sections by language; a language that is absent shows all."`
	Behind  []late                `json:"behind" doc:"Texts that are behind their source."`
}

func (r outletRecord) location() string { return "/outlets/" + r.ID }

type outletIn struct {
	Outlet string `path:"outlet" doc:"Id of the outlet."`
}

// readOutlet answers an outlet with all that is set of it.
func (a *API) readOutlet(c *call, in outletIn) (outletRecord, error) {
	it, err := a.Outlets.Get(c.ctx, in.Outlet)
	if err != nil {
		return outletRecord{}, err
	}
	behind, err := a.lateWords(c, wording.Outlet, in.Outlet)
	answer := outletRecord{outletOf(it), it.Theme, it.Accent, it.Emblem, it.Default, map[string]outletText{}, map[string][]string{}, behind}
	for lang, t := range it.Texts {
		answer.Texts[lang] = outletText(t)
	}
	for lang, menu := range it.Menus {
		answer.Menus[lang] = list(menu)
	}
	return answer, err
}

type addOutletIn struct {
	Body struct {
		Code      string                `json:"code"`
		Agency    string                `json:"agency" doc:"Id of the agency that answers for it."`
		Theme     string                `json:"theme"`
		Accent    string                `json:"accent,omitempty"`
		Hosts     []string              `json:"hosts" doc:"The first is canonical."`
		Languages []string              `json:"languages" doc:"The first is the default."`
		Texts     map[string]outletText `json:"texts" doc:"By language."`
	} `body:"json"`
}

// addOutlet sets up an outlet.
func (a *API) addOutlet(c *call, in addOutletIn) (outletRecord, error) {
	b := in.Body
	o := outlet.Outlet{
		Code: b.Code, Agency: b.Agency, Theme: b.Theme, Accent: b.Accent, Hosts: b.Hosts, Languages: b.Languages, Texts: map[string]release.OutletText{},
	}
	for lang, t := range b.Texts {
		o.Texts[lang] = release.OutletText(t)
	}
	id, err := a.Outlets.Add(c.ctx, c.actor, o)
	return a.outletNow(c, id, err)
}

// outletNow answers an outlet after something was done with it.
func (a *API) outletNow(c *call, id string, err error) (outletRecord, error) {
	if err != nil {
		return outletRecord{}, err
	}
	return a.readOutlet(c, outletIn{id})
}

type hostsIn struct {
	outletIn
	Body struct {
		Hosts []string `json:"hosts" doc:"Without port; the first is canonical."`
	} `body:"json"`
}

// setHosts gives an outlet its host names.
func (a *API) setHosts(c *call, in hostsIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetHosts(c.ctx, c.actor, in.Outlet, in.Body.Hosts))
}

type lookIn struct {
	outletIn
	Body struct {
		Theme  string `json:"theme"`
		Accent string `json:"accent,omitempty" doc:"Such as #9c1c1f; absent: the theme's."`
	} `body:"json"`
}

// setLook gives an outlet a theme and an accent.
func (a *API) setLook(c *call, in lookIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetLook(c.ctx, c.actor, in.Outlet, in.Body.Theme, in.Body.Accent))
}

type emblemIn struct {
	outletIn
	Body struct {
		PNG []byte `json:"png,omitempty" doc:"A PNG in base64, 64 to 512 pixels a side; absent: the theme's."`
	} `body:"json"`
}

// setEmblem gives an outlet the sign that stands before its name.
func (a *API) setEmblem(c *call, in emblemIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetEmblem(c.ctx, c.actor, in.Outlet, in.Body.PNG))
}

type languagesIn struct {
	outletIn
	Body struct {
		Languages []string `json:"languages" doc:"In the order of the switcher. Those that were offered once must stay."`
	} `body:"json"`
}

// setLanguages says in which languages readers are offered an outlet.
func (a *API) setLanguages(c *call, in languagesIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetLanguages(c.ctx, c.actor, in.Outlet, in.Body.Languages))
}

type menuIn struct {
	outletIn
	Lang string `path:"lang"`
	Body struct {
		Sections []string `json:"sections" doc:"Ids, in their order; none: all of them."`
	} `body:"json"`
}

// setMenu says which sections stand in an outlet's menu in a language.
func (a *API) setMenu(c *call, in menuIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetMenu(c.ctx, c.actor, in.Outlet, in.Lang, in.Body.Sections))
}

type outletTextIn struct {
	outletIn
	Lang string     `path:"lang"`
	Body outletText `body:"json"`
}

// setText says what an outlet says of itself in a language.
func (a *API) setText(c *call, in outletTextIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetText(c.ctx, c.actor, in.Outlet, in.Lang, release.OutletText(in.Body)))
}

// setDefault lets an outlet answer for hosts nobody has.
func (a *API) setDefault(c *call, in outletIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.SetDefault(c.ctx, c.actor, in.Outlet))
}
