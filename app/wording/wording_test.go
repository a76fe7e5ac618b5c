package wording_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/parallel"
	"doingoai/app/store"
	"doingoai/app/wording"
)

var ctx = context.Background()

var menu = wording.Subject{Kind: wording.Section, ID: "menu"}

// said are the names of a section by language.
type said map[string]string

func (s said) texts() map[string]wording.Text {
	texts := map[string]wording.Text{}
	for lang, name := range s {
		texts[lang] = wording.Text{"name": name, "description": ""}
	}
	return texts
}

func keep(t *testing.T, db *store.DB, s wording.Subject, texts map[string]wording.Text) {
	t.Helper()
	if err := db.Write(ctx, func(tx *store.Tx) error { return wording.Keep(tx, s, texts) }); err != nil {
		t.Fatal(err)
	}
}

func right(db *store.DB, s wording.Subject, part, lang, seen string) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := wording.Right(tx, s, part, lang, seen)
		return err
	})
}

// behind are the languages of a part that are behind, with what they were made
// from and what their source says now.
func behind(t *testing.T, db *store.DB, s wording.Subject, part string) map[string][2]string {
	t.Helper()
	list, err := wording.New(db).Of(ctx, s.Kind, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][2]string{}
	for _, st := range list {
		if st.Part == part {
			found[st.Lang] = [2]string{st.Old, st.New}
		}
	}
	return found
}

func is(t *testing.T, what string, got map[string][2]string, want map[string][2]string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: behind are %v, want %v", what, got, want)
	}
}

type pairs = map[string][2]string

func TestALanguageFallsBehindWhenItsSourceChanges(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		for _, step := range []struct {
			what string
			now  said
			want pairs
		}{
			{"both are given at once", said{"vi": "Đầu tư", "en": "Investment"}, nil},
			{"only the source changes", said{"vi": "Đầu tư 2026", "en": "Investment"}, pairs{"en": {"Đầu tư", "Đầu tư 2026"}}},
			{"the same again, with other space", said{"vi": " Đầu  tư 2026", "en": "Investment "}, pairs{"en": {"Đầu tư", " Đầu  tư 2026"}}},
			{"another language comes", said{"vi": "Đầu tư 2026", "en": "Investment", "km": "វិនិយោគ"}, pairs{"en": {"Đầu tư", "Đầu tư 2026"}}},
			{"it changes back", said{"vi": "Đầu tư", "en": "Investment", "km": "វិនិយោគ"}, pairs{"km": {"Đầu tư 2026", "Đầu tư"}}},
			{"it is written anew together with the source", said{"vi": "Vốn", "en": "Capital", "km": "វិនិយោគ"}, pairs{"km": {"Đầu tư 2026", "Vốn"}}},
			{"it is written anew", said{"vi": "Vốn", "en": "Capital", "km": "ដើមទុន"}, nil},
		} {
			keep(t, db, menu, step.now.texts())
			is(t, step.what, behind(t, db, menu, "name"), step.want)
		}
	})
}

// What was the source before Vietnamese came is level with it; who was made from
// it stays with it until written anew.
func TestTheSourceIsVietnameseOrWhoCameFirst(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		for _, step := range []struct {
			what string
			now  said
			want pairs
		}{
			{"Chinese is first", said{"zh": "投资"}, nil},
			{"English follows it", said{"zh": "投资", "en": "Investment"}, nil},
			{"and is behind", said{"zh": "资本", "en": "Investment"}, pairs{"en": {"投资", "资本"}}},
			{"Vietnamese comes", said{"zh": "资本", "en": "Investment", "vi": "Vốn"}, pairs{"en": {"投资", "资本"}}},
			{"and changes", said{"zh": "资本", "en": "Investment", "vi": "Nguồn vốn"}, pairs{"en": {"投资", "资本"}, "zh": {"Vốn", "Nguồn vốn"}}},
			{"English is made from it", said{"zh": "资本", "en": "Capital", "vi": "Nguồn vốn"}, pairs{"zh": {"Vốn", "Nguồn vốn"}}},
			{"it is taken away", said{"zh": "资本", "en": "Capital"}, pairs{"zh": {"Vốn", "Capital"}}},
			{"and so is what is left of it", said{"zh": "资本"}, nil},
		} {
			keep(t, db, menu, step.now.texts())
			is(t, step.what, behind(t, db, menu, "name"), step.want)
		}
	})
}

func TestStillRightClearsExactlyOne(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		photo := wording.Subject{Kind: wording.Media, ID: "photo", Agency: "a"}
		texts := func(alt, caption string) map[string]wording.Text {
			return map[string]wording.Text{"vi": {"alt": alt, "caption": caption}, "en": {"alt": "Port", "caption": "The port"}, "ja": {"alt": "港"}}
		}
		keep(t, db, photo, texts("Cảng", "Bến cảng"))
		keep(t, db, photo, texts("Cảng biển", "Bến cảng có 3 cầu"))
		seen := parallel.Hash("Cảng biển")
		if err := right(db, photo, "alt", "en", parallel.Hash("Cảng")); fault.KindOf(err) != fault.Conflict {
			t.Errorf("of a source that was changed: %v", err)
		}
		if err := right(db, photo, "alt", "ko", seen); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of a language that is not there: %v", err)
		}
		if err := right(db, photo, "alt", "en", seen); err != nil {
			t.Fatal(err)
		}
		is(t, "alt", behind(t, db, photo, "alt"), pairs{"ja": {"Cảng", "Cảng biển"}})
		is(t, "caption", behind(t, db, photo, "caption"), pairs{"en": {"Bến cảng", "Bến cảng có 3 cầu"}})
		if err := right(db, photo, "alt", "en", seen); fault.KindOf(err) != fault.NotPossible {
			t.Errorf("a second time: %v", err)
		}
		list, err := wording.New(db).Of(ctx, photo.Kind, photo.ID)
		if err != nil || len(list) != 2 || list[0].Part != "caption" || list[0].Severity != parallel.Critical || list[1].Severity != parallel.Minor {
			t.Errorf("a figure is graver than words: %+v %v", list, err)
		}
	})
}

// TestBehindIsWhatWasMadeFromAnotherSource: after any sequence of edits, a
// language is behind exactly when what it was made from is not what its source
// says now.
func TestBehindIsWhatWasMadeFromAnotherSource(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		for seed := range uint64(20) {
			random := rand.New(rand.NewPCG(seed, 7))
			subject := wording.Subject{Kind: wording.Outlet, ID: fmt.Sprint(seed)}
			m := model{source: "", words: said{}, from: map[string][2]string{}}
			for step := range 30 {
				if list := behind(t, db, subject, "name"); random.IntN(4) == 0 && len(list) > 0 {
					for lang, pair := range list {
						if err := right(db, subject, "name", lang, parallel.Hash(pair[1])); err != nil {
							t.Fatal(err)
						}
						m.from[lang] = [2]string{m.from[lang][0], pair[1]}
						break
					}
				} else {
					next := said{}
					for lang, words := range m.words {
						next[lang] = words
					}
					for range 1 + random.IntN(2) {
						lang := []string{"vi", "en", "km", "zh"}[random.IntN(4)]
						next[lang] = []string{"", "Một", "Hai", " Hai ", "Ba 3"}[random.IntN(5)]
						if next[lang] == "" {
							delete(next, lang)
						}
					}
					keep(t, db, subject, next.texts())
					m.edit(next)
				}
				is(t, fmt.Sprintf("seed %d, step %d: %v from %v", seed, step, m.words, m.from), behind(t, db, subject, "name"), m.behind())
			}
		}
	})
}

// model is what the room should know, written down as plainly as can be.
type model struct {
	source string
	words  said
	from   map[string][2]string // language and words it was made from
}

func (m *model) edit(next said) {
	level := map[string]bool{}
	for lang := range m.words {
		_, late := m.behind()[lang]
		level[lang] = !late
	}
	was := m.source
	if next["vi"] != "" {
		m.source = "vi"
	} else if next[was] == "" {
		for _, lang := range []string{"zh", "km", "en"} { // the last that there is
			if next[lang] != "" {
				m.source = lang
			}
		}
	}
	made := [2]string{m.source, next[m.source]}
	from := map[string][2]string{}
	for lang, words := range next {
		before, had := m.from[lang]
		switch rewritten := parallel.Hash(words) != parallel.Hash(m.words[lang]); {
		case !had || rewritten || lang == m.source || lang == was:
			from[lang] = made
		case next[before[0]] == "" && level[lang]:
			from[lang] = made
		case next[before[0]] == "":
			from[lang] = [2]string{m.source, before[1]}
		default:
			from[lang] = before
		}
	}
	m.words, m.from = next, from
	if len(next) == 0 {
		m.source = ""
	}
}

func (m *model) behind() pairs {
	late := pairs{}
	for lang, from := range m.from {
		if now := m.words[from[0]]; parallel.Hash(now) != parallel.Hash(from[1]) {
			late[lang] = [2]string{from[1], now}
		}
	}
	return late
}

func TestWhatIsToBeDoneIsListedGravestFirstAndPaged(t *testing.T) {
	apptest.EachDatabaseAt(t, time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC), func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		room := wording.New(db)
		offer := wording.Offer{Langs: []string{"en", "km", "vi"}, Outlets: map[string][]string{"o": {"vi", "en"}}}
		file := func(n int, agency string) wording.Subject {
			return wording.Subject{Kind: wording.Media, ID: fmt.Sprintf("m%03d", n), Agency: agency}
		}
		for n := range wording.PageSize + 5 {
			keep(t, db, file(n, "a"), map[string]wording.Text{"vi": {"alt": "Cảng"}, "en": {"alt": "Port"}})
			clock.Advance(time.Minute)
			keep(t, db, file(n, "a"), map[string]wording.Text{"vi": {"alt": "Bến cảng"}, "en": {"alt": "Port"}})
		}
		keep(t, db, file(900, "b"), map[string]wording.Text{"vi": {"alt": "Chợ"}})
		keep(t, db, menu, said{"vi": "Mục 1", "en": "Part 1"}.texts())
		keep(t, db, menu, said{"vi": "Mục 2", "en": "Part 1"}.texts())
		outlet := wording.Subject{Kind: wording.Outlet, ID: "o"}
		keep(t, db, outlet, said{"vi": "Báo", "en": "Newspaper"}.texts())

		own := wording.Scope{Agencies: []string{"a"}}
		first, more, err := room.Behind(ctx, own, 1)
		if err != nil || !more || len(first) != wording.PageSize || first[0].ID != "menu" || first[1].ID != "m000" {
			t.Fatalf("%d, more %v, %v", len(first), more, err)
		}
		second, more, err := room.Behind(ctx, own, 2)
		if err != nil || more || len(second) != 6 || second[5].ID != "m034" {
			t.Errorf("second page %d, more %v, %v", len(second), more, err)
		}
		if list, _, err := room.Behind(ctx, wording.Scope{Agencies: []string{"a"}, Lang: "km"}, 1); err != nil || len(list) != 0 {
			t.Errorf("in Khmer %v %v", list, err)
		}
		count, err := room.Count(ctx, offer, own)
		if err != nil || count != (wording.Count{Behind: 36, Critical: 1, Missing: 36}) {
			t.Errorf("%+v %v", count, err)
		}
		gaps, next, err := room.Missing(ctx, offer, wording.Scope{All: true}, wording.Mark{})
		if err != nil || len(gaps) != wording.PageSize || gaps[0].ID != "menu" || fmt.Sprint(gaps[0].Langs) != "[km]" || gaps[0].Words != "Mục 2" {
			t.Fatalf("%d %+v %v", len(gaps), gaps[0], err)
		}
		mark, err := wording.ReadMark(next.String())
		if err != nil || mark != next {
			t.Errorf("%v %v", mark, err)
		}
		gaps, next, err = room.Missing(ctx, offer, wording.Scope{All: true}, mark)
		if err != nil || len(gaps) != 7 || next != (wording.Mark{}) || fmt.Sprint(gaps[6].Langs) != "[en km]" {
			t.Errorf("second page %d %v %v", len(gaps), next, err)
		}
		hide := func(gone bool) {
			t.Helper()
			if err := db.Write(ctx, func(tx *store.Tx) error { return wording.Hide(tx, wording.Media, "m900", gone) }); err != nil {
				t.Fatal(err)
			}
		}
		for gone, want := range map[bool]int{true: 0, false: 1} {
			hide(gone)
			gaps, _, err := room.Missing(ctx, offer, wording.Scope{Agencies: []string{"b"}, Lang: "en"}, wording.Mark{})
			if err != nil || len(gaps) != want {
				t.Errorf("gone %v: %v %v", gone, gaps, err)
			}
		}
		if _, err := wording.ReadMark("nonsense"); fault.KindOf(err) != fault.Malformed {
			t.Error(err)
		}
	})
}
