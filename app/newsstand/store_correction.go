package newsstand

import (
	"encoding/json"
	"time"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type correctionRow struct {
	Outlet string `gorm:"column:outlet"`
	Lang   string `gorm:"column:lang"`
	At     int64  `gorm:"column:at"`
	ID     string `gorm:"column:id"`
	Number int    `gorm:"column:number"`
	Card   string `gorm:"column:card"`
}

func (correctionRow) TableName() string { return "correction" }

// listCorrections puts the corrections of an article on the lists of outlets,
// in place of those that were there.
func listCorrections(tx *store.Tx, key release.Key, lists map[string][]Corrected) error {
	var rows []correctionRow
	for outlet, corrections := range lists {
		for _, c := range corrections {
			card, err := json.Marshal(c)
			if err != nil {
				return err
			}
			rows = append(rows, correctionRow{outlet, c.Lang, store.Micros(c.At), c.ID, c.Number, string(card)})
		}
	}
	if err := tx.DB.Exec("DELETE FROM correction WHERE id = ? AND lang = ?", key.ID, key.Lang).Error; err != nil || len(rows) == 0 {
		return err
	}
	return tx.DB.CreateInBatches(&rows, 200).Error
}

// loadCorrections reads a stretch of an outlet's corrections since a moment, newest first.
func loadCorrections(db *gorm.DB, outlet, lang string, since time.Time, offset, limit int) ([]Corrected, error) {
	var cards []string
	err := db.Raw(`SELECT card FROM correction WHERE outlet = ? AND lang = ? AND at >= ?
		ORDER BY at DESC, id DESC, number DESC LIMIT ? OFFSET ?`, outlet, lang, store.Micros(since), limit, offset).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	list := make([]Corrected, len(cards))
	for i, card := range cards {
		if err := json.Unmarshal([]byte(card), &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func countCorrections(db *gorm.DB, outlet, lang string) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM correction WHERE outlet = ? AND lang = ?", outlet, lang).Scan(&n).Error
	return n, err
}

// countAllCorrections counts what stands on all lists, for the comparison with
// the documents.
func countAllCorrections(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM correction").Scan(&n).Error
	return n, err
}
