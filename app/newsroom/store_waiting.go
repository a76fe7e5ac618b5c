package newsroom

import "gorm.io/gorm"

// waiting asks for editions in one state that wait for somebody.
type waiting struct {
	state        State
	agencies     []string
	all          bool
	creator      string // only those this person created
	notWrittenBy string // only those this person wrote nothing of since the last approval
}

func loadWaiting(db *gorm.DB, w waiting, limit int) ([]editionRow, error) {
	q := db.Where("state = ?", string(w.state))
	if !w.all {
		q = q.Where("agency_id IN ?", w.agencies)
	}
	if w.creator != "" {
		q = q.Where("created_by = ?", w.creator)
	}
	if w.notWrittenBy != "" {
		q = q.Where(`NOT EXISTS (SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang
			AND r.number > edition.approved AND r.author_id = ?)`, w.notWrittenBy)
	}
	var rows []editionRow
	err := q.Order("state_at, item_id, lang").Limit(limit).Find(&rows).Error
	return rows, err
}
