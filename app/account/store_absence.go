package account

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"gorm.io/gorm"
)

type absenceRow struct {
	ID           string `gorm:"column:id"`
	PersonID     string `gorm:"column:person_id"`
	SubstituteID string `gorm:"column:substitute_id"`
	ValidFrom    int64  `gorm:"column:valid_from"`
	ValidTo      int64  `gorm:"column:valid_to"`
	Note         string `gorm:"column:note"`
	CreatedBy    string `gorm:"column:created_by"`
	CreatedAt    int64  `gorm:"column:created_at"`
}

func (absenceRow) TableName() string { return "absence" }

func insertAbsence(tx *store.Tx, row absenceRow) error { return tx.DB.Create(&row).Error }

func absenceByID(db *gorm.DB, id string) (absenceRow, error) {
	var row absenceRow
	err := db.Where("id = ?", id).Limit(1).Find(&row).Error
	if err == nil && row.ID == "" {
		err = noAbsence()
	}
	return row, err
}

func endAbsence(tx *store.Tx, id string, at int64) error {
	return tx.DB.Exec("UPDATE absence SET valid_to = ? WHERE id = ?", at, id).Error
}

// absentWithin says whether somebody stands in for a person at some moment of a time.
func absentWithin(tx *store.Tx, person string, from, to time.Time) (bool, error) {
	var n int64
	err := tx.DB.Model(&absenceRow{}).Where("person_id = ? AND valid_from < ? AND valid_to > ? AND valid_to > valid_from",
		person, store.Micros(to), store.Micros(from)).Count(&n).Error
	return n > 0, err
}

// namedAbsence is an absence with the names of both people.
type namedAbsence struct {
	Absence        absenceRow `gorm:"embedded"`
	PersonName     string
	SubstituteName string
}

func (r namedAbsence) absence() Absence {
	return Absence{
		ID: r.Absence.ID, Person: r.Absence.PersonID, PersonName: r.PersonName, Substitute: r.Absence.SubstituteID,
		SubstituteName: r.SubstituteName, From: store.Time(r.Absence.ValidFrom), To: store.Time(r.Absence.ValidTo), Note: r.Absence.Note,
	}
}

const selectAbsences = `SELECT a.*, p.name AS person_name, s.name AS substitute_name FROM absence a
	JOIN person p ON p.id = a.person_id JOIN person s ON s.id = a.substitute_id WHERE a.valid_to > ? AND a.valid_to > a.valid_from AND `

// absencesOf lists the absences that are not over and have to do with a person.
func absencesOf(db *gorm.DB, person string, now time.Time) ([]Absence, error) {
	return readAbsences(db.Raw(selectAbsences+"(a.person_id = ? OR a.substitute_id = ?) ORDER BY a.valid_from, a.id", store.Micros(now), person, person))
}

// absencesAmong lists the absences of some people that are not over.
func absencesAmong(db *gorm.DB, people []string, now time.Time) ([]Absence, error) {
	return readAbsences(db.Raw(selectAbsences+"a.person_id IN ? ORDER BY a.valid_from, a.id", store.Micros(now), people))
}

func readAbsences(query *gorm.DB) ([]Absence, error) {
	var rows []namedAbsence
	if err := query.Scan(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]Absence, len(rows))
	for i, r := range rows {
		list[i] = r.absence()
	}
	return list, nil
}

// colleaguesOf lists the people who hold a role today in an agency in which a
// person holds one, by name.
func colleaguesOf(db *gorm.DB, person string, now time.Time) ([]Colleague, error) {
	const query = `SELECT DISTINCT p.id AS id, p.name AS name FROM person p
		JOIN membership m ON m.person_id = p.id AND m.valid_from <= @now AND (m.valid_to = 0 OR m.valid_to > @now)
		JOIN membership o ON o.agency_id = m.agency_id AND o.person_id = @person AND o.valid_from <= @now AND (o.valid_to = 0 OR o.valid_to > @now)
		WHERE p.id <> @person AND p.disabled_at = 0 AND p.kind = @kind AND m.agency_id <> ''`
	var list []Colleague
	err := db.Raw(query, map[string]any{"now": store.Micros(now), "person": person, "kind": string(Human)}).Scan(&list).Error
	slices.SortFunc(list, func(a, b Colleague) int {
		return strings.Compare(vietnamese.Fold(a.Name)+a.ID, vietnamese.Fold(b.Name)+b.ID)
	})
	return list, err
}

// bearersOf lists who holds a role at a moment, in a language or, with none, in
// any, with the same rules as postsOf.
func bearersOf(db *gorm.DB, agency string, role Role, lang string, now time.Time) ([]string, error) {
	const query = `SELECT m.person_id, m.languages FROM membership m JOIN person p ON p.id = m.person_id AND p.disabled_at = 0
		WHERE m.agency_id = @agency AND m.role = @role AND m.valid_from <= @now AND (m.valid_to = 0 OR m.valid_to > @now)
		UNION SELECT a.substitute_id, m.languages FROM absence a JOIN membership m ON m.person_id = a.person_id
		JOIN person p ON p.id = a.person_id AND p.disabled_at = 0 JOIN person s ON s.id = a.substitute_id AND s.disabled_at = 0
		WHERE m.agency_id = @agency AND m.role = @role AND ` + isLent + ` AND m.valid_from <= @now AND (m.valid_to = 0 OR m.valid_to > @now)
		AND a.valid_from <= @now AND a.valid_to > @now ORDER BY 1`
	var rows []struct{ PersonID, Languages string }
	err := db.Raw(query, map[string]any{"agency": agency, "role": string(role), "now": store.Micros(now), "never": string(SystemAdministrator), "guarded": guarded}).Scan(&rows).Error
	var ids []string
	for _, r := range rows {
		if lang == "" || languagesIn(r.Languages).Include(lang) {
			ids = append(ids, r.PersonID)
		}
	}
	return slices.Compact(ids), err
}

// administratorsOf lists the administrators of all agencies at a moment.
func administratorsOf(db *gorm.DB, now time.Time) ([]string, error) {
	const query = `SELECT DISTINCT m.person_id FROM membership m JOIN person p ON p.id = m.person_id AND p.disabled_at = 0
		WHERE m.role = ? AND m.valid_from <= ? AND (m.valid_to = 0 OR m.valid_to > ?) ORDER BY 1`
	var ids []string
	return ids, db.Raw(query, string(SystemAdministrator), store.Micros(now), store.Micros(now)).Scan(&ids).Error
}
