package newsroom

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// maySave says by which post the person may save, given the rule of the state.
func (a *act) maySave(rule saveRule) (account.Post, error) {
	post, ok := a.actor.PostIn(rule.action, a.row.AgencyID, a.row.Lang)
	if !ok {
		_, elsewhere := a.actor.May(rule.action, a.row.AgencyID)
		return post, refused(elsewhere, a.row.Lang, "error.save.role")
	}
	post.Agency = a.row.AgencyID
	if rule.action == account.Write {
		return post, a.isWriter()
	}
	return post, nil
}

// isWriter refuses whoever has no part in the writing of an edition. A text is
// its writers': who began it or wrote some of it, and who stands in for them.
// Beside them the editors of its agency may write any, and translators any
// translation; an original is not theirs (domain: roles).
func (a *act) isWriter() error {
	if _, ok := a.holds(account.WriteAny, account.Roles); ok {
		return nil
	}
	writers := people(a.actor)
	if slices.Contains(writers, a.row.CreatedBy) {
		return nil
	}
	for _, person := range writers {
		wrote, err := authored(a.db(), a.row.ref(), person, 0, a.row.Head)
		if err != nil || wrote {
			return err
		}
	}
	if _, ok := a.holds(account.Translate, account.Roles); ok {
		item, err := loadItem(a.db(), a.row.ItemID)
		if err != nil || item.SourceLang != a.row.Lang {
			return err
		}
	}
	return fault.New(fault.Forbidden, "error.save.others")
}
