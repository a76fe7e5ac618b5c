package term_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/term"
	"doingoai/content"
)

var update = flag.Bool("update", false, "write the golden exports anew")

// told is a report as people read it.
func told(r term.Report) string {
	var lines []string
	for _, l := range r.Lines {
		line := fmt.Sprintf("%d %s %s", l.Row, l.Outcome, l.Term.Wording)
		for _, field := range l.Fields() {
			line += " " + field + ":" + l.Problems[field].Key
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (w world) list(body string) term.List {
	return term.List{Agency: w.portal, Name: "list", Body: body}
}

func TestATableIsTakenInWholeOrNotAtAll(t *testing.T) {
	eachWorld(t, func(w world) {
		w.define(called("kiều bào", "en required overseas Vietnamese", "en allowed Vietnamese overseas", "km allowed ខ្មែរ"))
		theirs := called("của báo")
		theirs.Agency = w.paper
		w.define(theirs)
		bad := "Thuật ngữ;Biến thể;en;EN_Forbidden;Ghi chú;Từ ngày;Khóa\n" +
			"kiều bào;người Việt ở nước ngoài;overseas Vietnamese|Vietnamese abroad;Viet kieu;;;\n" +
			";;x;;;;\n" +
			"\n" +
			"của báo;;x;;;;\n" +
			"mới;;\"a\nb\";;;32/1/2025;có lẽ\n" +
			"kiều bào;;x;;;;\n" +
			"bảy;;a;b;c;1/7/2025;x;thừa\n"
		for _, dry := range []bool{true, false} {
			report, err := w.Import(ctx, w.admin, w.list(bad), dry)
			if dry {
				w.must(err)
			} else {
				w.refused(err, "list", "error.term.rows")
			}
			want := `2 altered kiều bào
3 refused  wording:error.required
5 refused của báo wording:error.term.taken
6 refused mới locked:error.term.yes_no valid_from:error.bad_date
8 refused kiều bào wording:error.term.taken
9 refused bảy list:error.term.cells`
			if got := told(report); got != want {
				t.Errorf("dry %v:\n%s", dry, got)
			}
		}
		if _, n, _ := w.List(ctx, term.Filter{}); n != 2 {
			t.Errorf("%d terms: a part of a refused list was taken in", n)
		}

		good := "\ufefflanguage,wording,en,en forbidden,valid_from\n" +
			"vi,Kiều bào,Vietnamese abroad,,\n" +
			"vi,mới,new,old,2025-07-01\n" +
			",hai,\"two|  second ||two\",,\n"
		report, err := w.Import(ctx, w.translator, w.list(good), false)
		w.must(err)
		if got := told(report); got != "2 altered Kiều bào\n3 added mới\n4 added hai" {
			t.Error(got)
		}
		found, _, err := w.List(ctx, term.Filter{Words: "kieu"})
		w.must(err)
		if is := found[0]; is.Wording != "Kiều bào" || is.Version != 2 || !slices.Equal(is.In("km", term.Allowed), []string{"ខ្មែរ"}) || len(is.In("en", term.Allowed)) != 1 || !slices.Equal(is.In("en", term.Required), []string{"Vietnamese abroad"}) {
			t.Errorf("what the list is silent about must stay: %+v", is)
		}
		found, _, err = w.List(ctx, term.Filter{Words: "second"})
		w.must(err)
		if !slices.Equal(found[0].In("en", term.Required), []string{"two", "second"}) {
			t.Errorf("%+v", found)
		}
		trail, err := audit.Of(ctx, w.db, "agency/"+w.portal, 5)
		if err != nil || trail[0].Verb != "term.import" || trail[0].Detail["terms"] != "3" {
			t.Errorf("%+v %v", trail, err)
		}
		tabs, err := term.ReadList(w.portal, "terms.txt", utf16(strings.ReplaceAll(strings.TrimPrefix(good, "\ufeff"), ",", "\t")))
		w.must(err)
		report, err = w.Import(ctx, w.translator, tabs, true)
		if got := told(report); err != nil || got != "2 same Kiều bào\n3 same mới\n4 same hai" {
			t.Errorf("as a spreadsheet's Unicode text: %s %v", got, err)
		}
		report, err = w.Import(ctx, w.translator, w.list(good), false)
		if got := told(report); err != nil || got != "2 same Kiều bào\n3 same mới\n4 same hai" {
			t.Errorf("a second time: %s %v", got, err)
		}
		_, err = audit.Verify(ctx, w.db)
		w.must(err)
	})
}

// utf16 is a text as some spreadsheets write it.
func utf16(text string) []byte {
	b := []byte{0xFF, 0xFE}
	for _, r := range text { // none of them needs two
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

func TestOfficialNamesInAListAreForThoseWhoLock(t *testing.T) {
	eachWorld(t, func(w world) {
		body := "wording,en,locked\nmột,one,yes\n"
		report, err := w.Import(ctx, w.translator, w.list(body), true)
		if got := told(report); err != nil || got != "2 refused một locked:error.term.locked" {
			t.Error(got, err)
		}
		_, err = w.Import(ctx, w.chief, w.list(body), false)
		w.must(err)
		report, err = w.Import(ctx, w.translator, w.list(body), true) // nothing would be other than it is
		if got := told(report); err != nil || got != "2 same một" {
			t.Error(got, err)
		}
		report, err = w.Import(ctx, w.translator, w.list("wording,en\nmột,two\n"), true)
		if got := told(report); err != nil || got != "2 refused một locked:error.term.locked" {
			t.Error(got, err)
		}
	})
}

func TestAListThatIsNoneIsRefusedWithThePlace(t *testing.T) {
	eachWorld(t, func(w world) {
		var many strings.Builder
		many.WriteString("wording\n")
		for i := range term.MaxEntries + 1 {
			fmt.Fprintf(&many, "từ số %d\n", i)
		}
		for body, key := range map[string]string{
			"":                               "error.term.empty",
			"wording,colour\nx,red\n":        "error.term.column",
			"wording,en,en required\nx,y,z":  "error.term.column_twice",
			"en,km\nx,y\n":                   "error.term.no_wording",
			"wording,en\nx,\"y\nz,\"u\"v\n":  "error.term.line",
			many.String():                    "error.term.many",
			"<html><body>wording</body>":     "error.term.no_tbx",
			"<tbx>":                          "error.term.line",
			"<tbx></tbx>":                    "error.term.empty",
			"<tbx>&bomb;</tbx>":              "error.term.line",
			strings.Repeat("<tbx>", 1000):    "error.term.line",
			"<tbx><text>\n</martif></text>":  "error.term.line",
			"<?xml version=\"1.0\"?>nothing": "error.term.empty",
		} {
			_, err := w.Import(ctx, w.admin, w.list(body), true)
			w.refused(err, "list", key)
			w.refused(w.Propose(ctx, w.admin, w.list(body)), "list", key)
		}
		_, err := term.ReadList(w.portal, "x", make([]byte, term.MaxList+1))
		w.refused(err, "list", "error.term.list_large")
		_, err = term.ReadList(w.portal, "x", []byte("wording\nX\xff\n"))
		w.refused(err, "list", "error.not_utf8")
		_, err = w.Import(ctx, w.admin, term.List{Agency: "none", Body: "wording\nx\n"}, false)
		w.refused(err, "agency", "error.agency.unknown")
	})
}

// What stands outside of a file is never fetched, and an entity that grows is
// none.
func TestHostileXMLDoesNothing(t *testing.T) {
	eachWorld(t, func(w world) {
		secret := filepath.Join(t.TempDir(), "secret")
		w.must(os.WriteFile(secret, []byte("mật"), 0o600))
		head := `<?xml version="1.0"?><!DOCTYPE tbx SYSTEM "file://` + secret + `" [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file://` + secret + `">]>`
		entry := `<tbx xml:lang="vi"><text><body><conceptEntry><langSec xml:lang="vi"><termSec><term>%s</term></termSec></langSec></conceptEntry></body></text></tbx>`
		for _, entity := range []string{"&x;", "&b;"} {
			_, err := w.Import(ctx, w.admin, w.list(head+fmt.Sprintf(entry, entity)), true)
			w.refused(err, "list", "error.term.line")
		}
		report, err := w.Import(ctx, w.admin, w.list(head+fmt.Sprintf(entry, "một <hi>hai</hi> &amp; <![CDATA[<ba>]]>")), true)
		if err != nil || report.Lines[0].Term.Wording != "một hai & <ba>" {
			t.Errorf("%s %v", told(report), err)
		}
	})
}

// The three forms in which the format is met.
func TestEveryFormOfTBXIsRead(t *testing.T) {
	old := `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></martifHeader><text><body>
<termEntry id="c1"><descrip type="subjectField">politics</descrip><descripGrp><descrip type="definition">cơ quan</descrip></descripGrp>
<langSet xml:lang="en-US"><tig><term>People's Council</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>Popular Council</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="vi"><tig><term>Hội đồng nhân dân</term></tig><tig><term>HĐND</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>`
	dca := `<tbx type="TBX-Basic" style="dca" xml:lang="vi" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1"><descrip type="definition">cơ quan</descrip>
<langSec xml:lang="vi-VN"><termSec><term>Hội đồng nhân dân</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec><termSec><term>HĐND</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>People's Council</term></termSec><termSec><term>Popular Council</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>`
	dct := `<tbx type="TBX-Basic" style="dct" xml:lang="vi" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:basic="http://www.tbxinfo.net/ns/basic" xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="c1"><basic:definition>cơ quan</basic:definition>
<langSec xml:lang="vi"><termSec><term>Hội đồng nhân dân</term></termSec><termSec><term>HĐND</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>People's Council</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>Popular Council</term><min:administrativeStatus>notRecommended</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>`
	eachWorld(t, func(w world) {
		for name, body := range map[string]string{"edition of 2008": old, "attributes": dca, "tags": dct} {
			report, err := w.Import(ctx, w.admin, w.list(strings.Replace(body, `martif type="TBX-Basic" xml:lang="en"`, `martif type="TBX-Basic" xml:lang="vi"`, 1)), true)
			w.must(err)
			got := report.Lines[0].Term
			if got.Lang != "vi" || got.Wording != "Hội đồng nhân dân" || !slices.Equal(got.Variants, []string{"HĐND"}) || got.Note != "cơ quan" ||
				!slices.Equal(got.In("en", term.Required), []string{"People's Council"}) || !slices.Equal(got.In("en", term.Forbidden), []string{"Popular Council"}) {
				t.Errorf("%s: %+v", name, got)
			}
		}
		report, err := w.Import(ctx, w.admin, w.list(old), true) // of an English file
		w.must(err)
		if got := report.Lines[0].Term; got.Lang != "en" || got.Wording != "People's Council" || !slices.Equal(got.In("en", term.Forbidden), []string{"Popular Council"}) {
			t.Errorf("%+v", got)
		}
	})
}

// ours is something of everything.
func ours() []term.Term {
	zone := locale.Zone()
	full := also(called("Ủy ban nhân dân tỉnh", "en required Provincial People's Committee", "en allowed People's Committee of … Province",
		"en forbidden Provincial Government", "en forbidden provincial \"authorities\"", "km required គណៈកម្មាធិការ", "vi forbidden Ủy ban hành chính tỉnh"), "UBND tỉnh", "=UBND<&>tỉnh")
	full.ID, full.Note, full.Locked = "abc", "Cơ quan hành chính, \"ở\" tỉnh;\nbầu ra", true
	full.Basis = release.Basis{Document: "Thông tư 05/2026/TT-BNG", On: time.Date(2026, 1, 15, 0, 0, 0, 0, zone).UTC(), Link: "https://example.vn/tt?a=1&b=2"}
	full.From = time.Date(2026, 3, 1, 0, 0, 0, 0, zone).UTC()
	ended := called("Sở Kế hoạch và Đầu tư", "en required Department of Planning and Investment")
	ended.ID, ended.To = "def", time.Date(2025, 3, 1, 0, 0, 0, 0, zone).UTC()
	foreign := term.Term{ID: "ghi", Lang: "en", Wording: "land rent", Renderings: []term.Rendering{{Lang: "vi", Text: "giá thuê đất", Standing: term.Allowed}}}
	foreign.Note = "a;=1+1; -2\n@x"
	return []term.Term{full, ended, foreign}
}

var exports = map[string]func(*bytes.Buffer, []term.Term) error{
	"terms.csv": func(b *bytes.Buffer, t []term.Term) error { return term.WriteCSV(b, t) },
	"terms.tbx": func(b *bytes.Buffer, t []term.Term) error { return term.WriteTBX(b, t) },
}

func TestWhatIsTakenAwayIsWrittenAsBefore(t *testing.T) {
	for name, write := range exports {
		var b bytes.Buffer
		if err := write(&b, ours()); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || b.String() != string(want) {
			t.Errorf("%s is written otherwise (%v); -update agrees to it:\n%s", name, err, b.String())
		}
	}
}

// Wherever a spreadsheet parts cells: in Vietnam at semicolons, and some at each
// of several signs.
func TestNoPartOfATableIsAFormula(t *testing.T) {
	var b bytes.Buffer
	if err := term.WriteCSV(&b, ours()); err != nil {
		t.Fatal(err)
	}
	for _, cell := range strings.FieldsFunc(b.String(), func(r rune) bool { return strings.ContainsRune(",;\t\n", r) }) {
		if cell = strings.Trim(cell, ` "`); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
			t.Errorf("%q", cell)
		}
	}
}

func TestTheExchangeFileIsWellFormed(t *testing.T) {
	lint := apptest.Program(t, "xmllint", "libxml2-utils")
	if out, err := exec.Command(lint, "--noout", "--nonet", filepath.Join("testdata", "terms.tbx")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// What is taken away and brought back, to another newsroom, says the same.
func TestATermbaseTravels(t *testing.T) {
	for name, write := range exports {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w world) {
				var b bytes.Buffer
				w.must(write(&b, ours()))
				list, err := term.ReadList(w.portal, name, b.Bytes())
				w.must(err)
				report, err := w.Import(ctx, account.System(), list, false)
				if err != nil || report.Count(term.Added) != 3 {
					t.Fatalf("%s %v", told(report), err)
				}
				base, err := w.Base(ctx)
				w.must(err)
				if got := base.Check("vi", "UBND tỉnh", "en", "Provincial Government", time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)); len(got) != 1 || !got[0].Locked {
					t.Errorf("%+v", got)
				}
				var again bytes.Buffer
				for _, want := range ours() {
					found, _, err := w.List(ctx, term.Filter{Words: want.Wording, Ended: !want.To.IsZero()})
					w.must(err)
					got := found[0]
					got.ID, got.Agency, got.Version, got.ChangedAt = want.ID, "", 0, time.Time{}
					if name == "terms.tbx" { // lines of a note run on there
						want.Note = strings.Join(strings.Fields(want.Note), " ")
					}
					if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
						t.Errorf("\n%+v, want\n%+v", got, want)
					}
				}
				everything, _, err := w.List(ctx, term.Filter{All: true})
				w.must(err)
				w.must(write(&again, everything))
				report, err = w.Import(ctx, w.admin, w.list(again.String()), true)
				if err != nil || report.Count(term.Same) != 2 {
					t.Errorf("%s %v", told(report), err)
				}
			})
		})
	}
}

func TestTheGlossaryThatComesAlongIsTakenIn(t *testing.T) {
	eachWorld(t, func(w world) {
		table, err := content.Glossary()
		w.must(err)
		report, err := w.Import(ctx, account.System(), w.list(string(table)), false)
		if err != nil || report.Count(term.Added) < 100 {
			t.Fatalf("%s %v", told(report), err)
		}
		base, err := w.Base(ctx)
		w.must(err)
		from := "Phó Chủ tịch UBND tỉnh và Giám đốc Sở Ngoại vụ thăm Khu công nghiệp Chơn Thành."
		to := "The Vice Chairperson of the Provincial People's Committee and the Director of the Department of Foreign Affairs visited the Chơn Thành Industrial Zone."
		if got := say(from, to, base.Check("vi", from, "en", to, today)); !slices.Equal(got, []string{"missing|Khu công nghiệp|"}) {
			t.Errorf("%q", got)
		}
	})
}

// Real translations are held against the glossary: what is told of them is
// true, and not so much that nobody would read it.
func TestTheDemosTranslationsKeepToTheGlossary(t *testing.T) {
	eachWorld(t, func(w world) {
		table, err := content.Glossary()
		w.must(err)
		_, err = w.Import(ctx, account.System(), w.list(string(table)), false)
		w.must(err)
		base, err := w.Base(ctx)
		w.must(err)
		demo, err := content.LoadDemo(content.FS)
		w.must(err)
		var told []string
		pairs, hints := 0, 0
		for _, item := range demo.Items {
			texts := map[string]string{}
			for _, e := range item.Editions {
				texts[e.Lang] = strings.Join([]string{e.Title, e.Standfirst, e.Body}, "\n\n")
			}
			// One is told that leaves the registration out.
			texts["en"] = strings.Replace(texts["en"], "investment registration certificate for Haohua", "investment certificate for Haohua", 1)
			if texts["vi"] == "" || texts["en"] == "" {
				continue
			}
			pairs, hints = pairs+1, hints+len(base.Hints("vi", texts["vi"], "en", today))
			for _, d := range base.Check("vi", texts["vi"], "en", texts["en"], today) {
				told = append(told, item.Code+": "+d.Term.Wording)
			}
		}
		if want := []string{"tyre-plant: Giấy chứng nhận đăng ký đầu tư"}; !slices.Equal(told, want) || pairs < 20 || hints < pairs {
			t.Errorf("%q of %d pairs with %d hints", told, pairs, hints)
		}
	})
}

func TestAListWaitsUntilItsPersonAgrees(t *testing.T) {
	eachWorld(t, func(w world) {
		if _, _, found, err := w.Proposed(ctx, w.translator); found || err != nil {
			t.Error(found, err)
		}
		_, err := w.Accept(ctx, w.translator)
		w.kind(err, fault.NotFound)
		w.must(w.Propose(ctx, w.translator, w.list("wording\nmột\n")))
		w.must(w.Propose(ctx, w.translator, w.list("wording\nhai\n"))) // in its place
		if _, _, found, err := w.Proposed(ctx, w.chief); found || err != nil {
			t.Error("somebody else's list", err)
		}
		list, report, found, err := w.Proposed(ctx, w.translator)
		if err != nil || !found || told(report) != "2 added hai" || list.Name != "list" {
			t.Error(told(report), list, found, err)
		}
		if _, n, _ := w.List(ctx, term.Filter{}); n != 0 {
			t.Error("taken in before anybody agreed")
		}
		report, err = w.Accept(ctx, w.translator)
		if err != nil || report.Count(term.Added) != 1 {
			t.Error(err)
		}
		if _, _, found, err := w.Proposed(ctx, w.translator); found || err != nil {
			t.Error("it waits still", err)
		}
		w.must(w.Propose(ctx, w.translator, w.list("wording\nba\n")))
		w.must(w.Drop(ctx, w.translator))
		if _, _, found, err := w.Proposed(ctx, w.translator); found || err != nil {
			t.Error("it waits still", err)
		}
	})
}
