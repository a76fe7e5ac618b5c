package newsroom

import (
	"strings"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type commentRow struct {
	ItemID     string `gorm:"column:item_id"`
	Lang       string `gorm:"column:lang"`
	Number     int    `gorm:"column:number"`
	Thread     int    `gorm:"column:thread"`
	AuthorID   string `gorm:"column:author_id"`
	CreatedAt  int64  `gorm:"column:created_at"`
	EditedAt   int64  `gorm:"column:edited_at"`
	DeletedAt  int64  `gorm:"column:deleted_at"`
	Body       string `gorm:"column:body"`
	Mentions   string `gorm:"column:mentions"`
	Revision   int    `gorm:"column:revision"`
	Passage    int    `gorm:"column:passage"`
	Quote      string `gorm:"column:quote"`
	Prefix     string `gorm:"column:prefix"`
	Suffix     string `gorm:"column:suffix"`
	Blocking   bool   `gorm:"column:blocking"`
	ResolvedBy string `gorm:"column:resolved_by"`
	ResolvedAt int64  `gorm:"column:resolved_at"`
}

func (commentRow) TableName() string { return "comment" }

func (r commentRow) comment() Comment {
	return Comment{
		Number: r.Number, Thread: r.Thread, Author: r.AuthorID, At: store.Time(r.CreatedAt), Edited: store.Time(r.EditedAt),
		Deleted: store.Time(r.DeletedAt), Body: r.Body, Mentions: strings.Fields(r.Mentions), Revision: r.Revision,
	}
}

func (r commentRow) thread() Thread {
	return Thread{
		Comment: r.comment(), Anchor: Anchor{r.Passage, r.Quote, r.Prefix, r.Suffix},
		Blocking: r.Blocking, ResolvedBy: r.ResolvedBy, ResolvedAt: store.Time(r.ResolvedAt),
	}
}

// repeats says whether a comment says again what its author has just said.
func (r commentRow) repeats(last commentRow) bool {
	within := time.Duration(r.CreatedAt-last.CreatedAt)*time.Microsecond < time.Minute
	thread := last.Thread
	if thread == last.Number {
		thread = 0 // it began one, as r would
	}
	return within && last.DeletedAt == 0 && r.AuthorID == last.AuthorID && r.Thread == thread && r.Body == last.Body &&
		r.Quote == last.Quote && r.Passage == last.Passage
}

func insertComment(tx *store.Tx, row commentRow) error { return tx.DB.Create(&row).Error }

func updateComment(tx *store.Tx, ref Ref, number int, columns map[string]any) error {
	return tx.DB.Model(&commentRow{}).Where(byRef+" AND number = ?", ref.Item, ref.Lang, number).Updates(columns).Error
}

func loadComments(db *gorm.DB, ref Ref) ([]commentRow, error) {
	var rows []commentRow
	err := db.Where(byRef, ref.Item, ref.Lang).Order("number").Find(&rows).Error
	return rows, err
}

func loadComment(tx *store.Tx, ref Ref, number int) (commentRow, error) {
	var row commentRow
	err := tx.DB.Where(byRef+" AND number = ?", ref.Item, ref.Lang, number).Take(&row).Error
	if store.IsNotFound(err) {
		err = errNoComment()
	}
	return row, err
}

// loadThread reads the comment that begins a thread.
func loadThread(tx *store.Tx, ref Ref, number int) (commentRow, error) {
	row, err := loadComment(tx, ref, number)
	if err == nil && row.Thread != number {
		err = errNoComment()
	}
	return row, err
}

// loadLastComment reads the newest comment; number 0 when there is none.
func loadLastComment(tx *store.Tx, ref Ref) (commentRow, error) {
	var rows []commentRow
	err := tx.DB.Where(byRef, ref.Item, ref.Lang).Order("number DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return commentRow{}, err
	}
	return rows[0], nil
}

// loadSpeakers lists who has said something in a thread, by id.
func loadSpeakers(tx *store.Tx, ref Ref, thread int) ([]string, error) {
	var ids []string
	err := tx.DB.Model(&commentRow{}).Where(byRef+" AND thread = ?", ref.Item, ref.Lang, thread).
		Distinct().Order("author_id").Pluck("author_id", &ids).Error
	return ids, err
}

func countBlocking(db *gorm.DB, ref Ref) (int64, error) {
	var n int64
	err := db.Model(&commentRow{}).Where(byRef+" AND blocking AND resolved_at = 0 AND deleted_at = 0", ref.Item, ref.Lang).Count(&n).Error
	return n, err
}
