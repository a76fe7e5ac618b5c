package newsroom

import (
	"strings"

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

// queue is where turns stand in a row: those of a role in an agency for a verb,
// or those of some people, by name.
type queue struct {
	AgencyID, Role, Verb string
}

// of narrows a query to the turns of a queue that are a person's. Those of a
// role are theirs in the languages of the posts by which they have it; what is
// asked of them by name, in those of any post they have in the agency.
func (q queue) of(db *gorm.DB, actor account.Actor) *gorm.DB {
	if q.Role != "" {
		db = db.Where("turn.agency_id = ? AND turn.role = ? AND turn.verb = ?", q.AgencyID, q.Role, q.Verb)
		if langs := languagesOf(actor, func(p account.Post) bool { return p.Agency == q.AgencyID && string(p.Role) == q.Role }); langs != nil {
			db = db.Where("turn.lang IN ?", []string(langs))
		}
		return db
	}
	db = db.Where("turn.person_id IN ? AND turn.verb = ?", people(actor), q.Verb)
	for agency := range postsByAgency(actor) {
		if langs := languagesOf(actor, func(p account.Post) bool { return p.Agency == agency }); langs != nil {
			db = db.Where("NOT (turn.agency_id = ? AND turn.lang NOT IN ?)", agency, []string(langs))
		}
	}
	return db
}

// languagesOf are those to which some posts together are limited, nil when they
// are not: one of them counts in every language, or there is none.
func languagesOf(actor account.Actor, which func(account.Post) bool) (langs account.Languages) {
	for _, p := range actor.Posts {
		if !which(p) {
			continue
		}
		if len(p.Languages) == 0 {
			return nil
		}
		langs = union(langs, p.Languages)
	}
	return langs
}

// loadWaiting answers the turns of a person, the oldest of each queue: by their
// posts, by their name, and by the names of those they stand in for. What they
// may not decide, because they wrote it, is no turn of theirs, nor is the
// revising of what they translated, nor anything with an edition that they do
// not see any more; whose turn it is to carry one was asked to, and sees that
// much of it. An empty ref stands for every edition. Each queue is read by itself, from its beginning: thousands of turns may stand in it, and of
// those only the first are looked at. Nothing here is an EXISTS: see stands.
func loadWaiting(db *gorm.DB, actor account.Actor, l listing, ref Ref, limit int) ([]waitingRow, error) {
	if actor.ID == "" {
		return nil, nil
	}
	queues, err := loadQueues(db, actor, l, ref)
	if err != nil || len(queues) == 0 {
		return nil, err
	}
	var parts []string
	var queries []any
	for _, queue := range queues {
		q := queue.of(db.Table("turn"), actor).
			Joins("JOIN edition ON edition.item_id = turn.item_id AND edition.lang = turn.lang").
			Select("edition.*, turn.verb, turn.role, turn.person_id, turn.agency_id AS turn_agency, turn.since, turn.due")
		q = mayDecide(q, actor, Verb(queue.Verb))
		if !l.all && !Verb(queue.Verb).Carries() { // the edition in the subquery hides the one outside of it
			q = q.Where("(?) IS NOT NULL", l.visible(db.Model(&editionRow{}).Select("1").Where("edition.item_id = turn.item_id AND edition.lang = turn.lang")).Limit(1))
		}
		if ref != (Ref{}) {
			q = q.Where("turn.item_id = ? AND turn.lang = ?", ref.Item, ref.Lang)
		}
		if l.only != nil {
			q = q.Where("edition.translated")
		}
		if l.Lang != "" {
			q = q.Where("turn.lang = ?", l.Lang)
		}
		if Verb(queue.Verb) == Submit { // a drawer full of drafts hides no text that was returned
			q = q.Order("CASE WHEN edition.state = 'draft' THEN 1 ELSE 0 END")
		}
		parts, queries = append(parts, "SELECT * FROM (?) AS queue"), append(queries, q.Order("turn.since, turn.item_id, turn.lang").Limit(limit))
	}
	var rows []waitingRow
	err = db.Raw(strings.Join(parts, " UNION ALL "), queries...).Scan(&rows).Error
	return rows, err
}

// loadQueues answers the queues in which something of this person stands.
func loadQueues(db *gorm.DB, actor account.Actor, l listing, ref Ref) ([]queue, error) {
	which, values := "person_id IN ?", []any{people(actor)}
	for agency, roles := range postsByAgency(actor) {
		which, values = which+" OR agency_id = ? AND role IN ?", append(values, agency, roles)
	}
	// What is somebody's by name is one queue, whichever the agency.
	q := db.Table("turn").Select("DISTINCT CASE WHEN role = '' THEN '' ELSE agency_id END AS agency_id, role, verb").Where("("+which+")", values...)
	if ref != (Ref{}) {
		q = q.Where(byRef, ref.Item, ref.Lang)
	}
	if l.only != nil {
		q = q.Where("verb IN ?", l.only)
	}
	var queues []queue
	err := q.Order("verb, agency_id, role").Scan(&queues).Error
	return queues, err
}

// mayDecide leaves out what is asked of a role, but not of this person in it.
func mayDecide(q *gorm.DB, actor account.Actor, verb Verb) *gorm.DB {
	switch verb {
	case Confirm: // of what readers have, every writer since the last approval before
		q = q.Where("edition.urgent_by <> ?", actor.ID)
		return q.Where(`(SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND r.number <= edition.live_revision AND r.author_id = ?
			AND r.number > COALESCE((SELECT MAX(p.revision) FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang
				AND p.revision < edition.live_revision), 0) LIMIT 1) IS NULL`, actor.ID)
	case Approve, Clear:
		return q.Where(`(SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND r.author_id = ?
			AND r.number > COALESCE((SELECT MAX(p.revision) FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang), 0) LIMIT 1) IS NULL`, actor.ID)
	case Take, Pass:
		return q.Where("NOT (edition.state IN ? AND "+translates+")", []State{Submitted, Editing}, actor.ID, writersStates)
	case Publish, Schedule:
		return q.Where("NOT (edition.bound AND "+awaitsOthers+")", releasable)
	case Carry:
		return q.Where("NOT "+nothingToCarry, Proposed, Carried, actor.ID, actor.ID)
	}
	return q
}

// awaitsOthers is the condition of a turn by which an edition is to be released,
// where another language of its set is not approved: nobody can release it yet.
const awaitsOthers = `(SELECT 1 FROM release_set_member m LEFT JOIN edition other ON other.item_id = m.item_id AND other.lang = m.lang
	WHERE m.item_id = edition.item_id AND (other.state IS NULL OR other.state NOT IN ?) LIMIT 1) IS NOT NULL`

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
