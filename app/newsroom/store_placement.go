package newsroom

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type placementRow struct {
	ItemID     string `gorm:"column:item_id"`
	Lang       string `gorm:"column:lang"`
	OutletID   string `gorm:"column:outlet_id"`
	State      string `gorm:"column:state"`
	StateAt    int64  `gorm:"column:state_at"`
	Reason     string `gorm:"column:reason"`
	Words      string `gorm:"column:words"`
	Draft      string `gorm:"column:draft"`
	DraftedBy  string `gorm:"column:drafted_by"`
	DraftedAt  int64  `gorm:"column:drafted_at"`
	DecidedBy  string `gorm:"column:decided_by"`
	PublishAt  int64  `gorm:"column:publish_at"`
	LiveAt     int64  `gorm:"column:live_at"`
	CheckSince int64  `gorm:"column:check_since"`
	CheckFor   string `gorm:"column:check_for"`
}

func (placementRow) TableName() string { return "placement" }

const byPlacement = byRef + " AND outlet_id = ?"

// loadPlacements answers how some outlets carry an edition, those of its own
// agency first, each group in the order of the outlets' codes. An outlet that
// has no row yet is among them, with the state it begins in.
func loadPlacements(db *gorm.DB, row editionRow, outlets []string) ([]Placement, error) {
	var known []struct {
		ID       string `gorm:"column:id"`
		Code     string `gorm:"column:code"`
		AgencyID string `gorm:"column:agency_id"`
	}
	if err := db.Raw("SELECT id, code, agency_id FROM outlet WHERE id IN ? ORDER BY code", outlets).Scan(&known).Error; err != nil {
		return nil, err
	}
	var rows []placementRow
	if err := db.Where(byRef, row.ItemID, row.Lang).Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]Placement, 0, len(known))
	for _, o := range known {
		p := Placement{Ref: row.ref(), Outlet: o.ID, Agency: o.AgencyID, Own: o.AgencyID == row.AgencyID, Placing: Proposed}
		if p.Own {
			p.Placing = Carried
		}
		if i := slices.IndexFunc(rows, func(r placementRow) bool { return r.OutletID == o.ID }); i >= 0 {
			if err := p.fill(rows[i]); err != nil {
				return nil, err
			}
		}
		list = append(list, p)
	}
	slices.SortStableFunc(list, func(a, b Placement) int { return cmp.Compare(ownFirst(a), ownFirst(b)) })
	return list, nil
}

func ownFirst(p Placement) int {
	if p.Own {
		return 0
	}
	return 1
}

func (p *Placement) fill(r placementRow) error {
	p.Known = true
	p.Placing, p.Since, p.Reason = Placing(r.State), store.Time(r.StateAt), r.Reason
	p.DraftedBy, p.DraftedAt, p.DecidedBy = r.DraftedBy, store.Time(r.DraftedAt), r.DecidedBy
	p.PublishAt, p.LiveAt, p.CheckSince = store.Time(r.PublishAt), store.Time(r.LiveAt), store.Time(r.CheckSince)
	p.CheckFor = Change(r.CheckFor)
	if err := json.Unmarshal([]byte(r.Words), &p.Words); err != nil {
		return fmt.Errorf("words of %s on %s: %w", p.subject(), r.OutletID, err)
	}
	if r.Draft == "" {
		return nil
	}
	p.Draft = new(Words)
	if err := json.Unmarshal([]byte(r.Draft), p.Draft); err != nil {
		return fmt.Errorf("draft words of %s on %s: %w", p.subject(), r.OutletID, err)
	}
	return nil
}

// placeable is the number of the text that outlets decide about: what readers
// have, else what is approved; 0 while there is none.
func (r editionRow) placeable() int {
	switch {
	case Live(r.Live) == IsLive:
		return r.LiveRevision
	case State(r.State) == Approved, State(r.State) == Scheduled:
		return r.Approved
	}
	return 0
}

// placeable answers the text that outlets decide about; ok is false while
// there is none.
func placeable(db *gorm.DB, row editionRow) (text Revision, ok bool, err error) {
	number := row.placeable()
	if number == 0 {
		return Revision{}, false, nil
	}
	text, err = loadRevision(db, row.ref(), number)
	return text, err == nil, err
}

// loadOffered answers the texts that glimpses of some editions are of.
func loadOffered(db *gorm.DB, editions []editionRow) (map[Ref]Revision, error) {
	if len(editions) == 0 {
		return nil, nil
	}
	numbers := make([][]any, len(editions))
	for i, e := range editions {
		numbers[i] = []any{e.ItemID, e.Lang, e.offered()}
	}
	var rows []revisionRow
	if err := db.Where("(item_id, lang, number) IN ?", numbers).Find(&rows).Error; err != nil {
		return nil, err
	}
	texts := map[Ref]Revision{}
	for _, r := range rows {
		text, err := r.revision()
		if err != nil {
			return nil, err
		}
		texts[text.Ref] = text
	}
	return texts, nil
}

// loadPlaceable answers the placements of the text that outlets decide about,
// with that text; ok is false while there is none.
func loadPlaceable(db *gorm.DB, row editionRow) (text Revision, list []Placement, ok bool, err error) {
	if text, ok, err = placeable(db, row); err == nil && ok {
		list, err = loadPlacements(db, row, text.Content.Outlets)
	}
	return text, list, ok, err
}

// insertPlacement makes a row for an outlet that has none.
func insertPlacement(tx *store.Tx, p Placement) error {
	return tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&placementRow{
		ItemID: p.Item, Lang: p.Lang, OutletID: p.Outlet, State: string(p.Placing), StateAt: store.Micros(tx.Now),
		Words: p.Words.encode(), LiveAt: store.Micros(p.LiveAt),
	}).Error
}

func updatePlacement(tx *store.Tx, ref Ref, outlet string, columns map[string]any) error {
	return tx.DB.Model(&placementRow{}).Where(byPlacement, ref.Item, ref.Lang, outlet).Updates(columns).Error
}

// forgetPlacements forgets what was said of outlets that an edition does not
// name any more.
func forgetPlacements(tx *store.Tx, ref Ref, but []string) error {
	return tx.DB.Where(byRef+" AND outlet_id NOT IN ?", ref.Item, ref.Lang, but).Delete(&placementRow{}).Error
}

// openPlacements puts back to the agencies of other outlets what they had
// agreed to carry, after readers have lost it everywhere.
func openPlacements(tx *store.Tx, row editionRow) error {
	err := tx.DB.Exec(`UPDATE placement SET state = ?, state_at = ?, decided_by = '', publish_at = 0 WHERE `+byRef+` AND state = ?
		AND outlet_id IN (SELECT id FROM outlet WHERE agency_id <> ?)`,
		string(Proposed), store.Micros(tx.Now), row.ItemID, row.Lang, string(Carried), row.AgencyID).Error
	if err != nil {
		return err
	}
	return tx.DB.Exec("UPDATE placement SET live_at = 0, check_since = 0, check_for = '' WHERE "+byRef, row.ItemID, row.Lang).Error
}

// loadInvited answers the agencies of the outlets to which an edition is
// offered, or that carry it.
func loadInvited(db *gorm.DB, ref Ref) ([]string, error) {
	var agencies []string
	err := db.Raw(`SELECT DISTINCT o.agency_id FROM placement p JOIN outlet o ON o.id = p.outlet_id
		WHERE p.item_id = ? AND p.lang = ? AND p.state IN ? ORDER BY o.agency_id`,
		ref.Item, ref.Lang, []string{string(Proposed), string(Carried)}).Scan(&agencies).Error
	return agencies, err
}

// loadPlacementsDue answers the editions that an outlet is to carry by now.
func loadPlacementsDue(db *gorm.DB, now time.Time) ([]Ref, error) {
	var rows []placementRow
	err := db.Raw(`SELECT DISTINCT p.item_id, p.lang FROM placement p JOIN edition e ON e.item_id = p.item_id AND e.lang = p.lang
		WHERE p.publish_at > 0 AND p.publish_at <= ? AND p.live_at = 0 AND p.state = ? AND e.live = ?
			AND e.blocked_at = 0 ORDER BY p.item_id, p.lang LIMIT 1000`,
		store.Micros(now), string(Carried), string(IsLive)).Scan(&rows).Error
	refs := make([]Ref, len(rows))
	for i, r := range rows {
		refs[i] = Ref{r.ItemID, r.Lang}
	}
	return refs, err
}

// agreed is the condition of a placement that a person has agreed to and that
// readers do not have yet.
const agreed = "state = ? AND live_at = 0 AND decided_by = ?"

// loadAgreedBy answers the editions of which a person has agreed to something
// that readers do not have yet.
func loadAgreedBy(db *gorm.DB, person string) ([]Ref, error) {
	var refs []Ref
	err := db.Model(&placementRow{}).Select("DISTINCT item_id AS item, lang").Where(agreed, string(Carried), person).Order("item_id, lang").Scan(&refs).Error
	return refs, err
}

// loadDeciders answers who has agreed to what readers of an outlet are still to get.
func loadDeciders(db *gorm.DB, ref Ref) ([]string, error) {
	var people []string
	err := db.Model(&placementRow{}).Distinct().Where(byRef+" AND state = ? AND live_at = 0 AND decided_by <> ''", ref.Item, ref.Lang, string(Carried)).
		Order("decided_by").Pluck("decided_by", &people).Error
	return people, err
}

// loadAgreed answers those placements of an edition.
func loadAgreed(db *gorm.DB, row editionRow, person string) ([]Placement, error) {
	var outlets []string
	err := db.Model(&placementRow{}).Where(byRef+" AND "+agreed, row.ItemID, row.Lang, string(Carried), person).Pluck("outlet_id", &outlets).Error
	if err != nil || len(outlets) == 0 {
		return nil, err
	}
	return loadPlacements(db, row, outlets)
}

// loadStanding answers the outlets on which readers find an edition, or found
// it last.
func loadStanding(db *gorm.DB, ref Ref) ([]string, error) {
	var outlets []string
	err := db.Raw("SELECT outlet_id FROM standing WHERE "+byRef+" ORDER BY outlet_id", ref.Item, ref.Lang).Scan(&outlets).Error
	return outlets, err
}
