package newsroom

import (
	"context"
	"errors"
	"html/template"
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/search"
)

// Finder finds editions by their words, of all that a person may see: those of
// the newest text, and of what readers have. It has an index of its own on this
// process's disk, which follows the audit trail (find_follow.go): every change
// of an edition has an entry, and entries become visible in order.
//
// What a person may see is asked twice. The search itself asks for the tags
// that their posts open, so that nothing else is counted or takes up a page;
// and what it finds is read from the database and asked one by one, so that an
// index that is behind shows nobody what is no longer theirs.
type Finder struct {
	n     *Newsroom
	index *search.Index
}

// finderVersion names what find_text.go makes of an edition. Whoever changes
// that gives it a new value, and every edition is read again.
const finderVersion = " editions 3"

// OpenFinder opens the index in a folder, which no other process may have open.
func OpenFinder(n *Newsroom, dir string) (*Finder, error) {
	index, err := search.Open(dir, finderVersion)
	if err != nil {
		return nil, err
	}
	return &Finder{n, index}, nil
}

// Close releases the files.
func (f *Finder) Close() error { return f.index.Close() }

// Wanted is what somebody looks for; empty fields do not narrow.
type Wanted struct {
	Words  string
	State  State
	Lang   string
	Agency string
	Page   int // from 1
}

// Found is one page of what was found, best first.
type Found struct {
	Hits     []FoundEdition
	Total    int
	More     bool
	States   map[State]int // how many of all, by state
	Langs    map[string]int
	Agencies map[string]int
	Filling  bool // the index is new: there may be more
}

// FoundEdition is an edition with the words that were looked for marked.
type FoundEdition struct {
	Edition
	Title, Excerpt template.HTML
}

// FoundSize is how many editions one page of what was found shows.
const FoundSize = 20

// Find answers which of a person's editions hold the words.
func (f *Finder) Find(ctx context.Context, actor account.Actor, w Wanted) (Found, error) {
	open, err := tagsOpen(actor)
	if err != nil {
		return Found{}, err
	}
	from := (max(1, w.Page) - 1) * FoundSize
	result, err := f.ask(ctx, open, w, search.Query{From: from, Size: FoundSize})
	if err != nil {
		return Found{}, err
	}
	found := Found{Total: int(result.Total), More: uint64(from+FoundSize) < min(result.Total, search.MaxHits)}
	if err := f.count(ctx, open, w, result, &found); err != nil {
		return Found{}, err
	}
	cursor, err := f.index.Cursor()
	if err != nil {
		return Found{}, err
	}
	found.Filling = cursor == 0
	found.Hits, err = f.show(ctx, actor, result)
	return found, err
}

// ask searches for what is wanted among the editions that have one of each list
// of tags, and counts them by state, language and agency.
func (f *Finder) ask(ctx context.Context, open [][]string, w Wanted, q search.Query) (search.Result, error) {
	q.Text, q.Lang, q.Tagged = w.Words, w.Lang, append(w.tags(), open...)
	q.Count = []string{stateTag(""), langTag(""), agencyTag("")}
	result, err := f.index.Search(ctx, q)
	if errors.Is(err, search.ErrClosed) {
		err = &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.title"), Cause: err}
	}
	return result, err
}

// count fills in how many there are of each state, language and agency, as if
// none of these had been chosen: what else could be chosen in its place.
func (f *Finder) count(ctx context.Context, open [][]string, w Wanted, result search.Result, into *Found) error {
	without := func(chosen string, change func(*Wanted)) (map[string]int, error) {
		if chosen == "" {
			return result.Counts, nil
		}
		wider := w
		change(&wider)
		all, err := f.ask(ctx, open, wider, search.Query{Size: 1})
		return all.Counts, err
	}
	states, err := without(string(w.State), func(w *Wanted) { w.State = "" })
	if err != nil {
		return err
	}
	langs, err := without(w.Lang, func(w *Wanted) { w.Lang = "" })
	if err != nil {
		return err
	}
	agencies, err := without(w.Agency, func(w *Wanted) { w.Agency = "" })
	into.States, into.Langs, into.Agencies = counted[State](states, stateTag("")), counted[string](langs, langTag("")), counted[string](agencies, agencyTag(""))
	return err
}

// show reads what was found and may be seen, and marks the words in it.
func (f *Finder) show(ctx context.Context, actor account.Actor, result search.Result) ([]FoundEdition, error) {
	refs := make([]Ref, len(result.Hits))
	for i, hit := range result.Hits {
		refs[i] = Ref{hit.ID, hit.Lang}
	}
	texts, err := loadTexts(f.n.db.Read(ctx), itemsOf(refs))
	if err != nil {
		return nil, err
	}
	rows := make([]editionRow, len(texts))
	for i, t := range texts {
		rows[i] = t.row
	}
	sight, err := sightOfAll(f.n.db.Read(ctx), actor, rows)
	if err != nil {
		return nil, err
	}
	var hits []FoundEdition
	for _, ref := range refs {
		i := slices.IndexFunc(texts, func(t findable) bool { return t.row.ref() == ref })
		if i < 0 {
			continue
		}
		switch err := sight.see(texts[i].row); {
		case fault.KindOf(err) == fault.NotFound:
		case err != nil:
			return nil, err
		default:
			terms := markup.Terms{Words: result.Terms, Compare: search.Comparer(ref.Lang)}
			hits = append(hits, FoundEdition{
				Edition: texts[i].row.edition(),
				Title:   markup.Highlight(markup.Bind(texts[i].newest.Headline), terms, 0),
				Excerpt: f.excerpt(texts[i].newest, terms),
			})
		}
	}
	return hits, nil
}
