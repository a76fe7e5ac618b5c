package wording

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/fault"
)

// PageSize is how many things a page of what is to be done shows.
const PageSize = 30

// MostCounted is where counting stops: more is said as more.
const MostCounted = 500

// Offer says in which languages readers are offered what the site has, and each
// outlet.
type Offer struct {
	Langs   []string
	Outlets map[string][]string // by outlet id
}

// in narrows an offer to one language; "" is any.
func (o Offer) in(lang string) Offer {
	if lang == "" {
		return o
	}
	only := func(langs []string) []string {
		if slices.Contains(langs, lang) {
			return []string{lang}
		}
		return nil
	}
	narrow := Offer{only(o.Langs), map[string][]string{}}
	for id, langs := range o.Outlets {
		narrow.Outlets[id] = only(langs)
	}
	return narrow
}

// of are the languages a thing is offered in.
func (o Offer) of(s Subject) []string {
	if s.Kind == Outlet {
		return o.Outlets[s.ID]
	}
	return o.Langs
}

// Scope is what somebody is shown: what the site has, and the files of some
// agencies or all.
type Scope struct {
	Agencies []string
	All      bool
	Lang     string // "" for any
}

// Gap is a part of a thing that is not said in languages readers are offered.
type Gap struct {
	Subject
	Part, SourceLang string
	Words            string // of the source
	Langs            []string
}

// Mark is where a page of gaps ended; the zero one is the beginning.
type Mark struct{ agency, kind, id, part string }

// String is the mark as an address has it.
func (m Mark) String() string {
	if m == (Mark{}) {
		return ""
	}
	return strings.Join([]string{m.agency, m.kind, m.id, m.part}, ".")
}

// ReadMark reads what String wrote.
func ReadMark(text string) (Mark, error) {
	parts := strings.Split(text, ".")
	switch {
	case text == "":
		return Mark{}, nil
	case len(parts) != 4:
		return Mark{}, fault.New(fault.Malformed, "error.malformed.title")
	}
	return Mark{parts[0], parts[1], parts[2], parts[3]}, nil
}

// Behind lists a page of what is behind, from 1, changed facts first and then
// what has been so for longest, and says whether there are more.
func (r *Room) Behind(ctx context.Context, s Scope, page int) ([]Standing, bool, error) {
	db := r.db.Read(ctx)
	found, err := loadBehind(db, s, (max(1, page)-1)*PageSize, PageSize+1)
	if err != nil {
		return nil, false, err
	}
	more := len(found) > PageSize
	found = found[:min(len(found), PageSize)]
	whole, err := loadWith(db, found)
	if err != nil {
		return nil, false, err
	}
	wanted := map[string]bool{}
	for _, f := range found {
		wanted[f.key()] = true
	}
	list := slices.DeleteFunc(whole.standings(), func(st Standing) bool { return !wanted[st.key()] })
	return list, more, nil
}

// Missing lists a page of what is not said: what the site has before files. next
// is where the following page begins, zero when there is none.
func (r *Room) Missing(ctx context.Context, o Offer, s Scope, after Mark) (list []Gap, next Mark, err error) {
	db := r.db.Read(ctx)
	o = o.in(s.Lang)
	found, err := loadMissing(db, o, s, after, PageSize+1)
	if err != nil {
		return nil, next, err
	}
	if len(found) > PageSize {
		found = found[:PageSize]
		last := found[PageSize-1]
		next = Mark{last.AgencyID, last.Kind, last.ID, last.Part}
	}
	whole, err := loadWith(db, found)
	for _, f := range found {
		g := Gap{Subject: f.subject(), Part: f.Part, SourceLang: f.Lang, Words: f.Words}
		for _, lang := range o.of(g.Subject) {
			if whole.at(g.Subject).of(f.Part, lang).Lang == "" {
				g.Langs = append(g.Langs, lang)
			}
		}
		list = append(list, g)
	}
	return list, next, err
}

// Count is how much there is to do, each at most MostCounted.
type Count struct{ Behind, Critical, Missing int }

// Any says whether there is anything.
func (c Count) Any() bool { return c.Behind+c.Missing > 0 }

// Count answers how much there is to do.
func (r *Room) Count(ctx context.Context, o Offer, s Scope) (Count, error) {
	db := r.db.Read(ctx)
	var c Count
	found, err := loadBehind(db, s, 0, MostCounted)
	if err != nil {
		return c, err
	}
	c.Behind = len(found)
	for _, f := range found {
		if f.Behind == 2 {
			c.Critical++
		}
	}
	c.Missing, err = countMissing(db, o.in(s.Lang), s, MostCounted)
	return c, err
}
