package label_test

import (
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/label"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	chief    = account.Actor{ID: "chief", Name: "chief", Posts: []account.Post{{Agency: "a", Role: account.EditorInChief}}}
	reporter = account.Actor{ID: "reporter", Name: "reporter", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
)

func eachRoom(t *testing.T, f func(t *testing.T, tags, authors *label.Room, log *release.Log)) {
	t.Helper()
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		f(t, label.New(db, log, label.Tag), label.New(db, log, label.Author), log)
	})
}

func named(vi, en string) label.Label {
	l := label.Label{Names: map[string]label.Name{"vi": {Name: vi}}}
	if en != "" {
		l.Names["en"] = label.Name{Name: en}
	}
	return l
}

func add(t *testing.T, r *label.Room, vi, en string) string {
	t.Helper()
	id, err := r.Add(t.Context(), chief, named(vi, en))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func refusedAt(err error, field string) string {
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	return f.Fields[field].Key
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestANameIsGivenOnce(t *testing.T) {
	eachRoom(t, func(t *testing.T, tags, authors *label.Room, _ *release.Log) {
		id := add(t, tags, "Cửa khẩu  Hoa Lư", "Hoa Lư border gate")
		_, err := tags.Add(t.Context(), chief, named("cua khau hoa lu", ""))
		if got := refusedAt(err, "name_vi"); got != "error.label.same" {
			t.Errorf("the same name without marks: %v", err)
		}
		add(t, authors, "Cửa khẩu Hoa Lư", "") // an author may be called so
		found, err := tags.Known(t.Context(), []string{"CỬA KHẨU HOA LƯ", "hoa lu border gate", id, "nothing"})
		must(t, err)
		for word, want := range map[string]int{"CỬA KHẨU HOA LƯ": 1, "hoa lu border gate": 1, id: 1, "nothing": 0} {
			if len(found[word]) != want || want == 1 && found[word][0] != id {
				t.Errorf("%q is %q", word, found[word])
			}
		}
		for name, field := range map[string]string{"": "name_vi", "a;b": "name_vi", strings.Repeat("ể", label.MaxName+1): "name_vi", "\xff": "name_vi", "!!!": "name_vi"} {
			if _, err := tags.Add(t.Context(), chief, named(name, "")); refusedAt(err, field) == "" {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, err := tags.Add(t.Context(), reporter, named("Khác", "")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reporter: %v", err)
		}
	})
}

func TestASlugLeadsToItsLabelForEver(t *testing.T) {
	eachRoom(t, func(t *testing.T, tags, _ *label.Room, log *release.Log) {
		id := add(t, tags, "Đầu tư", "")
		must(t, tags.Rename(t.Context(), chief, id, "vi", label.Name{Name: "Thu hút đầu tư", Line: "Vốn trong và ngoài nước"}))
		_, err := tags.Add(t.Context(), chief, named("Đầu  tư!", ""))
		if got := refusedAt(err, "name_vi"); got != "error.label.slug_taken" {
			t.Errorf("another with the slug it had: %v", err)
		}
		l, err := tags.Get(t.Context(), id)
		must(t, err)
		if n := l.Names["vi"]; n.Slug != "thu-hut-dau-tu" || len(n.FormerSlugs) != 1 || n.FormerSlugs[0] != "dau-tu" {
			t.Errorf("it is %+v", n)
		}
		entries, err := log.After(t.Context(), 0, 10)
		must(t, err)
		var doc release.Label
		must(t, entries[len(entries)-1].Decode(&doc))
		if doc.ID != id || doc.Names["vi"].Line != "Vốn trong và ngoài nước" {
			t.Errorf("readers have %+v", doc)
		}
		// It may take back what was its own.
		must(t, tags.Rename(t.Context(), chief, id, "vi", label.Name{Name: "Đầu tư"}))
	})
}

func TestWhatIsMergedIsTheOther(t *testing.T) {
	eachRoom(t, func(t *testing.T, tags, authors *label.Room, _ *release.Log) {
		a, b, c := add(t, tags, "FDI", ""), add(t, tags, "Vốn ngoại", ""), add(t, tags, "Đầu tư nước ngoài", "")
		must(t, tags.Merge(t.Context(), chief, a, b))
		must(t, tags.Merge(t.Context(), chief, b, c))
		found, err := tags.Known(t.Context(), []string{"fdi", b})
		must(t, err)
		if len(found["fdi"]) != 1 || found["fdi"][0] != c || found[b][0] != c {
			t.Errorf("found %v, want %s", found, c)
		}
		if n, err := tags.Count(t.Context()); n != 1 || err != nil {
			t.Errorf("%d stand, %v", n, err)
		}
		for name, err := range map[string]error{
			"into itself": tags.Merge(t.Context(), chief, c, c), "into one that was merged": tags.Merge(t.Context(), chief, c, a),
			"into an author": tags.Merge(t.Context(), chief, c, add(t, authors, "Minh Hà", "")), "twice": tags.Merge(t.Context(), chief, a, b),
		} {
			if refusedAt(err, "into") == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAClosedLabelSaysSo(t *testing.T) {
	eachRoom(t, func(t *testing.T, tags, _ *label.Room, _ *release.Log) {
		id := add(t, tags, "Đại hội", "")
		must(t, tags.Close(t.Context(), chief, id))
		if closed, err := tags.Closed(t.Context(), []string{id}); err != nil || len(closed) != 1 {
			t.Errorf("%v %v", closed, err)
		}
		must(t, tags.Reopen(t.Context(), chief, id))
		if closed, err := tags.Closed(t.Context(), []string{id}); err != nil || len(closed) != 0 {
			t.Errorf("%v %v", closed, err)
		}
		if found, err := tags.Find(t.Context(), "DAI h", 10); err != nil || len(found) != 1 {
			t.Errorf("%v %v", found, err)
		}
	})
}
