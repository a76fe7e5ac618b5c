package account

import (
	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type authenticatorRow struct {
	PersonID  string `gorm:"column:person_id"`
	Secret    string `gorm:"column:secret"`
	CreatedAt int64  `gorm:"column:created_at"`
	UsedStep  int64  `gorm:"column:used_step"`
}

func (authenticatorRow) TableName() string { return "authenticator" }

type recoveryRow struct {
	PersonID string `gorm:"column:person_id"`
	Hash     string `gorm:"column:hash"`
	UsedAt   int64  `gorm:"column:used_at"`
}

func (recoveryRow) TableName() string { return "recovery_code" }

type passkeyRow struct {
	ID         string `gorm:"column:id"`
	PersonID   string `gorm:"column:person_id"`
	Name       string `gorm:"column:name"`
	Credential string `gorm:"column:credential"`
	CreatedAt  int64  `gorm:"column:created_at"`
	UsedAt     int64  `gorm:"column:used_at"`
}

func (passkeyRow) TableName() string { return "passkey" }

func protected(db *gorm.DB) ([]string, error) {
	var ids []string
	err := db.Raw("SELECT p.id FROM person p WHERE " + hasFactor).Scan(&ids).Error
	return ids, err
}

// hasFactor is the condition that a person has a second factor.
const hasFactor = "(EXISTS (SELECT 1 FROM authenticator WHERE person_id = p.id) OR EXISTS (SELECT 1 FROM passkey WHERE person_id = p.id))"

// factorsOf answers what a person has, without any secret.
func factorsOf(db *gorm.DB, person string) (Factors, error) {
	var f Factors
	row, err := authenticatorOf(db, person)
	if err != nil {
		return f, err
	}
	f.Authenticator = store.Time(row.CreatedAt)
	keys, err := passkeysOf(db, person)
	if err != nil {
		return f, err
	}
	for _, k := range keys {
		f.Passkeys = append(f.Passkeys, k.passkey())
	}
	var left int64
	err = db.Model(&recoveryRow{}).Where("person_id = ? AND used_at = 0", person).Count(&left).Error
	f.CodesLeft = int(left)
	return f, err
}

// authenticatorOf answers the zero row for somebody without one.
func authenticatorOf(db *gorm.DB, person string) (authenticatorRow, error) {
	var row authenticatorRow
	return row, db.Where("person_id = ?", person).Limit(1).Find(&row).Error
}

func lockAuthenticator(tx *store.Tx, person string) (authenticatorRow, error) {
	return authenticatorOf(tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}), person)
}

// replaceAuthenticator puts an app in the place of the one the person had.
func replaceAuthenticator(tx *store.Tx, row authenticatorRow) error {
	if _, err := deleteAuthenticator(tx, row.PersonID); err != nil {
		return err
	}
	return tx.DB.Create(&row).Error
}

func useStep(tx *store.Tx, person string, step int64) error {
	return tx.DB.Exec("UPDATE authenticator SET used_step = ? WHERE person_id = ?", step, person).Error
}

func deleteAuthenticator(tx *store.Tx, person string) (int64, error) {
	done := tx.DB.Exec("DELETE FROM authenticator WHERE person_id = ?", person)
	return done.RowsAffected, done.Error
}

func anySealed(tx *store.Tx) (bool, error) {
	var ids []string
	err := tx.DB.Raw("SELECT person_id FROM authenticator LIMIT 1").Scan(&ids).Error
	return len(ids) > 0, err
}

func replaceRecovery(tx *store.Tx, person string, hashes []string) error {
	if err := deleteRecovery(tx, person); err != nil {
		return err
	}
	rows := make([]recoveryRow, len(hashes))
	for i, hash := range hashes {
		rows[i] = recoveryRow{PersonID: person, Hash: hash}
	}
	return tx.DB.Create(&rows).Error
}

// useRecovery uses a code up, and says whether it was there and unused.
func useRecovery(tx *store.Tx, person, hash string) (bool, error) {
	const query = "UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND hash = ? AND used_at = 0"
	done := tx.DB.Exec(query, store.Micros(tx.Now), person, hash)
	return done.RowsAffected == 1, done.Error
}

func deleteRecovery(tx *store.Tx, person string) error {
	return tx.DB.Exec("DELETE FROM recovery_code WHERE person_id = ?", person).Error
}

func (r passkeyRow) passkey() Passkey {
	return Passkey{ID: r.ID, Name: r.Name, CreatedAt: store.Time(r.CreatedAt), UsedAt: store.Time(r.UsedAt)}
}

func passkeysOf(db *gorm.DB, person string) ([]passkeyRow, error) {
	var rows []passkeyRow
	return rows, db.Where("person_id = ?", person).Order("created_at, id").Find(&rows).Error
}

// passkeyByID answers the zero row for an unknown one.
func passkeyByID(db *gorm.DB, id string) (passkeyRow, error) {
	var row passkeyRow
	return row, db.Where("id = ?", id).Limit(1).Find(&row).Error
}

func insertPasskey(tx *store.Tx, row passkeyRow) error {
	err := tx.DB.Create(&row).Error
	if store.IsDuplicate(err) {
		return fault.New(fault.NotPossible, "error.passkey.known")
	}
	return err
}

func updatePasskey(tx *store.Tx, row passkeyRow) error {
	return tx.DB.Exec("UPDATE passkey SET credential = ?, used_at = ? WHERE id = ?", row.Credential, row.UsedAt, row.ID).Error
}

func renamePasskey(tx *store.Tx, person, id, name string) (int64, error) {
	done := tx.DB.Exec("UPDATE passkey SET name = ? WHERE person_id = ? AND id = ?", name, person, id)
	return done.RowsAffected, done.Error
}

func deletePasskey(tx *store.Tx, person, id string) (int64, error) {
	done := tx.DB.Exec("DELETE FROM passkey WHERE person_id = ? AND id = ?", person, id)
	return done.RowsAffected, done.Error
}

// deleteFactors takes everything away with which a person proves themselves
// besides the password, and says whether there was anything.
func deleteFactors(tx *store.Tx, person string) (bool, error) {
	apps, err := deleteAuthenticator(tx, person)
	if err != nil {
		return false, err
	}
	keys := tx.DB.Exec("DELETE FROM passkey WHERE person_id = ?", person)
	if keys.Error != nil {
		return false, keys.Error
	}
	return apps+keys.RowsAffected > 0, deleteRecovery(tx, person)
}

// keySetting names the setting by which a database knows its key.
const keySetting = "account.key"

func keyCheck(tx *store.Tx) (string, error) {
	var values []string
	err := tx.DB.Raw("SELECT value FROM setting WHERE name = ?", keySetting).Scan(&values).Error
	if err != nil || len(values) == 0 {
		return "", err
	}
	return values[0], nil
}

func setKeyCheck(tx *store.Tx, check string) error {
	if err := tx.DB.Exec("DELETE FROM setting WHERE name = ?", keySetting).Error; err != nil {
		return err
	}
	return tx.DB.Exec("INSERT INTO setting (name, value) VALUES (?, ?)", keySetting, check).Error
}
