package newsroom

import (
	"doingoai/app/account"

	"gorm.io/gorm"
)

// waitingRow is an edition with the turn by which it waits for somebody.
type waitingRow struct {
	Edition    editionRow `gorm:"embedded"`
	Verb       string     `gorm:"column:verb"`
	Role       string     `gorm:"column:role"`
	PersonID   string     `gorm:"column:person_id"`
	TurnAgency string     `gorm:"column:turn_agency"`
	Since      int64      `gorm:"column:since"`
	Due        int64      `gorm:"column:due"`
}

// loadWaiting answers the turns of a person: by their posts, by their name,
// and by the names of those they stand in for. What they may not decide,
// because they wrote it, is no turn of theirs, nor is the revising of what they
// translated, nor anything with an edition that they do not see any more; whose
// turn it is to carry one was asked to, and sees that much of it. Drafts
// come last, so that a drawer full of them hides nothing. An empty ref stands
// for every edition. Nothing here is an EXISTS: see stands.
func loadWaiting(db *gorm.DB, actor account.Actor, l listing, ref Ref, limit int) ([]waitingRow, error) {
	if actor.ID == "" {
		return nil, nil
	}
	which, values := "turn.person_id IN ?", []any{people(actor)}
	for agency, roles := range postsByAgency(actor) {
		which, values = which+" OR turn.agency_id = ? AND turn.role IN ?", append(values, agency, roles)
	}
	q := db.Table("turn").Joins("JOIN edition ON edition.item_id = turn.item_id AND edition.lang = turn.lang").
		Select("edition.*, turn.verb, turn.role, turn.person_id, turn.agency_id AS turn_agency, turn.since, turn.due").
		Where("("+which+")", values...).
		Where(`NOT (turn.verb IN ? AND (turn.verb = ? AND edition.urgent_by = ? OR (SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang
			AND (r.number <= edition.live_revision OR turn.verb <> ?) AND r.author_id = ?
			AND r.number > COALESCE((SELECT MAX(p.revision) FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang
				AND (p.revision < edition.live_revision OR turn.verb <> ?)), 0) LIMIT 1) IS NOT NULL))`,
			[]Verb{Approve, Confirm, Clear}, Confirm, actor.ID, Confirm, actor.ID, Confirm)
	q = q.Where("NOT (turn.verb IN ? AND edition.state IN ? AND "+translates+")",
		[]Verb{Take, Pass}, []State{Submitted, Editing}, actor.ID, writersStates)
	q = q.Where("NOT (turn.verb = ? AND "+nothingToCarry+")", Carry, Proposed, Carried, actor.ID, actor.ID)
	if !l.all { // the edition in the subquery hides the one outside of it
		q = q.Where("(turn.verb IN ? OR (?) IS NOT NULL)", carryVerbs, l.visible(db.Model(&editionRow{}).Select("1").Where("edition.item_id = turn.item_id AND edition.lang = turn.lang")).Limit(1))
	}
	if ref != (Ref{}) {
		q = q.Where("turn.item_id = ? AND turn.lang = ?", ref.Item, ref.Lang)
	}
	var rows []waitingRow
	err := q.Order("CASE WHEN edition.state = 'draft' THEN 1 ELSE 0 END, turn.since, turn.item_id, turn.lang, turn.verb").Limit(limit).Scan(&rows).Error
	return rows, err
}

// nothingToCarry is the condition of a turn by which an outlet is to decide about
// a story, where the person may not: every decision is about words of their own,
// or they wrote some of the text.
const nothingToCarry = `((SELECT 1 FROM placement p JOIN outlet o ON o.id = p.outlet_id
		WHERE p.item_id = edition.item_id AND p.lang = edition.lang AND o.agency_id = turn.agency_id
		AND (p.state = ? OR p.state = ? AND p.draft <> '') AND (p.draft = '' OR p.drafted_by <> ?) LIMIT 1) IS NULL
	OR (SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND r.author_id = ?
		AND r.number <= CASE WHEN edition.live = 'live' THEN edition.live_revision ELSE edition.approved END LIMIT 1) IS NOT NULL)`

// people are the actor and those whose place they take.
func people(actor account.Actor) []string {
	ids := []string{actor.ID}
	for _, p := range actor.Posts {
		if p.For != "" {
			ids = append(ids, p.For)
		}
	}
	return ids
}

func postsByAgency(actor account.Actor) map[string][]string {
	posts := map[string][]string{}
	for _, p := range actor.Posts {
		posts[p.Agency] = append(posts[p.Agency], string(p.Role))
	}
	return posts
}
