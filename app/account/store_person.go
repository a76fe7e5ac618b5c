package account

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type personRow struct {
	ID           string `gorm:"column:id"`
	Email        string `gorm:"column:email"`
	Name         string `gorm:"column:name"`
	Locale       string `gorm:"column:locale"`
	PasswordHash string `gorm:"column:password_hash"`
	CreatedAt    int64  `gorm:"column:created_at"`
	DisabledAt   int64  `gorm:"column:disabled_at"`
	Kind         string `gorm:"column:kind"`
}

func (personRow) TableName() string { return "person" }

func (r personRow) person(held []Membership) Person {
	return Person{
		ID: r.ID, Kind: Kind(r.Kind), Email: r.Email, Name: r.Name, Locale: r.Locale, CreatedAt: store.Time(r.CreatedAt),
		DisabledAt: store.Time(r.DisabledAt), HasPassword: r.PasswordHash != "", Memberships: held,
	}
}

func noPerson() error { return fault.New(fault.NotFound, "error.person.none") }

func insertPerson(tx *store.Tx, row personRow) error {
	err := tx.DB.Create(&row).Error
	if store.IsDuplicate(err) { // written past lockTrail by somebody's own SQL
		return fault.New(fault.Conflict, "error.conflict.title")
	}
	return err
}

func allPeople(db *gorm.DB) ([]personRow, error) {
	var rows []personRow
	return rows, db.Where("kind = ?", string(Human)).Order("name, id").Find(&rows).Error
}

// everybody answers people and services with what they are called.
func everybody(db *gorm.DB) ([]personRow, error) {
	var rows []personRow
	return rows, db.Select("id", "name", "email").Order("name, id").Find(&rows).Error
}

func allServices(db *gorm.DB) ([]personRow, error) {
	var rows []personRow
	return rows, db.Where("kind = ?", string(Service)).Order("name, id").Find(&rows).Error
}

func anybody(db *gorm.DB) (bool, error) {
	var ids []string
	err := db.Raw("SELECT id FROM person LIMIT 1").Scan(&ids).Error
	return len(ids) > 0, err
}

// personByID answers a fault of kind NotFound for an unknown id.
func personByID(db *gorm.DB, id string) (personRow, error) {
	var row personRow
	err := db.Where("id = ?", id).Limit(1).Find(&row).Error
	if err == nil && row.ID == "" {
		err = noPerson()
	}
	return row, err
}

func lockPerson(tx *store.Tx, id string) (personRow, error) {
	return personByID(tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

// personByEmail answers the zero row for an unknown address.
func personByEmail(db *gorm.DB, email string) (personRow, error) {
	var row personRow
	return row, db.Where("email = ?", email).Limit(1).Find(&row).Error
}

func namesOf(db *gorm.DB, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	var rows []personRow
	if err := db.Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

func setPassword(tx *store.Tx, id, hash string) error {
	return tx.DB.Exec("UPDATE person SET password_hash = ? WHERE id = ?", hash, id).Error
}

func setName(tx *store.Tx, id, name string) error {
	return tx.DB.Exec("UPDATE person SET name = ? WHERE id = ?", name, id).Error
}

func setLocale(tx *store.Tx, id, locale string) error {
	return tx.DB.Exec("UPDATE person SET locale = ? WHERE id = ?", locale, id).Error
}

func setDisabled(tx *store.Tx, id string, at int64) error {
	return tx.DB.Exec("UPDATE person SET disabled_at = ? WHERE id = ?", at, id).Error
}

// countAdministrators counts those who can manage people: administrators of
// today who are not disabled and have a password, or a link to choose one.
func countAdministrators(db *gorm.DB, now time.Time) (int64, error) {
	const query = `SELECT count(DISTINCT p.id) FROM person p JOIN membership m ON m.person_id = p.id
		WHERE m.role = ? AND m.valid_from <= ? AND (m.valid_to = 0 OR m.valid_to > ?) AND p.disabled_at = 0
		AND (p.password_hash <> '' OR EXISTS (
			SELECT 1 FROM ticket t WHERE t.person_id = p.id AND t.used_at = 0 AND t.expires_at > ?))`
	at := store.Micros(now)
	var n int64
	return n, db.Raw(query, string(SystemAdministrator), at, at, at).Scan(&n).Error
}

// actorOf is a person with the posts that are valid at a moment.
func actorOf(db *gorm.DB, p personRow, now time.Time) (Actor, error) {
	actor := Actor{ID: p.ID, Name: p.Name, Email: p.Email, Locale: p.Locale}
	var err error
	actor.Posts, err = postsOf(db, p.ID, now)
	return actor, err
}

// isLent says which memberships m an absence a passes on.
const isLent = "m.role <> @never AND (m.role NOT IN @guarded OR a.created_by <> a.person_id)"

// postsOf answers the posts that a person holds at a moment: their own, and
// those of the people for whom they stand in, if these are still with us. What
// an absent person holds as a substitute of somebody else is not passed on, and
// neither is the right to rule over accounts; a guarded role only when somebody
// else noted the absence.
func postsOf(db *gorm.DB, person string, now time.Time) ([]Post, error) {
	const query = `SELECT m.agency_id AS agency, m.role AS role, m.languages AS languages, '' AS absent, m.valid_from AS since, m.id AS id FROM membership m
		WHERE m.person_id = @person AND m.valid_from <= @now AND (m.valid_to = 0 OR m.valid_to > @now)
		UNION ALL SELECT m.agency_id, m.role, m.languages, a.person_id, m.valid_from, m.id FROM absence a
		JOIN person p ON p.id = a.person_id AND p.disabled_at = 0
		JOIN membership m ON m.person_id = a.person_id AND m.valid_from <= @now AND (m.valid_to = 0 OR m.valid_to > @now)
		WHERE a.substitute_id = @person AND a.valid_from <= @now AND a.valid_to > @now AND ` + isLent + `
		ORDER BY absent, since, id`
	var rows []struct{ Agency, Role, Languages, Absent string }
	err := db.Raw(query, map[string]any{"person": person, "now": store.Micros(now), "never": string(SystemAdministrator), "guarded": guarded}).Scan(&rows).Error
	posts := make([]Post, len(rows))
	for i, r := range rows {
		posts[i] = Post{Agency: r.Agency, Role: Role(r.Role), For: r.Absent, Languages: languagesIn(r.Languages)}
	}
	return posts, err
}
