package public

import (
	"strings"
	"testing"

	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/locales"
)

func sized(hash, mediaType string, width int) release.File {
	extension := map[string]string{"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}[mediaType]
	return release.File{Hash: hash, Name: "p." + extension, Type: mediaType, Width: width, Height: width / 2, Size: int64(width)}
}

func withRenditions() *release.Picture {
	full, small := sized("full", "image/jpeg", 1920), sized("small", "image/jpeg", 640)
	return &release.Picture{
		File: full, Small: &small, Colour: "#20a0ff", Alt: `Cổng "chính"`,
		Renditions: &release.Renditions{Hash: "full", Colour: "#20a0ff", Focus: &release.Focus{X: 260, Y: 1000}, Files: []release.File{
			sized("j320", "image/jpeg", 320), sized("w320", "image/webp", 320), small, sized("w640", "image/webp", 640),
			sized("j1280", "image/jpeg", 1280), full, sized("w1920", "image/webp", 1920),
		}},
	}
}

// The pictures of pages, as they are written.
func TestPicturesAreWrittenSo(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	looks, f := loadLooks(t), sampleFrame(words, "base", "vi", true)
	const all = `<picture><source type="image/webp" srcset="/media/w320/p.webp 320w, /media/w640/p.webp 640w, /media/w1920/p.webp 1920w" sizes="SIZES">` +
		`<img src="/media/small/p.jpg" srcset="/media/j320/p.jpg 320w, /media/small/p.jpg 640w, /media/j1280/p.jpg 1280w, /media/full/p.jpg 1920w" sizes="SIZES"` +
		` width="1920" height="960" alt="Cổng &#34;chính&#34;" class="tint tint-r1 tint-g5 tint-b7 aim aim-x3 aim-y10" LOADING decoding="async"></picture>`
	const early = `<img src="/media/small/p.jpg" srcset="/media/small/p.jpg 640w, /media/full/p.jpg 1920w" sizes="SIZES"` +
		` width="1920" height="960" alt="Cổng &#34;chính&#34;" class="tint tint-r1 tint-g5 tint-b7" LOADING decoding="async">`
	const only = `<img src="/media/full/p.png" width="300" height="150" alt="Biểu đồ" LOADING decoding="async">`
	waiting := withRenditions()
	waiting.Renditions = nil
	for _, c := range []struct {
		name    string
		picture *release.Picture
		want    string
	}{
		{"with renditions", withRenditions(), all}, {"before there are any", waiting, early},
		{"a small drawing", &release.Picture{File: sized("full", "image/png", 300), Colour: "#20a0ff", Alt: "Biểu đồ"}, only},
	} {
		a := sampleArticle("vi")
		a.Lead = c.picture
		var page strings.Builder
		if err := looks["base"].Render(&page, "article", newArticle(f, a)); err != nil {
			t.Fatal(err)
		}
		want := strings.NewReplacer("SIZES", articleSizes, "LOADING", `fetchpriority="high"`).Replace(c.want)
		if !strings.Contains(page.String(), "<figure class=\"lead-picture\">\n"+want) {
			t.Errorf("%s: the article has\n%s\nwant\n%s", c.name, after(page.String(), `<figure class="lead-picture"`), want)
		}
	}
}

func after(page, mark string) string {
	at := max(strings.Index(page, mark), 0)
	return page[at:min(len(page), at+900)]
}

func TestWhatIsSharedIsLargeEnoughAndNoMore(t *testing.T) {
	p := withRenditions()
	for width, want := range map[int]string{100: "j320", 640: "small", 641: "j1280", 1200: "j1280", 1281: "full", 5000: "full"} {
		if got := p.Fitting(width).Hash; got != want {
			t.Errorf("for %d pixels: %s, want %s", width, got, want)
		}
	}
	p.Renditions = nil
	if got := p.Fitting(1200).Hash; got != "full" {
		t.Errorf("without renditions: %s", got)
	}
}

func TestColoursAndPointsHaveNames(t *testing.T) {
	for colour, want := range map[string]string{
		"#000000": "tint tint-r0 tint-g0 tint-b0", "#ffffff": "tint tint-r7 tint-g7 tint-b7", "#1f2040": "tint tint-r0 tint-g1 tint-b2",
		"": "", "#fff": "", "#12345g": "", "red": "", "1234567": "",
	} {
		if got := tint("image/jpeg", colour); got != want {
			t.Errorf("%q: %q, want %q", colour, got, want)
		}
	}
	if got := tint("image/png", "#000000"); got != "" {
		t.Errorf("one can see through a PNG: %q", got)
	}
	for point, want := range map[release.Focus]string{{X: 0, Y: 1000}: "aim aim-x0 aim-y10", {X: 449, Y: 450}: "aim aim-x4 aim-y5", {X: -5, Y: 4000}: "aim aim-x0 aim-y10"} {
		if got := aim(&release.Renditions{Focus: &point}); got != want {
			t.Errorf("%+v: %q, want %q", point, got, want)
		}
	}
	if aim(nil) != "" || aim(&release.Renditions{}) != "" {
		t.Error("nothing has a name")
	}
}
