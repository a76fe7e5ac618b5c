package letter

import (
	"time"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type letterRow struct {
	ID         string `gorm:"column:id"`
	Kind       string `gorm:"column:kind"`
	Topic      string `gorm:"column:topic"`
	Outlet     string `gorm:"column:outlet"`
	Lang       string `gorm:"column:lang"`
	ItemID     string `gorm:"column:item_id"`
	Address    string `gorm:"column:address"`
	Message    string `gorm:"column:message"`
	Contact    string `gorm:"column:contact"`
	Consent    string `gorm:"column:consent"`
	SentAt     int64  `gorm:"column:sent_at"`
	ReceivedAt int64  `gorm:"column:received_at"`
	DoneAt     int64  `gorm:"column:done_at"`
	DoneBy     string `gorm:"column:done_by"`
	AnsweredBy string `gorm:"column:answered_by"`
	Answer     string `gorm:"column:answer"`
	ErasedAt   int64  `gorm:"column:erased_at"`
}

func (letterRow) TableName() string { return "letter" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{letterRow{}, ratingRow{}, countedRow{}} }

func (r letterRow) letter() Letter {
	return Letter{
		Letter: release.Letter{
			ID: r.ID, Kind: r.Kind, Topic: r.Topic, Outlet: r.Outlet, Lang: r.Lang, Item: r.ItemID,
			Address: r.Address, Message: r.Message, Contact: r.Contact, Consent: r.Consent, SentAt: store.Time(r.SentAt),
		},
		ReceivedAt: store.Time(r.ReceivedAt), DoneAt: store.Time(r.DoneAt), DoneBy: r.DoneBy, AnsweredBy: r.AnsweredBy,
		Answer: r.Answer, ErasedAt: store.Time(r.ErasedAt),
	}
}

// insert keeps a letter that is not here yet. A newsstand's clock may be
// wrong, but nothing is sent after it has arrived.
func insert(tx *store.Tx, l release.Letter) error {
	received := store.Micros(tx.Now)
	sent := store.Micros(l.SentAt)
	if sent <= 0 || sent > received {
		sent = received
	}
	return tx.DB.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&letterRow{
		ID: l.ID, Kind: l.Kind, Topic: l.Topic, Outlet: l.Outlet, Lang: l.Lang, ItemID: l.Item, Address: l.Address,
		Message: l.Message, Contact: l.Contact, Consent: l.Consent, SentAt: sent, ReceivedAt: received,
	}).Error
}

// ofAgency is a letter with the agency whose outlet it came from.
type ofAgency struct {
	Row      letterRow `gorm:"embedded"`
	AgencyID string    `gorm:"column:agency_id"`
}

func (r ofAgency) letter() Letter {
	l := r.Row.letter()
	l.Agency = r.AgencyID
	return l
}

const agencyOf = `COALESCE((SELECT o.agency_id FROM outlet o WHERE o.id = letter.outlet), (SELECT o.agency_id FROM outlet o WHERE o.is_default), '')`

// of chooses the letters of some agencies.
func (a agencies) of(db *gorm.DB) *gorm.DB {
	db = db.Table("letter")
	if a.all {
		return db
	}
	return db.Where(agencyOf+" IN ?", a.ids)
}

func list(db *gorm.DB, whose agencies, done bool, offset, limit int) ([]Letter, error) {
	var rows []ofAgency
	query := whose.of(db).Select("letter.*, " + agencyOf + " AS agency_id")
	if done {
		query = query.Where("done_at > 0").Order("done_at DESC, id")
	} else {
		query = query.Where("done_at = 0").Order("received_at, id")
	}
	err := query.Offset(offset).Limit(limit).Scan(&rows).Error
	letters := make([]Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.letter()
	}
	return letters, err
}

// listAbout reads the open letters about an item.
func listAbout(db *gorm.DB, whose agencies, item string, limit int) ([]Letter, error) {
	var rows []ofAgency
	err := whose.of(db).Select("letter.*, "+agencyOf+" AS agency_id").Where("done_at = 0 AND item_id = ?", item).
		Order("received_at, id").Limit(limit).Scan(&rows).Error
	letters := make([]Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.letter()
	}
	return letters, err
}

func countOpen(db *gorm.DB, whose agencies) (int, error) {
	var n int64
	err := whose.of(db).Where("done_at = 0").Count(&n).Error
	return int(n), err
}

// lock reads a letter so that nobody else closes it before this transaction
// ends, or answers a fault of kind NotFound.
func lock(tx *store.Tx, id string) (Letter, error) {
	var row letterRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(&row).Error
	if store.IsNotFound(err) {
		err = unknown()
	}
	if err != nil {
		return Letter{}, err
	}
	l := row.letter()
	l.Agency, err = agencyFor(tx, id)
	return l, err
}

func agencyFor(tx *store.Tx, id string) (agency string, err error) {
	err = tx.DB.Raw("SELECT "+agencyOf+" FROM letter WHERE id = ?", id).Scan(&agency).Error
	return agency, err
}

func markDone(tx *store.Tx, id, person, by string) error {
	return tx.DB.Exec("UPDATE letter SET done_at = ?, done_by = ?, answered_by = ? WHERE id = ?", store.Micros(tx.Now), person, by, id).Error
}

// withOldContact locks some letters that were dealt with before a moment and
// still hold their writer's address.
func withOldContact(tx *store.Tx, before time.Time, limit int) ([]Letter, error) {
	var rows []letterRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("done_at > 0 AND done_at < ? AND contact <> ''", store.Micros(before)).
		Order("id").Limit(limit).Find(&rows).Error
	letters := make([]Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.letter()
		if err == nil {
			letters[i].Agency, err = agencyFor(tx, r.ID)
		}
	}
	return letters, err
}

func eraseContact(tx *store.Tx, id string) error {
	return tx.DB.Exec("UPDATE letter SET contact = '', erased_at = ? WHERE id = ?", store.Micros(tx.Now), id).Error
}

// load reads a letter, or answers a fault of kind NotFound.
func load(db *gorm.DB, id string) (Letter, error) {
	var row letterRow
	err := db.Where("id = ?", id).Take(&row).Error
	if store.IsNotFound(err) {
		err = unknown()
	}
	return row.letter(), err
}

// writeAnswer keeps what the writer of a letter is told, by whom it was dealt
// with if nobody had done so, and that it is done.
func writeAnswer(tx *store.Tx, l Letter, person, answer string) error {
	if l.DoneAt.IsZero() {
		if err := markDone(tx, l.ID, person, ""); err != nil {
			return err
		}
	}
	return tx.DB.Exec("UPDATE letter SET answer = ? WHERE id = ?", answer, l.ID).Error
}
