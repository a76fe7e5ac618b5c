package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type ceremonyRow struct {
	TokenHash string `gorm:"column:token_hash"`
	Kind      string `gorm:"column:kind"`
	PersonID  string `gorm:"column:person_id"`
	Network   string `gorm:"column:network"`
	Data      string `gorm:"column:data"`
	ExpiresAt int64  `gorm:"column:expires_at"`
}

func (ceremonyRow) TableName() string { return "ceremony" }

func insertCeremony(tx *store.Tx, row ceremonyRow) error { return tx.DB.Create(&row).Error }

// markUsed notes that an open ceremony was used, and says whether this was the
// first time.
func markUsed(tx *store.Tx, row ceremonyRow) (bool, error) {
	done := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	return done.RowsAffected > 0, done.Error
}

// ceremonyByToken answers a ceremony that is under way, or ceremonyOver.
func ceremonyByToken(db *gorm.DB, kind ceremonyKind, hash string, now time.Time) (ceremonyRow, error) {
	var row ceremonyRow
	err := db.Where("token_hash = ? AND kind = ? AND expires_at > ?", hash, string(kind), store.Micros(now)).Limit(1).Find(&row).Error
	if err == nil && row.TokenHash == "" {
		err = ceremonyOver()
	}
	return row, err
}

func countCeremonies(tx *store.Tx, person, network string) (int64, error) {
	var n int64
	query := tx.DB.Model(&ceremonyRow{}).Where("person_id = ? AND network = ? AND expires_at > ?", person, network, store.Micros(tx.Now))
	return n, query.Count(&n).Error
}

func deleteCeremony(tx *store.Tx, hash string) (int64, error) {
	done := tx.DB.Exec("DELETE FROM ceremony WHERE token_hash = ?", hash)
	return done.RowsAffected, done.Error
}

// deleteCeremonies ends all that a person has under way.
func deleteCeremonies(tx *store.Tx, person string) error {
	return tx.DB.Exec("DELETE FROM ceremony WHERE person_id = ?", person).Error
}
