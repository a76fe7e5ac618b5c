package outlet

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
)

// outletRow keeps lists and texts as JSON: nobody asks for a part of them.
type outletRow struct {
	ID        string `gorm:"column:id"`
	Code      string `gorm:"column:code"`
	AgencyID  string `gorm:"column:agency_id"`
	Theme     string `gorm:"column:theme"`
	Hosts     string `gorm:"column:hosts"`
	Languages string `gorm:"column:languages"`
	Texts     string `gorm:"column:texts"`
	IsDefault bool   `gorm:"column:is_default"`
}

func (outletRow) TableName() string { return "outlet" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{outletRow{}} }

func (o Outlet) row() (outletRow, error) {
	row := outletRow{ID: o.ID, Code: o.Code, AgencyID: o.Agency, Theme: o.Theme, IsDefault: o.Default}
	var errs []error
	for column, value := range map[*string]any{&row.Hosts: o.Hosts, &row.Languages: o.Languages, &row.Texts: o.Texts} {
		text, err := json.Marshal(value)
		*column = string(text)
		errs = append(errs, err)
	}
	return row, errors.Join(errs...)
}

func (r outletRow) outlet() (Outlet, error) {
	o := Outlet{ID: r.ID, Code: r.Code, Agency: r.AgencyID, Theme: r.Theme, Default: r.IsDefault}
	err := errors.Join(
		json.Unmarshal([]byte(r.Hosts), &o.Hosts),
		json.Unmarshal([]byte(r.Languages), &o.Languages),
		json.Unmarshal([]byte(r.Texts), &o.Texts),
	)
	if err != nil {
		return o, fmt.Errorf("outlet %s: %w", r.Code, err)
	}
	return o, nil
}

func insert(tx *store.Tx, o Outlet) error {
	row, err := o.row()
	if err != nil {
		return err
	}
	return tx.DB.Create(&row).Error
}

func update(tx *store.Tx, o Outlet) error {
	row, err := o.row()
	if err != nil {
		return err
	}
	return tx.DB.Exec("UPDATE outlet SET hosts = ?, texts = ?, is_default = ? WHERE id = ?",
		row.Hosts, row.Texts, row.IsDefault, row.ID).Error
}

func agencyExists(tx *store.Tx, id string) (bool, error) {
	var n int64
	err := tx.DB.Raw("SELECT count(*) FROM agency WHERE id = ?", id).Scan(&n).Error
	return n > 0, err
}

func list(db *gorm.DB) ([]Outlet, error) {
	var rows []outletRow
	if err := db.Order("is_default DESC, code").Find(&rows).Error; err != nil {
		return nil, err
	}
	outlets := make([]Outlet, len(rows))
	for i, r := range rows {
		var err error
		if outlets[i], err = r.outlet(); err != nil {
			return nil, err
		}
	}
	return outlets, nil
}

func one(db *gorm.DB, id string) (Outlet, error) {
	outlets, err := list(db)
	if err != nil {
		return Outlet{}, err
	}
	i := slices.IndexFunc(outlets, func(o Outlet) bool { return o.ID == id })
	if i < 0 {
		return Outlet{}, errUnknown()
	}
	return outlets[i], nil
}

func errUnknown() error { return fault.New(fault.NotFound, "error.outlet.unknown") }
