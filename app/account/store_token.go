package account

import (
	"doingoai/app/store"

	"gorm.io/gorm"
)

type tokenRow struct {
	ID        string `gorm:"column:id"`
	Hash      string `gorm:"column:hash"`
	PersonID  string `gorm:"column:person_id"`
	Name      string `gorm:"column:name"`
	Scopes    string `gorm:"column:scopes"`
	CreatedBy string `gorm:"column:created_by"`
	CreatedAt int64  `gorm:"column:created_at"`
	ExpiresAt int64  `gorm:"column:expires_at"`
	UsedAt    int64  `gorm:"column:used_at"`
	Address   string `gorm:"column:address"`
	RevokedAt int64  `gorm:"column:revoked_at"`
}

func (tokenRow) TableName() string { return "token" }

func (r tokenRow) token() Token {
	return Token{
		ID: r.ID, Person: r.PersonID, Name: r.Name, Scopes: scopesIn(r.Scopes), CreatedAt: store.Time(r.CreatedAt),
		ExpiresAt: store.Time(r.ExpiresAt), UsedAt: store.Time(r.UsedAt), Address: r.Address, RevokedAt: store.Time(r.RevokedAt),
	}
}

func insertToken(tx *store.Tx, row tokenRow) error { return tx.DB.Create(&row).Error }

// tokensOf lists the tokens of some people, the newest first.
func tokensOf(db *gorm.DB, people []string) ([]Token, error) {
	var rows []tokenRow
	if len(people) == 0 {
		return nil, nil
	}
	if err := db.Where("person_id IN ?", people).Order("created_at DESC, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	tokens := make([]Token, len(rows))
	for i, r := range rows {
		tokens[i] = r.token()
	}
	return tokens, nil
}

func tokenByID(db *gorm.DB, id string) (tokenRow, error) {
	var row tokenRow
	err := db.Where("id = ?", id).Limit(1).Find(&row).Error
	if err == nil && row.ID == "" {
		err = noToken()
	}
	return row, err
}

// heldToken is a token with what a request needs to know of its person.
type heldToken struct {
	Token      tokenRow `gorm:"embedded"`
	Email      string
	FullName   string
	Locale     string
	Kind       string
	DisabledAt int64
	HasFactor  bool
}

func (r heldToken) person() personRow {
	return personRow{ID: r.Token.PersonID, Kind: r.Kind, Email: r.Email, Name: r.FullName, Locale: r.Locale, DisabledAt: r.DisabledAt}
}

// tokenByHash answers the zero row for an unknown token.
func tokenByHash(db *gorm.DB, hash string) (heldToken, error) {
	const query = `SELECT t.*, p.email, p.name AS full_name, p.locale, p.kind, p.disabled_at, ` + hasFactor + ` AS has_factor
		FROM token t JOIN person p ON p.id = t.person_id WHERE t.hash = ?`
	var row heldToken
	return row, db.Raw(query, hash).Scan(&row).Error
}

func countTokens(tx *store.Tx, person string) (int64, error) {
	var n int64
	query := tx.DB.Model(&tokenRow{}).Where("person_id = ? AND revoked_at = 0 AND expires_at > ?", person, store.Micros(tx.Now))
	return n, query.Count(&n).Error
}

func touchToken(tx *store.Tx, id, address string) error {
	return tx.DB.Exec("UPDATE token SET used_at = ?, address = ? WHERE id = ?", store.Micros(tx.Now), address, id).Error
}

func revokeToken(tx *store.Tx, id string) (int64, error) {
	done := tx.DB.Exec("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at = 0", store.Micros(tx.Now), id)
	return done.RowsAffected, done.Error
}

// revokeTokens ends all tokens that speak for a person.
func revokeTokens(tx *store.Tx, person string) error {
	return tx.DB.Exec("UPDATE token SET revoked_at = ? WHERE person_id = ? AND revoked_at = 0", store.Micros(tx.Now), person).Error
}
