package account

import "doingoai/app/store"

// membershipsWithin answers everybody's memberships of an agency, by person.
func membershipsWithin(tx *store.Tx, agency string) (map[string][]Membership, error) {
	return membershipsIn(tx.DB.Where("agency_id = ?", agency).Order("valid_from, id"))
}
