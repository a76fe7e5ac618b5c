package account

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"

	"doingoai/app/store"
)

// sealer closes secrets that must be read again, such as those of
// authenticator apps, so that a stolen database alone does not tell them. Its
// key is kept beside the database and never in it.
type sealer struct {
	aead  cipher.AEAD
	check string // by which a database knows its key
}

// newSealer makes a sealer of a key of any length; without one, of a key that
// this process makes up and takes with it.
func newSealer(key []byte) *sealer {
	if len(key) == 0 {
		key = make([]byte, 32)
		rand.Read(key)
	}
	block, err := aes.NewCipher(derived(key, "seal"))
	if err != nil {
		panic(err) // the key has the right length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	mac := hmac.New(sha256.New, derived(key, "check"))
	return &sealer{aead: aead, check: hex.EncodeToString(mac.Sum(nil)[:16])}
}

func derived(key []byte, use string) []byte {
	sub, err := hkdf.Key(sha256.New, key, nil, "doingoai account "+use, 32)
	if err != nil {
		panic(err) // only for a length that no hash could give
	}
	return sub
}

// seal closes a secret of a person. It opens for nobody else.
func (s *sealer) seal(secret []byte, person string) string {
	return base64.RawStdEncoding.EncodeToString(s.aead.Seal(nil, nil, secret, []byte(person)))
}

func (s *sealer) open(sealed, person string) ([]byte, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errors.Join(errSealed, err)
	}
	secret, err := s.aead.Open(nil, nil, raw, []byte(person))
	if err != nil {
		return nil, errors.Join(errSealed, err)
	}
	return secret, nil
}

var errSealed = errors.New("a sealed secret does not open: it was sealed with another key, or changed")

// ErrKey is what CheckKey answers when secrets were sealed with another key.
var ErrKey = errors.New("the secret key is not the one with which this database's second factors were sealed: " +
	"put the key file back (or set DOINGOAI_SECRET to what it was); if it is lost for good, " +
	"take those second factors away with “doingoai user forget-factors EMAIL”")

// CheckKey asks that the key fits the database, which remembers the one it was
// first used with. While nothing is sealed any key will do.
func (a *Accounts) CheckKey(ctx context.Context) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		known, err := keyCheck(tx)
		if err != nil || known == a.sealer.check {
			return err
		}
		sealed, err := anySealed(tx)
		if err != nil {
			return err
		}
		if sealed && known != "" {
			return ErrKey
		}
		return setKeyCheck(tx, a.sealer.check)
	})
}
