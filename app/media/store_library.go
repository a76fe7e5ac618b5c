package media

import (
	"strings"
	"time"

	"doingoai/app/media/blob"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
	"doingoai/app/wording"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// search is a filter together with what the person may see.
type search struct {
	Filter
	agencies []string // whose files they see
	all      bool     // those of every agency
	now      time.Time
}

const holds = "EXISTS (SELECT 1 FROM media_holder h WHERE h.media_hash = media.hash AND h.agency_id IN ?)"

func find(db *gorm.DB, s search) ([]Media, error) {
	q := db.Where("deleted_at = 0")
	if !s.all {
		q = q.Where("(shared OR "+holds+")", s.agencies)
	}
	if s.Kind != "" {
		q = q.Where("kind = ?", string(s.Kind))
	}
	if s.Agency != "" {
		q = q.Where(holds, []string{s.Agency})
	}
	if s.Usable != "" {
		q = q.Where("(shared OR "+holds+") AND (expires_at = 0 OR expires_at > ?)", []string{s.Usable}, store.Micros(s.now))
	}
	if s.Expiring {
		q = q.Where("expires_at <> 0 AND expires_at < ?", store.Micros(s.now.Add(soon)))
	}
	if s.Unused {
		q = q.Where("NOT EXISTS (SELECT 1 FROM media_use u WHERE u.media_hash = media.hash)")
	}
	if s.Text != "" {
		q = q.Where(`(search LIKE ? ESCAPE '\' OR search LIKE ? ESCAPE '\')`, within(vietnamese.FoldSearch(s.Text)), within(vietnamese.Fold(s.Text)))
	}
	var rows []mediaRow
	err := q.Order("created_at DESC, hash DESC").Offset(max(0, s.Page-1) * PageSize).Limit(PageSize + 1).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return withWords(db, rows)
}

// within is the pattern of texts with this one in them.
func within(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// lock reads a file that is about to be changed.
func lock(tx *store.Tx, hash string) (Media, error) {
	if !blob.IsHash(hash) {
		return Media{}, errUnknown()
	}
	var row mediaRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("hash = ?", hash).Take(&row).Error
	if store.IsNotFound(err) {
		err = errUnknown()
	}
	if err != nil {
		return Media{}, err
	}
	list, err := withWords(tx.DB, []mediaRow{row})
	if err != nil {
		return Media{}, err
	}
	return list[0], nil
}

func update(tx *store.Tx, hash string, columns map[string]any) error {
	return tx.DB.Model(&mediaRow{}).Where("hash = ?", hash).Updates(columns).Error
}

func replaceWords(tx *store.Tx, hash string, words map[string]Words) error {
	if err := tx.DB.Where("media_hash = ?", hash).Delete(&wordsRow{}).Error; err != nil {
		return err
	}
	for lang, w := range words {
		if err := tx.DB.Create(&wordsRow{hash, lang, w.Alt, w.Caption}).Error; err != nil {
			return err
		}
	}
	return nil
}

func loadUses(db *gorm.DB, hash string) ([]useRow, error) {
	var rows []useRow
	err := db.Where("media_hash = ?", hash).Order("item_id, lang, place").Find(&rows).Error
	return rows, err
}

// replaceUses writes down the uses of a text. A text may name a picture by any
// of its files; the row has the picture.
func replaceUses(tx *store.Tx, item, lang string, place Place, files []string) error {
	if err := tx.DB.Where("item_id = ? AND lang = ? AND place = ?", item, lang, string(place)).Delete(&useRow{}).Error; err != nil {
		return err
	}
	if len(files) == 0 {
		return nil
	}
	known, err := loadByFile(tx.DB, files)
	if err != nil {
		return err
	}
	for _, m := range known {
		row := useRow{m.Hash, item, lang, string(place)}
		if err := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		if place != Live {
			continue
		}
		if err := update(tx, m.Hash, map[string]any{"released": true}); err != nil {
			return err
		}
	}
	return nil
}

// nextToSweep finds a file that was deleted before a moment, that nothing uses
// and that readers never had.
func nextToSweep(tx *store.Tx, before time.Time) (Media, bool, error) {
	var row mediaRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("deleted_at <> 0 AND deleted_at < ? AND NOT released", store.Micros(before)).
		Where("NOT EXISTS (SELECT 1 FROM media_use u WHERE u.media_hash = media.hash)").
		Order("deleted_at").Limit(1).Take(&row).Error
	if store.IsNotFound(err) {
		return Media{}, false, nil
	}
	if err != nil {
		return Media{}, false, err
	}
	list, err := withWords(tx.DB, []mediaRow{row})
	if err != nil {
		return Media{}, false, err
	}
	return list[0], true, nil
}

func forget(tx *store.Tx, hash string) error {
	for _, row := range []any{&wordsRow{}, &holderRow{}, &renditionRow{}, &jobRow{}} {
		if err := tx.DB.Where("media_hash = ?", hash).Delete(row).Error; err != nil {
			return err
		}
	}
	if err := wording.Forget(tx, wording.Media, hash); err != nil {
		return err
	}
	return tx.DB.Where("hash = ?", hash).Delete(&mediaRow{}).Error
}
