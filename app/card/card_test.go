package card_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doingoai/app/card"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/themes"
)

// keep writes the cards where they can be looked at.
var keep = flag.String("cards", "", "a folder to put the drawn cards into")

var headlines = map[string][2]string{ // by name: language and headline
	"marks": {"vi", "THƯỢNG NGUỒN ĐẪM ƯỚT, KHUYẾN NGHỊ: khuynh hướng nghiêng ngả"},
	"short": {"en", "Gate opens"},
	"long":  {"vi", strings.Repeat("Tỉnh mời gọi đầu tư vào khu công nghiệp ", 5)},
	"word":  {"en", strings.Repeat("Khuyếnnghị", 8)},
	"khmer": {"km", "ខេត្តដុងណៃ\u200b និង\u200bខេត្ត\u200bក្រចេះ\u200bពង្រឹង\u200bកិច្ចសហប្រតិបត្តិការ\u200bពាណិជ្ជកម្ម\u200bតាម\u200bព្រំដែន"},
	"solid": {"km", "ខេត្តដុងណៃនិងខេត្តក្រចេះពង្រឹងកិច្ចសហប្រតិបត្តិការពាណិជ្ជកម្មតាមព្រំដែនអន្តរជាតិ"},
	"han":   {"zh", "同奈省邀请外国投资者考察三个新的工业园区和国际口岸"},
	"korea": {"ko", "동나이성, 외국인 투자자에게 산업단지 세 곳을 소개"},
	"japan": {"ja", "ドンナイ省、外国人投資家に三つの工業団地を紹介"},
	"odd":   {"vi", "Tin 😀 mới \u202e\u0000 của tỉnh"},
}

func look(t testing.TB, name string) *theme.Theme {
	t.Helper()
	folders := []string{"base"}
	if name != "base" {
		folders = append(folders, name)
	}
	l, err := theme.Load(themes.FS, web.Funcs(), folders...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var scripts = map[string]string{"km": "script-km.css", "zh": "script-zh.css", "ko": "script-ko.css", "ja": "script-ja.css"}

func sample(look *theme.Theme, lang, title string) card.Card {
	return card.Card{
		Width: card.Width, Height: card.Height, Theme: look, Script: scripts[lang], Lang: lang,
		Name: "Cổng thông tin đối ngoại", Part: "tỉnh Đồng Nai", Kicker: "Đầu tư", Title: title, Foot: "portal.localhost",
	}
}

func drawn(t testing.TB, p *card.Painter, c card.Card) (*image.RGBA, []byte) {
	t.Helper()
	body, err := p.PNG(c)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, ok := img.(*image.RGBA)
	if !ok {
		t.Fatalf("one can see through a card: %T", img)
	}
	return plain, body
}

// Every headline is drawn, in every theme, within the margins, and the same
// again each time.
func TestEveryHeadlineStandsOnItsCard(t *testing.T) {
	for _, name := range []string{"base", "portal", "newspaper", "broadcaster"} {
		l := look(t, name)
		p := card.NewPainter()
		for what, h := range headlines {
			c := sample(l, h[0], h[1])
			img, body := drawn(t, p, c)
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, name+"-"+what+".png"), body, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if img.Bounds() != image.Rect(0, 0, card.Width, card.Height) || len(body) > 200<<10 {
				t.Errorf("%s, %s: %v, %d bytes", name, what, img.Bounds(), len(body))
			}
			if ink := inked(img, img.Bounds()); !ink.In(image.Rect(64, 64, card.Width-64, card.Height-64).Inset(-6)) {
				t.Errorf("%s, %s: something stands in the margin: %v", name, what, ink)
			}
			if ink := inked(img, image.Rect(0, 270, card.Width, 520)); ink.Dx() < 150 || ink.Dy() < 20 {
				t.Errorf("%s, %s: there is no headline: %v", name, what, ink)
			}
			if name == "base" {
				if _, again := drawn(t, card.NewPainter(), c); !bytes.Equal(again, body) {
					t.Errorf("%s: it is another picture the second time", what)
				}
			}
		}
	}
}

// inked is what of a card differs from its ground.
func inked(img *image.RGBA, part image.Rectangle) (ink image.Rectangle) {
	ground := img.RGBAAt(0, 0)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if img.RGBAAt(x, y) != ground {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

// A mark more is another picture, and a sign that no font has leaves no box.
func TestMarksAreDrawnAndUnknownSignsAreNot(t *testing.T) {
	l, p := look(t, "portal"), card.NewPainter()
	_, plain := drawn(t, p, sample(l, "vi", "Thuong nguon"))
	_, marked := drawn(t, p, sample(l, "vi", "Thượng nguồn"))
	if bytes.Equal(plain, marked) {
		t.Error("marks are not drawn")
	}
	_, odd := drawn(t, p, sample(l, "vi", "Thượng 😀\u202e nguồn"))
	if !bytes.Equal(odd, marked) {
		t.Error("a sign that no font has is drawn")
	}
	wide, _ := drawn(t, p, sample(l, "ko", "산업단지 세 곳"))
	if ink := inked(wide, image.Rect(0, 270, card.Width, 400)); ink.Dx() > 560 {
		t.Errorf("words stand a letter apart: %v", ink)
	}
	before := sample(l, "km", "ក្រ")
	after := before
	after.Title = "ក\u200bរ" // the same letters, not joined
	_, joined := drawn(t, p, before)
	if _, apart := drawn(t, p, after); bytes.Equal(joined, apart) {
		t.Error("Khmer signs do not join")
	}
}

// The card has the outlet's colours: its own accent where the masthead has no other.
func TestACardHasTheOutletsColours(t *testing.T) {
	p := card.NewPainter()
	for name, ground := range map[string]color.RGBA{"portal": {0xfb, 0xfa, 0xf7, 0xff}, "broadcaster": {0x0e, 0x21, 0x48, 0xff}} {
		img, body := drawn(t, p, sample(look(t, name), "vi", "Tin mới"))
		if r, g, b, _ := img.At(1, 1).RGBA(); uint8(r) != ground.R || uint8(g) != ground.G || uint8(b) != ground.B {
			t.Errorf("%s: the ground is %v", name, img.At(1, 1))
		}
		own := sample(look(t, name), "vi", "Tin mới")
		own.Accent = "#005f20"
		if _, other := drawn(t, p, own); bytes.Equal(other, body) != (name == "broadcaster") {
			t.Errorf("%s: the outlet's own colour changes the card: %v", name, !bytes.Equal(other, body))
		}
	}
}

// A square card is narrow for its letters: a long name takes two lines.
func TestASquareCardHasRoomForALongName(t *testing.T) {
	p := card.NewPainter()
	c := sample(look(t, "broadcaster"), "vi", "Phát thanh, truyền hình tỉnh")
	c.Width, c.Height, c.Part, c.Kicker = 1400, 1400, "", ""
	c.Name = "Hình ảnh, âm thanh và câu chuyện"
	whole, _ := drawn(t, p, c)
	c.Name = "Hình ảnh, âm thanh và câu ch…"
	cut, _ := drawn(t, p, c)
	if a, b := inked(whole, image.Rect(0, 240, 1400, 300)), inked(cut, image.Rect(0, 240, 1400, 300)); a == b {
		t.Error("a long name is cut")
	}
}

// What a card depends on changes its name, and nothing else does.
func TestACardIsNamedAfterWhatItShows(t *testing.T) {
	portal := look(t, "portal")
	c := sample(portal, "vi", "Tin mới")
	if again := sample(look(t, "portal"), "vi", "Tin mới"); again.Sum() != c.Sum() {
		t.Error("the same card has two names")
	}
	seen := map[string]bool{c.Sum(): true}
	for _, change := range []func(*card.Card){
		func(c *card.Card) { c.Width = 1400 }, func(c *card.Card) { c.Theme = look(t, "newspaper") }, func(c *card.Card) { c.Lang = "en" },
		func(c *card.Card) { c.Name, c.Part = c.Name+" "+c.Part, "" }, func(c *card.Card) { c.Kicker, c.Title = c.Title, c.Kicker },
		func(c *card.Card) { c.Foot = "" }, func(c *card.Card) { c.Accent = "#005f20" }, func(c *card.Card) { c.Script = "script-km.css" },
	} {
		other := c
		change(&other)
		if seen[other.Sum()] {
			t.Errorf("%+v has the name of another", other)
		}
		seen[other.Sum()] = true
	}
}

// A picture is cut around what is to stay in view.
func TestAPictureIsCutToShape(t *testing.T) {
	p := card.NewPainter()
	for _, size := range []image.Point{{3000, 1000}, {900, 1600}, {10, 10}, {1, 900}} {
		whole := image.NewRGBA(image.Rectangle{Max: size})
		for y := range size.Y {
			for x := range size.X {
				c := color.RGBA{0xff, 0, 0, 0xff} // the left and the upper half
				if 2*x >= size.X && 2*y >= size.Y {
					c = color.RGBA{0, 0, 0xff, 0xff}
				}
				whole.Set(x, y, c)
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, whole); err != nil {
			t.Fatal(err)
		}
		body, err := p.Cut(bytes.NewReader(b.Bytes()), 1000, 1000)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil || img.Bounds() != image.Rect(0, 0, card.Width, card.Height) {
			t.Fatalf("%v: %v, %v", size, img.Bounds(), err)
		}
		if r, _, blue, _ := img.At(card.Width-20, card.Height-20).RGBA(); blue < r && size.X > 1 {
			t.Errorf("%v: the corner that was to be seen is cut away", size)
		}
	}
	if _, err := p.Cut(strings.NewReader("no picture"), 500, 500); err == nil {
		t.Error("what is no picture was cut")
	}
	bomb := []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00;")
	if _, err := p.Cut(bytes.NewReader(bomb), 500, 500); err == nil {
		t.Error("a picture of four thousand million pixels was read")
	}
}

func BenchmarkPNG(b *testing.B) {
	l, p := look(b, "portal"), card.NewPainter()
	c := sample(l, "vi", headlines["marks"][1])
	for b.Loop() {
		if _, err := p.PNG(c); err != nil {
			b.Fatal(err)
		}
	}
}
