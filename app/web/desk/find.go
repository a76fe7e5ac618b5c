package desk

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/search"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type findPage struct {
	page
	Wanted         newsroom.Wanted
	Refused        string // why nothing was searched for
	Searched       bool
	Found          newsroom.Found
	Rows           []foundRow
	States         []stateCount
	Anywhere       string // the address without the chosen state
	Languages      []share
	Agencies       []share
	Previous, Next string
	Wider          string // the words alone, when more was asked for
}

// foundRow is an edition that was found, as a line of the list.
type foundRow struct {
	editionRow
	Title, Excerpt template.HTML // with the words marked
}

// share is a choice with how much it would leave.
type share struct {
	choice
	Count int
}

// OffersSearch says whether the page has the search box of every page: for those
// who may see articles, but not where the search itself is.
func (p page) OffersSearch() bool { return p.Actor.MayAnywhere(account.ViewOwn) && p.Path != "/find" }

// find looks for words in all that the person may see; what is wanted is the
// address.
func (d *Desk) find(c *fiber.Ctx) error {
	show := findPage{page: d.page(c, "find.title", "search")}
	w, err := readWanted(c)
	if err != nil {
		return err
	}
	show.Wanted = w
	if w.Words == "" {
		return d.show(c, fiber.StatusOK, "find", show)
	}
	show.Title = show.T("find.title_for", "Words", w.Words)
	show.Found, err = d.Finder.Find(web.Context(c), show.Actor, w)
	if refusal, ok := fault.As(err); ok && refusal.Kind == fault.Malformed {
		show.Refused = show.P.Message(refusal.Message)
		return d.show(c, fiber.StatusUnprocessableEntity, "find", show)
	}
	if err != nil {
		return err
	}
	show.Searched = true
	if err := show.fill(d, c); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "find", show)
}

func readWanted(c *fiber.Ctx) (newsroom.Wanted, error) {
	var w newsroom.Wanted
	var state string
	var err error
	for name, into := range map[string]*string{"q": &w.Words, "state": &state, "lang": &w.Lang, "agency": &w.Agency} {
		if *into, err = web.Query(c, name, 4*search.MaxQueryRunes); err != nil { // the search itself says what is too long
			return w, err
		}
	}
	if w.State = newsroom.State(state); state != "" && !slices.Contains(newsroom.States, w.State) {
		return w, fault.New(fault.Malformed, "error.malformed.title")
	}
	w.Page, err = web.QueryInt(c, "page", 1, 1, search.MaxHits/newsroom.FoundSize)
	return w, err
}

// fill adds the lines and what they can be narrowed by.
func (p *findPage) fill(d *Desk, c *fiber.Ctx) error {
	editions := make([]newsroom.Edition, len(p.Found.Hits))
	for i, h := range p.Found.Hits {
		editions[i] = h.Edition
	}
	rows, err := d.rows(c, p.page, editions)
	if err != nil {
		return err
	}
	for i, h := range p.Found.Hits {
		p.Rows = append(p.Rows, foundRow{rows[i], h.Title, h.Excerpt})
	}
	for _, s := range newsroom.States {
		if n := p.Found.States[s]; n > 0 || s == p.Wanted.State {
			p.States = append(p.States, stateCount{s, n})
		}
	}
	for _, lang := range newsroom.Languages {
		if n := p.Found.Langs[lang]; n > 0 || lang == p.Wanted.Lang {
			p.Languages = append(p.Languages, share{choice{lang, p.LanguageAlone(lang)}, n})
		}
	}
	names, err := d.agencyNames(c, p.Lang())
	if err != nil {
		return err
	}
	p.Agencies = countedAgencies(p.Found.Agencies, names, p.Wanted.Agency)
	p.addresses()
	return nil
}

// countedAgencies are those of what was found, the largest share first.
func countedAgencies(counts map[string]int, names map[string]string, chosen string) []share {
	var list []share
	for id, name := range names {
		if n := counts[id]; n > 0 || id == chosen {
			list = append(list, share{choice{id, name}, n})
		}
	}
	slices.SortFunc(list, func(a, b share) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label))
	})
	return list
}

// addresses are where the page leads on to.
func (p *findPage) addresses() {
	if p.Wanted.Page > 1 {
		p.Previous = foundAddress(p.Wanted, p.Wanted.Page-1)
	}
	if p.Found.More {
		p.Next = foundAddress(p.Wanted, p.Wanted.Page+1)
	}
	anywhere := p.Wanted
	anywhere.State = ""
	p.Anywhere = foundAddress(anywhere, 1)
	if w := p.Wanted; w.State != "" || w.Lang != "" || w.Agency != "" {
		p.Wider = foundAddress(newsroom.Wanted{Words: w.Words}, 1)
	}
}

// InState is the address of what was found in a state.
func (p findPage) InState(s newsroom.State) string {
	w := p.Wanted
	w.State = s
	return foundAddress(w, 1)
}

func foundAddress(w newsroom.Wanted, number int) string {
	q := url.Values{"q": {w.Words}}
	for name, value := range map[string]string{"state": string(w.State), "lang": w.Lang, "agency": w.Agency} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if number > 1 {
		q.Set("page", strconv.Itoa(number))
	}
	return "/find?" + q.Encode()
}
