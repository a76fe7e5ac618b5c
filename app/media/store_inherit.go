package media

import (
	"doingoai/app/store"
	"doingoai/app/wording"
)

// handOver answers how many files changed hands. Of a file that both agencies
// brought, the heir is a holder already.
func handOver(tx *store.Tx, from, to string) (int, error) {
	err := tx.DB.Exec(`INSERT INTO media_holder (media_hash, agency_id, person_id, created_at)
		SELECT media_hash, ?, person_id, created_at FROM media_holder WHERE agency_id = ? ON CONFLICT DO NOTHING`, to, from).Error
	if err != nil {
		return 0, err
	}
	if err := tx.DB.Exec("DELETE FROM media_holder WHERE agency_id = ?", from).Error; err != nil {
		return 0, err
	}
	if err := wording.HandOver(tx, from, to); err != nil {
		return 0, err
	}
	done := tx.DB.Exec("UPDATE media SET agency_id = ? WHERE agency_id = ?", to, from)
	return int(done.RowsAffected), done.Error
}
