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
}

func (personRow) TableName() string { return "person" }

func (r personRow) person(held []Membership) Person {
	return Person{
		ID: r.ID, Email: r.Email, Name: r.Name, Locale: r.Locale, CreatedAt: store.Time(r.CreatedAt),
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
	return rows, db.Order("name, id").Find(&rows).Error
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
	held, err := membershipsOf(db, p.ID)
	if err != nil {
		return Actor{}, err
	}
	for _, m := range held {
		if m.ValidAt(now) {
			actor.Posts = append(actor.Posts, Post{Agency: m.Agency, Role: m.Role})
		}
	}
	return actor, nil
}
