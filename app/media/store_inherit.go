package media

import "doingoai/app/store"

func handOver(tx *store.Tx, from, to string) (int, error) {
	done := tx.DB.Exec("UPDATE media SET agency_id = ? WHERE agency_id = ?", to, from)
	return int(done.RowsAffected), done.Error
}
