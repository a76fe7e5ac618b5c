package newsroom

import (
	"strings"

	"gorm.io/gorm"
)

// isShown says whether one of some files is in a saved text that the person
// may see, in any revision of it: older ones can be opened too. What they typed
// themselves and have not saved shows nothing: nobody was asked whether the file
// may be used there, and to name it would be to have it.
//
// There is no index of what texts refer to. This reads texts, and is asked
// only about pictures that are another agency's and not with readers.
func isShown(db *gorm.DB, l listing, hashes []string) (bool, error) {
	named, values := naming(hashes)
	var found []editionRow
	err := l.visible(db.Select("item_id")).Where(`EXISTS (SELECT 1 FROM revision r
		WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND `+named+`)`, values...).Limit(1).Find(&found).Error
	return len(found) > 0, err
}

// isOffered says whether one of some files is in a text that some agencies are
// asked to carry. Readers do not have it yet: what they have is shown anyway.
func isOffered(db *gorm.DB, agencies, hashes []string) (bool, error) {
	if len(agencies) == 0 {
		return false, nil
	}
	named, values := naming(hashes)
	var found []int
	err := db.Raw(`SELECT 1 FROM edition e JOIN placement p ON p.item_id = e.item_id AND p.lang = e.lang JOIN outlet o ON o.id = p.outlet_id
		JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.approved
		WHERE e.state IN ? AND e.live <> ? AND e.blocked_at = 0 AND p.state IN ? AND o.agency_id IN ? AND `+named+` LIMIT 1`,
		append([]any{[]State{Approved, Scheduled}, IsLive, []Placing{Proposed, Carried}, agencies}, values...)...).Scan(&found).Error
	return len(found) > 0, err
}

// naming is the condition of a text that names one of some files.
func naming(hashes []string) (condition string, values []any) {
	var names []string
	for _, hash := range hashes {
		names = append(names, "content LIKE ?")
		values = append(values, "%"+hash+"%")
	}
	return "(" + strings.Join(names, " OR ") + ")", values
}
