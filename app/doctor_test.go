package app_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doingoai/app"
	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/store"
)

// The doctor tells pictures whose renditions were given up, and is silent about
// those that are still being made.
func TestTheDoctorTellsPicturesWithoutRenditions(t *testing.T) {
	cfg := settings(t.TempDir())
	cfg.Only = "newsroom"
	bench, err := app.SeedBenchmark(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	clock := apptest.Clock(time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC))
	db, err := store.Open(t.Context(), store.Options{URL: cfg.DatabaseURL(), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	library := media.New(db, blob.Folder(cfg.MediaDir()))
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	reporter := account.Actor{ID: "p1", Posts: []account.Post{{Agency: bench.Agency, Role: account.Reporter}}}
	m, err := library.Add(t.Context(), reporter, bench.Agency, "a.png", &file)
	if err != nil {
		t.Fatal(err)
	}
	examine := func() (faults, checked string) {
		t.Helper()
		d, err := app.Examine(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(d.Faults, "\n"), strings.Join(d.Checked, "\n")
	}
	if faults, checked := examine(); faults != "" || !strings.Contains(checked, "those of 1 are still to be made") {
		t.Errorf("while it waits: %q, %q", faults, checked)
	}
	if err := os.WriteFile(filepath.Join(cfg.MediaDir(), m.Hash[:2], m.Hash), []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range media.MaxTries {
		if _, err := library.WorkOff(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Hour)
	}
	if faults, _ := examine(); !strings.Contains(faults, "picture "+m.Hash) || !strings.Contains(faults, "error.media.damaged") {
		t.Errorf("given up: %q", faults)
	}
}
