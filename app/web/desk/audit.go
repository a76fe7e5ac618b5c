package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/locale"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// auditPageSize is how many entries of the trail one page shows.
const auditPageSize = 50

type auditPage struct {
	page
	Asked    auditQuery
	Said     string // what is asked, in words
	Entries  []auditRow
	Older    string // where the next page is, "" on the last
	Newest   string // where the first is, "" on it
	Reached  time.Time
	Verbs    []verbGroup
	Agencies []choice
	Proof    *audit.Proof
	Prover   string
}

// verbGroup are the verbs about one sort of thing.
type verbGroup struct {
	Kind, Name string
	Verbs      []choice
}

// auditQuery is what is asked of the trail, as the address says it.
type auditQuery struct {
	Who, Verb, Subject, Agency, From, To, Text string
	filter                                     audit.Filter
	nobody                                     bool // Who is nobody's name
}

// Values are the address's parameters.
func (q auditQuery) Values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{
		"who": q.Who, "verb": q.Verb, "subject": q.Subject, "agency": q.Agency, "from": q.From, "to": q.To, "q": q.Text,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values
}

// Query is what is asked, as part of an address.
func (q auditQuery) Query() string { return q.Values().Encode() }

// Any says whether anything is asked for.
func (q auditQuery) Any() bool { return len(q.Values()) > 0 }

// audit shows the trail, newest first.
func (d *Desk) audit(c *fiber.Ctx) error {
	show := auditPage{page: d.page(c, "audit.title", "audit")}
	before, err := web.QueryInt(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	if show.Asked, err = d.readAuditQuery(c); err != nil {
		return err
	}
	if before > 0 {
		show.Newest = auditAddress(show.Asked.Values(), 0)
	}
	if err := show.choices(d, c); err != nil {
		return err
	}
	if err := show.say(d, c); err != nil {
		return err
	}
	if err := show.prove(d, c); err != nil {
		return err
	}
	if err := show.find(d, c, int64(before)); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "audit", show)
}

// find fills in the entries of a page of the trail.
func (p *auditPage) find(d *Desk, c *fiber.Ctx, before int64) error {
	if p.Asked.nobody {
		return nil
	}
	found, err := audit.Find(web.Context(c), d.DB, p.Asked.filter, before, auditPageSize)
	if err != nil {
		return err
	}
	words, err := d.auditWords(web.Context(c), p.page, found.Entries)
	if err != nil {
		return err
	}
	for _, e := range found.Entries {
		p.Entries = append(p.Entries, words.row(e))
	}
	if found.Next > 0 {
		p.Older = auditAddress(p.Asked.Values(), found.Next)
	}
	if found.Reached {
		edge, err := audit.Forward(web.Context(c), d.DB, audit.Filter{}, found.Next-1, found.Next, 1)
		if err != nil {
			return err
		}
		for _, e := range edge {
			p.Reached = e.At
		}
	}
	return nil
}

func auditAddress(values url.Values, before int64) string {
	if before > 0 {
		values.Set("before", strconv.FormatInt(before, 10))
	}
	if len(values) == 0 {
		return "/audit"
	}
	return "/audit?" + values.Encode()
}

// readAuditQuery reads the address, or the form of an export, and finds out
// whom and which verbs it means.
func (d *Desk) readAuditQuery(c *fiber.Ctx) (auditQuery, error) {
	var q auditQuery
	var err error
	for name, into := range map[string]*string{
		"who": &q.Who, "verb": &q.Verb, "subject": &q.Subject, "agency": &q.Agency, "q": &q.Text,
	} {
		if *into, err = web.Query(c, name, 200); err != nil {
			return q, err
		}
	}
	from, err := queryDay(c, "from")
	if err != nil {
		return q, err
	}
	to, err := queryDay(c, "to")
	if err != nil {
		return q, err
	}
	q.filter = audit.Filter{Subject: q.Subject, Agency: q.Agency, Text: q.Text, From: from}
	if !from.IsZero() {
		q.From = from.In(locale.Zone()).Format(time.DateOnly)
	}
	if !to.IsZero() {
		q.To, q.filter.Until = to.In(locale.Zone()).Format(time.DateOnly), to.AddDate(0, 0, 1) // the last day counts whole
	}
	if q.filter.Actors, err = d.actorsNamed(c, q.Who); err != nil {
		return q, err
	}
	q.nobody = q.Who != "" && len(q.filter.Actors) == 0
	q.filter.Verbs, err = d.verbsOf(c, q.Verb)
	return q, err
}

// mostActors is how many people of one name are looked for.
const mostActors = 50

// actorsNamed are the people with a word in their names or addresses, or the
// one of an identifier.
func (d *Desk) actorsNamed(c *fiber.Ctx, who string) ([]string, error) {
	if who == "" {
		return nil, nil
	}
	if who == account.SystemID {
		return []string{who}, nil
	}
	return d.Accounts.Named(web.Context(c), who, mostActors)
}

// verbsOf are the verbs of a choice: one, or all about a sort of thing
// ("person.*"). What nobody has done yet is looked for all the same.
func (d *Desk) verbsOf(c *fiber.Ctx, chosen string) ([]string, error) {
	kind, all := strings.CutSuffix(chosen, ".*")
	if !all {
		if chosen == "" {
			return nil, nil
		}
		return []string{chosen}, nil
	}
	known, err := audit.Verbs(web.Context(c), d.DB)
	verbs := slices.DeleteFunc(known, func(v string) bool { return !strings.HasPrefix(v, kind+".") })
	if err == nil && len(verbs) == 0 {
		verbs = []string{chosen}
	}
	return verbs, err
}

// choices fills in what can be chosen: what was done at least once, by sort.
func (p *auditPage) choices(d *Desk, c *fiber.Ctx) error {
	verbs, err := audit.Verbs(web.Context(c), d.DB)
	if err != nil {
		return err
	}
	for _, v := range verbs {
		kind, _, _ := strings.Cut(v, ".")
		if n := len(p.Verbs); n == 0 || p.Verbs[n-1].Kind != kind {
			p.Verbs = append(p.Verbs, verbGroup{Kind: kind, Name: p.kindName(kind)})
		}
		group := &p.Verbs[len(p.Verbs)-1]
		group.Verbs = append(group.Verbs, choice{v, p.T("audit." + v)})
	}
	names, err := d.agencyNames(c, p.Lang())
	if err != nil {
		return err
	}
	for id, name := range names {
		p.Agencies = append(p.Agencies, choice{id, name})
	}
	slices.SortFunc(p.Agencies, func(a, b choice) int {
		return strings.Compare(vietnamese.Fold(a.Label), vietnamese.Fold(b.Label))
	})
	return nil
}

// say puts what is asked into one line.
func (p *auditPage) say(d *Desk, c *fiber.Ctx) error {
	q := p.Asked
	words, err := d.auditWords(web.Context(c), p.page, []audit.Entry{{ActorID: q.Who, Subject: q.Subject}})
	if err != nil {
		return err
	}
	parts := []string{nonEmpty(words.people[q.Who], q.Who)}
	if kind, all := strings.CutSuffix(q.Verb, ".*"); all {
		parts = append(parts, p.T("audit.all_of", "Kind", p.kindName(kind)))
	} else if q.Verb != "" {
		parts = append(parts, p.T("audit."+q.Verb))
	}
	about, _ := words.about(q.Subject)
	parts = append(parts, about, nonEmpty(words.agencies[q.Agency], q.Agency))
	if f := q.filter; q.From != "" || q.To != "" {
		parts = append(parts, p.days(f.From, f.Until))
	}
	p.Said = joined(" · ", parts...)
	return nil
}

// kindName is the word for what verbs are about.
func (p page) kindName(kind string) string {
	if key := "audit_kind." + kind; p.P.Has(key) {
		return p.T(key)
	}
	return kind
}

// prove says when the chain was last found whole.
func (p *auditPage) prove(d *Desk, c *fiber.Ctx) error {
	proof, ok, err := audit.LastProof(web.Context(c), d.DB)
	if err != nil || !ok {
		return err
	}
	p.Proof = &proof
	names, err := d.Accounts.Names(web.Context(c), []string{proof.ActorID})
	p.Prover = nonEmpty(names[proof.ActorID], p.T("audit.system"))
	return err
}

// checkAudit reads the whole chain now.
func (d *Desk) checkAudit(c *fiber.Ctx) error {
	if _, err := audit.Prove(web.Context(c), d.DB, auditEntryOf(web.Actor(c))); err != nil {
		return err
	}
	return c.Redirect("/audit?done=audit_checked", fiber.StatusSeeOther)
}

// auditEntryOf begins an entry about what somebody does with the trail itself.
func auditEntryOf(actor account.Actor) audit.Entry {
	post, _ := actor.PostFor(account.ReadAudit, "") // the route has asked; auditors read of all agencies
	return audit.Entry{
		ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address, Detail: actor.Trace(post, nil),
	}
}
