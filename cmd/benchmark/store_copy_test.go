package main

import (
	"context"
	"fmt"

	"doingoai/app/store"
)

// corpusFaults names what a newsroom's own verbs would never leave behind.
func corpusFaults(ctx context.Context, db *store.DB) ([]string, error) {
	var faults []string
	for fault, query := range map[string]string{
		"too few items":                    "SELECT CASE WHEN COUNT(*) < 200 THEN 1 ELSE 0 END FROM item",
		"heads without a revision":         "SELECT COUNT(*) FROM edition e WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.head)",
		"approvals of other texts":         "SELECT COUNT(*) FROM edition e JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.approved WHERE r.hash <> e.approved_hash",
		"live texts without their release": "SELECT COUNT(*) FROM edition e WHERE e.live <> '' AND NOT EXISTS (SELECT 1 FROM release l WHERE l.id = e.item_id AND l.lang = e.lang AND l.seq = e.live_seq)",
		"numbers beyond the counter":       "SELECT COUNT(*) FROM release WHERE seq > (SELECT value FROM counter WHERE name = 'release')",
		"work that waits for nobody":       "SELECT COUNT(*) FROM edition e WHERE e.state IN ('draft', 'submitted', 'editing', 'approval') AND NOT EXISTS (SELECT 1 FROM turn t WHERE t.item_id = e.item_id)",
	} {
		var n int
		if err := db.Read(ctx).Raw(query).Scan(&n).Error; err != nil {
			return nil, fmt.Errorf("%s: %w", fault, err)
		}
		if n > 0 {
			faults = append(faults, fault)
		}
	}
	return faults, nil
}
