package newsroom

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type previewRow struct {
	ID        string `gorm:"column:id"`
	TokenHash string `gorm:"column:token_hash"`
	ItemID    string `gorm:"column:item_id"`
	Lang      string `gorm:"column:lang"`
	Reader    string `gorm:"column:reader"`
	CreatedBy string `gorm:"column:created_by"`
	CreatedAt int64  `gorm:"column:created_at"`
	ExpiresAt int64  `gorm:"column:expires_at"`
	RevokedAt int64  `gorm:"column:revoked_at"`
	Opened    int    `gorm:"column:opened"`
	OpenedAt  int64  `gorm:"column:opened_at"`
	Hour      int64  `gorm:"column:hour"`
	Recent    int    `gorm:"column:recent"`
}

func (previewRow) TableName() string { return "preview_link" }

func (r previewRow) link() PreviewLink {
	return PreviewLink{
		ID: r.ID, Reader: r.Reader, CreatedBy: r.CreatedBy, CreatedAt: store.Time(r.CreatedAt), ExpiresAt: store.Time(r.ExpiresAt),
		RevokedAt: store.Time(r.RevokedAt), Opened: r.Opened, OpenedAt: store.Time(r.OpenedAt),
	}
}

func insertPreview(tx *store.Tx, row previewRow) error { return tx.DB.Create(&row).Error }

func updatePreview(tx *store.Tx, id string, columns map[string]any) error {
	return tx.DB.Model(&previewRow{}).Where("id = ?", id).Updates(columns).Error
}

func countOpenLinks(tx *store.Tx, ref Ref) (int64, error) {
	var n int64
	err := tx.DB.Model(&previewRow{}).Where(byRef+" AND revoked_at = 0 AND expires_at > ?", ref.Item, ref.Lang, store.Micros(tx.Now)).Count(&n).Error
	return n, err
}

func previewByID(tx *store.Tx, ref Ref, id string) (previewRow, error) {
	var row previewRow
	err := tx.DB.Where(byRef+" AND id = ?", ref.Item, ref.Lang, id).Take(&row).Error
	if store.IsNotFound(err) {
		err = errNoPreview()
	}
	return row, err
}

// previewByToken locks the link, so that its openings are counted one by one.
func previewByToken(tx *store.Tx, hash string) (previewRow, error) {
	var row previewRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("token_hash = ?", hash).Take(&row).Error
	if store.IsNotFound(err) {
		err = errNoPreview()
	}
	return row, err
}

// previewKnown looks for a link without locking it, so that a made-up token
// costs one look at an index.
func previewKnown(db *gorm.DB, hash string) (previewRow, error) {
	var row previewRow
	err := db.Where("token_hash = ?", hash).Take(&row).Error
	if store.IsNotFound(err) {
		err = errNoPreview()
	}
	return row, err
}

// openLinksOf lists the links that a person made and that still lead somewhere.
func openLinksOf(db *gorm.DB, person string, now time.Time) ([]previewRow, error) {
	var rows []previewRow
	return rows, db.Where("created_by = ? AND revoked_at = 0 AND expires_at > ?", person, store.Micros(now)).Order("created_at, id").Find(&rows).Error
}

func loadPreviews(db *gorm.DB, ref Ref, limit int) ([]PreviewLink, error) {
	var rows []previewRow
	err := db.Where(byRef, ref.Item, ref.Lang).Order("created_at DESC, id").Limit(limit).Find(&rows).Error
	links := make([]PreviewLink, len(rows))
	for i, r := range rows {
		links[i] = r.link()
	}
	return links, err
}

// countOpening counts one more opening of a link, and refuses what no reader
// would need: a link that got about is not to fill the trail.
func countOpening(tx *store.Tx, link previewRow) error {
	hour, recent := link.Hour, link.Recent+1
	if tx.Now.Sub(store.Time(hour)) >= time.Hour || tx.Now.Before(store.Time(hour)) {
		hour, recent = store.Micros(tx.Now), 1
	}
	if recent > maxPreviewHour {
		f := fault.New(fault.TooMany, "error.preview.pace")
		f.RetryAfter = int(time.Hour / time.Second)
		return f
	}
	return updatePreview(tx, link.ID, map[string]any{
		"opened": link.Opened + 1, "opened_at": store.Micros(tx.Now), "hour": hour, "recent": recent,
	})
}
