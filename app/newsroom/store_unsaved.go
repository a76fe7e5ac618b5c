package newsroom

import (
	"encoding/json"
	"fmt"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// unfinishedRow is an autosave with its edition and the hash of its newest revision.
type unfinishedRow struct {
	Edition  editionRow  `gorm:"embedded"`
	Autosave autosaveRow `gorm:"embedded;embeddedPrefix:autosave_"`
	HeadHash string      `gorm:"column:head_hash"`
}

func loadUnfinished(db *gorm.DB, l listing, limit int) ([]unfinishedRow, error) {
	var rows []unfinishedRow
	err := l.visible(db.Table("autosave a")).
		Joins("JOIN edition ON edition.item_id = a.item_id AND edition.lang = a.lang").
		Joins("JOIN revision r ON r.item_id = a.item_id AND r.lang = a.lang AND r.number = edition.head").
		Select(`edition.*, a.person_id AS autosave_person_id, a.item_id AS autosave_item_id, a.lang AS autosave_lang,
			a.base AS autosave_base, a.content AS autosave_content, a.saved_at AS autosave_saved_at, r.hash AS head_hash`).
		Where("a.person_id = ?", l.person).Order("a.saved_at DESC, a.item_id, a.lang").Limit(limit).Scan(&rows).Error
	return rows, err
}

func (r autosaveRow) unsaved() (*Unsaved, error) {
	u := &Unsaved{Base: r.Base, SavedAt: store.Time(r.SavedAt)}
	if err := json.Unmarshal([]byte(r.Content), &u.Content); err != nil {
		return nil, fmt.Errorf("autosave of %s/%s: %w", r.ItemID, r.Lang, err)
	}
	return u, nil
}

func loadHeads(db *gorm.DB, editions []Edition) (map[Ref]string, error) {
	heads := map[Ref]string{}
	if len(editions) == 0 {
		return heads, nil
	}
	numbers := make([][]any, len(editions))
	for i, e := range editions {
		numbers[i] = []any{e.Ref.Item, e.Ref.Lang, e.Head}
	}
	var rows []revisionRow
	err := db.Select("item_id", "lang", "hash").Where("(item_id, lang, number) IN ?", numbers).Find(&rows).Error
	for _, r := range rows {
		heads[Ref{r.ItemID, r.Lang}] = r.Hash
	}
	return heads, err
}
