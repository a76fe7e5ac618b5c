package newsroom

import (
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

// loadItemsAfter answers the names of items behind one, in their order.
func loadItemsAfter(db *gorm.DB, after string, limit int) ([]string, error) {
	var ids []string
	err := db.Model(&itemRow{}).Where("id > ?", after).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, err
}

// textRow is an edition with one of its texts: the newest, or what readers have.
type textRow struct {
	Edition editionRow `gorm:"embedded"`
	Number  int        `gorm:"column:number"`
	Content string     `gorm:"column:content"`
}

// loadTexts reads the editions of some items, each with its newest text, with
// what readers have, and with the agencies on whose outlets it stands.
func loadTexts(db *gorm.DB, items []string) ([]findable, error) {
	if len(items) == 0 {
		return nil, nil
	}
	var rows []textRow
	err := db.Table("edition").Select("edition.*, r.number, r.content").
		Joins(`JOIN revision r ON r.item_id = edition.item_id AND r.lang = edition.lang
			AND (r.number = edition.head OR edition.live = ? AND r.number = edition.live_revision)`, IsLive).
		Where("edition.item_id IN ?", items).Order("edition.item_id, edition.lang, r.number DESC").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	hosts, err := loadHostsOf(db, items)
	if err != nil {
		return nil, err
	}
	var texts []findable
	for _, r := range rows {
		var c Content
		if err := json.Unmarshal([]byte(r.Content), &c); err != nil {
			return nil, fmt.Errorf("revision %s/%s/%d: %w", r.Edition.ItemID, r.Edition.Lang, r.Number, err)
		}
		if r.Number == r.Edition.Head {
			texts = append(texts, findable{row: r.Edition, newest: c, hosts: hosts[r.Edition.ref()]})
		} else {
			texts[len(texts)-1].live = &c // the newest comes first
		}
	}
	return texts, nil
}

// loadHostsOf is loadHosts of the editions of some items.
func loadHostsOf(db *gorm.DB, items []string) (map[Ref][]string, error) {
	var rows []struct{ ItemID, Lang, AgencyID string }
	err := db.Raw(`SELECT DISTINCT s.item_id, s.lang, o.agency_id FROM standing s JOIN outlet o ON o.id = s.outlet_id
		WHERE s.item_id IN ? ORDER BY s.item_id, s.lang, o.agency_id`, items).Scan(&rows).Error
	agencies := map[Ref][]string{}
	for _, r := range rows {
		ref := Ref{r.ItemID, r.Lang}
		agencies[ref] = append(agencies[ref], r.AgencyID)
	}
	return agencies, err
}
