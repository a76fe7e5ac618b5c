package account

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type ticketRow struct {
	TokenHash string `gorm:"column:token_hash"`
	Purpose   string `gorm:"column:purpose"`
	PersonID  string `gorm:"column:person_id"`
	CreatedAt int64  `gorm:"column:created_at"`
	ExpiresAt int64  `gorm:"column:expires_at"`
	UsedAt    int64  `gorm:"column:used_at"`
}

func (ticketRow) TableName() string { return "ticket" }

func insertTicket(tx *store.Tx, row ticketRow) error { return tx.DB.Create(&row).Error }

// openTicket answers a ticket that can be used at a moment, or noTicket.
func openTicket(db *gorm.DB, hash string, now time.Time) (ticketRow, error) {
	var row ticketRow
	err := db.Where("token_hash = ? AND used_at = 0 AND expires_at > ?", hash, store.Micros(now)).Limit(1).Find(&row).Error
	if err == nil && row.TokenHash == "" {
		err = noTicket()
	}
	return row, err
}

// useTicket uses a ticket up; of two who try, one gets it.
func useTicket(tx *store.Tx, hash string) (ticketRow, error) {
	row, err := openTicket(tx.DB, hash, tx.Now)
	if err != nil {
		return row, err
	}
	done := tx.DB.Exec("UPDATE ticket SET used_at = ? WHERE token_hash = ? AND used_at = 0", store.Micros(tx.Now), hash)
	if done.Error == nil && done.RowsAffected == 0 {
		return row, noTicket()
	}
	return row, done.Error
}

// deleteTickets deletes the tickets of a person; of "", those for the first administrator.
func deleteTickets(tx *store.Tx, person string) error {
	return tx.DB.Exec("DELETE FROM ticket WHERE person_id = ?", person).Error
}
