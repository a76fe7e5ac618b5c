package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doingoai/app/config"
)

func TestTheSecretKeyIsMadeOnceAndKept(t *testing.T) {
	cfg := config.Config{Data: filepath.Join(t.TempDir(), "data")}
	first, err := secretKey(cfg)
	if err != nil || len(first) != 32 {
		t.Fatal(len(first), err)
	}
	again, err := secretKey(cfg)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the second start has another key (%v)", err)
	}
	info, err := os.Stat(filepath.Join(cfg.Data, keyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(cfg.Data); len(files) != 1 {
		t.Errorf("the folder holds %v", files)
	}
	other, err := secretKey(config.Config{Data: t.TempDir()})
	if err != nil || bytes.Equal(first, other) {
		t.Errorf("two installations share a key (%v)", err)
	}
}

func TestABrokenKeyFileIsNotReplaced(t *testing.T) {
	cfg := config.Config{Data: t.TempDir()}
	name := filepath.Join(cfg.Data, keyFile)
	for _, text := range []string{"", "abc", strings.Repeat("z", 64), strings.Repeat("0", 62)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := secretKey(cfg); err == nil || !strings.Contains(err.Error(), keyFile) {
			t.Errorf("%q: %v", text, err)
		}
		if now, _ := os.ReadFile(name); string(now) != text {
			t.Errorf("%q was replaced", text)
		}
	}
}

func TestTheSettingGoesBeforeTheFile(t *testing.T) {
	cfg := config.Config{Data: t.TempDir(), Secret: strings.Repeat("s", 40)}
	key, err := secretKey(cfg)
	if err != nil || string(key) != cfg.Secret {
		t.Error(string(key), err)
	}
	if files, _ := os.ReadDir(cfg.Data); len(files) != 0 {
		t.Error("a file was made all the same")
	}
}
