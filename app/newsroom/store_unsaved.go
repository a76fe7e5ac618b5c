package newsroom

import (
	"encoding/json"
	"fmt"
	"strings"

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
			a.base AS autosave_base, a.content AS autosave_content, a.beside AS autosave_beside, a.saved_at AS autosave_saved_at, r.hash AS head_hash`).
		Where("a.person_id = ?", l.person).Order("a.saved_at DESC, a.item_id, a.lang").Limit(limit).Scan(&rows).Error
	return rows, err
}

func (r autosaveRow) unsaved() (*Unsaved, error) {
	u := &Unsaved{Base: r.Base, SavedAt: store.Time(r.SavedAt)}
	if err := json.Unmarshal([]byte(r.Content), &u.Content); err != nil {
		return nil, fmt.Errorf("autosave of %s/%s: %w", r.ItemID, r.Lang, err)
	}
	if r.Beside != "" {
		if err := json.Unmarshal([]byte(r.Beside), &u.Beside); err != nil {
			return nil, fmt.Errorf("autosave of %s/%s: %w", r.ItemID, r.Lang, err)
		}
	}
	return u, nil
}

// loadHeads answers the hashes of the revisions that editions had as their
// newest. They are joined: of a long list with IN PostgreSQL makes as many
// conditions. The cross join has SQLite begin with the list, and not with all
// revisions there are.
func loadHeads(db *gorm.DB, editions []Edition) (map[Ref]string, error) {
	heads := map[Ref]string{}
	if len(editions) == 0 {
		return heads, nil
	}
	var values []any
	for _, e := range editions {
		values = append(values, e.Ref.Item, e.Ref.Lang, e.Head)
	}
	var rows []revisionRow
	err := db.Raw("WITH shown (item_id, lang, number) AS (VALUES "+strings.Repeat("(?, ?, CAST(? AS BIGINT)), ", len(editions)-1)+"(?, ?, CAST(? AS BIGINT)))"+
		"SELECT r.item_id, r.lang, r.hash FROM shown CROSS JOIN revision r WHERE r.item_id = shown.item_id AND r.lang = shown.lang AND r.number = shown.number", values...).Scan(&rows).Error
	for _, r := range rows {
		heads[Ref{r.ItemID, r.Lang}] = r.Hash
	}
	return heads, err
}
