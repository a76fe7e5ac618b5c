package newsstand

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/release"
)

// Card is what a list shows of an article.
type Card struct {
	ID         string           `json:"id"`
	Lang       string           `json:"lang"`
	Section    string           `json:"section"`
	Slug       string           `json:"slug"`
	Kicker     string           `json:"kicker,omitempty"`
	Title      string           `json:"title"`
	Standfirst string           `json:"standfirst,omitempty"`
	Picture    *release.Picture `json:"picture,omitempty"`
	Published  time.Time        `json:"published"`
	Updated    time.Time        `json:"updated"`
	Sample     bool             `json:"sample,omitempty"`
	Corrected  bool             `json:"corrected,omitempty"`
	// Plays is the first recording or film in the text, for lists that play it.
	Plays *release.File `json:"plays,omitempty"`
	// Kind and Facts are those of what is no news.
	Kind  kind.Kind  `json:"kind,omitempty"`
	Facts kind.Facts `json:"facts,omitempty"`
	// Files are those that the facts name.
	Files []release.File `json:"files,omitempty"`
	// Home is the outlet whose address is canonical, when it is another one.
	Home string `json:"home,omitempty"`
}

// CardOf is what an outlet's lists show of an article.
func CardOf(a *release.Article, outlet string) Card { return cardOf(a, outlet) }

// cardOf is what an outlet's lists show of an article.
func cardOf(a *release.Article, outlet string) Card {
	a = a.On(outlet)
	home := a.MainOutlet
	if home == outlet {
		home = ""
	}
	k := kind.Kind(a.Kind)
	if !k.Known() || k.IsNews() {
		k = ""
	}
	return Card{
		Home: home, Kind: k, Facts: a.Facts, Files: a.Attached,
		ID: a.ID, Lang: a.Lang, Section: a.Section, Slug: a.Slug, Kicker: a.Kicker, Title: a.Title, Standfirst: a.Standfirst,
		Picture: a.Lead, Published: a.Published, Updated: a.Updated, Sample: a.Sample, Corrected: a.Correction != nil,
		Plays: plays(a.Files),
	}
}

// plays finds the first file that is listened to or watched.
func plays(files []release.File) *release.File {
	for _, f := range files {
		if f.Plays() && !strings.HasPrefix(f.Type, "image/") {
			return &f
		}
	}
	return nil
}

// ArticlePage is an article's address answered. Exactly one of four is the
// case: Article is set; Elsewhere is set, for an article that this outlet does
// not carry, or not any more, but others do; Withdrawn is set; or all are nil
// and Others says in which languages the article can be read instead.
type ArticlePage struct {
	ID        string
	Article   *release.Article
	Elsewhere *release.Article
	Withdrawn *release.Tombstone
	Others    []Card                        // the article's other released languages
	Gone      map[string]*release.Tombstone // other languages it was withdrawn in, where it is not released here
	Related   []Card                        // newest of the same section
}

// relatedCards is how many neighbours an article shows.
const relatedCards = 5

// Article answers an article's page in two local reads, a third for its
// pictures, and a fourth for the first page of its section in an epoch. An
// address answers for ever, so one that an outlet has dropped leads to where
// the article is now, and says that it was withdrawn wherever it once stood.
func (s *Stand) Article(ctx context.Context, outlet *release.Outlet, lang, id string) (*ArticlePage, error) {
	db := s.db.Read(ctx)
	page := &ArticlePage{ID: id}
	row, found, err := loadArticle(db, id, lang)
	if err != nil {
		return nil, err
	}
	if found {
		if err := page.take(row.entry(), outlet); err != nil {
			return nil, err
		}
	}
	languages, err := loadLanguages(db, outlet.ID, id)
	if err != nil {
		return nil, err
	}
	page.Others = slices.DeleteFunc(languages, func(c Card) bool {
		return c.Lang == lang || !slices.Contains(outlet.Languages, c.Lang)
	})
	if page.Article != nil {
		if page.Related, err = s.related(ctx, outlet, page.Article); err == nil {
			err = s.addToArticles(ctx, page.Article)
		}
		return page, err
	}
	if page.Withdrawn == nil && page.Elsewhere == nil && len(page.Others) == 0 {
		return nil, notFound()
	}
	page.Gone, err = loadTombstones(db, id, lang)
	return page, err
}

// take puts what the address leads to in its place.
func (p *ArticlePage) take(e release.Entry, outlet *release.Outlet) error {
	if e.Op == release.Withdraw {
		var t release.Tombstone
		if err := e.Decode(&t); err != nil {
			return err
		}
		p.Withdrawn = &t
		return nil
	}
	a, err := decode(e)
	if err != nil {
		return err
	}
	if slices.Contains(a.Outlets, outlet.ID) {
		p.Article = a.On(outlet.ID)
	} else {
		p.Elsewhere = a
	}
	return nil
}

func (s *Stand) related(ctx context.Context, outlet *release.Outlet, a *release.Article) ([]Card, error) {
	newest, err := s.head(ctx, headKey{outlet.ID, a.Lang, a.Section})
	if err != nil {
		return nil, err
	}
	cards := slices.DeleteFunc(slices.Clone(newest), func(c Card) bool { return c.ID == a.ID })
	return cards[:min(len(cards), relatedCards)], nil
}

// headKey names the beginning of a section's list.
type headKey struct{ outlet, lang, section string }

// head is the beginning of a list, as of an epoch.
type head struct {
	epoch uint64
	cards []Card
}

// head answers the newest articles of a section. All its pages show the same
// ones, so the database is asked once in an epoch.
func (s *Stand) head(ctx context.Context, key headKey) ([]Card, error) {
	epoch := s.Epoch() // before the data: what changes meanwhile outdates it
	if known, ok := s.heads.Load(key); ok && known.(head).epoch == epoch {
		return known.(head).cards, nil
	}
	cards, err := loadCards(s.db.Read(ctx), key.outlet, key.lang, []string{key.section}, 0, relatedCards+1)
	if err == nil {
		s.heads.Store(key, head{epoch, cards})
	}
	return cards, err
}

func notFound() error { return fault.New(fault.NotFound, "error.not_found.title") }

// HomePage is an outlet's front page.
type HomePage struct {
	Newest   []Card // of all sections; the first is the lead
	Sections []SectionCards
	// Corrections are those of the last days, newest first.
	Corrections []Corrected
	// Events are those that begin next.
	Events []Card
}

// SectionCards is a section with its newest articles.
type SectionCards struct {
	Section *release.Section
	Cards   []Card
}

const (
	homeNewest     = 12
	homePerSection = homeNewest + 4 // some remain when none of the newest is shown twice
)

// Home answers an outlet's front page in five local reads, however many
// sections there are: the newest of all, the newest of each section at the top
// with all below it, their pictures, the corrections of the last days, and what
// takes place next.
func (s *Stand) Home(ctx context.Context, outlet *release.Outlet, lang string) (*HomePage, error) {
	all, err := loadCards(s.db.Read(ctx), outlet.ID, lang, []string{""}, 0, homeNewest)
	if err != nil {
		return nil, err
	}
	site := s.Site()
	top := site.Children("", lang)
	families := make([][]string, len(top))
	for i, sec := range top {
		families[i] = site.family(sec.ID)
	}
	cards, err := loadNewest(s.db.Read(ctx), outlet.ID, lang, slices.Concat(families...), homePerSection)
	if err != nil {
		return nil, err
	}
	if err := s.addToCards(ctx, slices.Concat(all, cards)); err != nil {
		return nil, err
	}
	page := &HomePage{Newest: all}
	for i, sec := range top {
		own := slices.DeleteFunc(slices.Clone(cards), func(c Card) bool { return !slices.Contains(families[i], c.Section) })
		if len(own) > 0 {
			page.Sections = append(page.Sections, SectionCards{sec, own[:min(len(own), homePerSection)]})
		}
	}
	if page.Corrections, err = s.recentCorrections(ctx, outlet, lang); err != nil {
		return nil, err
	}
	page.Events, err = loadEvents(s.db.Read(ctx), outlet.ID, lang, s.db.Now(), farAway, homeEvents)
	return page, err
}

// Listing is one page of a list.
type Listing struct {
	Cards       []Card
	Page, Pages int // from 1
	Total       int
}

// PerPage is how many articles one page of a list shows.
const PerPage = 20

// List answers one page of a section and all below it. A page past the end
// does not exist; an empty section has one empty page.
func (s *Stand) List(ctx context.Context, outlet *release.Outlet, lang, section string, page int) (*Listing, error) {
	family := s.Site().family(section)
	total, err := countCards(s.db.Read(ctx), outlet.ID, lang, family)
	if err != nil {
		return nil, err
	}
	l := &Listing{Page: page, Pages: max(1, (total+PerPage-1)/PerPage), Total: total}
	if page < 1 || page > l.Pages {
		return nil, notFound()
	}
	if l.Cards, err = loadCards(s.db.Read(ctx), outlet.ID, lang, family, (page-1)*PerPage, PerPage); err == nil {
		err = s.addToCards(ctx, l.Cards)
	}
	return l, err
}

// newsDays is for how many days something is news to those who gather it, the
// day itself included; mostNews is how much of it one file may list.
const (
	newsDays = 2
	mostNews = 1000
)

// News answers what an outlet has published lately in its languages, the newest first.
func (s *Stand) News(ctx context.Context, outlet *release.Outlet) ([]Card, error) {
	since := dayOf(s.db.Now()).AddDate(0, 0, 1-newsDays)
	return loadNews(s.db.Read(ctx), outlet.ID, outlet.Languages, since, mostNews)
}

// MapSize is how many articles one file of the site map lists, each in all
// its languages.
const MapSize = 5000

// MapPages answers how many files an outlet's site map has.
func (s *Stand) MapPages(ctx context.Context, outlet *release.Outlet) (int, error) {
	n, err := countArticles(s.db.Read(ctx), outlet.ID)
	return max(1, (n+MapSize-1)/MapSize), err
}

// MapPage answers the cards of one file of the site map, from 1, ordered so
// that the languages of an article stand together.
func (s *Stand) MapPage(ctx context.Context, outlet *release.Outlet, page int) ([]Card, error) {
	pages, err := s.MapPages(ctx, outlet)
	if err != nil {
		return nil, err
	}
	if page < 1 || page > pages {
		return nil, notFound()
	}
	return loadMapPage(s.db.Read(ctx), outlet.ID, (page-1)*MapSize, MapSize)
}
