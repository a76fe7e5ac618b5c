package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/store"
	"doingoai/migrations"
)

// A disk that is full refuses what is new, says so, gives back what was typed,
// and keeps what there was.
func TestAFullDiskIsToldAndLosesNothing(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	ref := reporter.write(w.article("Trước khi hết chỗ"))
	var pages int64
	w.must(w.db.Read(ctx).Raw("PRAGMA page_count").Scan(&pages).Error)
	limit := func(n int64) {
		t.Helper()
		w.must(w.db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)).Error }))
	}
	limit(pages)
	form := formOf(reporter.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
	form.Set("body", strings.Repeat("Một câu dài không còn chỗ để lưu. ", 4000))
	page := reporter.send(pathOf(ref), form).Is(http.StatusServiceUnavailable)
	if got := page.Text("h1"); !strings.HasPrefix(got, "Máy chủ đã hết chỗ chứa") || page.Header.Get("Retry-After") == "" {
		t.Errorf("the page says %q, and to come back after %q", got, page.Header.Get("Retry-After"))
	}
	if !strings.Contains(page.Body, "Một câu dài không còn chỗ để lưu.") {
		t.Error("what was typed is not on the page")
	}
	if sheet := reporter.open(ref); sheet.Head != 1 || sheet.Headline != "Trước khi hết chỗ" {
		t.Errorf("what there was is %+v", sheet.Edition)
	}
	limit(1 << 30)
	reporter.send(pathOf(ref), form).Is(http.StatusSeeOther)
	if sheet := reporter.open(ref); sheet.Head != 2 {
		t.Errorf("with room again it is version %d", sheet.Head)
	}
}

// A database that goes away in the middle of the day, and comes back.
func TestADatabaseThatRestarts(t *testing.T) {
	line, url := apptest.CutLine(t, apptest.PostgresURL(t))
	db, err := store.Open(ctx, store.Options{URL: url, Clock: apptest.Clock(morning).Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, db, nil)
	reporter := w.hire(w.portal, account.Reporter)
	ref := reporter.write(w.article("Trước khi mất kết nối"))
	form := formOf(reporter.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
	form.Set("body", "Câu gõ lúc cơ sở dữ liệu khởi động lại.")
	line.Cut()
	page := reporter.send(pathOf(ref), form).Is(http.StatusServiceUnavailable)
	if got := page.Text("h1"); !strings.HasPrefix(got, "Cơ sở dữ liệu tạm thời không trả lời") {
		t.Errorf("the page says %q", got)
	}
	if !strings.Contains(page.Body, "Câu gõ lúc cơ sở dữ liệu khởi động lại.") {
		t.Error("what was typed is not on the page")
	}
	line.Mend()
	apptest.Eventually(t, "saving again", func() bool { return reporter.send(pathOf(ref), form).Status == http.StatusSeeOther })
	if sheet := reporter.open(ref); sheet.Head != 2 || sheet.Revision.Content.Body != "Câu gõ lúc cơ sở dữ liệu khởi động lại." {
		t.Errorf("afterwards it is %+v", sheet.Edition)
	}
}

// A database that ends every connection in the middle of a session, as when its
// server is started anew: what is sent then is kept or refused with its text,
// never half, and pages that were open hear of what comes after.
func TestADatabaseThatEndsItsConnections(t *testing.T) {
	plain := apptest.PostgresURL(t)
	name := "ended_" + store.NewID()
	db, err := store.Open(ctx, store.Options{URL: plain + "&application_name=" + name, Clock: apptest.Clock(morning).Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		t.Fatal(err)
	}
	server, err := store.Open(ctx, store.Options{URL: plain})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	w := newWorld(t, db, nil)
	base := w.serve()
	reporter, editor := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
	ref := reporter.write(w.article("Trước khi khởi động lại"))
	form := formOf(reporter.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
	w.heard(editor.listens(base, "on=editions"), "retry:")
	for round := 2; round <= 4; round++ {
		form.Set("body", fmt.Sprint("Câu gõ lần ", round, "."))
		var ended int
		w.must(server.Read(ctx).Raw("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?", name).Scan(&ended).Error)
		if ended == 0 {
			t.Fatal("there was no connection to end")
		}
		apptest.Eventually(t, "saving", func() bool {
			answer := reporter.send(pathOf(ref), form)
			if answer.Status != http.StatusSeeOther && (answer.Status != http.StatusServiceUnavailable || !strings.Contains(answer.Body, "Câu gõ lần")) {
				t.Fatalf("answered %d: %.500s", answer.Status, answer.Body)
			}
			return answer.Status == http.StatusSeeOther
		})
		if sheet := reporter.open(ref); sheet.Head != round || sheet.Revision.Content.Body != form.Get("body") {
			t.Errorf("after round %d it is version %d with %q", round, sheet.Head, sheet.Revision.Content.Body)
		}
		form.Set("base", fmt.Sprint(round))
	}
	lines := editor.listens(base, "on=editions")
	w.heard(lines, "retry:")
	other := reporter.write(w.article("Sau khi khởi động lại"))
	if got := w.heard(lines, "data: "); got != "edition/"+other.Item+"/vi" {
		t.Errorf("the page is told of %q", got)
	}
}
