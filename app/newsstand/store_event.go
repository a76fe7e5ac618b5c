package newsstand

import (
	"encoding/json"
	"time"

	"doingoai/app/kind"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type eventRow struct {
	Outlet string `gorm:"column:outlet"`
	Lang   string `gorm:"column:lang"`
	ID     string `gorm:"column:id"`
	Starts int64  `gorm:"column:starts"`
	Ends   int64  `gorm:"column:ends"`
	Card   string `gorm:"column:card"`
}

func (eventRow) TableName() string { return "event" }

// listEvent puts an event on the calendars of its outlets. What has no time, and
// no event, stands on none.
func listEvent(tx *store.Tx, a *release.Article) error {
	h, ok := a.Facts.Happening()
	if kind.Kind(a.Kind) != kind.Event || !ok {
		return nil
	}
	var rows []eventRow
	for _, outlet := range unique(a.Outlets) {
		card, err := json.Marshal(cardOf(a, outlet))
		if err != nil {
			return err
		}
		rows = append(rows, eventRow{outlet, a.Lang, a.ID, store.Micros(h.Starts), store.Micros(h.Ends), string(card)})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.Create(&rows).Error
}

func forgetEvent(tx *store.Tx, key release.Key) error {
	return tx.DB.Exec("DELETE FROM event WHERE id = ? AND lang = ?", key.ID, key.Lang).Error
}

// loadEvents reads events of an outlet that take place between two moments, in
// their order.
func loadEvents(db *gorm.DB, outlet, lang string, from, until time.Time, limit int) ([]Card, error) {
	var cards []string
	err := db.Raw(`SELECT card FROM event WHERE outlet = ? AND lang = ? AND ends > ? AND starts < ? ORDER BY starts, ends, id LIMIT ?`,
		outlet, lang, store.Micros(from), store.Micros(until), limit).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadOver reads a stretch of the events that are over, the newest first.
func loadOver(db *gorm.DB, outlet, lang string, now time.Time, offset, limit int) ([]Card, error) {
	var cards []string
	err := db.Raw(`SELECT card FROM event WHERE outlet = ? AND lang = ? AND ends <= ? ORDER BY ends DESC, id LIMIT ? OFFSET ?`,
		outlet, lang, store.Micros(now), limit, offset).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

func countOver(db *gorm.DB, outlet, lang string, now time.Time) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM event WHERE outlet = ? AND lang = ? AND ends <= ?", outlet, lang, store.Micros(now)).Scan(&n).Error
	return n, err
}

// loadTurns reads when something begins or ends, in order.
func loadTurns(db *gorm.DB) ([]int64, error) {
	var turns []int64
	err := db.Raw("SELECT starts FROM event UNION SELECT ends FROM event ORDER BY 1").Scan(&turns).Error
	return turns, err
}

// countEvents counts what stands on all calendars, for the comparison with the
// documents.
func countEvents(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM event").Scan(&n).Error
	return n, err
}
