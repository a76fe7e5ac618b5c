package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm/clause"
)

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any {
	return []any{
		personRow{}, membershipRow{}, sessionRow{}, ticketRow{}, throttleRow{}, authenticatorRow{}, recoveryRow{}, passkeyRow{},
		ceremonyRow{}, identityRow{}, tokenRow{}, absenceRow{}, deviceRow{},
	}
}

// lockTrail takes the lock that the audit entry at the end of a verb takes
// anyway, before anything is read. Verbs then run one after the other and
// none decides on what another is about to change.
func lockTrail(tx *store.Tx) error {
	var value int64
	return tx.DB.Table("counter").Select("value").Where("name = ?", "audit").
		Clauses(clause.Locking{Strength: "UPDATE"}).Scan(&value).Error
}

// sweepGrace is how much longer than it counts something is kept: a clock that
// went ahead for a while must take nothing away for good.
const sweepGrace = 7 * 24 * time.Hour

// sweep deletes what can no longer have an effect.
func sweep(tx *store.Tx, o Options) error {
	now := store.Micros(tx.Now.Add(-sweepGrace))
	idle := store.Micros(tx.Now.Add(-o.MaxSessionIdle - sweepGrace))
	window := store.Micros(tx.Now.Add(-o.AttemptWindow))
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{"DELETE FROM session WHERE expires_at <= ? OR seen_at <= ?", []any{now, idle}},
		{"DELETE FROM ticket WHERE expires_at <= ? OR used_at > 0", []any{now}},
		{"DELETE FROM device WHERE expires_at <= ?", []any{now}},
		{"DELETE FROM ceremony WHERE expires_at <= ?", []any{store.Micros(tx.Now)}},
		{"DELETE FROM throttle WHERE window_start <= ? AND blocked_until <= ?", []any{window, window}},
	} {
		if err := tx.DB.Exec(q.sql, q.args...).Error; err != nil {
			return err
		}
	}
	return nil
}
