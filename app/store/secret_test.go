package store_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/store"
)

// What people wrote stands in no log, whatever goes wrong with a statement and
// however it was asked.
func TestParametersAreNotLogged(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		const secret = "what-nobody-else-reads"
		var log bytes.Buffer
		before := slog.Default()
		slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
		defer slog.SetDefault(before)
		var n int
		var rows []struct{ Name string }
		for name, err := range map[string]error{
			"raw":    db.Read(ctx).Raw("SELECT n FROM no_such_table WHERE word = ?", secret).Scan(&n).Error,
			"find":   db.Read(ctx).Table("no_such_table").Where("word = ?", secret).Find(&rows).Error,
			"update": db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec("UPDATE no_such_table SET word = ?", secret).Error }),
		} {
			if err == nil {
				t.Errorf("%s: nothing went wrong", name)
			}
		}
		if !strings.Contains(log.String(), "no_such_table") {
			t.Errorf("nothing was logged: %q", log.String())
		}
		if strings.Contains(log.String(), secret) {
			t.Errorf("logged: %s", log.String())
		}
	})
}
