package newsroom

import (
	"strings"
	"time"

	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"gorm.io/gorm"
)

// listing is a filter together with what the person may see.
type listing struct {
	Filter
	person   string
	agencies []string // whose editions they see all of
	all      bool     // the same of every agency
	own      []string // in which they see what they created or saved last
	ownAll   bool
	hosts    []string // whose outlets they answer for, with what stands there
}

const byPerson = "(created_by = ? OR saved_by = ?)"

// visible narrows a query to what the person may see: their agencies'
// editions, their own, and what stands on the outlets they answer for.
func (l listing) visible(db *gorm.DB) *gorm.DB {
	if l.all {
		return db
	}
	which, values := "agency_id IN ?", []any{l.agencies}
	if l.ownAll {
		which, values = which+" OR "+byPerson, append(values, l.person, l.person)
	} else if len(l.own) > 0 {
		which, values = which+" OR agency_id IN ? AND "+byPerson, append(values, l.own, l.person, l.person)
	}
	if len(l.hosts) > 0 {
		which, values = which+" OR "+stands, append(values, l.hosts)
	}
	return db.Where("("+which+")", values...)
}

// withHeadline narrows a query to headlines with a text in them. The whole
// text is folded further than a part of a word may be ("ly" may be the
// beginning of "Lyon" or the whole of "lý"), so both forms are asked for.
func withHeadline(db *gorm.DB, text string) *gorm.DB {
	pattern := func(folded string) string {
		return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(folded) + "%"
	}
	return db.Where(`(headline_folded LIKE ? ESCAPE '\' OR headline_folded LIKE ? ESCAPE '\')`,
		pattern(vietnamese.FoldSearch(text)), pattern(vietnamese.Fold(text)))
}

func loadList(db *gorm.DB, l listing, limit int) ([]editionRow, error) {
	q := l.visible(db)
	for column, value := range map[string]string{
		"state": string(l.State), "lang": l.Lang, "agency_id": l.Agency, "section_id": l.Section,
	} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if l.Mine {
		q = q.Where(byPerson, l.person, l.person)
	}
	if l.Headline != "" {
		q = withHeadline(q, l.Headline)
	}
	var rows []editionRow
	err := q.Order("saved_at DESC, item_id, lang").Offset(max(0, l.Page-1) * PageSize).Limit(limit).Find(&rows).Error
	return rows, err
}

func loadCounts(db *gorm.DB, l listing) (map[State]int, error) {
	var rows []struct {
		State State
		N     int
	}
	err := l.visible(db.Model(&editionRow{})).Select("state, COUNT(*) AS n").Group("state").Scan(&rows).Error
	counts := map[State]int{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, err
}

// waiting asks for editions in one state that wait for somebody.
type waiting struct {
	state        State
	agencies     []string
	all          bool
	creator      string // only those this person created
	notWrittenBy string // only those this person wrote nothing of since the last approval
}

func loadWaiting(db *gorm.DB, w waiting, limit int) ([]editionRow, error) {
	q := db.Where("state = ?", string(w.state))
	if !w.all {
		q = q.Where("agency_id IN ?", w.agencies)
	}
	if w.creator != "" {
		q = q.Where("created_by = ?", w.creator)
	}
	if w.notWrittenBy != "" {
		q = q.Where(`NOT EXISTS (SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang
			AND r.number > edition.approved AND r.author_id = ?)`, w.notWrittenBy)
	}
	var rows []editionRow
	err := q.Order("state_at, item_id, lang").Limit(limit).Find(&rows).Error
	return rows, err
}

func loadDue(db *gorm.DB, now time.Time) ([]Ref, error) {
	var rows []editionRow
	err := db.Select("item_id", "lang").Where("publish_at > 0 AND publish_at <= ? AND state = ?", store.Micros(now), string(Scheduled)).
		Order("publish_at").Limit(500).Find(&rows).Error
	refs := make([]Ref, len(rows))
	for i, r := range rows {
		refs[i] = r.ref()
	}
	return refs, err
}

// loadNextDue answers when the next edition is due after a moment, or the zero time.
func loadNextDue(db *gorm.DB, after time.Time) (time.Time, error) {
	var next int64
	err := db.Raw("SELECT COALESCE(MIN(publish_at), 0) FROM edition WHERE publish_at > ? AND state = ?", store.Micros(after), string(Scheduled)).Scan(&next).Error
	return store.Time(next), err
}
