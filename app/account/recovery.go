package account

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Recovery codes stand in for a second factor that was lost. There are ten, each
// works once, and they are shown once: the database keeps their hashes. They
// hold 80 random bits, so a fast hash is enough.

const (
	recoveryCodes = 10
	recoveryBytes = 10
)

// recoveryText writes without the letters that are taken for digits.
var recoveryText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// renewCodes makes new recovery codes in the place of all before.
func renewCodes(tx *store.Tx, person string) ([]string, error) {
	codes, hashes := make([]string, recoveryCodes), make([]string, recoveryCodes)
	for i := range codes {
		raw := make([]byte, recoveryBytes)
		rand.Read(raw)
		text := recoveryText.EncodeToString(raw)
		codes[i] = text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
		hashes[i] = tokenHash(text)
	}
	return codes, replaceRecovery(tx, person, hashes)
}

// RenewCodes answers new recovery codes; the old ones work no more.
func (a *Accounts) RenewCodes(ctx context.Context, actor Actor) (codes []string, err error) {
	err = a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		has, err := factorsOf(tx.DB, actor.ID)
		if err != nil {
			return err
		}
		if !has.Any() {
			return fault.New(fault.NotPossible, "error.factor.none")
		}
		if codes, err = renewCodes(tx, actor.ID); err != nil {
			return err
		}
		return a.recordAndTell(tx, self(actor), "factor.codes_renew", actor.ID, nil)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// plainCode is a code as it is compared: people type spaces and hyphens.
func plainCode(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '\u00a0' || r == '\t':
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
