package newsroom

import "doingoai/app/store"

// handOver gives the editions of an agency to another. The editions come first:
// an act upon one of them holds its row and is awaited there, so that the turns
// it writes are found.
func handOver(tx *store.Tx, from, to string) (int, error) {
	editions := tx.DB.Exec("UPDATE edition SET agency_id = ? WHERE agency_id = ?", to, from)
	if editions.Error != nil {
		return 0, editions.Error
	}
	if err := tx.DB.Exec("UPDATE turn SET agency_id = ? WHERE agency_id = ?", to, from).Error; err != nil {
		return 0, err
	}
	err := tx.DB.Exec(`UPDATE item SET agency_id = ? WHERE agency_id = ?
		AND NOT EXISTS (SELECT 1 FROM edition e WHERE e.item_id = item.id AND e.first_live_at > 0)`, to, from).Error
	return int(editions.RowsAffected), err
}
