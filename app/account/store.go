package account

import (
	"doingoai/app/store"

	"gorm.io/gorm/clause"
)

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any {
	return []any{personRow{}, membershipRow{}, sessionRow{}, ticketRow{}, throttleRow{}}
}

// lockTrail takes the lock that the audit entry at the end of a verb takes
// anyway, before anything is read. Verbs then run one after the other and
// none decides on what another is about to change.
func lockTrail(tx *store.Tx) error {
	var value int64
	return tx.DB.Table("counter").Select("value").Where("name = ?", "audit").
		Clauses(clause.Locking{Strength: "UPDATE"}).Scan(&value).Error
}

// sweep deletes what can no longer have an effect.
func sweep(tx *store.Tx, o Options) error {
	now := store.Micros(tx.Now)
	idle := store.Micros(tx.Now.Add(-o.MaxSessionIdle))
	window := store.Micros(tx.Now.Add(-o.AttemptWindow))
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{"DELETE FROM session WHERE expires_at <= ? OR seen_at <= ?", []any{now, idle}},
		{"DELETE FROM ticket WHERE expires_at <= ? OR used_at > 0", []any{now}},
		{"DELETE FROM throttle WHERE window_start <= ? AND blocked_until <= ?", []any{window, window}},
	} {
		if err := tx.DB.Exec(q.sql, q.args...).Error; err != nil {
			return err
		}
	}
	return nil
}
