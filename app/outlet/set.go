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
	return r.set(ctx, actor, id, "outlet.hosts", form.Err(), func(o *Outlet, others []Outlet) (map[string]string, error) {
		refuseTaken(&form, hosts, others)
		detail := map[string]string{"hosts": strings.Join(hosts, " "), "hosts.before": strings.Join(o.Hosts, " ")}
		if slices.Equal(o.Hosts, hosts) {
			detail = nil
		}
		o.Hosts = hosts
		return detail, form.Err()
	})
}

// SetText gives an outlet what it says of itself in one of its languages.
func (r *Room) SetText(ctx context.Context, actor account.Actor, id, lang string, text release.OutletText) error {
	var form fault.Form
	text = checkText(&form, text, formFields)
	return r.set(ctx, actor, id, "outlet.text", form.Err(), func(o *Outlet, _ []Outlet) (map[string]string, error) {
		if !slices.Contains(o.Languages, lang) {
			return nil, fault.New(fault.NotFound, "error.language.unknown")
		}
		if o.Texts[lang] == text {
			return nil, nil
		}
		detail := map[string]string{"lang": lang, "name": text.Name, "name.before": o.Texts[lang].Name}
		o.Texts[lang] = text
		return detail, nil
	})
}

// set changes one outlet. f is given the outlet and the others, and answers
// the detail for the audit trail; without one nothing has changed. What was
// wrong with the form is told only to those who may.
func (r *Room) set(ctx context.Context, actor account.Actor, id, verb string, refusal error, f func(o *Outlet, others []Outlet) (map[string]string, error)) error {
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
		detail, err := f(&o, slices.Delete(all, i, i+1))
		if err != nil || detail == nil {
			return err
		}
		return r.change(tx, by{actor, role}, verb, o, detail)
	})
}
