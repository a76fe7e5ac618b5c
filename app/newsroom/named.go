package newsroom

import (
	"context"
	"slices"

	"doingoai/app/fault"
)

// Register keeps things that articles are found by: tags, authors, agencies,
// places. People name them; what is kept are their ids.
type Register interface {
	// Known answers for each of some words, an id or a name, what it may be.
	Known(ctx context.Context, words []string) (map[string][]string, error)
	// Named answers what things are called in a language, by id, so that Known
	// finds just this one by it.
	Named(ctx context.Context, ids []string, lang string) (map[string]string, error)
}

// closing is a register some of whose things are given to no further article.
type closing interface {
	Closed(ctx context.Context, ids []string) ([]string, error)
}

// named is a list of About, with the field of the form that it is typed into.
type named struct {
	field string
	words *[]string
}

func (a *About) named() []named {
	return []named{{"tags", &a.Tags}, {"authors", &a.Authors}, {"agencies", &a.Agencies}, {"places", &a.Places}}
}

// Words are the list of a field of the form, nil for a field that has none.
func (a *About) Words(field string) *[]string {
	for _, list := range a.named() {
		if list.field == field {
			return list.words
		}
	}
	return nil
}

// Registers are those of an article, by the field of the form.
type Registers map[string]Register

// identify puts ids in the place of names. What is nothing, or may be several
// things, stays as it is and is refused at its field.
func (n *Newsroom) identify(ctx context.Context, a *About, form *fault.Form) error {
	for _, list := range a.named() {
		if len(*list.words) == 0 {
			continue
		}
		known := map[string][]string{}
		if register := n.registers[list.field]; register != nil {
			var err error
			if known, err = register.Known(ctx, *list.words); err != nil {
				return err
			}
		}
		ids := slices.Clone(*list.words)
		for i, word := range ids {
			switch found := known[word]; len(found) {
			case 0:
				form.Refuse(list.field, "error.named.unknown", "Name", word)
			case 1:
				ids[i] = found[0]
			default:
				form.Refuse(list.field, "error.named.several", "Name", word)
			}
		}
		*list.words = once(ids)
	}
	return nil
}

// closedIn answers which of the things an article is to be found by are closed.
func (n *Newsroom) closedIn(ctx context.Context, a About) ([]string, error) {
	var all []string
	for _, list := range a.named() {
		register, closes := n.registers[list.field].(closing)
		if !closes || len(*list.words) == 0 {
			continue
		}
		closed, err := register.Closed(ctx, *list.words)
		if err != nil {
			return nil, err
		}
		all = append(all, closed...)
	}
	return all, nil
}

// refuseNewClosed refuses what is closed unless the text had it before.
func refuseNewClosed(closed []string, before, now About) error {
	var form fault.Form
	had := before.named()
	for i, list := range now.named() {
		for _, id := range *list.words {
			if slices.Contains(closed, id) && !slices.Contains(*had[i].words, id) {
				form.Refuse(list.field, "error.named.closed")
			}
		}
	}
	return form.Err()
}

// Worded is a content in which tags, authors, agencies and places are named, as
// people edit it. What is not known stays as it is.
func (n *Newsroom) Worded(ctx context.Context, c Content, lang string) (Content, error) {
	for _, list := range c.About.named() {
		register := n.registers[list.field]
		if len(*list.words) == 0 || register == nil {
			continue
		}
		names, err := register.Named(ctx, *list.words, lang)
		if err != nil {
			return c, err
		}
		words := slices.Clone(*list.words)
		for i, id := range words {
			if names[id] != "" {
				words[i] = names[id]
			}
		}
		*list.words = words
	}
	return c, nil
}
