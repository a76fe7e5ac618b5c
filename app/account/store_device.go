package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type deviceRow struct {
	TokenHash string `gorm:"column:token_hash"`
	PersonID  string `gorm:"column:person_id"`
	SessionID string `gorm:"column:session_id"`
	ExpiresAt int64  `gorm:"column:expires_at"`
}

func (deviceRow) TableName() string { return "device" }

// renameDevice gives a browser another token.
func renameDevice(tx *store.Tx, before, after string) error {
	return tx.DB.Exec("UPDATE device SET token_hash = ? WHERE token_hash = ?", after, before).Error
}

// saveDevice notes a browser, and forgets the oldest of a person who has too many.
func saveDevice(tx *store.Tx, row deviceRow) error {
	again := clause.OnConflict{
		Columns:   []clause.Column{{Name: "token_hash"}, {Name: "person_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"session_id", "expires_at"}),
	}
	if err := tx.DB.Clauses(again).Create(&row).Error; err != nil {
		return err
	}
	const surplus = `DELETE FROM device WHERE person_id = ? AND token_hash NOT IN
		(SELECT token_hash FROM device WHERE person_id = ? ORDER BY expires_at DESC, token_hash LIMIT ?)`
	return tx.DB.Exec(surplus, row.PersonID, row.PersonID, maxDevices).Error
}

// knownDevice answers the person of an id or e-mail address when they are known
// in the browser with this token, and "" otherwise.
func knownDevice(db *gorm.DB, hash, person string, now time.Time) (string, error) {
	const query = `SELECT p.id FROM device d JOIN person p ON p.id = d.person_id
		WHERE d.token_hash = ? AND d.expires_at > ? AND ? IN (p.id, p.email)`
	var id string
	return id, db.Raw(query, hash, store.Micros(now), person).Scan(&id).Error
}

// deleteDevice makes a person unknown in the browser of one session.
func deleteDevice(tx *store.Tx, person, session string) error {
	return tx.DB.Exec("DELETE FROM device WHERE person_id = ? AND session_id = ?", person, session).Error
}

// deleteDevices makes unknown where a person is known, but for the browser of
// one session ("" for none).
func deleteDevices(tx *store.Tx, person, but string) error {
	return tx.DB.Exec("DELETE FROM device WHERE person_id = ? AND (session_id = '' OR session_id <> ?)", person, but).Error
}
