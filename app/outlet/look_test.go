package outlet_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/fault"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/themes"
)

func TestAnAccentMustBeReadable(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		for _, colour := range []string{"red", "#fff", "8b1420", "#8b1420;", "#gggggg", "url(x)"} {
			refused(t, p.SetLook(ctx, admin, id, "portal", colour), "accent", "error.outlet.colour")
		}
		err := p.SetLook(ctx, admin, id, "portal", "#d97706")
		refused(t, err, "accent", "error.outlet.contrast")
		if f, _ := fault.As(err); f.Fields["accent"].Args["Whole"] != 2 || f.Fields["accent"].Args["Tenth"] != 7 {
			t.Errorf("orange has %v", f.Fields["accent"].Args)
		}
		if err := p.SetLook(ctx, admin, id, "newspaper", " #8B1420 "); err != nil {
			t.Fatal(err)
		}
		doc := p.released(t, id)
		if doc.Theme != "newspaper" || doc.Accent == nil || doc.Accent.Day != "#8b1420" || doc.Accent.Night <= "#8b1420" {
			t.Errorf("%+v %+v", doc, doc.Accent)
		}
		if err := p.SetLook(ctx, admin, id, "newspaper", ""); err != nil {
			t.Fatal(err)
		}
		if doc := p.released(t, id); doc.Accent != nil {
			t.Errorf("%+v", doc.Accent)
		}
	})
}

// sign draws a PNG with something besides the picture in it.
func sign(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	picture.Set(width/2, height/2, color.NRGBA{0x8b, 0x14, 0x20, 0xff})
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	note := "tEXtAuthor\x00secret"
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(note)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, note...), crc32.ChecksumIEEE([]byte(note)))
	const head = 8 + 25 // the signature and the first chunk
	return slices.Concat(out.Bytes()[:head], chunk, out.Bytes()[head:])
}

func TestAnEmblemIsASmallPictureAndNothingElse(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		noise := image.NewNRGBA(image.Rect(0, 0, 200, 200))
		r := rand.New(rand.NewPCG(1, 2))
		for i := range noise.Pix {
			noise.Pix[i] = byte(r.Uint32())
		}
		var loud bytes.Buffer
		if err := png.Encode(&loud, noise); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			picture []byte
			key     string
		}{
			{[]byte("<svg/>"), "error.emblem.format"}, {sign(t, 100, 100)[:60], "error.emblem.format"}, {loud.Bytes(), "error.emblem.large"},
			{sign(t, 63, 64), "error.emblem.size"}, {sign(t, 513, 512), "error.emblem.size"}, {sign(t, 154, 100), "error.emblem.shape"}, {sign(t, 100, 151), "error.emblem.shape"},
		} {
			refused(t, p.SetEmblem(ctx, admin, id, c.picture), "emblem", c.key)
		}
		given := sign(t, 150, 100)
		if err := p.SetEmblem(ctx, admin, id, given); err != nil {
			t.Fatal(err)
		}
		e := p.released(t, id).Emblem
		if e == nil || e.Width != 150 || e.Height != 100 || !bytes.Contains(given, []byte("secret")) || bytes.Contains(e.PNG, []byte("secret")) {
			t.Fatalf("%+v", e)
		}
		o, err := p.Get(ctx, id)
		if err != nil || !bytes.Equal(o.Emblem, e.PNG) {
			t.Errorf("%v, %d bytes are kept", err, len(o.Emblem))
		}
		if err := p.SetEmblem(ctx, admin, id, sign(t, 64, 64)); err != nil {
			t.Fatal(err)
		}
		if other := p.released(t, id).Emblem; other.Name == e.Name {
			t.Errorf("two emblems are called %s", e.Name)
		}
		if err := p.SetEmblem(ctx, admin, id, nil); err != nil {
			t.Fatal(err)
		}
		if e := p.released(t, id).Emblem; e != nil {
			t.Errorf("%+v", e)
		}
	})
}

var ground = regexp.MustCompile(`--own-(?:paper|wash): var\(--day, (#[0-9a-f]{6})\) var\(--night, (#[0-9a-f]{6})\)`)

// Every theme's grounds are at least as favourable as those by which accents
// are judged.
func TestNoThemeHasAWorseGroundThanAccentsAreJudgedBy(t *testing.T) {
	files, err := fs.Glob(themes.FS, "*/static/outlet.css")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		style, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		grounds := ground.FindAllSubmatch(style, -1)
		if len(grounds) < 2 {
			t.Errorf("%s: only %d grounds by day and night were found", name, len(grounds))
		}
		for _, g := range grounds {
			for _, colour := range []string{string(g[1]), string(g[2])} {
				if !outlet.JudgedBy(colour) {
					t.Errorf("%s: %s is less favourable than the ground that accents are judged by", name, colour)
				}
			}
		}
	}
}

func TestAMenuHoldsTheChosenSectionsInTheirOrder(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		room := section.New(p.db, p.log)
		add := func(code string) string {
			id, err := room.Ensure(ctx, account.System(), section.Section{Code: code, Names: map[string]section.Name{"vi": {Name: code}}})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		a, b := add("a"), add("b")
		id := p.ensure(t, p.portal("x", "x.localhost"))
		if err := p.SetMenu(ctx, admin, id, "vi", []string{b, a}); err != nil {
			t.Fatal(err)
		}
		if got := p.released(t, id).Menus; !slices.Equal(got["vi"], []string{b, a}) || got["en"] != nil {
			t.Errorf("%v", got)
		}
		refused(t, p.SetMenu(ctx, admin, id, "vi", []string{a, a}), "sections", "error.section.unknown")
		refused(t, p.SetMenu(ctx, admin, id, "vi", []string{"none"}), "sections", "error.section.unknown")
		if err := p.SetMenu(ctx, admin, id, "km", nil); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if err := p.SetMenu(ctx, admin, id, "vi", nil); err != nil {
			t.Fatal(err)
		}
		if got := p.released(t, id).Menus; len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

func TestALanguageIsOfferedWhenItHasANameAndThenStays(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		refused(t, p.SetLanguages(ctx, admin, id, []string{"vi", "en", "km"}), "languages", "error.outlet.language_nameless")
		if err := p.SetText(ctx, admin, id, "km", release.OutletText{Name: "ទំព័រ"}); err != nil {
			t.Fatal(err)
		}
		if got := p.released(t, id).Texts; len(got) != 2 {
			t.Errorf("readers are told in a language they are not offered: %v", got)
		}
		if err := p.SetLanguages(ctx, admin, id, []string{"en", "vi", "km"}); err != nil {
			t.Fatal(err)
		}
		if got := p.released(t, id); !slices.Equal(got.Languages, []string{"en", "vi", "km"}) || got.Texts["km"].Name != "ទំព័រ" {
			t.Errorf("%+v", got)
		}
		refused(t, p.SetLanguages(ctx, admin, id, []string{"en", "vi"}), "languages", "error.outlet.language_stays")
		refused(t, p.SetLanguages(ctx, admin, id, []string{"en", "vi", "km", "vi"}), "languages", "error.language.unknown")
	})
}

func TestAnotherOutletBecomesTheDefault(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		first, second := p.ensure(t, p.portal("a", "a.localhost")), p.ensure(t, p.portal("b", "b.localhost"))
		if err := p.SetDefault(ctx, admin, second); err != nil {
			t.Fatal(err)
		}
		if p.released(t, first).Default || !p.released(t, second).Default {
			t.Error("the default stayed")
		}
		last, _ := p.log.Last(ctx)
		if err := p.SetDefault(ctx, admin, second); err != nil {
			t.Fatal(err)
		}
		if again, _ := p.log.Last(ctx); again != last {
			t.Error("released although nothing changed")
		}
	})
}

func TestAnOutletOfATakenCodeIsNotAdded(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		if _, err := p.Add(ctx, admin, p.portal("a", "a.localhost")); err != nil {
			t.Fatal(err)
		}
		_, err := p.Add(ctx, admin, p.portal("a", "b.localhost"))
		refused(t, err, "code", "error.code_taken")
	})
}

func TestNobodyElseChangesHowAnOutletLooks(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			_, added := p.Add(ctx, actor, p.portal("b", "b.localhost"))
			for verb, err := range map[string]error{
				"look": p.SetLook(ctx, actor, id, "portal", "no colour"), "languages": p.SetLanguages(ctx, actor, id, nil),
				"emblem": p.SetEmblem(ctx, actor, id, []byte("no picture")), "menu": p.SetMenu(ctx, actor, id, "vi", nil), "default": p.SetDefault(ctx, actor, id), "add": added,
			} {
				if fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s, %s: %v", name, verb, err)
				}
			}
		}
	})
}

func TestOutletsGoToTheSuccessorOfTheirAgency(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		agencies := agency.New(p.db, p.log)
		agencies.Inherit(agency.Heir{Of: "outlets", Take: p.Inherit})
		into, err := agencies.Ensure(ctx, account.System(), "bptv", map[string]string{"vi": "BPTV"})
		if err != nil {
			t.Fatal(err)
		}
		err = agencies.Merge(ctx, admin, agency.Merger{From: []string{p.agency}, Into: into, Basis: release.Basis{Document: "Quyết định"}})
		if err != nil {
			t.Fatal(err)
		}
		if o, err := p.Get(ctx, id); err != nil || o.Agency != into || p.released(t, id).Agency != into {
			t.Errorf("%+v %v", o, err)
		}
		_, err = p.Add(ctx, admin, p.portal("b", "b.localhost"))
		refused(t, err, "agency", "error.agency.unknown") // it is over
	})
}
