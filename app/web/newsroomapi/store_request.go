package newsroomapi

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm/clause"
)

type requestRow struct {
	TokenID     string `gorm:"column:token_id"`
	Key         string `gorm:"column:key"`
	Fingerprint string `gorm:"column:fingerprint"`
	Lease       string `gorm:"column:lease"`
	BegunAt     int64  `gorm:"column:begun_at"`
	Done        bool   `gorm:"column:done"`
	Status      int    `gorm:"column:status"`
	Location    string `gorm:"column:location"`
	Body        string `gorm:"column:body"`
}

func (requestRow) TableName() string { return "api_request" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{requestRow{}} }

const (
	byKey   = "token_id = ? AND key = ?"
	byLease = byKey + " AND lease = ?"
)

// insertRequest answers the request that is noted under a key: this one, or the
// one that was there before.
func insertRequest(tx *store.Tx, row requestRow) (requestRow, error) {
	if err := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return row, err
	}
	var held requestRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where(byKey, row.TokenID, row.Key).Take(&held).Error
	return held, err
}

func takeRequest(tx *store.Tx, mine requestRow) error {
	return tx.DB.Model(&requestRow{}).Where(byKey, mine.TokenID, mine.Key).
		Updates(map[string]any{"lease": mine.Lease, "begun_at": mine.BegunAt}).Error
}

// markRequest notes that a request has taken effect, in the transaction in
// which it does. Whoever no longer holds it must not.
func markRequest(tx *store.Tx, mine requestRow) error {
	done := tx.DB.Model(&requestRow{}).Where(byLease, mine.TokenID, mine.Key, mine.Lease).Updates(map[string]any{"done": true})
	if done.Error == nil && done.RowsAffected != 1 {
		return errOvertaken
	}
	return done.Error
}

func answerRequest(tx *store.Tx, mine requestRow) error {
	return tx.DB.Model(&requestRow{}).Where(byLease, mine.TokenID, mine.Key, mine.Lease).
		Updates(map[string]any{"status": mine.Status, "location": mine.Location, "body": mine.Body}).Error
}

// forgetRequest lets a request be sent again that took no effect.
func forgetRequest(tx *store.Tx, mine requestRow) error {
	return tx.DB.Where(byLease+" AND done = ?", mine.TokenID, mine.Key, mine.Lease, false).Delete(&requestRow{}).Error
}

func deleteRequests(tx *store.Tx, before time.Time) error {
	return tx.DB.Where("begun_at < ?", store.Micros(before)).Delete(&requestRow{}).Error
}
