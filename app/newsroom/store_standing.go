package newsroom

import (
	"doingoai/app/account"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type standingRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	OutletID string `gorm:"column:outlet_id"`
}

func (standingRow) TableName() string { return "standing" }

// sightOf asks through a handle: a verb's is its transaction.
func sightOf(db *gorm.DB, actor account.Actor) sight {
	return sight{actor,
		func(ref Ref) ([]string, error) { return loadHosts(db, ref) },
		func(ref Ref) ([]string, error) { return loadInvited(db, ref) },
	}
}

func loadHosts(db *gorm.DB, ref Ref) ([]string, error) {
	var agencies []string
	err := db.Raw(`SELECT DISTINCT o.agency_id FROM standing s JOIN outlet o ON o.id = s.outlet_id
		WHERE s.item_id = ? AND s.lang = ? ORDER BY o.agency_id`, ref.Item, ref.Lang).Scan(&agencies).Error
	return agencies, err
}

// stands is the condition of an edition that stands on an outlet of some agencies.
const stands = `EXISTS (SELECT 1 FROM standing s JOIN outlet o ON o.id = s.outlet_id
	WHERE s.item_id = edition.item_id AND s.lang = edition.lang AND o.agency_id IN ?)`

// loadPublishing answers the agencies that have an outlet.
func loadPublishing(db *gorm.DB) ([]string, error) {
	var agencies []string
	err := db.Raw("SELECT DISTINCT agency_id FROM outlet").Scan(&agencies).Error
	return agencies, err
}

// invites is the condition of an edition that outlets of some agencies are
// asked to carry, or do.
const invites = `EXISTS (SELECT 1 FROM placement p JOIN outlet o ON o.id = p.outlet_id
	WHERE p.item_id = edition.item_id AND p.lang = edition.lang AND o.agency_id IN ? AND p.state IN ?)`

// replaceStanding notes on which outlets readers find an edition from now on.
func replaceStanding(tx *store.Tx, ref Ref, outlets []string) error {
	if err := tx.DB.Exec("DELETE FROM standing WHERE "+byRef, ref.Item, ref.Lang).Error; err != nil {
		return err
	}
	rows := make([]standingRow, len(outlets))
	for i, id := range outlets {
		rows[i] = standingRow{ref.Item, ref.Lang, id}
	}
	return tx.DB.Create(&rows).Error
}
