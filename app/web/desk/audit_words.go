package desk

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
)

// auditRow is an entry of the trail in words.
type auditRow struct {
	audit.Entry
	Who, WhoHref string
	Office       string // the role that permitted it, and its agency
	What         string
	FromTo       string // the states, for transitions
	About, Href  string // Href may be empty
	All          string // where the whole trail of what it is about is
	Circumstance string // what the act was about in detail
}

// auditWords are the names that a page of the trail needs, in a fixed number
// of queries.
type auditWords struct {
	page                                        page
	people, agencies, sections, outlets, places map[string]string
}

func (d *Desk) auditWords(ctx context.Context, p page, entries []audit.Entry) (auditWords, error) {
	w := auditWords{page: p, agencies: map[string]string{}, sections: map[string]string{}, outlets: map[string]string{}, places: map[string]string{}}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ActorID, strings.TrimPrefix(e.Subject, "person/"), e.Detail["for"], e.Detail["substitute"])
	}
	var err error
	if w.people, err = d.Accounts.Names(ctx, ids); err != nil {
		return w, err
	}
	agencies, err := d.Agencies.All(ctx)
	if err != nil {
		return w, err
	}
	for _, a := range agencies {
		w.agencies[a.ID] = named(a.Names, p.Lang())
	}
	sections, err := d.Sections.All(ctx)
	if err != nil {
		return w, err
	}
	for _, s := range sections {
		w.sections[s.ID] = sectionName(s, p.Lang())
	}
	places, err := d.Places.All(ctx)
	if err != nil {
		return w, err
	}
	for _, pl := range places {
		w.places[pl.ID] = p.PlaceName(pl)
	}
	outlets, err := d.Outlets.All(ctx)
	for _, o := range outlets {
		w.outlets[o.ID] = outletName(o, p.Lang())
	}
	return w, err
}

func (w auditWords) row(e audit.Entry) auditRow {
	row := auditRow{Entry: e, Who: w.people[e.ActorID], What: w.page.T("audit." + e.Verb)}
	if row.Who == "" {
		row.Who = w.page.T("audit.system")
	}
	row.WhoHref = auditAddress(url.Values{"who": {nonEmpty(e.ActorID, account.SystemID)}}, 0)
	if e.Role != "" {
		row.Office = joined(", ", w.page.Role(account.Role(e.Role)), w.agencies[e.AgencyID])
	}
	if strings.HasPrefix(e.Verb, "edition.") && e.From != "" && e.From != e.To {
		row.FromTo = w.page.State(newsroom.State(e.From)) + " → " + w.page.State(newsroom.State(e.To))
	}
	row.About, row.Href = w.about(e.Subject)
	row.All = auditAddress(url.Values{"subject": {e.Subject}}, 0)
	row.Circumstance = w.circumstance(e.Detail)
	return row
}

// about says what a subject is; where the person may see a page that shows it,
// also that address.
func (w auditWords) about(subject string) (words, href string) {
	kind, id, _ := strings.Cut(subject, "/")
	see := func(action account.Action, path string) string {
		if w.page.Actor.MayAnywhere(action) {
			return path
		}
		return ""
	}
	site := func(names map[string]string, path string) (string, string) {
		return nonEmpty(names[id], id), see(account.ManageSite, "/site/"+path+"/"+id)
	}
	switch kind {
	case "edition":
		item, lang, _ := strings.Cut(id, "/")
		return w.page.T("subject.edition", "ID", item, "Language", w.page.Language(lang)), see(account.ViewOwn, editionPath(newsroom.Ref{Item: item, Lang: lang}))
	case "person":
		return nonEmpty(w.people[id], id), see(account.ManageUsers, "/people?q="+url.QueryEscape(nonEmpty(w.people[id], id)))
	case "agency":
		return site(w.agencies, "agencies")
	case "section":
		return site(w.sections, "sections")
	case "outlet":
		return site(w.outlets, "outlets")
	case "place":
		return site(w.places, "places")
	case "label":
		return w.page.T("subject.label"), see(account.ManageLabels, "/labels/tags")
	case "media":
		return w.page.T("subject.media", "ID", id[:min(len(id), 8)]), see(account.BrowseMedia, "/media/"+id)
	case "letter":
		return w.page.T("letters.receipt", "ID", id), see(account.ReadLetters, "/letters")
	case "term":
		return w.page.T("subject.term"), "/terms/" + id
	case "audit":
		return w.page.T("audit.title"), "/audit"
	}
	return subject, ""
}

// unspoken are the parts of an entry's detail that only the program reads; who
// takes the trail away has them too.
var unspoken = map[string]bool{
	"absence": true, "by": true, "checklist": true, "definition": true, "hash": true, "id": true, "means": true, "membership": true, "placing": true, "session": true,
	"skipped": true, "step": true, "token": true,
}

// counted are the parts that are numbers of something.
var counted = []string{"comment", "editions", "entries", "late", "left", "media", "outlets", "people", "revision", "rounds", "terms", "version"}

// circumstance puts the detail of an entry into one line. What has a name is
// named, and a value with the one before it is shown as a change.
func (w auditWords) circumstance(detail map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(detail)) {
		if unspoken[name] || strings.HasSuffix(name, ".before") {
			continue
		}
		value := w.spoken(name, detail[name])
		if before, changed := detail[name+".before"]; changed && before != detail[name] {
			value = w.spoken(name, before) + " → " + value
		}
		parts = append(parts, value)
	}
	return joined(" · ", parts...)
}

// spoken is a value of the detail in words.
func (w auditWords) spoken(name, value string) string {
	if _, err := strconv.Atoi(value); err == nil && slices.Contains(counted, name) {
		return w.page.T("audit.number_"+name, "Number", value)
	}
	switch name {
	case "role":
		return w.page.Role(account.Role(value))
	case "outlet":
		return nonEmpty(w.outlets[value], value)
	case "agency", "split_from":
		return nonEmpty(w.agencies[value], value)
	case "into", "place", "within":
		return nonEmpty(w.agencies[value], w.named(w.places, value))
	case "parent":
		return nonEmpty(w.sections[value], value)
	case "menu":
		return w.named(w.sections, value)
	case "substitute":
		return nonEmpty(w.people[value], value)
	case "for":
		return w.page.T("audit.for", "Name", nonEmpty(w.people[value], value))
	case "people", "editions", "outlets", "media", "entries":
		if _, err := time.ParseDuration(value + "s"); err == nil { // a number
			return w.page.T("audit.number_"+name, "Number", value)
		}
		return value
	case "licence":
		return w.page.T("licence." + nonEmpty(value, "none"))
	case "shared":
		return w.page.T("audit.shared_" + value)
	case "locked":
		return w.page.T("term.locked_" + value)
	case "languages":
		return w.page.LanguageList(strings.Fields(value))
	case "part":
		return w.page.Part(value)
	case "lang", "locale":
		return w.page.LanguageAlone(value)
	case "kind":
		if key := "place_kind." + value; w.page.P.Has(key) {
			return w.page.T(key)
		}
		return value
	case "from", "to", "until", "at", "document_on", "rights_until", "valid_from", "valid_to":
		return w.moment(value)
	}
	return value
}

// named names the things of a list of identifiers.
func (w auditWords) named(names map[string]string, ids string) string {
	list := strings.Fields(ids)
	for i, id := range list {
		list[i] = nonEmpty(names[id], id)
	}
	return strings.Join(list, ", ")
}

// moment writes a time of the detail as people say it: a day where it is the
// beginning of one in Vietnam.
func (w auditWords) moment(value string) string {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	if local := t.In(locale.Zone()); local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 {
		return w.page.Date(t)
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
