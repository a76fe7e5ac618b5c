package newsstand

import (
	"encoding/json"
	"log/slog"
	"time"

	"doingoai/app/kind"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

// loadArticle reads what an article's address leads to: an article or a tombstone.
func loadArticle(db *gorm.DB, id, lang string) (row documentRow, found bool, err error) {
	err = db.Raw("SELECT kind, id, lang, seq, op, at, hash, body FROM document WHERE kind = ? AND id = ? AND lang = ?",
		string(release.ArticleKind), id, lang).Take(&row).Error
	if store.IsNotFound(err) {
		return row, false, nil
	}
	return row, err == nil, err
}

// whole is the list on which everything of an outlet stands once: the newest for
// news, that of its kind for anything else.
var whole = func() string {
	lists := "''"
	for _, k := range kind.All() {
		if !k.IsNews() {
			lists += ", '/" + string(k) + "'"
		}
	}
	return "section IN (" + lists + ")"
}()

// loadLanguages reads an article's cards on an outlet, one per language.
func loadLanguages(db *gorm.DB, outlet, id string) ([]Card, error) {
	var cards []string
	err := db.Raw("SELECT card FROM listing WHERE outlet = ? AND "+whole+" AND id = ? ORDER BY lang", outlet, id).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadTombstones reads in which languages but one an article was withdrawn.
func loadTombstones(db *gorm.DB, id, but string) (map[string]*release.Tombstone, error) {
	var rows []documentRow
	err := db.Raw("SELECT kind, id, lang, seq, op, at, hash, body FROM document WHERE kind = ? AND id = ? AND lang <> ? AND op = ?",
		string(release.ArticleKind), id, but, string(release.Withdraw)).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	stones := map[string]*release.Tombstone{}
	for _, row := range rows {
		var t release.Tombstone
		e := row.entry()
		if err := e.Decode(&t); err != nil {
			return nil, err
		}
		stones[row.Lang] = &t
	}
	return stones, nil
}

// newest reads the newest articles of each section of a list: for every
// section a short read from the end of its index, whatever the section holds.
const newest = `SELECT l.rowid, l.section, l.published, l.id, l.card FROM json_each(@sections) AS s CROSS JOIN listing AS l
	WHERE l.rowid IN (SELECT rowid FROM listing WHERE outlet = @outlet AND lang = @lang AND section = s.value
		ORDER BY published DESC, id DESC LIMIT @each)`

// loadCards reads a stretch of the list of some sections, newest first.
func loadCards(db *gorm.DB, outlet, lang string, sections []string, offset, limit int) ([]Card, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return nil, err
	}
	var cards []string
	err = db.Raw("SELECT card FROM ("+newest+") ORDER BY published DESC, id DESC LIMIT @limit OFFSET @offset", map[string]any{
		"sections": string(names), "outlet": outlet, "lang": lang, "each": offset + limit, "limit": limit, "offset": offset,
	}).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadNewest reads the newest cards of each of many sections in one question.
func loadNewest(db *gorm.DB, outlet, lang string, sections []string, each int) ([]Card, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return nil, err
	}
	var cards []string
	err = db.Raw("SELECT card FROM ("+newest+") ORDER BY published DESC, id DESC", map[string]any{
		"sections": string(names), "outlet": outlet, "lang": lang, "each": each,
	}).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

func countCards(db *gorm.DB, outlet, lang string, sections []string) (int, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return 0, err
	}
	var n int
	err = db.Raw("SELECT COUNT(*) FROM listing WHERE outlet = ? AND lang = ? AND section IN (SELECT value FROM json_each(?))",
		outlet, lang, string(names)).Scan(&n).Error
	return n, err
}

// loadFilled answers which of some sections hold an article; one look into the
// index for each.
func loadFilled(db *gorm.DB, outlet, lang string, sections []string) ([]string, error) {
	names, err := json.Marshal(sections)
	if err != nil {
		return nil, err
	}
	var filled []string
	err = db.Raw(`SELECT s.value FROM json_each(?) AS s
		WHERE EXISTS (SELECT 1 FROM listing WHERE outlet = ? AND lang = ? AND section = s.value)`, string(names), outlet, lang).Scan(&filled).Error
	return filled, err
}

// mentioned reads the newest articles of each of some lists, as newest does.
const mentioned = `SELECT m.published, m.id FROM json_each(@lists) AS s CROSS JOIN mention AS m
	WHERE m.rowid IN (SELECT rowid FROM mention WHERE outlet = @outlet AND lang = @lang AND list = s.value
		ORDER BY published DESC, id DESC LIMIT @each)`

// loadMentions reads a stretch of some lists together, newest first. An article
// that stands on several is told once.
func loadMentions(db *gorm.DB, outlet, lang string, lists []string, offset, limit int) ([]Card, error) {
	names, err := json.Marshal(lists)
	if err != nil {
		return nil, err
	}
	var cards []string
	err = db.Raw(`SELECT l.card FROM (SELECT DISTINCT published, id FROM (`+mentioned+`) ORDER BY published DESC, id DESC LIMIT @limit OFFSET @offset) AS p
		CROSS JOIN listing AS l ON l.outlet = @outlet AND l.lang = @lang AND l.`+whole+` AND l.published = p.published AND l.id = p.id
		ORDER BY p.published DESC, p.id DESC`, map[string]any{
		"lists": string(names), "outlet": outlet, "lang": lang, "each": offset + limit, "limit": limit, "offset": offset,
	}).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

func countMentions(db *gorm.DB, outlet, lang string, lists []string) (int, error) {
	names, err := json.Marshal(lists)
	if err != nil {
		return 0, err
	}
	what := "COUNT(DISTINCT id)"
	if len(lists) == 1 {
		what = "COUNT(*)" // an article is on a list once
	}
	var n int
	err = db.Raw("SELECT "+what+" FROM mention WHERE outlet = ? AND lang = ? AND list IN (SELECT value FROM json_each(?))",
		outlet, lang, string(names)).Scan(&n).Error
	return n, err
}

// loadMentioned answers which of some lists hold an article; one look into the
// index for each.
func loadMentioned(db *gorm.DB, outlet, lang string, lists []string) ([]string, error) {
	names, err := json.Marshal(lists)
	if err != nil {
		return nil, err
	}
	var filled []string
	err = db.Raw(`SELECT s.value FROM json_each(?) AS s
		WHERE EXISTS (SELECT 1 FROM mention WHERE outlet = ? AND lang = ? AND list = s.value)`, string(names), outlet, lang).Scan(&filled).Error
	return filled, err
}

// loadLanguagesAbout answers in which languages of an outlet some lists hold an
// article.
func loadLanguagesAbout(db *gorm.DB, outlet *release.Outlet, lists []string) ([]string, error) {
	names, err := json.Marshal(lists)
	if err != nil {
		return nil, err
	}
	languages, err := json.Marshal(outlet.Languages)
	if err != nil {
		return nil, err
	}
	var langs []string
	err = db.Raw(`SELECT l.value FROM json_each(?) AS l
		WHERE EXISTS (SELECT 1 FROM json_each(?) AS s CROSS JOIN mention AS m ON m.outlet = ? AND m.lang = l.value AND m.list = s.value)
		ORDER BY l.key`, string(languages), string(names), outlet.ID).Scan(&langs).Error
	return langs, err
}

func decodeCards(texts []string) ([]Card, error) {
	cards := make([]Card, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &cards[i]); err != nil {
			return nil, err
		}
	}
	return cards, nil
}

// loadRenditions reads what is known of pictures, by hash. One that cannot be
// read is shown without.
func loadRenditions(db *gorm.DB, hashes []string) (map[string]*release.Renditions, error) {
	list, err := json.Marshal(hashes)
	if err != nil {
		return nil, err
	}
	var rows []documentRow
	err = db.Raw(`SELECT kind, id, lang, seq, op, at, hash, body FROM document
		WHERE kind = ? AND lang = '' AND op = ? AND id IN (SELECT value FROM json_each(?))`,
		string(release.PictureKind), string(release.Put), string(list)).Scan(&rows).Error
	known := map[string]*release.Renditions{}
	for _, row := range rows {
		r, err := decodeRenditions(row.entry())
		if err != nil {
			slog.Error("a release cannot be read and is left out", "error", err)
			continue
		}
		known[row.ID] = r
	}
	return known, err
}

func loadFile(db *gorm.DB, hash string) (release.File, bool, error) {
	var row mediaRow
	err := db.Where("hash = ?", hash).Order("kind, id, lang").Take(&row).Error
	if store.IsNotFound(err) {
		return release.File{}, false, nil
	}
	return release.File{Hash: row.Hash, Name: row.Name, Type: row.Type, Size: row.Size}, err == nil, err
}

// loadMapPage reads the cards of a stretch of an outlet's articles, in all
// languages, by id.
func loadMapPage(db *gorm.DB, outlet string, offset, articles int) ([]Card, error) {
	var cards []string
	err := db.Raw(`SELECT card FROM listing WHERE outlet = ? AND `+whole+` AND id IN
			(SELECT DISTINCT id FROM listing WHERE outlet = ? AND `+whole+` ORDER BY id LIMIT ? OFFSET ?)
		ORDER BY id, lang`, outlet, outlet, articles, offset).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadNews reads the cards of what was published since a moment, newest first.
func loadNews(db *gorm.DB, outlet string, languages []string, since time.Time, limit int) ([]Card, error) {
	var cards []string
	err := db.Raw(`SELECT card FROM listing WHERE outlet = ? AND lang IN ? AND section = '' AND published >= ?
		ORDER BY published DESC, id DESC, lang LIMIT ?`, outlet, languages, store.Micros(since), limit).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

func countArticles(db *gorm.DB, outlet string) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(DISTINCT id) FROM listing WHERE outlet = ? AND "+whole, outlet).Scan(&n).Error
	return n, err
}
