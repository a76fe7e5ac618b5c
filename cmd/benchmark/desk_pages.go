package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"doingoai/app/newsroom"
)

// deskAim is how long a page of the newsroom may take, in the middle.
const deskAim = 60 * time.Millisecond

// deskPage is a row of the desk's route table with what stands behind the
// question mark, and who asks for it. Names of the address are filled in from
// the corpus; ":old" is an :item that readers have.
type deskPage struct {
	route, query string
	who          []string
}

var (
	helper   = []string{"contributor"} // who sees nothing but what is theirs
	chief    = []string{"editor_in_chief"}
	auditor  = []string{"auditor"}
	admin    = []string{"admin"}
	writers  = []string{"reporter", "editor", "editor_in_chief"}
	everyone = []string{"reporter", "editor", "editor_in_chief", "auditor"}
)

// deskPages has every page of the desk that is for people who are signed in.
var deskPages = []deskPage{
	{"/", "", everyone},
	{"/", "", helper},
	{"/editions", "", helper},
	{"/editions", "state=published", helper},
	{"/board", "", helper},
	{"/translations", "", helper},
	{"/find", "q=kinh+te", helper},
	{"/editions", "", everyone},
	{"/editions", "state=published", everyone},
	{"/editions", "state=draft", everyone},
	{"/editions", "state=approval", everyone},
	{"/editions", "state=rejected", everyone}, // nothing
	{"/editions", "state=withdrawn", everyone},
	{"/editions", "lang=en", everyone},
	{"/editions", "lang=zh", everyone}, // nothing
	{"/editions", "agency=:agency", everyone},
	{"/editions", "agency=:other", everyone},
	{"/editions", "section=:section", everyone},
	{"/editions", "section=:section&lang=en&state=published", everyone},
	{"/editions", "outlet=:outlet", everyone},
	{"/editions", "person=:person", everyone},
	{"/editions", "mine=1", writers},
	{"/editions", "mine=1&state=rejected", writers},
	{"/editions", "clock=overdue", everyone},
	{"/editions", "from=2019-03-01&to=2019-03-31", everyone},
	{"/editions", "headline=:headline", everyone}, // one
	{"/editions", "headline=khong+co+chu+nay", everyone},
	{"/editions", "headline=thi+truong", everyone},
	{"/editions", "after=:year-ago", everyone},
	{"/editions", "after=:long-ago", everyone},
	{"/find", "", everyone},
	{"/find", "q=kinh+t%E1%BA%BF", everyone},
	{"/find", "q=kinh+te", everyone},
	{"/find", "q=:headline", everyone},
	{"/find", "q=doanh+nghiep+nuoc+ngoai&state=published&lang=vi", everyone},
	{"/find", "q=cong&page=20", everyone},
	{"/board", "", everyone},
	{"/board", "agency=:other", everyone},
	{"/translations", "", everyone},
	{"/translations", "track=all", everyone},
	{"/translations", "track=published", everyone},
	{"/translations", "track=outdated", everyone},
	{"/translations", "track=revising", everyone},
	{"/translations", "track=needed&lang=zh&section=:section", everyone},
	{"/translations", "lang=en&headline=thi+truong", everyone},
	{"/translations", "after=:year-ago", everyone},
	{"/translations", "view=queue", everyone},
	{"/translations", "view=queue&lang=en", everyone},
	{"/translations", "view=names", everyone},
	{"/translations", "view=names&missing=1", everyone},
	{"/calendar", "", everyone},
	{"/calendar", "view=week", everyone},
	{"/calendar", "day=2019-03-01", everyone},
	{"/new", "", []string{"reporter", "editor"}},
	{"/editions/:item/:lang", "", everyone},
	{"/editions/:item/:lang", "edit=1", []string{"editor", "editor_in_chief"}},
	{"/editions/:old/:lang", "", everyone},
	{"/editions/:old/:lang/history", "", everyone},
	{"/editions/:both/:lang/side", "", everyone},
	{"/editions/:both/set", "", everyone},
	{"/editions/:old/:lang/revisions/:number", "", everyone},
	{"/editions/:old/:lang/revisions/:number", "from=1", everyone},
	{"/editions/:old/:lang/preview/:outlet", "", everyone},
	{"/editions/:old/:lang/outlets", "", chief},
	{"/editions/:old/:lang/replies", "", everyone},
	{"/editions/:old/:lang/as-read", "", auditor},
	{"/editions/:old/:lang/as-read/page", "at=:now", auditor},
	{"/editions/:old/:lang/pictures", "place=lead", writers},
	{"/editions/:old/:lang/pictures", "place=lead&q=thi", writers},
	{"/editions/:item/:lang/preview-links", "", []string{"editor", "editor_in_chief"}},
	{"/media", "", everyone},
	{"/media", "page=100", everyone},
	{"/media", "q=khong+co+chu+nay", everyone},
	{"/media", "q=thi+truong&agency=:agency", everyone},
	{"/media/:hash", "", everyone},
	{"/terms", "", everyone},
	{"/terms", "q=uy+ban", everyone},
	{"/terms/:term", "", everyone},
	{"/terms/export/:format", "", everyone},
	{"/terms/new", "", chief},
	{"/terms/import", "", chief},
	{"/labels/:sort", "", everyone},
	{"/labels/:sort", "q=dau+tu", everyone},
	{"/labels/:sort/new", "", chief},
	{"/labels/:sort/:tag", "", chief},
	{"/letters", "", chief},
	{"/letters", "page=20", chief},
	{"/letters", "done_only=1", chief},
	{"/ratings", "", chief},
	{"/ratings/table", "", chief},
	{"/notices", "", everyone},
	{"/notices", "sort=waiting", everyone},
	{"/audit", "", auditor},
	{"/audit", "who=phong+vien", auditor},
	{"/audit", "verb=edition.publish", auditor},
	{"/audit", "subject=edition/:old/vi", auditor},
	{"/audit", "agency=:agency", auditor},
	{"/audit", "from=2019-03-01&to=2019-03-31", auditor},
	{"/audit", "q=nguon", auditor},
	{"/audit", "q=khong+co+chu+nay", auditor},
	{"/audit", "before=500000", auditor},
	{"/workflows", "", chief},
	{"/workflows/:agency/:code", "", chief},
	{"/people", "", admin},
	{"/people", "q=phong+vien&role=reporter", admin},
	{"/people/:person/security", "", admin},
	{"/services", "", admin},
	{"/account", "", everyone},
	{"/account/notices", "", everyone},
	{"/account/tokens", "", writers},
	{"/account/absence", "", writers},
	{"/account/security", "", writers},
	{"/proof", "", writers},
	{"/help", "", everyone},
	{"/help/:slug", "", everyone},
	{"/handbook", "", everyone},
	{"/handbook/:page", "", everyone},
	{"/site", "", admin},
	{"/site/names", "", admin},
	{"/site/mail", "", admin},
	{"/site/clocks", "", admin},
	{"/site/agencies", "", admin},
	{"/site/agencies/new", "", admin},
	{"/site/agencies/:agency", "", admin},
	{"/site/sections", "", admin},
	{"/site/sections/new", "", admin},
	{"/site/sections/:section", "", admin},
	{"/site/outlets", "", admin},
	{"/site/outlets/new", "", admin},
	{"/site/outlets/:outlet", "", admin},
	{"/site/places", "", admin},
	{"/site/places/new", "", admin},
	{"/site/places/import", "", admin},
	{"/site/places/:place", "", admin},
}

// name is the page as it stands in the table of figures.
func (p deskPage) name() string {
	if p.query == "" {
		return p.route
	}
	query, err := url.QueryUnescape(p.query)
	if err != nil {
		query = p.query
	}
	return p.route + "?" + query
}

// address is where the page is found for the n-th time: articles differ.
func (p deskPage) address(w *deskWorld, n int) string {
	both := w.Both[n%len(w.Both)]
	names := []string{":both/:lang", both.Item + "/" + both.Lang, ":both", both.Item, ":item", w.Open[n%len(w.Open)].Item, ":old", w.Old[n%len(w.Old)].Item, ":lang", "vi", ":number", "3", ":code", "chain",
		":slug", "writing", ":sort", "tags", ":page", "architecture", ":format", "csv", ":headline", url.QueryEscape(w.Headline),
		":year-ago", behind(1), ":long-ago", behind(archiveYears - 1), ":now", url.QueryEscape(time.Now().Format(time.RFC3339))}
	for name, value := range w.Names {
		names = append(names, ":"+name, value)
	}
	fill := strings.NewReplacer(names...)
	if p.query == "" {
		return fill.Replace(p.route)
	}
	return fill.Replace(p.route) + "?" + fill.Replace(p.query)
}

// behind is a bookmark of the list as it was so many years ago.
func behind(years int) string {
	return newsroom.Bookmark{SavedAt: time.Now().AddDate(-years, 0, 0)}.String()
}

// visit is a page as one of those saw it who ask for it.
type visit struct {
	deskPage
	role    string
	took    times
	queries int
}

// desks are people who are signed in, by role.
type desks map[string]*colleague

// enter signs in one of each role that pages are for.
func enter(ctx context.Context, address string, w *deskWorld) (desks, error) {
	all := desks{}
	for _, p := range deskPages {
		for _, role := range p.who {
			if all[role] != nil {
				continue
			}
			who, err := w.account(role + "@portal")
			if err != nil {
				return nil, err
			}
			if all[role], err = signIn(ctx, address, who); err != nil {
				return nil, fmt.Errorf("%s: %w", role, err)
			}
		}
	}
	return all, nil
}

// measurePages asks for every page. The rounds go through all pages, so that a
// busy minute of the machine spoils no page alone.
func measurePages(ctx context.Context, address string, w *deskWorld, rounds int, asked func() int64) ([]*visit, error) {
	people, err := enter(ctx, address, w)
	if err != nil {
		return nil, err
	}
	var visits []*visit
	for _, p := range deskPages {
		for _, role := range p.who {
			visits = append(visits, &visit{deskPage: p, role: role})
		}
	}
	var refused error
	for n := range rounds + 1 {
		for _, v := range visits {
			before, began := asked(), time.Now()
			status, _, _, err := people[v.role].ask(ctx, http.MethodGet, v.address(w, n), nil)
			took := time.Since(began)
			if err != nil {
				return nil, err
			}
			if status != http.StatusOK {
				refused = errors.Join(refused, fmt.Errorf("%s: %s answered %d", v.role, v.address(w, n), status))
			}
			if n > 0 { // the first time statements are prepared and files read
				v.took = append(v.took, took)
				if queries := int(asked() - before); v.queries == 0 || queries < v.queries {
					v.queries = queries
				}
			}
		}
		if refused != nil {
			return nil, refused
		}
	}
	return visits, nil
}

// countQueries asks for every page within this process, where statements can
// be counted.
func countQueries(ctx context.Context, o options, w *deskWorld, visits []*visit) error {
	counted, err := withinProcess(ctx, o, func(address string, asked func() int64) ([]*visit, error) {
		return measurePages(ctx, address, w, 2, asked)
	})
	if err != nil {
		return err
	}
	for i, v := range counted {
		visits[i].queries = v.queries
	}
	return nil
}

// tell prints the pages, the slowest first, and answers how many are too slow.
func tellPages(t *table, visits []*visit) (slow int) {
	slices.SortStableFunc(visits, func(a, b *visit) int { return int(b.took.at(.5) - a.took.at(.5)) })
	for _, v := range visits {
		aim := ""
		if v.took.at(.5) > deskAim {
			slow++
			aim = "median ≤ 60 ms: MISSED"
		}
		t.add(fmt.Sprintf("%s (%s)", v.name(), v.role), fmt.Sprintf("%d queries, %s", v.queries, v.took), aim)
	}
	return slow
}
