package notice

import (
	"doingoai/app/store"

	"gorm.io/gorm"
)

type digestRow struct {
	PersonID string `gorm:"column:person_id"`
	Day      string `gorm:"column:day"`
}

func (digestRow) TableName() string { return "notice_digest" }

// loadUndigested lists those who have something to be told in a digest, and
// have had none on this day or later.
func loadUndigested(db *gorm.DB, day string) ([]string, error) {
	const query = `SELECT DISTINCT person_id FROM notice WHERE way = ? AND digest = '' AND read_at = 0
		AND person_id NOT IN (SELECT person_id FROM notice_digest WHERE day >= ?) ORDER BY person_id`
	var people []string
	return people, db.Raw(query, string(Digest), day).Scan(&people).Error
}

// claimDigest notes that a person's digest of a day is being made; false when
// it was already.
func claimDigest(tx *store.Tx, person, day string) (bool, error) {
	const query = `INSERT INTO notice_digest (person_id, day) VALUES (?, ?)
		ON CONFLICT (person_id) DO UPDATE SET day = excluded.day WHERE notice_digest.day < excluded.day RETURNING person_id`
	var claimed []string
	err := tx.DB.Raw(query, person, day).Scan(&claimed).Error
	return len(claimed) > 0, err
}

func fillDigest(tx *store.Tx, person, day string) error {
	return tx.DB.Exec("UPDATE notice SET digest = ? WHERE person_id = ? AND way = ? AND digest = '' AND read_at = 0", day, person, string(Digest)).Error
}

// loadDigest answers what of a day's digest is unread and was not sent, the
// oldest first.
func loadDigest(db *gorm.DB, person, day string) ([]Notice, error) {
	var rows []noticeRow
	err := db.Where("person_id = ? AND digest = ? AND read_at = 0 AND sent_at = 0", person, day).Order("event").Find(&rows).Error
	return noticesOf(rows), err
}
