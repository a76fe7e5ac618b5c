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
	var names []string
	var values []any
	for _, hash := range hashes {
		names = append(names, "content LIKE ?")
		values = append(values, "%"+hash+"%")
	}
	named := "(" + strings.Join(names, " OR ") + ")"
	var found []editionRow
	err := l.visible(db.Select("item_id")).Where(`EXISTS (SELECT 1 FROM revision r
		WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND `+named+`)`, values...).Limit(1).Find(&found).Error
	return len(found) > 0, err
}
