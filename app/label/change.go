package label

import (
	"context"
	"maps"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Add sets up a label and answers its identifier.
func (r *Room) Add(ctx context.Context, actor account.Actor, l Label) (string, error) {
	var form fault.Form
	names := map[string]Name{}
	for lang, n := range l.Names {
		names[lang] = checkName(&form, lang, n, setupFields)
	}
	if len(names) == 0 {
		form.Refuse("name_vi", "error.required")
	}
	if err := form.Err(); err != nil {
		return "", err
	}
	id := store.NewID()
	return id, r.change(ctx, actor, "label.add", id, func(tx *store.Tx) (map[string]string, error) {
		if err := insert(tx, labelRow{ID: id, Sort: string(r.sort), AgencyID: l.Agency, CreatedAt: store.Micros(tx.Now)}); err != nil {
			return nil, err
		}
		langs := slices.Sorted(maps.Keys(names))
		for _, lang := range langs {
			if err := r.putName(tx, id, lang, names[lang], setupFields); err != nil {
				return nil, err
			}
		}
		return map[string]string{"name": names[langs[0]].Name}, nil
	})
}

// Ensure sets up a label unless there is one of its first name, and answers
// its identifier.
func (r *Room) Ensure(ctx context.Context, actor account.Actor, l Label) (string, error) {
	for _, lang := range []string{"vi", "en"} {
		name := l.Names[lang].Name
		if name == "" {
			continue
		}
		found, err := r.Known(ctx, []string{name})
		if err != nil {
			return "", err
		}
		if len(found[name]) > 0 {
			return found[name][0], nil
		}
	}
	return r.Add(ctx, actor, l)
}

// Rename gives a label another name, slug or line in one language, or its
// first ones. The slug it had keeps leading to it.
func (r *Room) Rename(ctx context.Context, actor account.Actor, id, lang string, name Name) error {
	var form fault.Form
	name = checkName(&form, lang, name, formFields)
	if err := form.Err(); err != nil {
		return err
	}
	return r.change(ctx, actor, "label.rename", id, func(tx *store.Tx) (map[string]string, error) {
		before, err := one(tx.DB, r.sort, id)
		if err != nil {
			return nil, err
		}
		was := before.Names[lang]
		if was.Name == name.Name && was.Slug == name.Slug && was.Line == name.Line {
			return nil, nil
		}
		return map[string]string{"lang": lang, "name": name.Name, "slug": name.Slug, "name.before": was.Name, "slug.before": was.Slug},
			r.putName(tx, id, lang, name, formFields)
	})
}

// Merge makes a label part of another: its articles are listed there.
func (r *Room) Merge(ctx context.Context, actor account.Actor, id, into string) error {
	return r.change(ctx, actor, "label.merge", id, func(tx *store.Tx) (map[string]string, error) {
		var form fault.Form
		from, err := one(tx.DB, r.sort, id)
		if err != nil {
			return nil, err
		}
		target, err := one(tx.DB, r.sort, into)
		switch {
		case fault.KindOf(err) == fault.NotFound, err == nil && (target.Into != "" || into == id):
			form.Refuse("into", "error.label.into")
		case err != nil:
			return nil, err
		case from.Into == into:
			return nil, nil
		case from.Into != "":
			form.Refuse("into", "error.label.merged")
		}
		if err := form.Err(); err != nil {
			return nil, err
		}
		return map[string]string{"name": from.In("vi"), "into": target.In("vi")}, mergeInto(tx, id, into)
	})
}

// SetAgency says for which agency an author writes, "" for none.
func (r *Room) SetAgency(ctx context.Context, actor account.Actor, id, agency string) error {
	return r.change(ctx, actor, "label.agency", id, func(tx *store.Tx) (map[string]string, error) {
		before, err := one(tx.DB, r.sort, id)
		if err != nil || before.Agency == agency {
			return nil, err
		}
		return map[string]string{"name": before.In("vi")}, update(tx, id, "agency_id", agency)
	})
}

// Close gives the label to no further article. Reopen does again.
func (r *Room) Close(ctx context.Context, actor account.Actor, id string) error {
	return r.setClosed(ctx, actor, "label.close", id, true)
}

// Reopen lets articles be given a closed label again.
func (r *Room) Reopen(ctx context.Context, actor account.Actor, id string) error {
	return r.setClosed(ctx, actor, "label.reopen", id, false)
}

func (r *Room) setClosed(ctx context.Context, actor account.Actor, verb, id string, closed bool) error {
	return r.change(ctx, actor, verb, id, func(tx *store.Tx) (map[string]string, error) {
		before, err := one(tx.DB, r.sort, id)
		if err != nil || before.Closed.IsZero() != closed {
			return nil, err
		}
		at := int64(0)
		if closed {
			at = store.Micros(tx.Now)
		}
		return map[string]string{"name": before.In("vi")}, update(tx, id, "closed_at", at)
	})
}

// putName makes a name and its slug the label's own, or refuses them when
// another label of the sort has them.
func (r *Room) putName(tx *store.Tx, id, lang string, n Name, in field) error {
	var form fault.Form
	folded := fold(n.Name)
	other, err := nameOwner(tx, r.sort, lang, folded)
	if err != nil {
		return err
	}
	if other != "" && other != id {
		form.Refuse(in("name", lang), "error.label.same", "Name", n.Name)
	}
	owner, err := slugOwner(tx, r.sort, lang, n.Slug)
	if err != nil {
		return err
	}
	if owner != "" && owner != id {
		form.Refuse(in("slug", lang), "error.label.slug_taken", "Slug", n.Slug)
	}
	if err := form.Err(); err != nil {
		return err
	}
	if owner == "" {
		if err := insertSlug(tx, slugRow{Sort: string(r.sort), Lang: lang, Slug: n.Slug, LabelID: id}); err != nil {
			return err
		}
	}
	return putName(tx, nameRow{LabelID: id, Lang: lang, Sort: string(r.sort), Name: n.Name, Folded: folded, Slug: n.Slug, Line: n.Line})
}

// field names the form field of a part of a name in a language: a form for one
// language names its fields by part; one for all by both, and has no slugs.
type field func(part, lang string) string

func formFields(part, _ string) string  { return part }
func setupFields(_, lang string) string { return "name_" + lang }
func fold(s string) string              { return vietnamese.Fold(strings.Join(strings.Fields(s), " ")) }

// separator stands between labels where several are typed into one field, and
// therefore in no name.
const separator = ";"

func checkName(form *fault.Form, lang string, n Name, in field) Name {
	if !release.IsLanguage(lang) {
		form.Refuse(in("name", lang), "error.language.unknown")
	}
	n.Name = vietnamese.Line(form, in("name", lang), n.Name, MaxName)
	n.Line = vietnamese.Line(form, in("line", lang), n.Line, MaxLine)
	n.Slug = vietnamese.Line(form, in("slug", lang), n.Slug, MaxName)
	n.FormerSlugs = nil
	if n.Name == "" {
		form.Refuse(in("name", lang), "error.required")
		return n
	}
	if strings.ContainsAny(n.Name, separator) {
		form.Refuse(in("name", lang), "error.label.separator")
	}
	if n.Slug == "" {
		n.Slug = n.Name
	}
	if n.Slug = vietnamese.Slug(n.Slug, MaxSlug); n.Slug == "" {
		form.Refuse(in("slug", lang), "error.section.slug_empty")
	}
	return n
}
