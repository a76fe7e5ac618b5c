package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type sessionRow struct {
	TokenHash string `gorm:"column:token_hash"`
	ID        string `gorm:"column:id"`
	PersonID  string `gorm:"column:person_id"`
	CreatedAt int64  `gorm:"column:created_at"`
	SeenAt    int64  `gorm:"column:seen_at"`
	ExpiresAt int64  `gorm:"column:expires_at"`
	Address   string `gorm:"column:address"`
	Agent     string `gorm:"column:agent"`
	ProvedAt  int64  `gorm:"column:proved_at"`
	Strong    bool   `gorm:"column:strong"`
}

func (sessionRow) TableName() string { return "session" }

func (r sessionRow) session() Session {
	return Session{
		ID: r.ID, CreatedAt: store.Time(r.CreatedAt), SeenAt: store.Time(r.SeenAt), ExpiresAt: store.Time(r.ExpiresAt),
		Address: r.Address, Agent: r.Agent,
	}
}

func insertSession(tx *store.Tx, row sessionRow) error { return tx.DB.Create(&row).Error }

// heldSession is a session with what a request needs to know of its person.
type heldSession struct {
	Session    sessionRow `gorm:"embedded"`
	Email      string
	Name       string
	Locale     string
	DisabledAt int64
	HasFactor  bool
}

func (r heldSession) person() personRow {
	return personRow{ID: r.Session.PersonID, Email: r.Email, Name: r.Name, Locale: r.Locale, DisabledAt: r.DisabledAt}
}

// sessionByToken answers the zero row for an unknown token.
func sessionByToken(db *gorm.DB, hash string) (heldSession, error) {
	const query = `SELECT s.token_hash, s.id, s.person_id, s.created_at, s.seen_at, s.expires_at, s.address, s.agent,
		s.proved_at, s.strong, p.email, p.name, p.locale, p.disabled_at, ` + hasFactor + ` AS has_factor
		FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = ?`
	var row heldSession
	return row, db.Raw(query, hash).Scan(&row).Error
}

// touchSession notes a request, unless another one that came at the same time did.
func touchSession(tx *store.Tx, row sessionRow, seen int64) error {
	const query = "UPDATE session SET seen_at = ?, address = ?, expires_at = ? WHERE token_hash = ? AND seen_at = ?"
	return tx.DB.Exec(query, row.SeenAt, row.Address, row.ExpiresAt, row.TokenHash, seen).Error
}

// provedAt is when a person last proved in a session of theirs who they are.
func provedAt(db *gorm.DB, actor Actor) (time.Time, error) {
	var at []int64
	err := db.Raw("SELECT proved_at FROM session WHERE id = ? AND person_id = ?", actor.Session, actor.ID).Scan(&at).Error
	if err != nil || len(at) == 0 {
		return time.Time{}, err
	}
	return store.Time(at[0]), nil
}

// markProved notes a proof in the actor's session; a strong one makes it strong.
func markProved(tx *store.Tx, actor Actor, strong bool) error {
	query := "UPDATE session SET proved_at = ? WHERE id = ? AND person_id = ?"
	if strong {
		query = "UPDATE session SET proved_at = ?, strong = TRUE WHERE id = ? AND person_id = ?"
	}
	return tx.DB.Exec(query, store.Micros(tx.Now), actor.Session, actor.ID).Error
}

func sessionsOf(db *gorm.DB, person string) ([]sessionRow, error) {
	var rows []sessionRow
	return rows, db.Where("person_id = ?", person).Order("seen_at DESC, id").Find(&rows).Error
}

// deleteSession deletes a session of this person, and nobody else's.
func deleteSession(tx *store.Tx, person, id string) (int64, error) {
	done := tx.DB.Exec("DELETE FROM session WHERE id = ? AND person_id = ?", id, person)
	return done.RowsAffected, done.Error
}

// deleteSessions deletes all sessions of a person but one ("" for all), and
// with them the other devices on which the person is known.
func deleteSessions(tx *store.Tx, person, but string) (int64, error) {
	if err := deleteDevices(tx, person, but); err != nil {
		return 0, err
	}
	done := tx.DB.Exec("DELETE FROM session WHERE person_id = ? AND id <> ?", person, but)
	return done.RowsAffected, done.Error
}
