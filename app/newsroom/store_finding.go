package newsroom

import (
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// explanationRow is why a finding is right.
type explanationRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Key      string `gorm:"column:key"`
	Reason   string `gorm:"column:reason"`
	PersonID string `gorm:"column:person_id"`
	At       int64  `gorm:"column:at"`
}

func (explanationRow) TableName() string { return "explanation" }

// explained adds to what was found what was said of it.
func explained(db *gorm.DB, ref Ref, found []Finding) ([]Finding, error) {
	var rows []explanationRow
	if err := db.Where(byRef, ref.Item, ref.Lang).Find(&rows).Error; err != nil {
		return nil, err
	}
	said := map[string]explanationRow{}
	for _, r := range rows {
		said[r.Key] = r
	}
	for i := range found {
		if r, ok := said[found[i].Key]; ok && !found[i].Locked {
			found[i].Reason, found[i].By, found[i].At = r.Reason, r.PersonID, store.Time(r.At)
		}
	}
	return found, nil
}

func putExplanation(tx *store.Tx, ref Ref, key, reason, person string) error {
	if reason == "" {
		return tx.DB.Exec("DELETE FROM explanation WHERE "+byRef+" AND key = ?", ref.Item, ref.Lang, key).Error
	}
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "item_id"}, {Name: "lang"}, {Name: "key"}},
		DoUpdates: clause.AssignmentColumns([]string{"reason", "person_id", "at"}),
	}).Create(&explanationRow{ref.Item, ref.Lang, key, reason, person, store.Micros(tx.Now)}).Error
}
