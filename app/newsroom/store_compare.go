package newsroom

import "gorm.io/gorm"

// loadLastBy is the number of the newest revision of a person, 0 for none.
func loadLastBy(db *gorm.DB, ref Ref, person string) (int, error) {
	var n int
	err := db.Model(&revisionRow{}).Select("COALESCE(MAX(number), 0)").Where(byRef+" AND author_id = ?", ref.Item, ref.Lang, person).Scan(&n).Error
	return n, err
}

// loadByHash is the number of the newest revision with a content, 0 for none.
func loadByHash(db *gorm.DB, ref Ref, hash string) (int, error) {
	var n int
	err := db.Model(&revisionRow{}).Select("COALESCE(MAX(number), 0)").Where(byRef+" AND hash = ?", ref.Item, ref.Lang, hash).Scan(&n).Error
	return n, err
}
