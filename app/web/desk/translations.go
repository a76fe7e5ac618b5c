package desk

import (
	"net/url"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// translationsPage is the overview of translations: a row for each item, a
// column for each language.
type translationsPage struct {
	page
	Filter        newsroom.CoverageFilter
	Tracks        []newsroom.Track
	Langs         []string
	Rows          []coveredRow
	Reached       time.Time
	Languages     []string
	Agencies      []choice
	Sections      []choice
	Newest, Older string // addresses of the first page and the next, "" on the first and the last
}

// coveredRow is an item in the overview.
type coveredRow struct {
	editionRow // the original
	Cells      []coveredCell
}

// coveredCell is an item in a language, in words.
type coveredCell struct {
	newsroom.CoveredCell
	Mark   string // the shape beside Word
	Word   string
	Detail []string
	Due    dueMark
	Href   string // of the edition, "" for none
}

// Track is the word for where an item stands in a language.
func (p *translationsPage) Track(t newsroom.Track) string {
	if t == newsroom.Gaps {
		return p.T("coverage.track_gaps")
	}
	return p.T("coverage.track_" + string(t))
}

// OnTrack is the page's address with another track.
func (p *translationsPage) OnTrack(t newsroom.Track) string {
	f := p.Filter
	f.Track = t
	return coverageAddress(f)
}

// Narrowed says whether more than the track and the headline are chosen.
func (p *translationsPage) Narrowed() bool {
	f := p.Filter
	return f.Lang != "" || f.Agency != "" || f.Section != "" || !f.From.IsZero() || !f.To.IsZero()
}

// Clear is the page's address without anything but the track.
func (p *translationsPage) Clear() string {
	return coverageAddress(newsroom.CoverageFilter{Track: p.Filter.Track})
}

// From is the first day of the page, as a date field takes it.
func (p *translationsPage) From() string { return dayValue(p.Filter.From) }

// Until is the last one.
func (p *translationsPage) Until() string {
	if p.Filter.To.IsZero() {
		return ""
	}
	return dayValue(lastDay(p.Filter.To))
}

// translations shows the overview, or what is to be done.
func (d *Desk) translations(c *fiber.Ctx) error {
	switch c.Query("view") {
	case "queue":
		return d.translationQueue(c)
	case "names":
		return d.names(c, "/translations")
	}
	show := &translationsPage{page: d.page(c, "coverage.title", "coverage"), Languages: newsroom.Languages}
	show.Tracks = append([]newsroom.Track{newsroom.Gaps, newsroom.AllTracks}, newsroom.Tracks...)
	var err error
	if show.Filter, err = readCoverageFilter(c); err != nil {
		return err
	}
	found, err := d.Newsroom.Coverage(web.Context(c), show.Actor, show.Filter)
	if err != nil {
		return err
	}
	show.Langs, show.Reached = found.Langs, found.Reached
	if show.Rows, err = d.coveredRows(c, show.page, found.Items); err != nil {
		return err
	}
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	if show.Sections, err = d.sectionChoices(c, show.Lang()); err != nil {
		return err
	}
	if show.Filter.After != (newsroom.Bookmark{}) {
		show.Newest = coverageAddress(show.Filter)
	}
	if found.Older != (newsroom.Bookmark{}) {
		q := coverageQuery(show.Filter)
		q.Set("after", found.Older.String())
		show.Older = "/translations?" + q.Encode()
	}
	return d.show(c, fiber.StatusOK, "translations", show)
}

func (d *Desk) coveredRows(c *fiber.Ctx, p page, items []newsroom.Covered) ([]coveredRow, error) {
	originals := make([]newsroom.Edition, len(items))
	for i, item := range items {
		originals[i] = item.Original
	}
	names, err := d.rows(c, p, originals)
	if err != nil {
		return nil, err
	}
	clocks, err := d.Newsroom.ClockNames(web.Context(c))
	rows := make([]coveredRow, len(items))
	for i, item := range items {
		rows[i] = coveredRow{editionRow: names[i]}
		for _, cell := range item.Cells {
			rows[i].Cells = append(rows[i].Cells, p.coveredCell(cell, clocks))
		}
	}
	return rows, err
}

// coveredCell says where an item stands in a language. The words of a state are
// used where they say more than those of the track.
func (p page) coveredCell(cell newsroom.CoveredCell, clocks clockNames) coveredCell {
	show := coveredCell{CoveredCell: cell, Mark: string(cell.Track)}
	if cell.Track != newsroom.NoTrack {
		show.Word = p.T("coverage.track_" + string(cell.Track))
	}
	e := cell.Edition
	if e == nil {
		return show
	}
	show.Href, show.Due = editionPath(e.Ref), p.clockMark(*e, clocks)
	if cell.Track != newsroom.TrackOutdated {
		show.Mark = string(e.State)
	}
	switch cell.Track {
	case newsroom.NoTrack, newsroom.TrackApproval, newsroom.TrackDropped:
		show.Word = p.State(e.State)
	case newsroom.TrackOutdated:
		show.Detail = append(show.Detail, p.T("coverage.behind", "count", e.Lag.LiveStale))
		if e.Lag.LiveCritical > 0 {
			show.Detail = append(show.Detail, p.T("coverage.critical", "count", e.Lag.LiveCritical))
		}
		show.Due = p.catchUpMark(e.Lag)
	case newsroom.TrackPublished:
		show.Mark = string(newsroom.Published)
	}
	switch {
	case e.Newer() && e.State != newsroom.Published && e.State != newsroom.Corrected:
		show.Detail = append(show.Detail, p.T("coverage.newer", "State", p.State(e.State)))
	case e.Live != newsroom.IsLive && cell.Track != newsroom.TrackDropped && e.Lag.Stale > 0:
		show.Detail = append(show.Detail, p.T("coverage.to_go", "count", e.Lag.Stale))
	}
	if e.Bound {
		show.Detail = append(show.Detail, p.T("set.mark"))
	}
	return show
}

// catchUpMark says by when a critical change of the original is to be caught up with.
func (p page) catchUpMark(lag newsroom.Lag) dueMark {
	if lag.Due.IsZero() {
		return dueMark{}
	}
	return p.dueMark(p.T("coverage.catch_up"), newsroom.Clock{Code: string(newsroom.CatchUp), From: lag.Since, Due: lag.Due})
}

// readCoverageFilter reads the overview's address.
func readCoverageFilter(c *fiber.Ctx) (newsroom.CoverageFilter, error) {
	f, err := readFilter(c)
	track := newsroom.Track(strings.Clone(c.Query("track")))
	if err == nil && !newsroom.KnownTrack(track) {
		err = fault.New(fault.Malformed, "error.malformed.title")
	}
	return newsroom.CoverageFilter{
		Track: track, Lang: f.Lang, Agency: f.Agency, Section: f.Section, From: f.From, To: f.To, Headline: f.Headline, After: f.After,
	}, err
}

func coverageQuery(f newsroom.CoverageFilter) url.Values {
	q := queryOf(newsroom.Filter{Lang: f.Lang, Agency: f.Agency, Section: f.Section, From: f.From, To: f.To, Headline: f.Headline})
	if f.Track != newsroom.Gaps {
		q.Set("track", string(f.Track))
	}
	return q
}

func coverageAddress(f newsroom.CoverageFilter) string {
	if q := coverageQuery(f).Encode(); q != "" {
		return "/translations?" + q
	}
	return "/translations"
}

// translationQueuePage is what the person can do about translations.
type translationQueuePage struct {
	page
	Only   string // the language that is shown, "" for all
	Langs  []string
	Groups []errandGroup
	Names  wording.Count // of names and captions, which are not articles
}

// NamesPath is where they are.
func (p *translationQueuePage) NamesPath() string {
	return namesList{Path: "/translations", Lang: p.Only, Missing: p.Names.Behind == 0}.address(nil)
}

// errandGroup is what is to be done for the same reason.
type errandGroup struct {
	Why  newsroom.Why
	Rows []errandRow
	More bool // these are only some of them
}

type errandRow struct {
	taskRow
	Langs      []string // into which it is to be translated
	Of, OfLang string   // the original's headline, for what has none yet
}

// Path is where it is done: beside its source; where nothing is begun, the original's page.
func (r errandRow) Path() string {
	switch {
	case len(r.Langs) > 0:
		return editionPath(r.Ref)
	case r.Lag.LiveStale > 0:
		return sidePath(r.Ref) + "#behind-1"
	}
	return sidePath(r.Ref)
}

// InLang is the queue's address for a language.
func (p *translationQueuePage) InLang(lang string) string {
	if lang == "" {
		return "/translations?view=queue"
	}
	return "/translations?view=queue&lang=" + lang
}

func (d *Desk) translationQueue(c *fiber.Ctx) error {
	show := &translationQueuePage{page: d.page(c, "coverage.title", "coverage")}
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	show.Only = f.Lang
	errands, langs, err := d.Newsroom.Errands(web.Context(c), show.Actor, f.Lang)
	if err != nil {
		return err
	}
	show.Langs = langs
	if show.Groups, err = d.errandGroups(c, show.page, errands); err != nil {
		return err
	}
	if show.Names, err = d.countNames(c, show.page, show.Only); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "translation-queue", show)
}

func (d *Desk) errandGroups(c *fiber.Ctx, p page, errands []newsroom.Errand) ([]errandGroup, error) {
	var editions []newsroom.Edition
	var absent []string
	for _, e := range errands {
		editions = append(editions, e.Edition)
		if e.For != "" {
			absent = append(absent, e.For)
		}
	}
	rows, err := d.rows(c, p, editions)
	if err != nil {
		return nil, err
	}
	names, err := d.Accounts.Names(web.Context(c), absent)
	var groups []errandGroup
	for i, e := range errands {
		if len(groups) == 0 || groups[len(groups)-1].Why != e.Why {
			groups = append(groups, errandGroup{Why: e.Why})
		}
		row := errandRow{taskRow{editionRow: rows[i], Since: e.Since, For: names[e.For]}, e.Langs, e.Of, e.OfLang}
		if e.Verb == newsroom.CatchUp && !e.Lag.Due.IsZero() {
			row.Due = p.catchUpMark(e.Lag)
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, row)
		last.More = len(last.Rows) >= newsroom.MostWaiting || e.Why == newsroom.WhyNeeded && len(last.Rows) >= newsroom.PageSize
	}
	return groups, err
}
