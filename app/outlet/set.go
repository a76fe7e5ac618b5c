package outlet

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// SetHosts gives an outlet its host names; the first one is canonical.
func (r *Room) SetHosts(ctx context.Context, actor account.Actor, id string, hosts []string) error {
	var form fault.Form
	hosts = checkHosts(&form, hosts)
	return r.set(ctx, actor, id, "outlet.hosts", form.Err(), func(_ *store.Tx, o *Outlet, others []Outlet) (map[string]string, error) {
		refuseTaken(&form, hosts, others)
		detail := changed("hosts", strings.Join(o.Hosts, " "), strings.Join(hosts, " "))
		o.Hosts = hosts
		return detail, form.Err()
	})
}

// SetText gives an outlet what it says of itself in a language. It may be one
// that is not offered yet: first the words, then the readers (SetLanguages).
func (r *Room) SetText(ctx context.Context, actor account.Actor, id, lang string, text release.OutletText) error {
	var form fault.Form
	if !release.IsLanguage(lang) {
		return fault.New(fault.NotFound, "error.language.unknown")
	}
	text = checkText(&form, text, formFields)
	return r.set(ctx, actor, id, "outlet.text", form.Err(), func(_ *store.Tx, o *Outlet, _ []Outlet) (map[string]string, error) {
		if o.Texts[lang] == text {
			return nil, nil
		}
		detail := map[string]string{"lang": lang, "name": text.Name, "name.before": o.Texts[lang].Name}
		o.Texts[lang] = text
		return detail, nil
	})
}

// SetLanguages says in which languages readers are offered an outlet, in the
// order of the switcher; the first is the default. One that was offered once
// stays, because its addresses answer for ever; a new one needs a name first.
func (r *Room) SetLanguages(ctx context.Context, actor account.Actor, id string, languages []string) error {
	return r.set(ctx, actor, id, "outlet.languages", nil, func(_ *store.Tx, o *Outlet, _ []Outlet) (map[string]string, error) {
		var form fault.Form
		for i, lang := range languages {
			if !release.IsLanguage(lang) || slices.Contains(languages[:i], lang) {
				form.Refuse("languages", "error.language.unknown")
			} else if o.Texts[lang].Name == "" {
				form.Refuse("languages", "error.outlet.language_nameless")
			}
		}
		for _, lang := range o.Languages {
			if !slices.Contains(languages, lang) {
				form.Refuse("languages", "error.outlet.language_stays")
			}
		}
		detail := changed("languages", strings.Join(o.Languages, " "), strings.Join(languages, " "))
		o.Languages = languages
		return detail, form.Err()
	})
}

// SetLook gives an outlet a theme, and an accent of its own or, with "", the
// theme's. An accent that could not be read on light paper is refused.
func (r *Room) SetLook(ctx context.Context, actor account.Actor, id, theme, accent string) error {
	var form fault.Form
	if !codeForm.MatchString(theme) {
		form.Refuse("theme", "error.code")
	}
	accent = checkAccent(&form, accent)
	return r.set(ctx, actor, id, "outlet.look", form.Err(), func(_ *store.Tx, o *Outlet, _ []Outlet) (map[string]string, error) {
		detail := changed("look", strings.TrimSpace(o.Theme+" "+o.Accent), strings.TrimSpace(theme+" "+accent))
		o.Theme, o.Accent = theme, accent
		return detail, nil
	})
}

// SetMenu says which sections stand in an outlet's menu in a language, in
// their order; without any all do.
func (r *Room) SetMenu(ctx context.Context, actor account.Actor, id, lang string, sections []string) error {
	return r.set(ctx, actor, id, "outlet.menu", nil, func(tx *store.Tx, o *Outlet, _ []Outlet) (map[string]string, error) {
		if !slices.Contains(o.Languages, lang) {
			return nil, fault.New(fault.NotFound, "error.language.unknown")
		}
		unknown, err := unknownSection(tx, sections)
		if err != nil {
			return nil, err
		}
		var form fault.Form
		if unknown != "" || len(slices.Compact(slices.Sorted(slices.Values(sections)))) < len(sections) {
			form.Refuse("sections", "error.section.unknown")
		}
		detail := changed("menu", strings.Join(o.Menus[lang], " "), strings.Join(sections, " "))
		if detail != nil {
			detail["lang"] = lang
		}
		if o.Menus[lang] = sections; len(sections) == 0 {
			delete(o.Menus, lang)
		}
		return detail, form.Err()
	})
}

// SetDefault makes an outlet the one that answers for hosts nobody has.
func (r *Room) SetDefault(ctx context.Context, actor account.Actor, id string) error {
	return r.set(ctx, actor, id, "outlet.default", nil, func(tx *store.Tx, o *Outlet, others []Outlet) (map[string]string, error) {
		if o.Default {
			return nil, nil
		}
		o.Default = true
		role, _ := actor.May(account.ManageSite, o.Agency) // set has asked
		return map[string]string{}, r.retire(tx, by{actor, role}, others)
	})
}

// Inherit gives the outlets of an agency to the one that takes its place, as
// part of the act by which agencies become one, and answers how many.
func (r *Room) Inherit(tx *store.Tx, actor account.Actor, from, to string) (int, error) {
	all, err := list(tx.DB)
	if err != nil {
		return 0, err
	}
	role, _ := actor.May(account.ManageSite, to) // the agencies' room has asked whether they may
	n := 0
	for _, o := range all {
		if o.Agency != from {
			continue
		}
		n++
		o.Agency = to
		if err := r.change(tx, by{actor, role}, "outlet.agency", o, map[string]string{"agency": to}); err != nil {
			return n, err
		}
	}
	return n, nil
}

// changed is the detail of a change for the audit trail, nil when there is none.
func changed(name, before, after string) map[string]string {
	if before == after {
		return nil
	}
	return map[string]string{name: after, name + ".before": before}
}

// set changes one outlet. f is given the outlet and the others, and answers
// the detail for the audit trail; without one nothing has changed. What was
// wrong with the form is told only to those who may.
func (r *Room) set(ctx context.Context, actor account.Actor, id, verb string, refusal error, f func(tx *store.Tx, o *Outlet, others []Outlet) (map[string]string, error)) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		all, err := list(tx.DB)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(o Outlet) bool { return o.ID == id })
		if i < 0 {
			return errUnknown()
		}
		o := all[i]
		role, ok := actor.May(account.ManageSite, o.Agency)
		if !ok {
			return fault.New(fault.Forbidden, "error.forbidden.title")
		}
		if refusal != nil {
			return refusal
		}
		detail, err := f(tx, &o, slices.Delete(all, i, i+1))
		if err != nil || detail == nil {
			return err
		}
		return r.change(tx, by{actor, role}, verb, o, detail)
	})
}
