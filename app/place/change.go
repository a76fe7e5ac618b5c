package place

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Rename gives a place new names, or a new rank, from a day on. Languages that
// are not given, or given empty, keep their names; a kind of "" keeps the rank.
// The day on which the current name began corrects that name.
func (r *Room) Rename(ctx context.Context, actor account.Actor, id, kind string, names map[string]string, act Act) error {
	return r.change(ctx, actor, act, func(tx *store.Tx, who by, act Act, form *fault.Form) error {
		return r.renameChecked(tx, who, form, id, kind, names, act)
	})
}

func (r *Room) renameChecked(tx *store.Tx, who by, form *fault.Form, id, kind string, names map[string]string, act Act) error {
	p, err := existing(tx, form, "place", id, act.At)
	if err != nil {
		return err
	}
	if kind == "" {
		kind = p.Kind
	}
	checkKind(form, kind)
	names = checkNames(form, names, false)
	if err := form.Err(); err != nil {
		return err
	}
	return r.rename(tx, who, p, kind, names, act)
}

func (r *Room) rename(tx *store.Tx, who by, p Place, kind string, names map[string]string, act Act) error {
	relation := Relation{Kind: Renamed, From: p.ID, To: p.ID, At: act.At, Basis: act.Basis}
	detail := map[string]string{}
	if kind != p.Kind {
		relation.Kind = Upgraded
		detail["kind"], detail["kind.before"] = kind, p.Kind
		for lang, name := range p.Names {
			if names[lang] == "" {
				names[lang] = name
			}
		}
	}
	for lang, name := range names {
		if name == p.Names[lang] && kind == p.Kind {
			continue
		}
		if err := refuseEarlier(tx, p, lang, act.At); err != nil {
			return err
		}
		if err := replaceName(tx, p.ID, Name{Lang: lang, Name: name, Kind: kind, From: act.At}); err != nil {
			return err
		}
		detail[lang], detail[lang+".before"] = name, p.Names[lang]
	}
	if len(detail) == 0 {
		return nil
	}
	if err := replaceNaming(tx, relation); err != nil {
		return err
	}
	return r.announce(tx, who, "place.rename", p.ID, noted(detail, act))
}

// refuseEarlier refuses a name from a day before the current one's.
func refuseEarlier(tx *store.Tx, p Place, lang string, at time.Time) error {
	names, err := history(tx.DB, p.ID)
	if err != nil {
		return err
	}
	var form fault.Form
	for _, n := range names {
		if n.Lang == lang && n.To.IsZero() && at.Before(n.From) {
			form.Refuse("at", "error.place.name_early", "Name", n.Name)
		}
	}
	return form.Err()
}

// Put makes a place part of another one ("" for none) from a day on.
func (r *Room) Put(ctx context.Context, actor account.Actor, id, within string, act Act) error {
	return r.change(ctx, actor, act, func(tx *store.Tx, who by, act Act, form *fault.Form) error {
		p, err := existing(tx, form, "place", id, act.At)
		if err != nil {
			return err
		}
		if within != "" {
			if _, err := existing(tx, form, "within", within, act.At); err != nil {
				return err
			}
			if err := refuseCycle(tx, form, id, within); err != nil {
				return err
			}
		}
		if err := form.Err(); err != nil || p.Within == within {
			return err
		}
		if err := endPartOf(tx, id, act.At); err != nil {
			return err
		}
		if within != "" {
			if err := insertRelation(tx, Relation{Kind: PartOf, From: id, To: within, At: act.At, Basis: act.Basis}); err != nil {
				return err
			}
		}
		detail := map[string]string{"within": within, "within.before": p.Within}
		return r.announce(tx, who, "place.put", id, noted(detail, act))
	})
}

// refuseCycle refuses to make a place part of itself or of one of its parts.
func refuseCycle(tx *store.Tx, form *fault.Form, id, within string) error {
	all, err := list(tx.DB, "")
	if err != nil {
		return err
	}
	above := map[string]string{}
	for _, p := range all {
		above[p.ID] = p.Within
	}
	for range all {
		if within == id {
			form.Refuse("within", "error.place.cycle")
		}
		within = above[within]
	}
	return nil
}

// Merge ends places on a day on which they become part of another one. What
// was part of them is part of that one from then on. With several places to
// become part of, those that end are divided among them, and nobody can tell
// here what goes where: each is split from them, and what was part of them is
// part of nothing until it is put somewhere.
func (r *Room) Merge(ctx context.Context, actor account.Actor, from, into []string, act Act) error {
	return r.change(ctx, actor, act, func(tx *store.Tx, who by, act Act, form *fault.Form) error {
		return r.mergeChecked(tx, who, form, from, into, act)
	})
}

func (r *Room) mergeChecked(tx *store.Tx, who by, form *fault.Form, from, into []string, act Act) error {
	if len(from) == 0 {
		form.Refuse("from", "error.required")
	}
	if len(into) == 0 {
		form.Refuse("into", "error.required")
	}
	if act.Basis.Document == "" {
		form.Refuse("document", "error.required")
	}
	for _, id := range from {
		if slices.Contains(into, id) {
			form.Refuse("into", "error.place.itself")
		}
		if _, err := existing(tx, form, "from", id, act.At); err != nil {
			return err
		}
	}
	for _, id := range into {
		if _, err := begun(tx, form, "into", id, act.At); err != nil {
			return err
		}
	}
	if err := form.Err(); err != nil {
		return err
	}
	return r.merge(tx, who, from, into, act)
}

func (r *Room) merge(tx *store.Tx, who by, from, into []string, act Act) error {
	touched := slices.Clone(into) // they tell of it too
	for _, id := range from {
		parts, err := partsOf(tx, id)
		if err != nil {
			return err
		}
		if err := end(tx, id, act.At); err != nil {
			return err
		}
		for _, rel := range becoming(id, into, act) {
			if err := insertOnce(tx, rel); err != nil {
				return err
			}
		}
		for _, part := range parts {
			if slices.Contains(from, part) || len(into) > 1 {
				continue
			}
			if err := insertRelation(tx, Relation{Kind: PartOf, From: part, To: into[0], At: act.At, Basis: act.Basis}); err != nil {
				return err
			}
		}
		touched = append(touched, parts...)
		if err := r.announce(tx, who, "place.merge", id, noted(map[string]string{"into": strings.Join(into, " ")}, act)); err != nil {
			return err
		}
	}
	for _, id := range touched {
		if err := r.release(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// becoming are the relations of a place that ends to those it becomes part of.
func becoming(id string, into []string, act Act) []Relation {
	if len(into) == 1 {
		return []Relation{{Kind: MergedInto, From: id, To: into[0], At: act.At, Basis: act.Basis}}
	}
	var divided []Relation
	for _, to := range into {
		divided = append(divided, Relation{Kind: SplitFrom, From: to, To: id, At: act.At, Basis: act.Basis})
	}
	return divided
}

// change runs a verb: f has the tidied act, and a form for what it refuses.
func (r *Room) change(ctx context.Context, actor account.Actor, act Act, f func(*store.Tx, by, Act, *fault.Form) error) error {
	who, err := manager(actor)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		var form fault.Form
		act := checkAct(tx, who, &form, act)
		return f(tx, who, act, &form)
	})
}
