package notice

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type noticeRow struct {
	ID       string `gorm:"column:id"`
	PersonID string `gorm:"column:person_id"`
	Event    int64  `gorm:"column:event"`
	At       int64  `gorm:"column:at"`
	Sort     string `gorm:"column:sort"`
	Subject  string `gorm:"column:subject"`
	Href     string `gorm:"column:href"`
	Words    string `gorm:"column:words"`
	Who      string `gorm:"column:who"`
	Title    string `gorm:"column:title"`
	Quote    string `gorm:"column:quote"`
	ReadAt   int64  `gorm:"column:read_at"`
	Way      string `gorm:"column:way"`
	SentAt   int64  `gorm:"column:sent_at"`
	Digest   string `gorm:"column:digest"`
}

func (noticeRow) TableName() string { return "notice" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{noticeRow{}, wayRow{}, digestRow{}} }

func (r noticeRow) notice() Notice {
	return Notice{
		ID: r.ID, Person: r.PersonID, Event: r.Event, At: store.Time(r.At), Sort: Sort(r.Sort), Subject: r.Subject, Href: r.Href,
		Words: r.Words, Who: r.Who, Title: r.Title, Quote: r.Quote, ReadAt: store.Time(r.ReadAt), SentAt: store.Time(r.SentAt),
	}
}

func noticesOf(rows []noticeRow) []Notice {
	notices := make([]Notice, len(rows))
	for i, r := range rows {
		notices[i] = r.notice()
	}
	return notices
}

// insert keeps a notice that is not there yet.
func insert(tx *store.Tx, n Notice, way Way) (added bool, err error) {
	result := tx.DB.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person_id"}, {Name: "event"}}, DoNothing: true}).Create(&noticeRow{
		ID: n.ID, PersonID: n.Person, Event: n.Event, At: store.Micros(n.At), Sort: string(n.Sort), Subject: n.Subject, Href: n.Href,
		Words: n.Words, Who: n.Who, Title: n.Title, Quote: n.Quote, Way: string(way),
	})
	return result.RowsAffected > 0, ring(tx, result.Error)
}

// ring wakes whoever shows how many notices are unread, when a change succeeded.
func ring(tx *store.Tx, err error) error {
	if err != nil {
		return err
	}
	return tx.Ring(Channel)
}

func load(db *gorm.DB, person string, f Filter, limit int) ([]Notice, error) {
	q := db.Where("person_id = ?", person)
	if f.Unread {
		q = q.Where("read_at = 0")
	}
	if f.Sort != "" {
		q = q.Where("sort = ?", string(f.Sort))
	}
	if f.Before > 0 {
		q = q.Where("event < ?", f.Before)
	}
	var rows []noticeRow
	err := q.Order("event DESC").Limit(limit).Find(&rows).Error
	return noticesOf(rows), err
}

// loadOne answers a fault of kind NotFound for a notice that is not the person's.
func loadOne(db *gorm.DB, person, id string) (Notice, error) {
	var row noticeRow
	err := db.Where("id = ? AND person_id = ?", id, person).Take(&row).Error
	if store.IsNotFound(err) {
		err = fault.New(fault.NotFound, "error.notice.none")
	}
	return row.notice(), err
}

// loadByID answers a fault of kind NotFound for a notice that is not there.
func loadByID(db *gorm.DB, id string) (Notice, error) {
	var row noticeRow
	err := db.Where("id = ?", id).Take(&row).Error
	if store.IsNotFound(err) {
		err = fault.New(fault.NotFound, "error.notice.none")
	}
	return row.notice(), err
}

func countUnread(db *gorm.DB, person string) (int, error) {
	var n int64
	err := db.Raw("SELECT count(*) FROM (SELECT 1 FROM notice WHERE person_id = ? AND read_at = 0 LIMIT ?) AS unread", person, MostCounted).Scan(&n).Error
	return int(n), err
}

// loadWaiting answers the unread notices that a subject waits for somebody.
func loadWaiting(db *gorm.DB, subject string) ([]Notice, error) {
	var rows []noticeRow
	err := db.Where("subject = ? AND sort = ? AND read_at = 0", subject, string(Waiting)).Order("event").Find(&rows).Error
	return noticesOf(rows), err
}

func markRead(tx *store.Tx, id string) error {
	return ring(tx, tx.DB.Exec("UPDATE notice SET read_at = ? WHERE id = ? AND read_at = 0", store.Micros(tx.Now), id).Error)
}

func markSeen(tx *store.Tx, person, subject string) error {
	return ring(tx, tx.DB.Exec("UPDATE notice SET read_at = ? WHERE person_id = ? AND subject = ? AND read_at = 0", store.Micros(tx.Now), person, subject).Error)
}

func markAllRead(tx *store.Tx, person string, through int64) error {
	return ring(tx, tx.DB.Exec("UPDATE notice SET read_at = ? WHERE person_id = ? AND event <= ? AND read_at = 0", store.Micros(tx.Now), person, through).Error)
}

func markSent(tx *store.Tx, ids []string) error {
	return tx.DB.Exec("UPDATE notice SET sent_at = ? WHERE id IN ?", store.Micros(tx.Now), ids).Error
}

func deleteUnread(tx *store.Tx, ids []string) error {
	return ring(tx, tx.DB.Exec("DELETE FROM notice WHERE id IN ? AND read_at = 0", ids).Error)
}

func deleteBefore(tx *store.Tx, before time.Time) error {
	return tx.DB.Exec("DELETE FROM notice WHERE at < ?", store.Micros(before)).Error
}
