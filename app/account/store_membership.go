package account

import (
	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type membershipRow struct {
	ID        string `gorm:"column:id"`
	PersonID  string `gorm:"column:person_id"`
	AgencyID  string `gorm:"column:agency_id"`
	Role      string `gorm:"column:role"`
	Languages string `gorm:"column:languages"`
	ValidFrom int64  `gorm:"column:valid_from"`
	ValidTo   int64  `gorm:"column:valid_to"`
}

func (membershipRow) TableName() string { return "membership" }

func (r membershipRow) membership() Membership {
	return Membership{
		ID: r.ID, Agency: r.AgencyID, Role: Role(r.Role), Languages: languagesIn(r.Languages), From: store.Time(r.ValidFrom), To: store.Time(r.ValidTo),
	}
}

func insertMembership(tx *store.Tx, person string, m Membership) error {
	return tx.DB.Create(&membershipRow{
		ID: m.ID, PersonID: person, AgencyID: m.Agency, Role: string(m.Role), Languages: m.Languages.stored(),
		ValidFrom: store.Micros(m.From), ValidTo: store.Micros(m.To),
	}).Error
}

// allMemberships answers everybody's memberships by person.
func allMemberships(db *gorm.DB) (map[string][]Membership, error) {
	return membershipsIn(db.Order("valid_from, id"))
}

// membershipsOfAll answers the memberships of some people.
func membershipsOfAll(db *gorm.DB, people []string) (map[string][]Membership, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return membershipsIn(db.Where("person_id IN ?", people).Order("valid_from, id"))
}

func membershipsIn(query *gorm.DB) (map[string][]Membership, error) {
	var rows []membershipRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, err
	}
	held := map[string][]Membership{}
	for _, row := range rows {
		held[row.PersonID] = append(held[row.PersonID], row.membership())
	}
	return held, nil
}

func membershipsOf(db *gorm.DB, person string) ([]Membership, error) {
	var rows []membershipRow
	if err := db.Where("person_id = ?", person).Order("valid_from, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	held := make([]Membership, len(rows))
	for i, row := range rows {
		held[i] = row.membership()
	}
	return held, nil
}

func membershipByID(db *gorm.DB, id string) (membershipRow, error) {
	var row membershipRow
	err := db.Where("id = ?", id).Limit(1).Find(&row).Error
	if err == nil && row.ID == "" {
		err = fault.New(fault.NotFound, "error.role.none")
	}
	return row, err
}

// heldMeanwhile answers in which languages the person holds the same role within
// the same agency at some moment of a membership, post by post.
func heldMeanwhile(tx *store.Tx, person string, m Membership) ([]Languages, error) {
	query := tx.DB.Model(&membershipRow{}).
		Where("person_id = ? AND agency_id = ? AND role = ?", person, m.Agency, string(m.Role)).
		Where("valid_to = 0 OR valid_to > ?", store.Micros(m.From)).
		Where("valid_to = 0 OR valid_to > valid_from") // ended before it had begun
	if !m.To.IsZero() {
		query = query.Where("valid_from < ?", store.Micros(m.To))
	}
	var texts []string
	err := query.Pluck("languages", &texts).Error
	held := make([]Languages, len(texts))
	for i, text := range texts {
		held[i] = languagesIn(text)
	}
	return held, err
}

func endMembership(tx *store.Tx, m Membership) error {
	return tx.DB.Exec("UPDATE membership SET valid_to = ? WHERE id = ?", store.Micros(m.To), m.ID).Error
}

func agencyExists(tx *store.Tx, id string) (bool, error) {
	var n int64
	err := tx.DB.Raw("SELECT count(*) FROM agency WHERE id = ? AND ended_at = 0", id).Scan(&n).Error
	return n > 0, err
}
