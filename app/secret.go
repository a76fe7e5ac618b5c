package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"doingoai/app/config"
)

// keyFile holds the key that seals secrets. It lies in the data folder and not
// in the database, so that a copy of the database alone tells none of them;
// keep a copy of it apart from those of the database.
const keyFile = "secret.key"

// secretKey answers the key of the settings or of the file, which it makes at
// the first start.
func secretKey(cfg config.Config) ([]byte, error) {
	if cfg.Secret != "" {
		return []byte(cfg.Secret), nil
	}
	name := filepath.Join(cfg.Data, keyFile)
	key, err := readKey(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(name); err != nil {
			return nil, fmt.Errorf("secret key: %w", err)
		}
		key, err = readKey(name)
	}
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return key, nil
}

func readKey(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%s does not hold a key; put back the file that was there", name)
	}
	return key, nil
}

// makeKey writes a new key beside its place and moves it there, so that it is
// there whole or not at all; one that another process has put there meanwhile
// stays.
func makeKey(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(name), keyFile+"-*") // readable by its owner only
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name())
	key := make([]byte, 32)
	rand.Read(key)
	_, err = fmt.Fprintln(fresh, hex.EncodeToString(key))
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return err
	}
	if err := os.Link(fresh.Name(), name); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
