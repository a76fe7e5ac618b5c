package newsroom

import (
	"slices"
	"strings"

	"gorm.io/gorm"
)

// loadOriginals reads the originals of a page of the overview, the last saved
// first. Where these are found by looking at one original after the other, they
// are looked for among so many as are in reach; last is then the last of those,
// when there may be more behind it.
func loadOriginals(db *gorm.DB, l listing, o offers, track Track, lang string, limit, reach int) (rows []editionRow, last editionRow, err error) {
	q, order, err := l.narrow(db.Where("NOT translated"))
	if err != nil {
		return nil, last, err
	}
	var condition string
	var values []any
	switch track {
	case AllTracks:
		condition, values = "1 = 1", nil
	case TrackNeeded:
		condition, values = o.missing(l, lang)
	case TrackPublished:
		// Nearly all that is old: nobody reads them all. What the subquery sees
		// as the edition is the translation (listing.visible), so that the
		// original has another name here.
		q = q.Joins("JOIN (SELECT id AS story_id FROM item) AS story ON story.story_id = edition.item_id")
		condition, values = "(?) IS NOT NULL", []any{l.translations(db, track, lang).Select("1").Where("edition.item_id = story.story_id").Limit(1)}
	case Gaps:
		condition, values = o.missing(l, lang)
		condition, values = condition+" OR item_id IN (?)", append(values, l.translations(db, TrackOutdated, lang).Select("item_id"))
	default: // few
		condition, values = "item_id IN (?)", []any{l.translations(db, track, lang).Select("item_id")}
		order = unordered
	}
	if order != unordered && (track != AllTracks || l.Headline != "") {
		if last, err = loadReach(db, l, reach); err != nil {
			return nil, last, err
		}
		if at := last.SavedAt; at != 0 {
			q = q.Where("saved_at >= ? AND (saved_at > ? OR item_id < ? OR item_id = ? AND lang <= ?)", at, at, last.ItemID, last.ItemID, last.Lang)
		}
	}
	err = q.Select("edition.*").Where("("+condition+")", values...).Order(order).Limit(limit).Find(&rows).Error
	return rows, last, err
}

// loadReach answers the last original that is looked at for a page, zero when all are.
func loadReach(db *gorm.DB, l listing, reach int) (last editionRow, err error) {
	l.Filter = Filter{Agency: l.Agency, To: l.To, After: l.After}
	q, order, err := l.narrow(db.Where("NOT translated"))
	if err == nil {
		err = q.Select("item_id", "lang", "saved_at").Order(order).Offset(reach - 1).Limit(1).Find(&last).Error
	}
	return last, err
}

// translations narrows a query to the translations that a person may see on a
// track, into one language or any.
func (l listing) translations(db *gorm.DB, track Track, lang string) *gorm.DB {
	q := l.visible(l.editions(db)).Where("translated")
	switch track {
	case TrackOutdated:
		q = q.Where("behind_at > 0 AND live_stale > 0 AND live = ?", IsLive)
	case TrackPublished:
		q = q.Where("live = ? AND live_stale = 0", IsLive)
	default:
		q = q.Where("state IN ? AND live <> ?", onTrack[track], IsLive)
	}
	if lang != "" { // said so that no index of languages is walked: the others find few
		q = q.Where("lang || '' = ?", lang)
	}
	return q
}

// missing is the condition of an original that a translation is needed of, in
// one language or any that readers are offered, for those who would see it if it
// were there.
func (o offers) missing(l listing, lang string) (condition string, values []any) {
	var parts []string
	need := func(which string, agencies []string, langs []string) {
		switch {
		case len(langs) == 0:
		case lang == "":
			parts = append(parts, which+" AND (SELECT COUNT(*) FROM edition t WHERE t.item_id = edition.item_id AND t.lang IN ?) < ?")
			values = append(values, agencies, langs, len(langs))
		case slices.Contains(langs, lang):
			parts = append(parts, which+" AND (SELECT 1 FROM edition t WHERE t.item_id = edition.item_id AND t.lang = ?) IS NULL")
			values = append(values, agencies, lang)
		}
	}
	var without []string // an outlet
	if l.all {
		own := []string{""}
		for agency := range o.by {
			own = append(own, agency)
		}
		slices.Sort(own)
		for _, agency := range own[1:] {
			need("agency_id IN ?", []string{agency}, o.by[agency])
		}
		need("agency_id NOT IN ?", own, o.any)
	}
	for _, agency := range l.agencies {
		if langs, ok := o.by[agency]; ok {
			need("agency_id IN ?", []string{agency}, langs)
		} else {
			without = append(without, agency)
		}
	}
	if len(without) > 0 && !l.all {
		need("agency_id IN ?", without, o.any)
	}
	if len(parts) == 0 {
		return "1 = 0", nil
	}
	return "(live = ? OR state IN ?) AND (" + strings.Join(parts, " OR ") + ")", append([]any{IsLive, withTheDesk}, values...)
}

// loadOriginalsOf reads the editions that items were first written in.
func loadOriginalsOf(db *gorm.DB, items []string) (rows []editionRow, err error) {
	err = db.Joins("JOIN item ON item.id = edition.item_id AND item.source_lang = edition.lang").Where("edition.item_id IN ?", items).Find(&rows).Error
	return rows, err
}

// loadOfItems reads the editions of some items that a person may see.
func loadOfItems(db *gorm.DB, l listing, originals []editionRow) ([]editionRow, error) {
	if len(originals) == 0 {
		return nil, nil
	}
	items := make([]string, len(originals))
	for i, r := range originals {
		items[i] = r.ItemID
	}
	var rows []editionRow
	err := l.visible(db).Where("item_id IN ?", items).Find(&rows).Error
	return rows, err
}
