package desk

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// What the site and its things are called, and what is said of files, is kept
// by language. Words that are behind their source are shown on the page of the
// thing they belong to, and all together in a list of what is to be done.

// lateWords are words that are behind their source.
type lateWords struct {
	wording.Standing
	Diff   []newsroom.Piece // what has changed in the source
	Action string           // where they are said to be still right, "" for those who may not
	Thing  siteLink         // in the list: what they belong to
	From   string           // and which list it is
	Only   string           // the language it shows
}

// ID names them on a page.
func (w lateWords) ID() string { return "late-" + w.Part + "_" + w.Lang }

// late are the words of a thing that are behind.
func (d *Desk) late(c *fiber.Ctx, p page, kind wording.Kind, id string) ([]lateWords, error) {
	list, err := d.Wording.Of(web.Context(c), kind, id)
	return p.late(list), err
}

func (p page) late(list []wording.Standing) []lateWords {
	var late []lateWords
	for _, s := range list {
		w := lateWords{Standing: s, Diff: newsroom.Diff(s.Old, s.New)}
		if p.mayWord(s) {
			w.Action = thingPath(s.Subject) + "/right"
		}
		late = append(late, w)
	}
	return late
}

// mayWord says whether the person may change these words of a thing.
func (p page) mayWord(s wording.Standing) bool {
	if s.Kind == wording.Media {
		_, may := p.Actor.MayIn(account.DescribeMedia, s.Agency, s.Lang)
		return may
	}
	return p.Actor.MayAnywhere(account.ManageSite)
}

// thingPath is the page of something with words.
func thingPath(s wording.Subject) string {
	switch s.Kind {
	case wording.Section:
		return "/site/sections/" + s.ID
	case wording.Agency:
		return "/site/agencies/" + s.ID
	case wording.Outlet:
		return "/site/outlets/" + s.ID
	}
	return mediaPath(s.ID)
}

// Beside gives words their page.
func (p page) Beside(w lateWords) struct {
	Page  page
	Words lateWords
} {
	return struct {
		Page  page
		Words lateWords
	}{p, w}
}

// Part names a part of words as its form does.
func (p page) Part(part string) string {
	if part == "alt" || part == "caption" {
		return p.T("media." + part)
	}
	return p.T("field." + part)
}

// add puts a form on the page, with marks at what is behind in it. In a form for
// one language the fields are named after the part alone.
func (p *siteThingPage) add(f siteForm, lang string) {
	for i := range f.Inputs {
		name := f.Inputs[i].Name
		if lang != "" {
			name += "_" + lang
		}
		for _, w := range p.Late {
			if w.Part+"_"+w.Lang == name {
				f.Inputs[i].Late, f.Inputs[i].LateWord, f.Late = w.ID(), p.T("names.late_see"), true
			}
		}
	}
	p.Forms = append(p.Forms, f)
}

// stillRight ends the form that says that words are still right: it goes on in
// the list it was sent from, or to the thing's page, where refusals are shown.
func (d *Desk) stillRight(c *fiber.Ctx, say func(ctx context.Context, actor account.Actor, id, part, lang, seen string) error, id string, sent func(error) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	part, lang, seen, from := form.Text("part", 40), form.Text("lang", 10), form.Text("seen", 64), form.Text("from", 40)
	if err = form.Err(); err == nil {
		err = say(web.Context(c), web.Actor(c), id, part, lang, seen)
	}
	if err == nil && from != "" {
		list := namesList{Path: "/site/names", Lang: form.Text("only", 10)}
		if from == "translations" {
			list.Path = "/translations"
		}
		return c.Redirect(list.address(url.Values{"done": {"still_right"}}), fiber.StatusSeeOther)
	}
	return sent(err)
}

func (d *Desk) mediaRight(c *fiber.Ctx) error {
	return d.stillRight(c, d.Media.StillRight, web.Param(c, "hash"), func(err error) error {
		return d.entrySent(c, err, "still_right", func(*libraryEntryPage) {})
	})
}

// namesList is where the list stands, and what of it is shown.
type namesList struct {
	Path    string // /translations or /site/names
	Lang    string // "" for all
	Missing bool   // what is not said, rather than what is behind
}

func (l namesList) address(more url.Values) string {
	q := url.Values{}
	if l.Path == "/translations" {
		q.Set("view", "names")
	}
	if l.Lang != "" {
		q.Set("lang", l.Lang)
	}
	if l.Missing {
		q.Set("missing", "1")
	}
	for name := range more {
		q.Set(name, more.Get(name))
	}
	if len(q) == 0 {
		return l.Path
	}
	return l.Path + "?" + q.Encode()
}

// namesPage lists the names and captions that are behind, or missing.
type namesPage struct {
	page
	List          namesList
	Count         wording.Count
	Langs         []string
	Late          []lateWords
	Gaps          []gapRow
	Newest, Older string
	Up            siteLink
}

// gapRow is something that is not said in some languages.
type gapRow struct {
	wording.Gap
	Thing siteLink
}

// Among says whether the list stands among the views of translations.
func (p *namesPage) Among() bool { return p.List.Path == "/translations" }

// MayName says whether the person may change what the site's things are called.
func (p *namesPage) MayName() bool { return p.Actor.MayAnywhere(account.ManageSite) }

// from is what the list's forms say of where they were sent from.
func (p *namesPage) from() string {
	if p.Among() {
		return "translations"
	}
	return "site"
}

// InLang is the list's address for a language.
func (p *namesPage) InLang(lang string) string {
	l := p.List
	l.Lang = lang
	return l.address(nil)
}

// View is the list's address for what is missing, or what is behind.
func (p *namesPage) View(missing bool) string {
	l := p.List
	l.Missing = missing
	return l.address(nil)
}

// Number is a count, which stops at some point.
func (p page) Number(n int) string { return countedWords(n) }

func countedWords(n int) string {
	if n >= wording.MostCounted {
		return strconv.Itoa(wording.MostCounted) + "+"
	}
	return strconv.Itoa(n)
}

func (d *Desk) siteNames(c *fiber.Ctx) error { return d.names(c, "/site/names") }

func (d *Desk) names(c *fiber.Ctx, path string) error {
	show := &namesPage{page: d.page(c, "names.title", "coverage"), List: namesList{Path: path, Missing: c.Query("missing") == "1"}}
	show.Up = siteLink{"/site", show.T("site.title")}
	var err error
	if show.List.Lang, err = web.Query(c, "lang", 10); err != nil {
		return err
	}
	ctx := web.Context(c)
	offer, err := d.Outlets.Offered(ctx)
	if err != nil {
		return err
	}
	offer.Langs = slices.DeleteFunc(slices.Clone(newsroom.Languages), func(lang string) bool { return !slices.Contains(offer.Langs, lang) })
	scope := namesScope(show.Actor, show.List.Lang)
	show.Langs = offer.Langs
	if show.Count, err = d.Wording.Count(ctx, offer, scope); err != nil {
		return err
	}
	if show.List.Missing {
		err = d.missingNames(c, show, offer, scope)
	} else {
		err = d.lateNames(c, show, scope)
	}
	if err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "names", show)
}

// namesScope is whose words a person is shown: the site's, and those of the
// files of agencies whose library they see.
func namesScope(actor account.Actor, lang string) wording.Scope {
	s := wording.Scope{Lang: lang}
	s.Agencies, s.All = actor.Agencies(account.BrowseMedia)
	return s
}

func (d *Desk) lateNames(c *fiber.Ctx, show *namesPage, scope wording.Scope) error {
	number, err := web.Query(c, "page", 5)
	if err != nil {
		return err
	}
	at, _ := strconv.Atoi(number)
	list, more, err := d.Wording.Behind(web.Context(c), scope, at)
	if err != nil {
		return err
	}
	show.Late = show.late(list)
	var things []wording.Subject
	for _, w := range show.Late {
		things = append(things, w.Subject)
	}
	name, err := d.thingNames(c, show.page, things)
	for i := range show.Late {
		w := &show.Late[i]
		w.Thing, w.Only = siteLink{thingPath(w.Subject), name(w.Subject)}, show.List.Lang
		w.From = show.from()
	}
	if at > 1 {
		show.Newest = show.List.address(nil)
	}
	if more {
		show.Older = show.List.address(url.Values{"page": {strconv.Itoa(max(1, at) + 1)}})
	}
	return err
}

func (d *Desk) missingNames(c *fiber.Ctx, show *namesPage, offer wording.Offer, scope wording.Scope) error {
	text, err := web.Query(c, "after", 300)
	if err != nil {
		return err
	}
	after, err := wording.ReadMark(text)
	if err != nil {
		return err
	}
	gaps, next, err := d.Wording.Missing(web.Context(c), offer, scope, after)
	if err != nil {
		return err
	}
	var things []wording.Subject
	for _, g := range gaps {
		things = append(things, g.Subject)
	}
	name, err := d.thingNames(c, show.page, things)
	for _, g := range gaps {
		show.Gaps = append(show.Gaps, gapRow{g, siteLink{thingPath(g.Subject), name(g.Subject)}})
	}
	if after != (wording.Mark{}) {
		show.Newest = show.List.address(nil)
	}
	if next != (wording.Mark{}) {
		show.Older = show.List.address(url.Values{"after": {next.String()}})
	}
	return err
}

// thingNames answers what things are called.
func (d *Desk) thingNames(c *fiber.Ctx, p page, things []wording.Subject) (func(wording.Subject) string, error) {
	ctx, names := web.Context(c), map[string]string{}
	has := func(kind wording.Kind) bool {
		return slices.ContainsFunc(things, func(s wording.Subject) bool { return s.Kind == kind })
	}
	if has(wording.Section) {
		all, err := d.Sections.All(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			names[s.ID] = sectionName(s, p.Lang())
		}
	}
	if has(wording.Agency) {
		all, err := d.agencyNames(c, p.Lang())
		if err != nil {
			return nil, err
		}
		for id, name := range all {
			names[id] = name
		}
	}
	if has(wording.Outlet) {
		all, err := d.Outlets.All(ctx)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			names[o.ID] = outletName(o, p.Lang())
		}
	}
	var hashes []string
	for _, s := range things {
		if s.Kind == wording.Media {
			hashes = append(hashes, s.ID)
		}
	}
	files, err := d.Media.Many(ctx, hashes)
	for hash, m := range files {
		names[hash] = m.FileName
	}
	return func(s wording.Subject) string { return names[s.ID] }, err
}

// namesBadge says how many names and captions are behind, "" for none.
func (d *Desk) namesBadge(c *fiber.Ctx, p page) (string, error) {
	count, err := d.countNames(c, p, "")
	if err != nil || count.Behind == 0 {
		return "", err
	}
	return p.T("names.behind_count", "Number", countedWords(count.Behind)), nil
}

func (d *Desk) countNames(c *fiber.Ctx, p page, lang string) (wording.Count, error) {
	offer, err := d.Outlets.Offered(web.Context(c))
	if err != nil {
		return wording.Count{}, err
	}
	return d.Wording.Count(web.Context(c), offer, namesScope(p.Actor, lang))
}
