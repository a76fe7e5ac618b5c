package newsstand

import (
	"encoding/json"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// loadHeard reads the newest cards of some sections that are listened to.
func loadHeard(db *gorm.DB, outlet, lang string, sections []string, limit int) ([]Card, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return nil, err
	}
	var cards []string
	err = db.Raw(`SELECT card FROM listing WHERE outlet = ? AND lang = ? AND section IN (SELECT value FROM json_each(?))
		AND substr(card ->> '$.plays.type', 1, 6) = 'audio/' ORDER BY published DESC, id DESC LIMIT ?`, outlet, lang, string(names), limit).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadWithdrawn reads what an outlet has withdrawn since a moment, from some
// sections or, where none are named, from any.
func loadWithdrawn(db *gorm.DB, outlet, lang string, sections []string, since time.Time, limit int) ([]Withdrawn, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return nil, err
	}
	var rows []documentRow
	err = db.Raw(`SELECT id, at FROM document WHERE kind = 'article' AND op = 'withdraw' AND lang = ? AND at >= ?
			AND EXISTS (SELECT 1 FROM json_each(body, '$.outlets') WHERE value = ?)
			AND (? = 0 OR body ->> '$.section' IN (SELECT value FROM json_each(?)))
		ORDER BY at DESC, id DESC LIMIT ?`, lang, store.Micros(since), outlet, len(sections), string(names), limit).Scan(&rows).Error
	list := make([]Withdrawn, len(rows))
	for i, row := range rows {
		list[i] = Withdrawn{row.ID, store.Time(row.At)}
	}
	return list, err
}
