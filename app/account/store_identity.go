package account

import (
	"doingoai/app/store"

	"gorm.io/gorm"
)

type identityRow struct {
	Issuer    string `gorm:"column:issuer"`
	Subject   string `gorm:"column:subject"`
	PersonID  string `gorm:"column:person_id"`
	CreatedAt int64  `gorm:"column:created_at"`
}

func (identityRow) TableName() string { return "identity" }

func insertIdentity(tx *store.Tx, row identityRow) error { return tx.DB.Create(&row).Error }

// linkedTo answers the person whom an issuer knows by a name, "" for none.
func linkedTo(db *gorm.DB, issuer, subject string) (string, error) {
	var row identityRow
	err := db.Where("issuer = ? AND subject = ?", issuer, subject).Limit(1).Find(&row).Error
	return row.PersonID, err
}

// isLinked says whether an issuer ("" for any) knows a person.
func isLinked(db *gorm.DB, issuer, person string) (bool, error) {
	var n int64
	err := db.Model(&identityRow{}).Where("person_id = ? AND (? = '' OR issuer = ?)", person, issuer, issuer).Count(&n).Error
	return n > 0, err
}

func deleteIdentities(tx *store.Tx, person string) (int64, error) {
	done := tx.DB.Exec("DELETE FROM identity WHERE person_id = ?", person)
	return done.RowsAffected, done.Error
}
