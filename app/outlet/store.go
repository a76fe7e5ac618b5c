package outlet

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
)

// outletRow keeps lists and texts as JSON: nobody asks for a part of them. The
// emblem is in base64.
type outletRow struct {
	ID        string `gorm:"column:id"`
	Code      string `gorm:"column:code"`
	AgencyID  string `gorm:"column:agency_id"`
	Theme     string `gorm:"column:theme"`
	Hosts     string `gorm:"column:hosts"`
	Languages string `gorm:"column:languages"`
	Texts     string `gorm:"column:texts"`
	IsDefault bool   `gorm:"column:is_default"`
	Accent    string `gorm:"column:accent"`
	Menus     string `gorm:"column:menus"`
	Emblem    string `gorm:"column:emblem"`
}

func (outletRow) TableName() string { return "outlet" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{outletRow{}} }

func (o Outlet) row() (outletRow, error) {
	row := outletRow{ID: o.ID, Code: o.Code, AgencyID: o.Agency, Theme: o.Theme, IsDefault: o.Default, Accent: o.Accent, Emblem: base64.StdEncoding.EncodeToString(o.Emblem)}
	if o.Menus == nil {
		o.Menus = map[string][]string{}
	}
	var errs []error
	for column, value := range map[*string]any{&row.Hosts: o.Hosts, &row.Languages: o.Languages, &row.Texts: o.Texts, &row.Menus: o.Menus} {
		text, err := json.Marshal(value)
		*column = string(text)
		errs = append(errs, err)
	}
	return row, errors.Join(errs...)
}

func (r outletRow) outlet() (Outlet, error) {
	o := Outlet{ID: r.ID, Code: r.Code, Agency: r.AgencyID, Theme: r.Theme, Default: r.IsDefault, Accent: r.Accent}
	emblem, err := base64.StdEncoding.DecodeString(r.Emblem)
	o.Emblem = emblem
	err = errors.Join(
		err,
		json.Unmarshal([]byte(r.Hosts), &o.Hosts),
		json.Unmarshal([]byte(r.Languages), &o.Languages),
		json.Unmarshal([]byte(r.Texts), &o.Texts),
		json.Unmarshal([]byte(r.Menus), &o.Menus),
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
	return tx.DB.Exec(`UPDATE outlet SET agency_id = ?, theme = ?, hosts = ?, languages = ?, texts = ?, is_default = ?, accent = ?, menus = ?, emblem = ?
		WHERE id = ?`, row.AgencyID, row.Theme, row.Hosts, row.Languages, row.Texts, row.IsDefault, row.Accent, row.Menus, row.Emblem, row.ID).Error
}

// checkAgency refuses an agency that there is not, and one in whose place
// another stands.
func checkAgency(tx *store.Tx, form *fault.Form, id string) error {
	var ended []int64
	if err := tx.DB.Raw("SELECT ended_at FROM agency WHERE id = ?", id).Scan(&ended).Error; err != nil {
		return err
	}
	if len(ended) == 0 || ended[0] != 0 {
		form.Refuse("agency", "error.agency.unknown")
	}
	return nil
}

// unknownSection answers a section of a list that there is not, "" when all are known.
func unknownSection(tx *store.Tx, ids []string) (string, error) {
	var known []string
	if err := tx.DB.Raw("SELECT id FROM section").Scan(&known).Error; err != nil {
		return "", err
	}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return id, nil
		}
	}
	return "", nil
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
