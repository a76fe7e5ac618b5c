package audit

import (
	"encoding/json"
	"fmt"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type auditRow struct {
	Seq      int64  `gorm:"column:seq"`
	At       int64  `gorm:"column:at"`
	ActorID  string `gorm:"column:actor_id"`
	AgencyID string `gorm:"column:agency_id"`
	Role     string `gorm:"column:role"`
	Address  string `gorm:"column:address"`
	Verb     string `gorm:"column:verb"`
	Subject  string `gorm:"column:subject"`
	From     string `gorm:"column:from_state"`
	To       string `gorm:"column:to_state"`
	Revision string `gorm:"column:revision"`
	Reason   string `gorm:"column:reason"`
	Detail   string `gorm:"column:detail"`
	Previous string `gorm:"column:previous"`
	Hash     string `gorm:"column:hash"`
	Folded   string `gorm:"column:folded"`
}

func (auditRow) TableName() string { return "audit" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{auditRow{}} }

func (e Entry) row() (auditRow, error) {
	detail := ""
	if len(e.Detail) > 0 {
		text, err := json.Marshal(e.Detail) // map keys are sorted: one form only
		if err != nil {
			return auditRow{}, err
		}
		detail = string(text)
	}
	return auditRow{
		Seq: e.Seq, At: store.Micros(e.At), ActorID: e.ActorID, AgencyID: e.AgencyID, Role: e.Role,
		Address: e.Address, Verb: e.Verb, Subject: e.Subject, From: e.From, To: e.To,
		Revision: e.Revision, Reason: e.Reason, Detail: detail, Previous: e.Previous, Folded: e.folded(),
	}, nil
}

func (r auditRow) entry() (Entry, error) {
	e := Entry{
		Seq: r.Seq, At: store.Time(r.At), ActorID: r.ActorID, AgencyID: r.AgencyID, Role: r.Role,
		Address: r.Address, Verb: r.Verb, Subject: r.Subject, From: r.From, To: r.To,
		Revision: r.Revision, Reason: r.Reason, Previous: r.Previous, Hash: r.Hash,
	}
	if r.Detail != "" {
		if err := json.Unmarshal([]byte(r.Detail), &e.Detail); err != nil {
			return e, fmt.Errorf("audit entry %d: %w", r.Seq, err)
		}
	}
	return e, nil
}

func insert(tx *store.Tx, rows []auditRow) error {
	const together = 256 // a statement has so many parameters at most
	return tx.DB.CreateInBatches(rows, together).Error
}

// hashOf answers the hash of an entry, "" for the one before the first.
func hashOf(tx *store.Tx, seq int64) (string, error) {
	if seq == 0 {
		return "", nil
	}
	var hashes []string
	if err := tx.DB.Raw("SELECT hash FROM audit WHERE seq = ?", seq).Scan(&hashes).Error; err != nil {
		return "", err
	}
	if len(hashes) == 0 {
		return "", fmt.Errorf("entry %d is missing: run doctor", seq)
	}
	return hashes[0], nil
}

func loadAfter(db *gorm.DB, seq int64, limit int) ([]auditRow, error) {
	var rows []auditRow
	err := db.Where("seq > ?", seq).Order("seq").Limit(limit).Find(&rows).Error
	return rows, err
}

// lastNumber is the number of the newest entry that was ever written.
func lastNumber(db *gorm.DB) (int64, error) {
	var last int64
	err := db.Raw("SELECT value FROM counter WHERE name = 'audit'").Scan(&last).Error
	return last, err
}

func list(db *gorm.DB, subject string, limit int) ([]Entry, error) {
	var rows []auditRow
	err := db.Where("subject = ?", subject).Order("seq DESC").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return entries(rows)
}

func entries(rows []auditRow) ([]Entry, error) {
	list := make([]Entry, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.entry(); err != nil {
			return nil, err
		}
	}
	return list, nil
}
