package public

import (
	"cmp"
	"slices"

	"doingoai/app/newsstand"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// homeView is an outlet's front page: one lead, two seconds, the latest, and
// what else the sections have.
type homeView struct {
	*frame
	Lead    *teaser
	Seconds []teaser
	Latest  []teaser
	Blocks  []block
	// Corrections are those of the last days (NĐ 237/2026 Đ19).
	Corrections []correctionView
	// Events are those that begin next.
	Events   []happening
	EventsAt string
	// Playing are the newest articles with something to listen to or to watch.
	Playing []teaser
	// Invest leads to what investors come for, Services to what else people
	// come for; nil and empty where the outlet has no such sections.
	Invest   *entry
	Services []entry
}

// entry leads to a section, and says what is there.
type entry struct {
	link
	About string
}

// block is a section on the front page.
type block struct {
	link
	First teaser
	More  []teaser
}

// How many articles follow the lead, and how many a section shows below.
const (
	seconds   = 2
	latest    = 6
	blockSize = 4
	playing   = 4
)

// The sections that people come for with a purpose, by code.
const investment = "investment"

var services = []string{"policies", "documents", "statements"}

func (s *Site) makeHome(r request) (*newsstand.Entry, error) {
	page, err := s.stand.Home(web.Context(r.c), r.outlet, r.lang)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.Title, f.Description = f.Text.Name, f.Text.Tagline
	f.at(homePath(r.lang), homes(r.outlet.Languages))
	f.describeOutlet()
	return s.html(fiber.StatusOK, "home", f, newHome(f, page))
}

func homes(languages []string) map[string]string {
	at := map[string]string{}
	for _, lang := range languages {
		at[lang] = homePath(lang)
	}
	return at
}

// newHome gives every article one place: what stands at the top is not
// repeated under its section.
func newHome(f *frame, page *newsstand.HomePage) homeView {
	v := homeView{frame: f, Corrections: f.corrections(page.Corrections), Invest: f.entry(investment),
		Events: f.happenings(page.Events, f.Now()), EventsAt: eventsPath(f.Lang())}
	for _, code := range services {
		if e := f.entry(code); e != nil {
			v.Services = append(v.Services, *e)
		}
	}
	all := f.teasers(page.Newest)
	if len(all) == 0 {
		return v
	}
	v.Lead = all[0].lead()
	v.Seconds = all[1:min(len(all), 1+seconds)]
	for i := range v.Seconds {
		v.Seconds[i].second()
	}
	v.Latest = all[min(len(all), 1+seconds):min(len(all), 1+seconds+latest)]
	shown := page.Newest[:min(len(all), 1+seconds+latest)]
	for _, sec := range page.Sections {
		own := slices.DeleteFunc(slices.Clone(sec.Cards), func(c newsstand.Card) bool {
			return slices.ContainsFunc(shown, func(s newsstand.Card) bool { return s.ID == c.ID })
		})
		if len(own) > 0 {
			list := f.teasers(own[:min(len(own), blockSize)])
			dropSection(list, sec.Section.ID)
			at := link{Href: sectionPath(f.Lang(), sec.Section), Name: sec.Section.Names[f.Lang()].Name}
			v.Blocks = append(v.Blocks, block{link: at, First: list[0], More: list[1:]})
		}
	}
	v.Playing = f.playing(page)
	return v
}

// entry finds a section of the menu by its code, nil where there is none.
func (f *frame) entry(code string) *entry {
	for _, sec := range f.site.Sections(f.Lang()) {
		href := sectionPath(f.Lang(), sec)
		if sec.Code == code && slices.ContainsFunc(f.Sections, func(l link) bool { return l.Href == href }) {
			name := sec.Names[f.Lang()]
			return &entry{link{Href: href, Name: name.Name}, name.Description}
		}
	}
	return nil
}

// playing lists what plays, among all that the page knows of.
func (f *frame) playing(page *newsstand.HomePage) []teaser {
	cards := slices.Clone(page.Newest)
	for _, sec := range page.Sections {
		cards = append(cards, sec.Cards...)
	}
	cards = slices.DeleteFunc(cards, func(c newsstand.Card) bool { return c.Plays == nil })
	slices.SortFunc(cards, func(a, b newsstand.Card) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
	})
	cards = slices.CompactFunc(cards, func(a, b newsstand.Card) bool { return a.ID == b.ID })
	return f.teasers(cards[:min(len(cards), playing)])
}
