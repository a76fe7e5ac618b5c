package newsroom

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type presenceRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	PersonID string `gorm:"column:person_id"`
	Page     string `gorm:"column:page"`
	Writing  bool   `gorm:"column:writing"`
	Ends     int64  `gorm:"column:ends"`
}

func (presenceRow) TableName() string { return "presence" }

// believed narrows a query to pages that count as open. One that would end
// later than any can was noted by a clock that was put right since.
func believed(db *gorm.DB, now time.Time) *gorm.DB {
	return db.Where("ends > ? AND ends <= ?", store.Micros(now), store.Micros(now.Add(2*presenceLease)))
}

func loadPages(tx *store.Tx, ref Ref, person string) ([]presenceRow, error) {
	var rows []presenceRow
	err := believed(tx.DB, tx.Now).Where(byRef+" AND person_id = ?", ref.Item, ref.Lang, person).Find(&rows).Error
	return rows, err
}

func putPresence(tx *store.Tx, row presenceRow) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "item_id"}, {Name: "lang"}, {Name: "person_id"}, {Name: "page"}},
		DoUpdates: clause.AssignmentColumns([]string{"writing", "ends"}),
	}).Create(&row).Error
}

func deletePresence(tx *store.Tx, ref Ref, person, page string) (gone bool, err error) {
	done := tx.DB.Exec("DELETE FROM presence WHERE "+byRef+" AND person_id = ? AND page = ?", ref.Item, ref.Lang, person, page)
	return done.RowsAffected > 0, done.Error
}

func deletePassed(tx *store.Tx) error {
	return tx.DB.Exec("DELETE FROM presence WHERE ends <= ? OR ends > ?", store.Micros(tx.Now), store.Micros(tx.Now.Add(2*presenceLease))).Error
}

func loadPresent(db *gorm.DB, editions []Edition, now time.Time) ([]presenceRow, error) {
	if len(editions) == 0 {
		return nil, nil
	}
	refs := make([][]any, len(editions))
	for i, e := range editions {
		refs[i] = []any{e.Ref.Item, e.Ref.Lang}
	}
	var rows []presenceRow
	err := believed(db, now).Where("(item_id, lang) IN ?", refs).Order("writing DESC, person_id, page").Find(&rows).Error
	return rows, err
}
