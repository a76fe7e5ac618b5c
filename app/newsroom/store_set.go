package newsroom

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// setRow is the languages of an item that go out together.
type setRow struct {
	ItemID      string `gorm:"column:item_id"`
	BoundBy     string `gorm:"column:bound_by"`
	BoundAt     int64  `gorm:"column:bound_at"`
	PublishAt   int64  `gorm:"column:publish_at"`
	ScheduledBy string `gorm:"column:scheduled_by"`

	members []memberRow // in the order of Languages
}

func (setRow) TableName() string { return "release_set" }

type memberRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	BehindOf int    `gorm:"column:behind_of"`
}

func (memberRow) TableName() string { return "release_set_member" }

// loadSet reads the set of an item; there is none when it has no members.
func loadSet(db *gorm.DB, item string) (set setRow, err error) {
	if err = db.Where("item_id = ?", item).Limit(1).Find(&set).Error; err != nil || set.ItemID == "" {
		return set, err
	}
	var members []memberRow
	if err = db.Where("item_id = ?", item).Find(&members).Error; err != nil {
		return set, err
	}
	for _, lang := range Languages {
		for _, m := range members {
			if m.Lang == lang {
				set.members = append(set.members, m)
			}
		}
	}
	return set, nil
}

// putSet binds some languages of an item, in place of those that were.
func putSet(tx *store.Tx, set setRow) error {
	if err := deleteSet(tx, set.ItemID); err != nil {
		return err
	}
	if err := tx.DB.Create(&set).Error; err != nil {
		return err
	}
	if err := tx.DB.Create(&set.members).Error; err != nil {
		return err
	}
	return tx.DB.Model(&editionRow{}).Where("item_id = ? AND lang IN ?", set.ItemID, set.langs()).Update("bound", true).Error
}

// deleteSet ends a set: each language goes its own way again.
func deleteSet(tx *store.Tx, item string) error {
	if err := tx.DB.Where("item_id = ?", item).Delete(&memberRow{}).Error; err != nil {
		return err
	}
	if err := tx.DB.Where("item_id = ?", item).Delete(&setRow{}).Error; err != nil {
		return err
	}
	return tx.DB.Model(&editionRow{}).Where("item_id = ? AND bound", item).Update("bound", false).Error
}

func updateSet(tx *store.Tx, item string, columns map[string]any) error {
	return tx.DB.Model(&setRow{}).Where("item_id = ?", item).Updates(columns).Error
}

func updateMember(tx *store.Tx, m memberRow) error {
	return tx.DB.Model(&memberRow{}).Where(byRef, m.ItemID, m.Lang).Update("behind_of", m.BehindOf).Error
}

// loadScheduledSets answers the items whose sets have a moment, those first whose
// moment is.
func loadScheduledSets(db *gorm.DB) (items []string, err error) {
	err = db.Model(&setRow{}).Where("publish_at > 0").Order("publish_at").Limit(500).Pluck("item_id", &items).Error
	return items, err
}

// loadSetsBy answers the items whose sets a person scheduled.
func loadSetsBy(db *gorm.DB, person string) (items []string, err error) {
	err = db.Model(&setRow{}).Where("publish_at > 0 AND scheduled_by = ?", person).Order("item_id").Pluck("item_id", &items).Error
	return items, err
}

// readSet reads the set of an item and all of its editions, by language.
func readSet(db *gorm.DB, item string) (set setRow, rows map[string]editionRow, err error) {
	if !(Ref{item, Languages[0]}).plausible() {
		return set, nil, errNoEdition()
	}
	if set, err = loadSet(db, item); err != nil {
		return set, nil, err
	}
	list, err := loadEditions(db, item)
	rows = map[string]editionRow{}
	for _, row := range list {
		rows[row.Lang] = row
	}
	return set, rows, err
}

// setHash names the texts that a set would give to readers.
func setHash(db *gorm.DB, set setRow, rows map[string]editionRow) (string, error) {
	parts := make([]string, len(set.members))
	for i, m := range set.members {
		parts[i] = m.Lang
		if row, begun := rows[m.Lang]; begun {
			head, err := loadRevision(db, row.ref(), row.Head)
			if err != nil {
				return "", err
			}
			parts[i] += " " + head.Hash
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// weigh answers what can be seen at a glance to keep a set from readers.
func (s setRow) weigh(db *gorm.DB, rows map[string]editionRow) (stop, error) {
	for _, lang := range s.langs() {
		row := rows[lang]
		if State(row.State) != Scheduled {
			return stop{lang, ByApproval}, nil
		}
		open, err := countBlocking(db, row.ref())
		if err != nil {
			return stop{}, err
		}
		if open > 0 {
			return stop{lang, ByComments}, nil
		}
		head, err := loadRevision(db, row.ref(), row.Head)
		if err != nil {
			return stop{}, err
		}
		if s.abreast(row, head, rows[head.SourceLang].Head) != nil {
			return stop{lang, ByLag}, nil
		}
	}
	return stop{}, nil
}
