package account

import (
	"context"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Rename corrects how a person is called. The trail keeps the name they had.
func (a *Accounts) Rename(ctx context.Context, actor Actor, person, name string) error {
	by, err := manager(actor)
	if err != nil {
		return err
	}
	name = strings.Join(strings.Fields(vietnamese.NFC(name)), " ")
	var form fault.Form
	checkName(&form, name)
	return a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if err := form.Err(); err != nil || row.Name == name {
			return err
		}
		if err := setName(tx, person, name); err != nil {
			return err
		}
		return by.record(tx, "person.rename", person, map[string]string{"name": name, "name.before": row.Name})
	})
}
