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

// sightOfAll is the sight of some editions, asked of the database at once. It
// tells no glimpses.
func sightOfAll(db *gorm.DB, actor account.Actor, rows []editionRow) (sight, error) {
	items := make([]string, len(rows))
	for i, r := range rows {
		items[i] = r.ItemID
	}
	hosts, err := loadHostsOf(db, items)
	return sight{actor: actor, hosts: func(ref Ref) ([]string, error) { return hosts[ref], nil }}, err
}

// seenEdition reads an edition for somebody to whom it exists.
func seenEdition(db *gorm.DB, actor account.Actor, ref Ref) (editionRow, error) {
	row, err := loadEdition(db, ref)
	if err == nil {
		err = sightOf(db, actor).see(row)
	}
	return row, err
}

func loadHosts(db *gorm.DB, ref Ref) ([]string, error) {
	var agencies []string
	err := db.Raw(`SELECT DISTINCT o.agency_id FROM standing s JOIN outlet o ON o.id = s.outlet_id
		WHERE s.item_id = ? AND s.lang = ? ORDER BY o.agency_id`, ref.Item, ref.Lang).Scan(&agencies).Error
	return agencies, err
}

// stands is the condition of an edition that stands on one of some outlets. It
// is no EXISTS, for which PostgreSQL would read all that ever stood anywhere
// when a list looks at a few editions.
const stands = `(SELECT 1 FROM standing s
	WHERE s.item_id = edition.item_id AND s.lang = edition.lang AND s.outlet_id IN ? LIMIT 1) IS NOT NULL`

// loadOutletsOf answers the outlets of some agencies. Most agencies have none:
// nothing is asked of outlets for their people, which takes long where every
// edition of an archive is looked at.
func loadOutletsOf(db *gorm.DB, agencies []string) (outlets []string, err error) {
	err = db.Raw("SELECT id FROM outlet WHERE agency_id IN ? ORDER BY id", agencies).Scan(&outlets).Error
	return outlets, err
}

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
