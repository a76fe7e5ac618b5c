package newsstand

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type usedProofRow struct {
	ID    string `gorm:"column:id"`
	Until int64  `gorm:"column:until"`
}

func (usedProofRow) TableName() string { return "used_proof" }

func countUsed(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM used_proof").Scan(&n).Error
	return n, err
}

func forgetUsed(tx *store.Tx, before time.Time) error {
	return tx.DB.Exec("DELETE FROM used_proof WHERE until < ?", store.Micros(before)).Error
}

// insertUsed says whether it was not there before.
func insertUsed(tx *store.Tx, id string, until time.Time) (bool, error) {
	done := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&usedProofRow{ID: id, Until: store.Micros(until)})
	return done.RowsAffected == 1, done.Error
}
