package desk

import (
	"maps"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// auditPageSize is how many entries of the trail one page shows.
const auditPageSize = 50

type auditPage struct {
	page
	Entries []auditRow
	Before  int64 // where the next page begins, 0 on the last
	Newest  bool  // this is the first page
}

// auditRow is an entry of the trail in words.
type auditRow struct {
	audit.Entry
	Who, Office  string // Office is the role that permitted it, and its agency
	FromTo       string // the states, for transitions
	About, Href  string // Href may be empty
	Circumstance string // what the act was about in detail
}

// audit shows the trail, newest first.
func (d *Desk) audit(c *fiber.Ctx) error {
	show := auditPage{page: d.page(c, "audit.title", "people")}
	before, err := web.QueryInt(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	show.Newest = before == 0
	entries, err := audit.Page(web.Context(c), d.DB, int64(before), auditPageSize)
	if err != nil {
		return err
	}
	words, err := d.auditWords(c, show.page, entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		show.Entries = append(show.Entries, words.row(e))
	}
	if n := len(entries); n == auditPageSize && entries[n-1].Seq > 1 {
		show.Before = entries[n-1].Seq
	}
	return d.show(c, fiber.StatusOK, "audit", show)
}

// auditWords are the names that a page of the trail needs, in a fixed number
// of queries.
type auditWords struct {
	page                                page
	people, agencies, sections, outlets map[string]string
}

func (d *Desk) auditWords(c *fiber.Ctx, p page, entries []audit.Entry) (auditWords, error) {
	w := auditWords{page: p}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ActorID, strings.TrimPrefix(e.Subject, "person/"))
	}
	var err error
	if w.people, err = d.Accounts.Names(web.Context(c), ids); err != nil {
		return w, err
	}
	if w.agencies, err = d.agencyNames(c, p.Lang()); err != nil {
		return w, err
	}
	if w.sections, err = d.sectionNames(c, p.Lang()); err != nil {
		return w, err
	}
	outlets, err := d.outletChoices(c, p.Lang(), nil)
	w.outlets = map[string]string{}
	for _, o := range outlets {
		w.outlets[o.Value] = o.Label
	}
	return w, err
}

func (w auditWords) row(e audit.Entry) auditRow {
	row := auditRow{Entry: e, Who: w.people[e.ActorID]}
	if row.Who == "" {
		row.Who = w.page.T("audit.system")
	}
	if e.Role != "" {
		row.Office = joined(", ", w.page.Role(account.Role(e.Role)), w.agencies[e.AgencyID])
	}
	if strings.HasPrefix(e.Verb, "edition.") && e.From != "" && e.From != e.To {
		row.FromTo = w.page.State(newsroom.State(e.From)) + " → " + w.page.State(newsroom.State(e.To))
	}
	row.About, row.Href = w.about(e.Subject)
	row.Circumstance = w.circumstance(e.Detail)
	return row
}

// about says what a subject is; where a page shows it, also that address.
func (w auditWords) about(subject string) (words, href string) {
	kind, id, _ := strings.Cut(subject, "/")
	switch kind {
	case "edition":
		item, lang, _ := strings.Cut(id, "/")
		return w.page.T("subject.edition", "ID", item, "Language", w.page.Language(lang)), editionPath(newsroom.Ref{Item: item, Lang: lang})
	case "person":
		return nonEmpty(w.people[id], id), ""
	case "agency":
		return nonEmpty(w.agencies[id], id), ""
	case "section":
		return nonEmpty(w.sections[id], id), ""
	case "outlet":
		return nonEmpty(w.outlets[id], id), ""
	case "letter":
		return w.page.T("letters.receipt", "ID", id), ""
	}
	return subject, ""
}

// unspoken are the parts of an entry's detail that only the program reads.
var unspoken = map[string]bool{"membership": true, "session": true}

// circumstance puts the detail of an entry into one line. What has a name is
// named, and a value with the one before it is shown as a change.
func (w auditWords) circumstance(detail map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(detail)) {
		value := detail[name]
		switch before, changed := detail[name+".before"]; {
		case unspoken[name], strings.HasSuffix(name, ".before"):
			continue
		case name == "role":
			value = w.page.Role(account.Role(value))
		case name == "agency":
			value = nonEmpty(w.agencies[value], value)
		case name == "lang", name == "locale":
			value = w.page.LanguageAlone(value)
		case name == "from", name == "to", name == "until":
			value = w.moment(value)
		case changed && before != value:
			value = before + " → " + value
		}
		parts = append(parts, value)
	}
	return joined(" · ", parts...)
}

// moment writes a time of the detail as people say it.
func (w auditWords) moment(value string) string {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	return w.page.DateTime(t)
}

// joined joins the texts that are not empty.
func joined(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), separator)
}

func nonEmpty(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
