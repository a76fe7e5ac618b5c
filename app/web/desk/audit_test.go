package desk_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/store"
)

// trail are the entries that a page of the trail shows, each as when, what
// and by whom.
func trail(page *apptest.Answer) [][]string {
	var rows [][]string
	for i := range page.All(".trail > li") {
		at := ".trail > li:nth-child(" + itoa(i+1) + ") "
		rows = append(rows, []string{page.Text(at + "time"), page.Text(at + ".act"), page.Text(at + ".by")})
	}
	return rows
}

func TestTheTrailIsReadInWords(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Submitted)
		s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: "Thiếu nguồn"})
		w.must(w.accounts.GrantRole(ctx, s.admin.actor, s.reporter.actor.ID, w.paper, account.Editor, time.Time{}, time.Time{}))
		page := s.auditor.Get("/audit").Is(http.StatusOK)
		subject := "Bài " + ref.Item + ", bản tiếng Việt Mọi việc liên quan"
		got := trail(page)
		for i, want := range [][]string{
			{"08:00, 01/07/2026", "Giao vai trò Phóng viên An Mọi việc liên quan Báo tỉnh · 08:00, 01/07/2026 · Biên tập viên", "Quản trị Kiên Quản trị hệ thống, Cổng thông tin điện tử"},
			{"08:00, 01/07/2026", "Trả lại Chờ biên tập → Trả lại " + subject + " Thiếu nguồn", "Biên tập Bình Biên tập viên, Cổng thông tin điện tử"},
			{"08:00, 01/07/2026", "Gửi duyệt Bản nháp → Chờ biên tập " + subject, "Phóng viên An Phóng viên, Cổng thông tin điện tử"},
		} {
			if !slices.Equal(got[i], want) {
				t.Errorf("row %d is %q, want %q", i, got[i], want)
			}
		}
		if strings.Contains(page.Body, "⟦") {
			t.Error("a word is missing")
		}
	})
}

func TestTheTrailIsFilteredByItsAddress(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Submitted)
		s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: "Thiếu nguồn"})
		w.clock.Advance(48 * time.Hour)
		late := w.write(s.chief, "Về sau")
		s.auditor = w.enter(s.auditor.actor.Email)
		for _, c := range []struct {
			query string
			rows  int
			first string
		}{
			{"q=thieu+nguon", 1, "Trả lại"},
			{"who=bien+tap+binh&verb=edition.return", 1, "Trả lại"},
			{"who=" + s.editor.actor.ID + "&verb=edition.*", 1, "Trả lại"},
			{"who=nobody+of+this+name", 0, ""},
			{"verb=edition.submit", 1, "Gửi duyệt"},
			{"verb=nothing.*", 0, ""},
			{"subject=edition/" + ref.Item + "/vi", 3, "Trả lại"},
			{"subject=edition/" + late.Item + "/vi&from=2026-07-03", 1, "Tạo bài"},
			{"verb=edition.*&to=2026-07-01", 3, "Trả lại"},
			{"agency=" + w.paper, 2, "Thêm kênh"},
			{"agency=atlantis", 0, ""},
		} {
			page := s.auditor.Get("/audit?" + c.query).Is(http.StatusOK)
			rows := trail(page)
			if len(rows) != c.rows || c.rows > 0 && !strings.HasPrefix(rows[0][1], c.first) {
				t.Errorf("%s: %d rows, %q", c.query, len(rows), rows)
			}
			if c.rows == 0 && page.Text(".empty") != "Không có mục nào khớp. Hãy bớt một điều kiện." {
				t.Errorf("%s: the page says %q", c.query, page.Text(".empty"))
			}
		}
		page := s.auditor.Get("/audit?who=bien+tap+binh&verb=edition.return")
		if page.Attr("#f-who", "value") != "bien tap binh" || page.Attr("#f-verb option[selected]", "value") != "edition.return" || page.Text(".asked strong") != "bien tap binh · Trả lại" {
			t.Errorf("the page says that %q is asked", page.Text(".asked"))
		}
		for _, bad := range []string{"from=hom+nay", "to=2026-13-01", "before=abc", "before=-1", "before=1e3", "before=99999999999999999999", "q=" + strings.Repeat("a", 201)} {
			s.auditor.Get("/audit?" + bad).Is(http.StatusBadRequest)
		}
	})
}

// write begins an item by somebody who may write, whoever they are.
func (w *world) write(p *person, headline string) newsroom.Ref {
	w.t.Helper()
	w.must(w.accounts.Program().GrantRole(ctx, p.actor.ID, w.portal, account.Reporter, time.Time{}, time.Time{}))
	actor, err := w.accounts.ActorFor(ctx, p.actor.ID)
	w.must(err)
	ref, err := w.newsroom.Create(ctx, actor, newsroom.Start{Kind: "article", Agency: w.portal, Lang: "vi", Content: w.article(headline)})
	w.must(err)
	return ref
}

func TestTheTrailHasPages(t *testing.T) {
	eachWorld(t, func(w *world) {
		auditor := w.hire(w.portal, account.Auditor)
		for range 130 {
			w.must(w.accounts.SetLocale(ctx, auditor.actor, "vi"))
			w.must(w.accounts.SetLocale(ctx, auditor.actor, "en"))
		}
		w.must(w.accounts.SetLocale(ctx, auditor.actor, "vi"))
		seen, pages := map[string]bool{}, 0
		for path := "/audit"; path != ""; pages++ {
			page := auditor.Get(path).Is(http.StatusOK)
			for _, row := range page.All(".trail .seq") {
				if n := apptest.Text(row); seen[n] {
					t.Fatalf("entry %s is shown twice", n)
				} else {
					seen[n] = true
				}
			}
			path = ""
			if page.Has(`a[rel="next"]`) {
				path = page.Attr(`a[rel="next"]`, "href")
			}
		}
		if want := w.entries(); len(seen) != want || pages != (want+49)/50 {
			t.Errorf("%d pages show %d entries of %d", pages, len(seen), want)
		}
		first := auditor.Get("/audit?verb=person.*")
		if next := first.Attr(`a[rel="next"]`, "href"); !strings.Contains(next, "verb=person") || !strings.Contains(next, "before=") {
			t.Errorf("the next page is %s", next)
		}
	})
}

func TestAPageOfTheTrailAsksAFixedNumberOfQueries(t *testing.T) {
	w := oneWorld(t)
	auditor := w.hire(w.portal, account.Auditor)
	few := w.queries(func() { auditor.Get("/audit").Is(http.StatusOK) })
	for range 60 {
		w.must(w.accounts.SetLocale(ctx, auditor.actor, "vi"))
		w.must(w.accounts.SetLocale(ctx, auditor.actor, "en"))
	}
	if many := w.queries(func() { auditor.Get("/audit").Is(http.StatusOK) }); many > few || many > 25 {
		t.Errorf("%d queries for a page of few entries, %d for a full one", few, many)
	}
}

func TestTheChainIsCheckedAndTheCheckIsOnIt(t *testing.T) {
	eachWorld(t, func(w *world) {
		auditor := w.hireNamed("Kiểm tra Hà", w.portal, account.Auditor)
		if got := auditor.Get("/audit").Text(".proof p"); got != "Nhật ký chưa được kiểm tra lần nào." {
			t.Errorf("%q", got)
		}
		n := w.entries()
		auditor.send("/audit/check", nil).Is(http.StatusSeeOther).LeadsTo("/audit?done=audit_checked")
		want := "Đã kiểm tra 08:00, 01/07/2026 (Kiểm tra Hà): nhật ký nguyên vẹn từ mục đầu đến mục " + itoa(n) + "."
		if got := auditor.Get("/audit").Text(".proof p"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		w.must(w.db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec("UPDATE audit SET reason = 'x' WHERE seq = 2").Error }))
		auditor.send("/audit/check", nil).Is(http.StatusSeeOther)
		if page := auditor.Get("/audit"); !page.Has(".proof.warning") || !strings.Contains(page.Text(".proof"), "chỉ nguyên vẹn đến mục 1") {
			t.Errorf("%q", page.Text(".proof"))
		}
	})
}

// What somebody typed is text in every spreadsheet: in those that cut at
// semicolons, and however a formula is dressed up.
func TestATableHoldsNoFormulas(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for _, reason := range []string{"x;=1+1", "＝1+1", "\u200b=1+1", "\u00a0@SUM(1)", "＋1", "bình thường"} {
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Submitted)
		s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: reason})
	}
	table := s.auditor.send("/audit/export", url.Values{"format": {"csv"}}).Is(http.StatusOK).Body
	for _, cell := range []string{`,"x;'=1+1",`, `,"'＝1+1",`, `'=1+1",`, `'@SUM(1)",`, `,"'＋1",`, `,"bình thường",`} {
		if !strings.Contains(table, cell) {
			t.Errorf("no %s in\n%s", cell, table)
		}
	}
	for row := range strings.SplitSeq(strings.TrimSuffix(strings.TrimPrefix(table, "\uFEFF"), "\r\n"), "\r\n") {
		if !strings.HasPrefix(row, `"`) || !strings.HasSuffix(row, `"`) {
			t.Errorf("not in quotes: %q", row)
		}
	}
	for _, bare := range []string{`,"=`, `,"＝`, ",\"\u200b=", ",\"\u00a0@"} {
		if strings.Contains(table, bare) {
			t.Errorf("a formula begins with %q", bare)
		}
	}
}

func TestTheTrailIsTakenAwayAsATable(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Submitted)
		s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: "=1+1, \"nguồn\"\nhai dòng"})
		before := w.entries()
		answer := s.auditor.send("/audit/export", url.Values{"format": {"csv"}}).Is(http.StatusOK)
		if kind := answer.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" || !strings.Contains(answer.Header.Get("Content-Disposition"), `attachment; filename="nhat-ky-2026-07-01-0800.csv"`) {
			t.Errorf("%v", answer.Header)
		}
		text, marked := strings.CutPrefix(answer.Body, "\uFEFF")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || !marked || len(rows) != before+1 {
			t.Fatalf("%d rows of %d, %v", len(rows), before, err)
		}
		last := rows[len(rows)-1]
		if rows[0][0] != "Số" || last[2] != "Biên tập Bình" || last[7] != "edition.return" || last[12] != "'=1+1, \"nguồn\"\nhai dòng" {
			t.Errorf("%q", last)
		}
		if w.entries() != before+1 {
			t.Error("that the trail was taken away is not on it")
		}
		newest := trail(s.auditor.Get("/audit"))[0]
		if !strings.HasPrefix(newest[1], "Tải nhật ký") || !strings.HasPrefix(newest[2], "Kiểm tra Hà Kiểm tra viên") {
			t.Errorf("%q", newest)
		}
	})
}

func TestTheTrailIsTakenAwayAsLinesThatProveThemselves(t *testing.T) {
	eachWorld(t, func(w *world) {
		auditor := w.hire(w.portal, account.Auditor)
		for range 300 {
			w.must(w.accounts.SetLocale(ctx, auditor.actor, "vi"))
			w.must(w.accounts.SetLocale(ctx, auditor.actor, "en"))
		}
		answer := auditor.send("/audit/export", url.Values{"format": {"jsonl"}}).Is(http.StatusOK)
		previous, n := "", 0
		for line := range strings.Lines(answer.Body) {
			var e struct {
				Seq            int
				Previous, Hash string
			}
			w.must(json.Unmarshal([]byte(line), &e))
			if n++; e.Seq != n || e.Previous != previous || len(e.Hash) != 64 {
				t.Fatalf("line %d: %s", n, line)
			}
			previous = e.Hash
		}
		if n < 600 {
			t.Errorf("%d lines", n)
		}
		some := auditor.send("/audit/export?verb=role.grant", url.Values{"format": {"jsonl"}}).Is(http.StatusOK)
		if lines := strings.Count(some.Body, "\n"); lines != 1 || !strings.Contains(some.Body, `"role.grant"`) {
			t.Errorf("%d lines: %s", lines, some.Body)
		}
		none := auditor.send("/audit/export?who=nobody+at+all", url.Values{"format": {"jsonl"}}).Is(http.StatusOK)
		if none.Body != "" {
			t.Errorf("%s", none.Body)
		}
		auditor.send("/audit/export", url.Values{"format": {"exe"}}).Is(http.StatusBadRequest)
		if _, err := audit.Verify(ctx, w.db); err != nil {
			t.Error(err)
		}
	})
}
