package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm/clause"
)

type throttleRow struct {
	Subject      string `gorm:"column:subject"`
	Failures     int64  `gorm:"column:failures"`
	WindowStart  int64  `gorm:"column:window_start"`
	BlockedUntil int64  `gorm:"column:blocked_until"`
}

func (throttleRow) TableName() string { return "throttle" }

// lockThrottle answers the row of a subject, which it makes when there is none.
func lockThrottle(tx *store.Tx, subject string) (throttleRow, error) {
	fresh := throttleRow{Subject: subject, WindowStart: store.Micros(tx.Now)}
	if err := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return fresh, err
	}
	var row throttleRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("subject = ?", subject).First(&row).Error
	return row, err
}

func saveThrottle(tx *store.Tx, at attempt, started time.Time) error {
	const query = "UPDATE throttle SET failures = ?, window_start = ?, blocked_until = ? WHERE subject = ?"
	return tx.DB.Exec(query, at.failures, store.Micros(started), store.Micros(at.until), at.subject).Error
}

// uncount takes one attempt back, and with it the block that it began, but no
// block that began since.
func uncount(tx *store.Tx, at attempt) error {
	const query = `UPDATE throttle SET failures = failures - 1,
		blocked_until = CASE WHEN blocked_until = ? THEN ? ELSE blocked_until END
		WHERE subject = ? AND failures > 0`
	return tx.DB.Exec(query, store.Micros(at.until), store.Micros(at.before), at.subject).Error
}

// forgetSubject forgets all failures of a subject.
func forgetSubject(tx *store.Tx, subject string) error {
	return tx.DB.Exec("DELETE FROM throttle WHERE subject = ?", subject).Error
}

// forgetAccount forgets all failures of one account.
func forgetAccount(tx *store.Tx, email string) error {
	// In the order in which attempts take them, see strangerSubjects.
	if err := forgetSubject(tx, accountSubject(email)); err != nil {
		return err
	}
	return tx.DB.Exec("DELETE FROM throttle WHERE subject LIKE ?", networkSubject(email, "")+"%").Error
}
