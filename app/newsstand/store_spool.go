package newsstand

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type spoolRow struct {
	ID        string `gorm:"column:id"`
	Body      string `gorm:"column:body"`
	CreatedAt int64  `gorm:"column:created_at"`
	Tries     int64  `gorm:"column:tries"`
	RefusedAt int64  `gorm:"column:refused_at"`
}

func (spoolRow) TableName() string { return "spool" }

func countSpool(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM spool").Scan(&n).Error
	return n, err
}

func isSpooled(db *gorm.DB, id string) (bool, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM spool WHERE id = ?", id).Scan(&n).Error
	return n > 0, err
}

func insertSpool(tx *store.Tx, id, body string) error {
	return tx.DB.Create(&spoolRow{ID: id, Body: body, CreatedAt: store.Micros(tx.Now)}).Error
}

// loadLetter reads the letter that is next: of those not refused since a
// moment, the oldest of those that failed least often.
func loadLetter(db *gorm.DB, refusedBefore time.Time) (row spoolRow, waiting bool, err error) {
	err = db.Where("refused_at < ?", store.Micros(refusedBefore)).Order("tries, created_at, id").Take(&row).Error
	if store.IsNotFound(err) {
		return row, false, nil
	}
	return row, err == nil, err
}

func deleteSpool(tx *store.Tx, id string) error {
	return tx.DB.Exec("DELETE FROM spool WHERE id = ?", id).Error
}

func failSpool(tx *store.Tx, id string) error {
	return tx.DB.Exec("UPDATE spool SET tries = tries + 1 WHERE id = ?", id).Error
}

func refuseSpool(tx *store.Tx, id string) error {
	return tx.DB.Exec("UPDATE spool SET refused_at = ? WHERE id = ?", store.Micros(tx.Now), id).Error
}
