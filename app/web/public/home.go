package public

import (
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
)

func (s *Site) makeHome(r request) (*newsstand.Entry, error) {
	page, err := s.stand.Home(web.Context(r.c), r.outlet, r.lang)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.Title, f.Description = f.Text.Name, f.Text.Tagline
	f.at(homePath(r.lang), homes(r.outlet.Languages))
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
	v := homeView{frame: f, Corrections: f.corrections(page.Corrections)}
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
	return v
}
