package kind

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/locales"
)

func TestOnlyKindsOfThisProgramAreKnown(t *testing.T) {
	for k, want := range map[Kind]bool{Article: true, Event: true, "": false, "Article": false, "article ": false, "park": false, "\x00": false} {
		if k.Known() != want {
			t.Errorf("%q is known: %t", k, k.Known())
		}
	}
}

// A key is filled in, and read, in one way whatever kind it belongs to: a
// translation, a form and an API tell by the key alone what it is.
func TestAKeyMeansTheSameInEveryKind(t *testing.T) {
	for _, k := range All() {
		for _, in := range k.Inputs() {
			if one, ok := InputOf(in.Key); !ok || one.Type != in.Type || one.Worded != in.Worded || !slices.Equal(one.Choices, in.Choices) {
				t.Errorf("%s of %s is %+v, elsewhere %+v", in.Key, k, in, one)
			}
		}
		for _, f := range k.Facts() {
			if f.Worded && f.Type != Line && f.Type != Words || f.Worded && f.Figure {
				t.Errorf("%s of %s is worded and a %s", f.Key, k, f.Type)
			}
		}
	}
}

// Every fact and every choice has its words, for editors and for readers.
func TestEveryFactHasItsWords(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range []string{"desk", "public"} {
		for _, lang := range words.Languages(area) {
			p := words.Printer(area, lang)
			for _, k := range All() {
				keys := []string{"kind." + string(k)}
				for _, f := range k.Facts() {
					keys = append(keys, "field.fact."+f.Key)
					for _, c := range f.Choices {
						if f.Type == Choice {
							keys = append(keys, "fact."+f.Key+"."+c)
						}
					}
				}
				for _, key := range keys {
					if !p.Has(key) {
						t.Errorf("locales/%s.%s.toml has no %s", area, lang, key)
					}
				}
			}
		}
	}
}

var figures = Fact{Key: "x", Type: Number}.Inputs()[0]

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ lang, typed, want, shown string }{
		{"vi", "1.234,5", "1234.5", "1.234,5"}, {"vi", "1234,5", "1234.5", "1.234,5"}, {"vi", "1 234 567", "1234567", "1.234.567"},
		{"vi", "1.234", "1234", "1.234"}, {"vi", "0,50", "0.50", "0,50"}, {"vi", "−3,2", "-3.2", "-3,2"}, {"km", "12,5", "12.5", "12,5"},
		{"en", "1,234.5", "1234.5", "1,234.5"}, {"en", "1234.5", "1234.5", "1,234.5"}, {"en", "1,234", "1234", "1,234"}, {"ja", "12.5", "12.5", "12.5"},
		// Nobody guesses what these were to be.
		{"vi", "12.5", "?12.5", "12.5"}, {"vi", "1.23.456", "?1.23.456", "1.23.456"}, {"en", "1.234,5", "?1.234,5", "1.234,5"}, {"en", "12,5", "?12,5", "12,5"},
		{"vi", "khoảng 60", "?khoảng 60", "khoảng 60"}, {"en", "007", "?007", "007"}, {"en", "-0", "?-0", "-0"}, {"en", "1e6", "?1e6", "1e6"}, {"en", "NaN", "?NaN", "NaN"},
		{"en", "9999999999999999999", "?9999999999999999999", "9999999999999999999"}, {"vi", "", "", ""}, {"vi", " \u00a0 ", "", ""},
	} {
		got := figures.Read(c.typed, c.lang)
		if got != c.want || figures.Show(got, c.lang) != c.shown {
			t.Errorf("%s %q is read as %q and shown as %q", c.lang, c.typed, got, figures.Show(got, c.lang))
		}
	}
}

func TestDaysAndMomentsAreReadAsTheyAreWritten(t *testing.T) {
	day, moment := Input{Key: "x", Type: Date}, Input{Key: "x", Type: Moment}
	for _, c := range []struct {
		in          Input
		typed, want string
	}{
		{day, "2026-12-05", "2026-12-05"}, {day, "5/12/2026", "2026-12-05"}, {day, "05.12.2026", "2026-12-05"}, {day, "5 December 2026", "2026-12-05"},
		{day, "31/02/2026", "?31/02/2026"}, {day, "12/2026", "?12/2026"}, {day, "05/12/26", "?05/12/26"}, {day, "0026-12-05", "?0026-12-05"},
		{moment, "2026-12-05T08:30", "2026-12-05T08:30"}, {moment, "08:30, 05/12/2026", "2026-12-05T08:30"}, {moment, "5/12/2026 8:30", "2026-12-05T08:30"},
		{moment, "2026-12-05T25:00", "?2026-12-05T25:00"}, {moment, "2026-12-05", "?2026-12-05"},
	} {
		if got := c.in.Read(c.typed, "vi"); got != c.want {
			t.Errorf("%s %q is read as %q", c.in.Type, c.typed, got)
		}
	}
}

// refused is what is refused of facts, by field.
func refused(check func(*fault.Form)) map[string]string {
	var form fault.Form
	check(&form)
	told := map[string]string{}
	if f, ok := fault.As(form.Err()); ok {
		for name, m := range f.Fields {
			told[name] = m.Key
		}
	}
	return told
}

func fair() Facts {
	return Facts{
		"starts": "2026-12-05T08:00", "ends": "2026-12-07T17:00", "status": Planned, "venue": "Hội trường tỉnh", "place": "p", "organiser": "a",
		"contact": "Phòng Hợp tác", "phone": "+84 (0)271 388 00 00", "email": "hop.tac@example.vn", "registration": "https://example.vn/dang-ky",
	}
}

func TestWhatIsWrongIsToldAtItsFact(t *testing.T) {
	for _, c := range []struct{ key, text, want string }{
		{"starts", "?mai", "error.fact.moment"}, {"starts", "2026-12-05T8:00", "error.fact.moment"}, {"ends", "2026-12-05T07:59", "error.fact.before"},
		{"status", "over", "error.fact.choice"}, {"all_day", "1", "error.fact.yes"}, {"phone", "gọi số máy bàn", "error.fact.phone"},
		{"email", "a@", "error.fact.email"}, {"email", "A <a@b.vn>", "error.fact.email"}, {"registration", "javascript:alert(1)", "error.bad_url"},
		{"venue", strings.Repeat("ệ", MaxLine+1), "error.too_long"}, {"venue", "\xff", "error.not_utf8"}, {"place", strings.Repeat("x", 65), "error.fact.place"},
		{"organiser", "a b", "error.fact.agency"}, {"area", "12", "error.fact.unknown"}, {"", "x", "error.fact.unknown"},
	} {
		f := fair().With(c.key, c.text)
		got := refused(func(form *fault.Form) { f.Check(Event, false, form) })
		if len(got) != 1 || got[Prefix+c.key] != c.want {
			t.Errorf("%s %q: %v, want %s", c.key, c.text, got, c.want)
		}
	}
	if got := refused(func(form *fault.Form) { fair().Check(Event, false, form); fair().CheckComplete(Event, false, form) }); len(got) != 0 {
		t.Errorf("a sound event: %v", got)
	}
	if got := refused(func(form *fault.Form) { fair().Check(Article, false, form) }); len(got) != len(fair()) {
		t.Errorf("an article has facts: %v", got)
	}
}

func TestReadersAreGivenNothingWithoutWhatIsRequired(t *testing.T) {
	got := refused(func(form *fault.Form) { Facts{}.CheckComplete(Event, false, form) })
	if len(got) != 3 || got["fact.starts"] != "error.required" || got["fact.status"] != "error.required" || got["fact.organiser"] != "error.required" {
		t.Errorf("%v", got)
	}
	if got := refused(func(form *fault.Form) { Facts{}.CheckComplete(Event, true, form) }); len(got) != 0 {
		t.Errorf("a translation lacks %v", got)
	}
}

// A translation has what is worded and nothing else; readers get the rest from
// its source.
func TestATranslationHasItsOwnWordsAndTheSourcesFigures(t *testing.T) {
	got := refused(func(form *fault.Form) { fair().Check(Event, true, form) })
	if len(got) != len(fair())-2 || got["fact.venue"] != "" || got["fact.contact"] != "" {
		t.Errorf("a translation may not have %v", got)
	}
	own := Facts{"venue": "Provincial Hall"}
	whole := own.Beside(fair())
	if whole["venue"] != "Provincial Hall" || whole["contact"] != "" || whole["starts"] != fair()["starts"] || len(whole) != len(fair())-1 {
		t.Errorf("readers get %v", whole)
	}
	if len(own) != 1 {
		t.Error("facts were changed in place")
	}
	if got := whole.Worded().Text(); got != "Provincial Hall" {
		t.Errorf("found by %q", got)
	}
}

func TestFactsHaveOneForm(t *testing.T) {
	a, err := json.Marshal(Facts{"venue": "  Ho\u0302\u0323i   trường ", "status": "planned", "ends": " "}.Tidy())
	if err != nil || string(a) != `{"status":"planned","venue":"Hội trường"}` {
		t.Errorf("%s, %v", a, err)
	}
	if Facts(nil).With("venue", "") != nil || (Facts{" ": " "}).Tidy() != nil {
		t.Error("no facts are not none")
	}
}

func TestAnEventIsOverWhenItsTimeIs(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation(momentForm, text, locale.Zone())
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		facts Facts
		over  string
		last  string
	}{
		{Facts{"starts": "2026-12-05T08:00", "ends": "2026-12-05T11:00"}, "2026-12-05T11:00", "2026-12-05"},
		{Facts{"starts": "2026-12-05T08:00"}, "2026-12-06T00:00", "2026-12-05"},
		{Facts{"starts": "2026-12-05T08:00", "ends": "2026-12-07T00:00", "all_day": "yes"}, "2026-12-08T00:00", "2026-12-07"},
		{Facts{"starts": "2026-12-05T20:00", "ends": "2026-12-06T00:00"}, "2026-12-06T00:00", "2026-12-05"},
	} {
		h, ok := c.facts.Happening()
		over := at(c.over)
		if !ok || h.Over(over.Add(-time.Second)) || !h.Over(over) || h.LastDay().In(locale.Zone()).Format(time.DateOnly) != c.last {
			t.Errorf("%v: %+v", c.facts, h)
		}
	}
	if _, ok := (Facts{"starts": "?mai"}).Happening(); ok {
		t.Error("an unread moment is one")
	}
}

func FuzzRead(f *testing.F) {
	for _, typed := range []string{"1.234,5", "12.5", "5/12/2026", "08:30, 05/12/2026", "?", "??", "\xff", "−1", "999.999.999.999.999.999,999999"} {
		f.Add(typed, "vi")
		f.Add(typed, "en")
	}
	f.Fuzz(func(t *testing.T, typed, lang string) {
		for _, in := range []Input{{Type: Number}, {Type: Date}, {Type: Moment}, {Type: Words}, {Type: Line}, {Type: Web}, {Type: Email}, {Type: Phone}} {
			once := in.Read(typed, lang)
			shown := in.Show(once, lang)
			if again := in.Read(shown, lang); again != once {
				t.Errorf("%s %q in %s is %q, and typed again as %q it is %q", in.Type, typed, lang, once, shown, again)
			}
			if key, _ := in.refusal(once); strings.HasPrefix(once, unread) && in.isRead() && key == "" {
				t.Errorf("%s %q could not be read and is taken", in.Type, typed)
			}
		}
	})
}
