package newsstand

import (
	"doingoai/app/release"

	"gorm.io/gorm"
)

// loadHashes reads which media files the documents need, of one folder.
func loadHashes(db *gorm.DB, prefix string) ([]string, error) {
	var hashes []string
	err := db.Raw("SELECT DISTINCT hash FROM document_media WHERE hash >= ? AND hash < ?", prefix, prefix+"g").Scan(&hashes).Error
	return hashes, err
}

// loadListed reads the lists on which articles stand, as one text per
// article: its outlets and sections in order.
func loadListed(db *gorm.DB, keys []release.Key) (map[release.Key]string, error) {
	list, err := pairs(keys)
	if err != nil {
		return nil, err
	}
	var rows []listingRow
	err = db.Raw(`SELECT l.outlet, l.lang, l.section, l.id FROM json_each(?) AS k CROSS JOIN listing AS l
		WHERE l.id = k.value->>0 AND l.lang = k.value->>1 ORDER BY l.outlet, l.section`, list).Scan(&rows).Error
	listed := map[release.Key]string{}
	for _, r := range rows {
		listed[release.Key{Kind: release.ArticleKind, ID: r.ID, Lang: r.Lang}] += place(r.Outlet, r.Section)
	}
	if err != nil {
		return nil, err
	}
	var mentioned []mentionRow
	err = db.Raw(`SELECT m.outlet, m.lang, m.list, m.id FROM json_each(?) AS k CROSS JOIN mention AS m
		WHERE m.id = k.value->>0 AND m.lang = k.value->>1 ORDER BY m.outlet, m.list`, list).Scan(&mentioned).Error
	for _, r := range mentioned {
		listed[release.Key{Kind: release.ArticleKind, ID: r.ID, Lang: r.Lang}] += place(r.Outlet, r.List)
	}
	return listed, err
}

func place(outlet, section string) string { return outlet + "/" + section + " " }

// countListed counts the articles that stand on any list.
func countListed(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM (SELECT DISTINCT id, lang FROM listing)").Scan(&n).Error
	return n, err
}
