package newsroom

import (
	"doingoai/app/store"

	"gorm.io/gorm"
)

type rulingRow struct {
	ItemID   string `gorm:"column:item_id"`
	Number   int    `gorm:"column:number"`
	Kind     string `gorm:"column:kind"`
	Exchange string `gorm:"column:exchange"`
	Party    string `gorm:"column:party"`
	Position string `gorm:"column:position"`
	Received string `gorm:"column:received"`
	Text     string `gorm:"column:text"`
	Rounds   int    `gorm:"column:rounds"`
	Reason   string `gorm:"column:reason"`
	PersonID string `gorm:"column:person_id"`
	At       int64  `gorm:"column:at"`
}

func (rulingRow) TableName() string { return "reply_ruling" }

func (r rulingRow) ruling() Ruling {
	return Ruling{
		Kind: RulingKind(r.Kind), Exchange: r.Exchange, Party: r.Party, Position: r.Position, Received: r.Received, Text: r.Text,
		Rounds: r.Rounds, Reason: r.Reason, By: r.PersonID, At: store.Time(r.At),
	}
}

// insertRuling adds a ruling to those of an item. It comes after the entry in
// the trail, whose lock makes those who rule on the item's other languages wait.
func insertRuling(tx *store.Tx, item string, r Ruling) error {
	var last int
	if err := tx.DB.Raw("SELECT COALESCE(MAX(number), 0) FROM reply_ruling WHERE item_id = ?", item).Scan(&last).Error; err != nil {
		return err
	}
	return tx.DB.Create(&rulingRow{
		ItemID: item, Number: last + 1, Kind: string(r.Kind), Exchange: r.Exchange, Party: r.Party, Position: r.Position,
		Received: r.Received, Text: r.Text, Rounds: r.Rounds, Reason: r.Reason, PersonID: r.By, At: store.Micros(r.At),
	}).Error
}

func loadRulings(db *gorm.DB, item string) ([]Ruling, error) {
	return rulings(db.Where("item_id = ?", item))
}

// loadEnded reads which exchanges about an item are over.
func loadEnded(db *gorm.DB, item string) ([]Ruling, error) {
	return rulings(db.Where("item_id = ? AND kind = ?", item, string(ExchangeEnded)))
}

func rulings(query *gorm.DB) ([]Ruling, error) {
	var rows []rulingRow
	err := query.Order("number DESC").Find(&rows).Error
	list := make([]Ruling, len(rows))
	for i, r := range rows {
		list[i] = r.ruling()
	}
	return list, err
}
