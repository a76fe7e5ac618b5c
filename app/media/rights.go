package media

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Licence is on what ground a file may be used.
type Licence string

// The licences that are told apart. Of a file nobody has said anything about,
// it is "".
const (
	OwnWork      Licence = "own"
	Permission   Licence = "permission" // of the agency or person whose it is
	CCBY         Licence = "cc_by"
	CCBYSA       Licence = "cc_by_sa"
	PublicDomain Licence = "public_domain"
	Purchased    Licence = "purchased"
	OtherLicence Licence = "other"
)

// Licences lists them in the order people are shown them.
var Licences = []Licence{OwnWork, Permission, CCBY, CCBYSA, PublicDomain, Purchased, OtherLicence}

// Rights say whose a file is and on which terms it may be used.
type Rights struct {
	Credit  string
	Licence Licence
	Terms   string
	Expires time.Time // zero: never
	Shared  bool      // other agencies may use it
}

// SetRights says whose a file of one's agency is, and on which terms it may be
// used. version is that of the description the person saw, as in Describe.
func (r *Room) SetRights(ctx context.Context, actor account.Actor, hash string, version int, rights Rights) error {
	return r.change(ctx, actor, account.LicenseMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		rights.Credit, rights.Terms = tidy(rights.Credit), tidy(rights.Terms)
		if err := rights.check(); err != nil {
			return audit.Entry{}, err
		}
		if m.Version != version {
			return audit.Entry{}, errMovedOn()
		}
		detail := m.Rights.changes(rights)
		m.Rights = rights
		return audit.Entry{Verb: "media.rights", Detail: detail}, update(tx, hash, map[string]any{
			"credit": rights.Credit, "licence": string(rights.Licence), "terms": rights.Terms, "expires_at": store.Micros(rights.Expires),
			"shared": rights.Shared, "search": m.searchText(), "version": version + 1,
		})
	})
}

func (r Rights) check() error {
	var form fault.Form
	checkLength(&form, "credit", r.Credit, MaxCredit)
	checkLength(&form, "terms", r.Terms, MaxTerms)
	switch {
	case r.Licence != "" && !slices.Contains(Licences, r.Licence):
		form.Refuse("licence", "error.invalid")
	case (r.Licence == CCBY || r.Licence == CCBYSA) && r.Credit == "":
		form.Refuse("credit", "error.media.credit")
	}
	return form.Err()
}

// changes is what the trail has of new rights: what is different, with what it
// was before.
func (r Rights) changes(to Rights) map[string]string {
	detail := map[string]string{}
	note := func(name, before, now string) {
		if before != now {
			detail[name], detail[name+".before"] = now, before
		}
	}
	note("credit", r.Credit, to.Credit)
	note("licence", string(r.Licence), string(to.Licence))
	note("terms", r.Terms, to.Terms)
	note("rights_until", moment(r.Expires), moment(to.Expires))
	note("shared", yesNo(r.Shared), yesNo(to.Shared))
	return detail
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Expired says whether the rights in a file are over.
func (m Media) Expired(now time.Time) bool {
	return !m.Rights.Expires.IsZero() && !now.Before(m.Rights.Expires)
}

// Expiring says whether the rights in a file are over, or soon will be.
func (m Media) Expiring(now time.Time) bool { return m.Expired(now.Add(soon)) }

// Publishable answers why readers cannot be given a file now: it was deleted,
// or its rights are over.
func (m Media) Publishable(now time.Time) error {
	switch {
	case !m.DeletedAt.IsZero():
		return fault.New(fault.Invalid, "error.media.deleted", "Name", m.FileName)
	case m.Expired(now):
		return fault.New(fault.Invalid, "error.media.expired", "Name", m.FileName, "Time", m.Rights.Expires)
	}
	return nil
}

// Usable answers why a file cannot be put into a text of an agency now.
func (m Media) Usable(agency string, now time.Time) error {
	if !m.Rights.Shared && !slices.Contains(m.Holders, agency) {
		return fault.New(fault.Invalid, "error.media.not_shared", "Name", m.FileName)
	}
	return m.Publishable(now)
}

// MaySee says whether somebody finds a file in the library: they look after
// the files of an agency that brought it, or it is shared.
func (m Media) MaySee(actor account.Actor) bool {
	if m.Rights.Shared {
		return actor.MayAnywhere(account.BrowseMedia)
	}
	return slices.ContainsFunc(m.Holders, func(agency string) bool {
		_, ok := actor.May(account.BrowseMedia, agency)
		return ok
	})
}
