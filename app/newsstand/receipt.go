package newsstand

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A receipt confirms a letter, also when the letter has gone to the newsroom
// and nothing of it is left here. So its number is signed, with a key that lies
// beside the documents: an address that somebody made up confirms nothing.
// Newsstands that share their readers may share the key's file as well; one
// that does not have the key says that it cannot tell.

// receiptKeyFile holds the key; receiptKeySize are its bytes.
const (
	receiptKeyFile = "receipts.key"
	receiptKeySize = 32
)

// loadReceiptKey reads the key, or makes one where there is none that is whole.
func loadReceiptKey(dir string) ([]byte, error) {
	file := filepath.Join(dir, receiptKeyFile)
	key, err := os.ReadFile(file)
	if err == nil && len(key) == receiptKeySize {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the key of receipts: %w", err)
	}
	key = make([]byte, receiptKeySize)
	rand.Read(key) // never fails
	if err := os.WriteFile(file+".new", key, 0o600); err != nil {
		return nil, fmt.Errorf("write the key of receipts: %w", err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		return nil, fmt.Errorf("write the key of receipts: %w", err)
	}
	return key, nil
}

// Receipt is a letter's number with its signature, fit for an address.
func (s *Stand) Receipt(letter string) string { return letter + "." + s.sign("receipt", letter) }

// Confirmed answers the letter's number of a receipt that this newsstand gave.
func (s *Stand) Confirmed(receipt string) (letter string, ok bool) {
	letter, signature, _ := strings.Cut(receipt, ".")
	return letter, hmac.Equal([]byte(signature), []byte(s.sign("receipt", letter)))
}

// sign signs something for one purpose.
func (s *Stand) sign(purpose, text string) string {
	h := hmac.New(sha256.New, s.receiptKey)
	h.Write([]byte(purpose + " " + text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}
