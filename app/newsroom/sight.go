package newsroom

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// sight is what a person may see of editions and do with them. What they may
// see, their posts say in whichever language; what they may do, in the edition's
// own alone. Two rules decide: posts in the edition's agency, and answering for an outlet. Whoever
// may withdraw in the agency of an outlet answers for what readers find there,
// whichever agency wrote it: they may see such an edition and withdraw it.
// Being asked to carry one shows no more of it than what is asked (glimpse).
type sight struct {
	actor account.Actor
	// hosts answers the agencies on whose outlets readers find an edition, or
	// found it last.
	hosts func(Ref) ([]string, error)
	// invited answers the agencies that are asked to carry it, or do.
	invited func(Ref) ([]string, error)
}

// see answers no error when an edition exists for this person.
func (s sight) see(row editionRow) error {
	_, err := s.by(row)
	return err
}

// by answers the post by which a person sees an edition: those with a view of
// the agency see all of it, others what they created or saved themselves, or
// what stands on an outlet they answer for.
func (s sight) by(row editionRow) (account.Post, error) {
	post, ok := s.actor.PostFor(account.View, row.AgencyID)
	if !ok && (row.CreatedBy == s.actor.ID || row.SavedBy == s.actor.ID) {
		post, ok = s.actor.PostFor(account.ViewOwn, row.AgencyID)
	}
	if ok {
		post.Agency = row.AgencyID
		return post, nil
	}
	post, ok, err := s.answers(s.actor.PostFor, row)
	if err == nil && !ok {
		err = errNoEdition()
	}
	return post, err
}

// permit answers the post that lets the person do something with an edition
// they see.
func (s sight) permit(action account.Action, row editionRow) (account.Post, bool, error) {
	return s.permitBy(func(action account.Action, agency string) (account.Post, bool) {
		return s.actor.PostIn(action, agency, row.Lang)
	}, action, row)
}

// permission answers the post that permits something within an agency.
type permission func(account.Action, string) (account.Post, bool)

// permitBy is permit by the posts that count.
func (s sight) permitBy(post permission, action account.Action, row editionRow) (account.Post, bool, error) {
	if found, ok := post(action, row.AgencyID); ok {
		found.Agency = row.AgencyID
		return found, true, nil
	}
	if action != account.Withdraw {
		return account.Post{}, false, nil
	}
	return s.answers(post, row)
}

// demand is permit for those who would do it now. Whoever may do it in another
// language is told that it is the language.
func (s sight) demand(action account.Action, row editionRow) (account.Post, error) {
	post, ok, err := s.permit(action, row)
	if err != nil || ok {
		return post, err
	}
	_, elsewhere, err := s.permitBy(s.actor.PostFor, action, row)
	if err != nil {
		return post, err
	}
	return post, refused(elsewhere, row.Lang, "error.verb.role")
}

// refused is why a person may not do something: the language, where they may in
// another one.
func refused(elsewhere bool, lang, role string) error {
	if elsewhere {
		return fault.New(fault.Forbidden, "error.verb.language", "Language", fault.Language(lang))
	}
	return fault.New(fault.Forbidden, role)
}

// glimpse says whether a person sees all of an edition, or no more than those
// do who are asked to carry it; for others there is none.
func (s sight) glimpse(row editionRow) (whole bool, err error) {
	err = s.see(row)
	if fault.KindOf(err) != fault.NotFound || row.offered() == 0 {
		return err == nil, err
	}
	if asked, failed := s.asked(row); asked || failed != nil {
		return false, failed
	}
	return false, err
}

// asked says whether the person has to do with an outlet that carries the
// edition, or is asked to. What the confidentiality reviewer has stopped is
// nobody else's business.
func (s sight) asked(row editionRow) (bool, error) {
	if row.BlockedAt != 0 || !s.actor.MayAnywhere(account.WordPlacement) {
		return false, nil
	}
	agencies, err := s.invited(row.ref())
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(agencies, func(agency string) bool {
		_, ok := s.actor.May(account.WordPlacement, agency)
		return ok
	}), nil
}

// answers says whether the person answers for an outlet on which the edition
// stands, and by which post of those that count.
func (s sight) answers(post permission, row editionRow) (account.Post, bool, error) {
	if Live(row.Live) == NeverLive || !s.actor.MayAnywhere(account.Withdraw) {
		return account.Post{}, false, nil
	}
	hosts, err := s.hosts(row.ref())
	if err != nil {
		return account.Post{}, false, err
	}
	for _, agency := range hosts {
		if found, ok := post(account.Withdraw, agency); ok {
			found.Agency = agency
			return found, true, nil
		}
	}
	return account.Post{}, false, nil
}

// seen keeps the editions that exist for this person.
func (s sight) seen(rows []editionRow) ([]Edition, error) {
	var failed error
	rows = slices.DeleteFunc(rows, func(r editionRow) bool {
		err := s.see(r)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			failed = err
		}
		return err != nil
	})
	return editionsOf(rows), failed
}
