package letter

import (
	"fmt"
	"time"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type ratingRow struct {
	Outlet  string `gorm:"column:outlet"`
	Lang    string `gorm:"column:lang"`
	Address string `gorm:"column:address"`
	Day     string `gorm:"column:day"`
	ItemID  string `gorm:"column:item_id"`
	Section string `gorm:"column:section"`
	One     int    `gorm:"column:one"`
	Two     int    `gorm:"column:two"`
	Three   int    `gorm:"column:three"`
	Four    int    `gorm:"column:four"`
	Five    int    `gorm:"column:five"`
}

func (ratingRow) TableName() string { return "rating" }

type countedRow struct {
	ID string `gorm:"column:id"`
	At int64  `gorm:"column:at"`
}

func (countedRow) TableName() string { return "rating_counted" }

// remember notes that a rating is counted, and forgets those of before a moment.
func remember(tx *store.Tx, id string, before time.Time) (fresh bool, err error) {
	if err := tx.DB.Exec("DELETE FROM rating_counted WHERE at < ?", store.Micros(before)).Error; err != nil {
		return false, err
	}
	done := tx.DB.Exec("INSERT INTO rating_counted (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, store.Micros(tx.Now))
	return done.RowsAffected == 1, done.Error
}

// stars are the columns by rating.
var stars = [MostRating]string{"one", "two", "three", "four", "five"}

func addRating(tx *store.Tx, l release.Letter, day string) error {
	star := stars[l.Rating-1]
	return tx.DB.Exec(fmt.Sprintf(`INSERT INTO rating (outlet, lang, address, day, item_id, section, %[1]s) VALUES (?, ?, ?, ?, ?, ?, 1)
		ON CONFLICT (outlet, lang, address, day) DO UPDATE SET %[1]s = rating.%[1]s + 1`, star),
		l.Outlet, l.Lang, l.Address, day, l.Item, l.Section).Error
}

const agencyOfRating = `COALESCE((SELECT o.agency_id FROM outlet o WHERE o.id = rating.outlet), (SELECT o.agency_id FROM outlet o WHERE o.is_default), '')`

func sums(db *gorm.DB, whose agencies, month string) ([]Sum, error) {
	var rows []ratingRow
	query := db.Table("rating").
		Select("outlet, lang, address, MAX(item_id) AS item_id, MAX(section) AS section, SUM(one) AS one, SUM(two) AS two, SUM(three) AS three, SUM(four) AS four, SUM(five) AS five").
		Where("day >= ? AND day <= ?", month+"-01", month+"-31")
	if !whose.all {
		query = query.Where(agencyOfRating+" IN ?", whose.ids)
	}
	err := query.Group("outlet, lang, address").Order("SUM(one) + SUM(two) + SUM(three) + SUM(four) + SUM(five) DESC, outlet, lang, address").Scan(&rows).Error
	list := make([]Sum, len(rows))
	for i, r := range rows {
		list[i] = Sum{r.Outlet, r.Lang, r.Address, r.ItemID, r.Section, [MostRating]int{r.One, r.Two, r.Three, r.Four, r.Five}}
	}
	return list, err
}
