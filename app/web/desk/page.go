package desk

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// page is what every page of the desk has.
type page struct {
	web.Base
	Actor  account.Actor
	CSRF   string
	Menu   []menuEntry
	Upkeep []menuEntry // more of the menu, behind one word
	Flash  string      // what was just done, in words
	Help   string      // the help page that explains this one
	Errors fieldErrors
	Other  string // the other interface language, for the switch
	Here   string // an address at which this page, or the one its form is on, can be read again
	Switch string // Here in the other language, for those who are not signed in
	After  int64  // what of the audit trail the page may know: from there on it is told what changes
	// Outside is set for those who have a link and no account: nothing of the
	// newsroom is offered to them.
	Outside bool
	// Passkeys is the address at which passkeys work, "" where they cannot.
	Passkeys string
}

type menuEntry struct {
	Href, Key string
	Here      bool
	Count     string // of what is new there, "" for nothing
}

// fieldErrors are a refused form's messages, in the person's language.
type fieldErrors struct {
	Summary string
	Fields  map[string]string
	Form    string // how the ids of the form's fields begin, where a page has several forms; "" for "f"
}

// ID is the id of a field of the refused form.
func (e fieldErrors) ID(field string) string {
	if e.Form == "" {
		return "f-" + field
	}
	return e.Form + "-" + field
}

// Of are the messages of one of several forms of a page: none when it was
// another one that was refused.
func (e fieldErrors) Of(form string) fieldErrors {
	if e.Form != form {
		return fieldErrors{Form: form}
	}
	return e
}

// ofText says whether fields of the edition's text were refused, rather than
// what a verb asks for besides.
func (e fieldErrors) ofText() bool {
	for field := range e.Fields {
		beside := slices.Contains([]string{"reason", "note", "publish_at", "at", "workflow", "right", "change"}, field)
		if !beside && !strings.HasPrefix(field, "answer-") {
			return true
		}
	}
	return false
}

// For answers the message of a field, "" when it was not refused.
func (e fieldErrors) For(field string) string { return e.Fields[field] }

// menuPlace is a page for those who may do something.
type menuPlace struct {
	href, key string
	action    account.Action
}

// menu lists the places of every day's work.
var menu = []menuPlace{
	{"/", "menu.waiting", account.UseDesk},
	{"/notices", "menu.notices", account.UseDesk},
	{"/editions", "menu.editions", account.ViewOwn},
	{"/board", "menu.board", account.ViewOwn},
	{"/translations", "menu.translations", account.ViewOwn},
	{"/calendar", "menu.calendar", account.ViewOwn},
	{"/media", "menu.media", account.BrowseMedia},
	{"/letters", "menu.letters", account.ReadLetters},
}

// upkeep lists the places where the newsroom itself is kept.
var upkeep = []menuPlace{
	{"/people", "menu.people", account.ManageUsers},
	{"/labels/tags", "labels.tags", account.ManageLabels},
	{"/labels/authors", "labels.authors", account.ManageLabels},
	{"/terms", "menu.terms", account.DefineTerms},
	{"/workflows", "menu.workflows", account.ManageFlow},
	{"/site", "menu.site", account.ManageSite},
	{"/audit", "menu.audit", account.ReadAudit},
}

// shortMenu is the number of places up to which none is put behind a word.
const shortMenu = 6

// layMenu lists the places that a person may enter; where they are many, those
// of upkeep behind one word.
func (p *page) layMenu(path string) {
	entries := func(places []menuPlace) (list []menuEntry) {
		for _, m := range places {
			if p.Actor.MayAnywhere(m.action) {
				list = append(list, menuEntry{Href: m.href, Key: m.key, Here: isUnder(path, m.href)})
			}
		}
		return list
	}
	p.Menu, p.Upkeep = entries(menu), entries(upkeep)
	if len(p.Menu)+len(p.Upkeep) <= shortMenu {
		p.Menu, p.Upkeep = append(p.Menu, p.Upkeep...), nil
	}
}

// InUpkeep says whether the page is one of those behind the word.
func (p page) InUpkeep() bool {
	return slices.ContainsFunc(p.Upkeep, func(m menuEntry) bool { return m.Here })
}

// flashes are the sentences that may follow a redirect; the address names
// one, so that nothing else can be put into the page by a link.
var flashes = map[string]bool{
	"restored":  true,                      // a version
	"explained": true, "unexplained": true, // what stands out
	"saved": true, "saved_approved": true, "saved_scheduled": true, "saved_live": true, "created": true, "translation": true, "discarded": true, "password": true, "revoked": true,
	"added": true, "still_right": true, "audit_checked": true, "merged": true, "moved": true, "outlet_saved": true, "places_imported": true,
	"section_closed": true, "section_reopened": true, "label_closed": true, "label_reopened": true,
	"media_added": true, "picked": true, "media_described": true, "media_licensed": true, "media_deleted": true, "media_restored": true, "media_retried": true,
	"granted": true, "ended": true, "disabled": true, "enabled": true, "renamed": true, "closed": true, "letter_answered": true, "signed_out": true,
	"absence": true, "app": true, "app_removed": true, "back": true, "codes": true, "forgotten": true, "passkey": true,
	"passkey_removed": true, "service": true, "token_revoked": true, "unlinked": true,
	"clock_started": true, "clock_stopped": true, "planned": true, "targets": true, "rescheduled": true, "search_forgotten": true, "search_saved": true,
	"set_bind": true, "set_dissolve": true, "set_publish": true, "set_schedule": true, "set_unschedule": true,
	"ready": true, "workflow_saved": true, "workflow_preferred": true, "workflow_retired": true, "preview_revoked": true,
	"notices_read": true, "notice_ways": true, "mail_sent": true, "delivery_retried": true,
	"place_word": true, "place_carry": true, "place_decline": true, "place_drop": true, "place_check": true,
	"terms_saved": true, "terms_imported": true,
	"reply_save": true, "reply_drop": true, "reply_refuse": true, "reply_end": true,
}

// page begins a page in the person's language.
func (d *Desk) page(c *fiber.Ctx, title, help string, args ...any) page {
	actor, path := web.Actor(c), strings.Clone(c.Path())
	p := page{
		Base:  web.NewBase(d.printer(c), path).At(d.DB.Now()),
		Actor: actor, CSRF: web.CSRFToken(c), Help: help, Passkeys: d.passkeys.Origin(), After: d.lines.Now(),
	}
	p.Title = p.T(title, args...)
	if name := c.Query("done"); flashes[name] {
		p.Flash = p.T("flash." + name)
	}
	p.Other = interfaceLanguages[0]
	if p.Lang() == p.Other {
		p.Other = interfaceLanguages[1]
	}
	p.Here = d.here(c)
	p.Switch = inLanguage(p.Here, p.Other)
	p.Outside = actor.ID == "" && strings.HasPrefix(path, "/p/")
	p.layMenu(path)
	d.countNotices(c, &p)
	return p
}

// isUnder says whether a path is a menu entry's page or one below it.
func isUnder(path, href string) bool {
	return path == href || href != "/" && strings.HasPrefix(path, href+"/")
}

// refused adds a fault's messages to a page.
func (p *page) refused(err error) {
	f, ok := fault.As(err)
	if !ok {
		return
	}
	p.Errors = fieldErrors{Summary: p.P.Message(f.Message), Fields: map[string]string{}}
	for field, m := range f.Fields {
		p.Errors.Fields[field] = p.P.Message(m)
	}
}

// refusedAs is refused for a form that does something else than save: summary
// says so, unless the refusal has a sentence of its own.
func (p *page) refusedAs(summary string, err error) {
	p.refused(err)
	if f, ok := fault.As(err); ok && f.Message.Key == "error.form" {
		p.Errors.Summary = p.T(summary)
	}
}

// FieldID is the id of a refused field, for a link to it.
func (p page) FieldID(field string) string { return p.Errors.ID(field) }

// FieldLabel names a refused field. Those of a checklist or of a step, whose
// names are made up of several parts, are named by where they stand.
func (p page) FieldLabel(field string) string {
	if strings.HasPrefix(field, "answer-") {
		return p.T("checklist.title")
	}
	if rest, ok := strings.CutPrefix(field, "steps-"); ok {
		number, _, _ := strings.Cut(rest, "-")
		n, _ := strconv.Atoi(number) // it is ours
		return p.T("workflow.step", "Number", n+1)
	}
	if rest, ok := strings.CutPrefix(field, "targets-"); ok {
		number, _, _ := strings.Cut(rest, "-")
		n, _ := strconv.Atoi(number) // it is ours
		return p.T("clocks.row", "Number", n+1)
	}
	return p.T("field." + field)
}

// Language names a language within a sentence, in the language of the page.
// One that has no name here is given by its code.
func (p page) Language(lang string) string {
	if locale.LanguageName(lang) == lang {
		return lang
	}
	return p.T("language." + lang)
}

// LanguageAlone names a language where nothing stands before it.
func (p page) LanguageAlone(lang string) string {
	first, size := utf8.DecodeRuneInString(p.Language(lang))
	return string(unicode.ToUpper(first)) + p.Language(lang)[size:]
}

// State is the word for a state.
func (p page) State(s newsroom.State) string { return p.T("state." + string(s)) }

// Upto writes how many editions there are in a state, "100+" where they were
// counted no further.
func (p page) Upto(n int) string {
	if n >= newsroom.CountMost {
		return p.P.Number(newsroom.CountMost, 0) + "+"
	}
	return p.P.Number(float64(n), 0)
}

// Verb is the word on a verb's button.
func (p page) Verb(v newsroom.Verb) string { return p.T("verb." + string(v)) }

// Role is the word for a role.
func (p page) Role(r account.Role) string { return p.T("role." + string(r)) }

// show renders a page whole before anything is sent.
func (d *Desk) show(c *fiber.Ctx, status int, name string, data any) error {
	var b bytes.Buffer
	if err := d.Theme.Render(&b, name, data); err != nil {
		return err
	}
	c.Status(status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(inPageOrder(b.Bytes()))
}

// inPageOrder puts what the summary at the top of a page says of refused fields
// into the order in which these stand below: only the page itself knows it. What
// was sent without a field of this page leads nowhere.
func inPageOrder(page []byte) []byte {
	const begin, end, item, link = `<ul class="refused">`, `</ul>`, `</li>`, `<a href="#`
	before, rest, found := bytes.Cut(page, []byte(begin))
	list, after, ok := bytes.Cut(rest, []byte(end))
	if !found || !ok {
		return page
	}
	items := bytes.SplitAfter(list, []byte(item))
	slices.SortStableFunc(items, func(a, b []byte) int { return standsAt(a, link, after) - standsAt(b, link, after) })
	for i, one := range items {
		if standsAt(one, link, after) == len(after) {
			items[i] = toField.ReplaceAll(one, []byte("$1"))
		}
	}
	return slices.Concat(before, []byte(begin), bytes.Join(items, nil), []byte(end), after)
}

var toField = regexp.MustCompile(`<a href="#[^"]*">(.*?)</a>`)

// standsAt is where the field stands to which an item of the summary leads;
// behind everything, where there is none.
func standsAt(item []byte, link string, page []byte) int {
	if _, rest, ok := bytes.Cut(item, []byte(link)); ok {
		id, _, _ := bytes.Cut(rest, []byte(`"`))
		if at := bytes.Index(page, slices.Concat([]byte(` id="`), id, []byte(`"`))); at >= 0 {
			return at
		}
	}
	return len(page)
}

// refusedWith is the status of a refusal whose form is shown again; how long
// to wait goes with it.
func refusedWith(c *fiber.Ctx, err error) int {
	if f, ok := fault.As(err); ok && f.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(f.RetryAfter))
	}
	return web.Status(err)
}

// correctable says whether a form should come back with messages: the person can
// correct it. Anything else goes to the error page.
func correctable(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotPossible, fault.Conflict, fault.TooLarge, fault.TooMany:
		return true
	}
	return false
}
