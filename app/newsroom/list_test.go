package newsroom

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// list reads every page of a list.
func (w *world) list(t *testing.T, who account.Actor, f Filter) []Ref {
	t.Helper()
	var refs []Ref
	for {
		editions, more, err := w.List(t.Context(), who, f)
		must(t, err)
		for _, e := range editions {
			refs = append(refs, e.Ref)
		}
		if !more {
			return refs
		}
		f.After = editions[len(editions)-1].Bookmark()
	}
}

// headlines are the headlines a list shows, sorted.
func (w *world) headlines(t *testing.T, who account.Actor, f Filter) string {
	t.Helper()
	editions, _, err := w.List(t.Context(), who, f)
	must(t, err)
	var list []string
	for _, e := range editions {
		list = append(list, e.Headline)
	}
	slices.Sort(list)
	return strings.Join(list, "|")
}

// TestListShowsExactlyWhatOpens compares the list with opening every edition
// one by one, for people with all sorts of posts.
func TestListShowsExactlyWhatOpens(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		post := func(agency string, role account.Role) account.Post { return account.Post{Agency: agency, Role: role} }
		there := w.person(t, "there", post(paper, account.Reporter))
		guest := w.person(t, "guest", post(paper, account.Contributor))
		mixed := w.person(t, "mixed", post(portal, account.Contributor), post(paper, account.Reporter))
		people := []account.Actor{
			w.reporter, w.contributor, w.editor, w.chief, w.translator, there, guest, mixed,
			w.person(t, "auditor", post(paper, account.Auditor)),
			w.person(t, "chief_there", post(paper, account.EditorInChief)),
			w.person(t, "managing_there", post(paper, account.ManagingEditor)),
			w.person(t, "guest_of_both", post(portal, account.Contributor), post(paper, account.Contributor)),
			w.person(t, "auditing_contributor", post(portal, account.Contributor), post(paper, account.Auditor)),
		}
		// Somebody who wrote in an agency they have left since.
		left := w.person(t, "left", post(paper, account.Contributor))
		refs := []Ref{
			w.draft(t, w.reporter, "vi", "Của phóng viên"), w.draft(t, w.contributor, "vi", "Của cộng tác viên"),
			w.draft(t, there, "vi", "Của báo"), w.draft(t, guest, "vi", "Của khách"),
			w.draft(t, mixed, "vi", "Của người hai nơi"), w.draft(t, left, "vi", "Của người đã đi"),
			w.bring(t, w.contributor, Approval), w.bring(t, w.reporter, Published),
		}
		left.Posts = []account.Post{post(portal, account.Contributor)}
		people = append(people, left)
		refs = append(refs, w.translate(t, refs[0], "en"))
		w.lead(t, w.contributor, refs[1], Editing)
		w.save(t, w.editor, refs[1], func(c *Content) { c.Body += "," })
		for _, who := range people {
			want := map[Ref]bool{}
			for _, ref := range refs {
				_, err := w.Open(t.Context(), who, ref)
				if err == nil {
					want[ref] = true
				} else if fault.KindOf(err) != fault.NotFound {
					t.Fatal(err)
				}
			}
			got := map[Ref]bool{}
			for _, ref := range w.list(t, who, Filter{}) {
				got[ref] = true
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s lists %v, opens %v", who.ID, got, want)
			}
			counts, err := w.Counts(t.Context(), who)
			must(t, err)
			sum := 0
			for _, n := range counts {
				sum += n
			}
			if sum != len(want) {
				t.Errorf("%s: counts %v of %d editions", who.ID, counts, len(want))
			}
		}
		for _, nobody := range []account.Actor{{}, w.person(t, "admin", post(portal, account.SystemAdministrator)), w.person(t, "idle")} {
			_, _, err := w.List(t.Context(), nobody, Filter{})
			expectKind(t, err, fault.Forbidden)
			_, err = w.Counts(t.Context(), nobody)
			expectKind(t, err, fault.Forbidden)
		}
	})
}

// What nobody needs to the last one is counted up to a limit.
func TestNoArchiveIsCounted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài")
		like := row(t, w.db, ref)
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
			for n := range CountMost {
				like.ItemID = fmt.Sprint("copy", n)
				if err := insertItem(tx, itemRow{ID: like.ItemID, Kind: "article", AgencyID: like.AgencyID, SourceLang: "vi", CreatedBy: like.CreatedBy}); err != nil {
					return err
				}
				if err := insertEdition(tx, like); err != nil {
					return err
				}
			}
			return nil
		}))
		w.bring(t, w.reporter, Submitted)
		counts, err := w.Counts(t.Context(), w.editor)
		must(t, err)
		if !maps.Equal(counts, map[State]int{Draft: CountMost, Submitted: 1}) {
			t.Errorf("%v", counts)
		}
	})
}

// Agencies without an outlet look for nothing on outlets, and those with one do.
func TestOnlyThoseWithAnOutletLookOnOutlets(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for agency, want := range map[string]bool{portal: true, "no outlet": false} {
			l, err := w.listing(t.Context(), w.person(t, "chief of "+agency, account.Post{Agency: agency, Role: account.EditorInChief}))
			must(t, err)
			if got := len(l.standing) > 0; got != want {
				t.Errorf("%s: %v", agency, l.standing)
			}
		}
	})
}

// Headlines are found as people type them: with or without marks, in either
// case, in part from the beginning of a word on, the same on both databases.
func TestHeadlineIsFoundAsPeopleType(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, headline := range []string{"Hòa bình ở Lộc Ninh", "Hoà giải cơ sở", "Kỹ thuật trồng điều", "ĐỐI NGOẠI nhân dân", "Tăng 100% vốn_mới", `Đường C:\ban tin`, "Lyon và Bình Phước", "“Bình Phước: ba năm”", "越南FDI投资增长3,58%"} {
			w.draft(t, w.reporter, "vi", headline)
		}
		for query, want := range map[string]string{
			"hòa":                 "Hoà giải cơ sở|Hòa bình ở Lộc Ninh",
			"HOA":                 "Hoà giải cơ sở|Hòa bình ở Lộc Ninh",
			"hoà bình":            "Hòa bình ở Lộc Ninh",
			"lộc ninh":            "Hòa bình ở Lộc Ninh",
			"loc ninh":            "Hòa bình ở Lộc Ninh",
			"kĩ thuật":            "Kỹ thuật trồng điều",
			"ky thuat":            "Kỹ thuật trồng điều",
			"đối ngoại":           "ĐỐI NGOẠI nhân dân",
			"doi ngoai":           "ĐỐI NGOẠI nhân dân",
			"oi ngoa":             "",
			"đoi ngoa":            "ĐỐI NGOẠI nhân dân",
			"ninh":                "Hòa bình ở Lộc Ninh",
			"phuoc: ba":           "“Bình Phước: ba năm”",
			"binh phuo":           "Lyon và Bình Phước|“Bình Phước: ba năm”",
			"投资":                  "越南FDI投资增长3,58%",
			"fdi":                 "越南FDI投资增长3,58%",
			"fdi投":                "越南FDI投资增长3,58%",
			"3,58":                "越南FDI投资增长3,58%",
			"hoa binh o loc ninh": "Hòa bình ở Lộc Ninh",
			"hoa binh o cam ninh": "",
			"ly":                  "Lyon và Bình Phước",
			"%":                   "Tăng 100% vốn_mới|越南FDI投资增长3,58%",
			"_":                   "Tăng 100% vốn_mới",
			`\`:                   `Đường C:\ban tin`,
			"100% von_":           "Tăng 100% vốn_mới",
			"cao su":              "",
			"'":                   "",
		} {
			if got := w.headlines(t, w.reporter, Filter{Headline: query}); got != want {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
	})
}

// A headline is found by what it says now, by nothing that it said before, and
// also where an older program did not file it.
func TestHeadlinesAreFiledAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Điều và cao su")
		w.save(t, w.reporter, ref, func(c *Content) { c.Headline = "Cao su và hồ tiêu" })
		for query, want := range map[string]string{"cao su": "Cao su và hồ tiêu", "hồ tiêu": "Cao su và hồ tiêu", "điều": "", "và cao": ""} {
			if got := w.headlines(t, w.reporter, Filter{Headline: query}); got != want {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
		filed := pairs(t, w)
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.DB.Exec("DELETE FROM headline_pair").Error; err != nil {
				return err
			}
			return tx.DB.Exec("UPDATE edition SET headline_filed = ?", false).Error
		}))
		must(t, w.FileHeadlines(t.Context()))
		if again := pairs(t, w); !slices.Equal(again, filed) || len(again) != 5 {
			t.Errorf("%q, before %q", again, filed)
		}
		must(t, w.FileHeadlines(t.Context()))
	})
}

func pairs(t *testing.T, w *world) (list []string) {
	t.Helper()
	var rows []headlineRow
	must(t, w.db.Read(t.Context()).Order("pair").Find(&rows).Error)
	for _, r := range rows {
		list = append(list, string(r.Pair))
	}
	return list
}

func TestFiltersNarrowTheList(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		both := w.person(t, "both", account.Post{Agency: portal, Role: account.Editor}, account.Post{Agency: paper, Role: account.Editor})
		there := w.person(t, "there", account.Post{Agency: paper, Role: account.Reporter})
		a := w.draft(t, w.reporter, "vi", "A")
		w.draft(t, there, "vi", "B")
		w.lead(t, w.reporter, w.draft(t, w.reporter, "vi", "C"), Published)
		w.save(t, w.translator, w.translate(t, a, "en"), func(c *Content) { c.Headline = "D" })
		w.save(t, both, a, func(c *Content) { c.Section = w.otherSection })
		for _, c := range []struct {
			filter Filter
			want   string
		}{
			{Filter{}, "A|B|C|D"},
			{Filter{State: Draft}, "A|B|D"}, {Filter{State: Published}, "C"}, {Filter{State: "?"}, ""},
			{Filter{Lang: "en"}, "D"}, {Filter{Agency: paper}, "B"}, {Filter{Section: w.otherSection}, "A"},
			{Filter{Mine: true}, "A"}, {Filter{Mine: true, Lang: "en"}, ""}, {Filter{State: Draft, Agency: portal, Lang: "vi"}, "A"},
		} {
			if got := w.headlines(t, both, c.filter); got != c.want {
				t.Errorf("%+v: %q, want %q", c.filter, got, c.want)
			}
		}
		counts, err := w.Counts(t.Context(), both)
		must(t, err)
		if !maps.Equal(counts, map[State]int{Draft: 3, Published: 1}) {
			t.Errorf("%v", counts)
		}
	})
}

// Pages follow each other without a gap or a repetition, last saved first.
func TestPagesOfTheListFollowEachOther(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var want []Ref
		for i := range 2*PageSize + 3 {
			if i%3 == 0 { // several in the same microsecond
				w.clock.Advance(time.Second)
			}
			want = append(want, w.draft(t, w.reporter, "vi", fmt.Sprint("Bài ", i)))
		}
		got := w.list(t, w.editor, Filter{})
		sorted := func(refs []Ref) []Ref {
			return slices.SortedFunc(slices.Values(refs), func(a, b Ref) int { return strings.Compare(a.Item, b.Item) })
		}
		if !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("%d editions on the pages, want %d", len(got), len(want))
		}
		for i := range len(got) - 1 {
			if row(t, w.db, got[i]).SavedAt < row(t, w.db, got[i+1]).SavedAt {
				t.Errorf("place %d was saved before place %d", i, i+1)
			}
		}
		first, _, err := w.List(t.Context(), w.editor, Filter{})
		must(t, err)
		mark, ok := ReadBookmark(first[PageSize-1].Bookmark().String())
		if !ok || mark.Ref != first[PageSize-1].Ref || !mark.SavedAt.Equal(first[PageSize-1].SavedAt) {
			t.Errorf("a bookmark comes back as %v", mark)
		}
		for _, odd := range []string{"x", "1.a", "1.a.vi.x", "-.a.vi", ".."} {
			if b, ok := ReadBookmark(odd); ok {
				t.Errorf("%q is read as %v", odd, b)
			}
		}
	})
}

// TestEverybodyIsToldWhatWaitsForThem has one edition in every state and asks
// each chair what it has to do.
func TestEverybodyIsToldWhatWaitsForThem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, s := range States {
			w.clock.Advance(time.Minute)
			if s == Corrected {
				w.bringLive(t, w.reporter, s)
			} else {
				w.bring(t, w.reporter, s)
			}
		}
		there := w.person(t, "there", account.Post{Agency: paper, Role: account.EditorInChief})
		reviser := w.person(t, "reviser", account.Post{Agency: portal, Role: account.Reviser})
		several := w.person(t, "several", account.Post{Agency: portal, Role: account.ManagingEditor}, account.Post{Agency: portal, Role: account.DeskHead})
		for _, c := range []struct {
			who  account.Actor
			want string
		}{
			{w.reporter, "returned:submit draft:submit"},
			{w.contributor, ""}, {w.translator, ""}, {account.Actor{}, ""},
			{there, "approved:carry scheduled:carry published:carry published:carry"}, // for its outlet
			{w.editor, "editing:pass submitted:take"},
			{reviser, "submitted:take"},
			{w.managing, "approved:schedule desk_review:pass"},
			{w.deskHead, ""},
			{w.chief, "approval:approve approved:publish"},
			{several, "approved:schedule desk_review:pass"},
		} {
			tasks, err := w.Waiting(t.Context(), c.who)
			must(t, err)
			var got []string
			for _, task := range tasks {
				got = append(got, string(task.State)+":"+string(task.Verb))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %s", c.who.ID, got, c.want)
			}
		}
	})
}

// What waits is what would work: every task can be done by whom it waits for.
func TestWhatWaitsCanBeDone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, s := range States {
			w.bring(t, w.reporter, s)
		}
		w.save(t, w.deskHead, w.bring(t, w.reporter, Approval), func(c *Content) { c.Body += "," })
		for _, who := range []account.Actor{w.reporter, w.editor, w.managing, w.deskHead, w.chief} {
			tasks, err := w.Waiting(t.Context(), who)
			must(t, err)
			for _, task := range tasks {
				if !w.offered(t, who, task.Ref, task.Verb) {
					t.Errorf("%s is told to %s in %s and may not", who.ID, task.Verb, task.State)
				}
			}
		}
	})
}

// Whoever has lost the role by which they saw an edition is not told of it, nor
// of what others write into it afterwards.
func TestWhatOneDoesNotSeeDoesNotWait(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bản nháp của tôi")
		left := w.reporter
		for _, posts := range [][]account.Post{nil, {{Agency: paper, Role: account.Reporter}}, {{Agency: paper, Role: account.EditorInChief}}} {
			left.Posts = posts
			tasks, err := w.Waiting(t.Context(), left)
			if err != nil || len(tasks) != 0 {
				t.Errorf("with %v: %+v %v", posts, tasks, err)
			}
			if _, ok, err := w.Awaits(t.Context(), left, ref); ok || err != nil {
				t.Errorf("with %v it awaits something: %v", posts, err)
			}
		}
		if tasks, err := w.Waiting(t.Context(), w.reporter); err != nil || len(tasks) != 1 {
			t.Errorf("with the role: %+v %v", tasks, err)
		}
		// What an outlet is asked to carry waits for its people as before.
		w.lead(t, w.reporter, ref, Approved)
		if tasks, err := w.Waiting(t.Context(), w.carrier); err != nil || len(tasks) != 1 || tasks[0].Verb != Carry {
			t.Errorf("of the outlet: %+v %v", tasks, err)
		}
	})
}

// A crowd of one sort hides nothing of another, however late that came.
func TestACrowdHidesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for n := range MostWaiting + 1 {
			w.draft(t, w.reporter, "vi", fmt.Sprintf("Bản nháp %d", n))
		}
		w.clock.Advance(time.Hour)
		returned := w.bring(t, w.reporter, Returned)
		tasks, err := w.Waiting(t.Context(), w.reporter)
		must(t, err)
		if len(tasks) != MostWaiting || tasks[0].Ref != returned {
			t.Errorf("%d tasks, the first is %q", len(tasks), tasks[0].State)
		}
	})
}

func TestListsTakeAFixedNumberOfQueries(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Submitted)
		w.bring(t, w.reporter, Approved)
		reads := func() map[string]int {
			return map[string]int{
				"list": queries(t, w.db, func() { w.headlines(t, w.editor, Filter{Headline: "a", Mine: true}) }),
				"waiting": queries(t, w.db, func() {
					_, err := w.Waiting(t.Context(), w.editor)
					must(t, err)
				}),
				"asked": queries(t, w.db, func() {
					_, err := w.Waiting(t.Context(), w.carrier)
					must(t, err)
				}),
				"counts": queries(t, w.db, func() {
					_, err := w.Counts(t.Context(), w.editor)
					must(t, err)
				}),
				"open": queries(t, w.db, func() {
					_, err := w.Open(t.Context(), w.editor, ref)
					must(t, err)
				}),
			}
		}
		few := reads()
		for i := range 25 {
			w.bring(t, w.reporter, []State{Draft, Submitted, Editing, Approved}[i%4])
		}
		if many := reads(); !maps.Equal(few, many) {
			t.Errorf("with more editions %v, with one %v", many, few)
		}
		want := map[string]int{"list": 3, "waiting": 2, "counts": 1, "open": 7, "asked": 4}
		if !maps.Equal(few, want) {
			t.Errorf("%v, want %v", few, want)
		}
	})
}
