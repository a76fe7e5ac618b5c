package public_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// measured is what a browser finds on a page.
type measured struct {
	Width    float64 // of the document
	Masthead float64 // its height
	Headline float64 // where the first headline begins
	Shift    float64 // how much moved while the page loaded
	Small    string  // what a finger would miss
	Lines    int     // of the outlet's name
	Overlaps string  // what is drawn over the next line of the imprint
	Mixed    string  // cells in the typeface of figures that hold words
	Hole     float64 // width that the last row of the front page's sections leaves empty
	Font     bool    // ours has arrived
}

const measure = `(async () => {
	await document.fonts.ready;
	const shift = await new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true});
		requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50)));
	});
	const box = e => e.getBoundingClientRect();
	const reach = e => { const b = box(e), o = e.matches("article h2 a, article h3 a") ? box(e.closest("article")) : b; return Math.min(o.width, o.height); };
	const small = [...document.querySelectorAll("header a, header summary, header button, main a, main button, main input, main select, main textarea, footer a")]
		.filter(e => e.checkVisibility() && !e.closest(".body, p, figcaption, .trap") && reach(e) < 43.9).map(e => e.outerHTML.slice(0, 80));
	const name = document.querySelector(".name a");
	const range = document.createRange();
	range.selectNodeContents(name);
	const lines = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.bottom / 8))).size;
	const entries = [...document.querySelectorAll(".identity dl > div")];
	const overlaps = entries.filter((e, i) => i && [...entries[i - 1].querySelectorAll("a, dt, dd")].some(a => box(a).bottom > box(e).top + 1)).map(e => e.textContent);
	const mixed = [...document.querySelectorAll("td, th")].filter(c => !getComputedStyle(c).fontFamily.includes("House") && /[^0-9.,+\-−–%() \u00a0]/.test(c.textContent)).map(c => c.textContent);
	const blocks = [...document.querySelectorAll(".block")], last = blocks.at(-1);
	const hole = last ? box(last.parentElement).right - box(last).right : 0;
	return {
		Lines: lines, Overlaps: overlaps.join("\n"), Mixed: mixed.join("\n"), Hole: hole,
		Width: document.documentElement.scrollWidth, Masthead: box(document.querySelector(".masthead")).height,
		Headline: box(document.querySelector("main h1:not(.hidden), main h2")).top, Shift: shift, Small: small.join("\n"),
		Font: document.fonts.check("600 1rem 'House'"),
	};
})()`

// swap is what may move when our font arrives late on a machine that has none
// of the fonts whose size the style adjusts: 0.010 was seen at 320 px. What a
// reader would notice begins at ten times as much.
const swap = 0.02

// Nothing moves, nothing is cut off, nothing is out of a finger's reach, and
// the browser has nothing to complain of: neither about the content security
// policy (which the description in JSON must pass) nor anything else.
func TestPagesInABrowser(t *testing.T) {
	tab := apptest.Browser(t)
	w := newWorld(t)
	long := article(culture, "vi", "culture", 9, "THƯỢNG NGUỒN ĐẪM ƯỚT, KHUYẾN NGHỊ "+strings.Repeat("Nghiêngngả", 12), "dai")
	long.Lead = w.realPicture()
	long.HTML = "<h2 id=\"a\">Đầu đề</h2><p>https://a.example/duongdanratdai</p><div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"table-1\"><table><caption id=\"table-1\">Bảng</caption><thead><tr><th scope=\"col\">Chỉ tiêu</th><th scope=\"col\" class=\"align-right\">Giá trị</th></tr></thead><tbody><tr><td>Một</td><td class=\"align-right figure\">12.737</td></tr><tr><td>Hai</td><td class=\"align-right\">23,53 tỷ</td></tr></tbody></table></div>"
	for i := range 10 { // enough that one section is left below the latest
		w.publish(article("bbbbbbbb2"+"23456789bc"[i:i+1], "vi", "parks", -1-i, fmt.Sprint("Khu công nghiệp số ", i), "khu"))
	}
	w.settle(w.publish(long))
	address := w.listen()
	complaints := listen(t, tab)
	_, port, _ := strings.Cut(address, ":")
	for _, host := range []string{"portal", "newspaper"} {
		for _, path := range []string{"/vi/", "/en/", "/vi/van-hoa", "/vi/van-hoa/dai-" + culture, "/vi/tim-kiem?q=doi+ngoai", "/vi/bao-loi", "/vi/khong-co", "/en/documents"} {
			if host == "newspaper" && path != "/vi/" {
				continue
			}
			for _, width := range []int64{320, 360, 768, 1440} {
				m := visit(t, tab, "http://"+host+".localhost:"+port+path, width)
				name := fmt.Sprintf("%s%s at %d px", host, path, width)
				if said := complaints(); said != "" && !strings.Contains(path, "khong-co") { // a 404 is one to a browser
					t.Errorf("%s: the browser complains: %s", name, said)
				}
				if m.Width > float64(width) {
					t.Errorf("%s: the page is %v px wide", name, m.Width)
				}
				if width <= 360 && (m.Masthead > 96 || m.Lines > 2) {
					t.Errorf("%s: the masthead is %v px high, its name has %d lines", name, m.Masthead, m.Lines)
				}
				if m.Overlaps != "" {
					t.Errorf("%s: something lies over the imprint's line\n%s", name, m.Overlaps)
				}
				if m.Mixed != "" {
					t.Errorf("%s: two typefaces meet in %q", name, m.Mixed)
				}
				if m.Hole > 1 {
					t.Errorf("%s: the sections leave %v px of their last row empty", name, m.Hole)
				}
				if width == 360 && m.Headline > 560 { // room for two lines
					t.Errorf("%s: the first headline begins at %v px", name, m.Headline)
				}
				if m.Shift > swap {
					t.Errorf("%s: %v of it moved", name, m.Shift)
				}
				if m.Small != "" && width < 1024 {
					t.Errorf("%s: too small for a finger:\n%s", name, m.Small)
				}
				if !m.Font {
					t.Errorf("%s: our font did not arrive", name)
				}
			}
		}
	}
}

// listen gathers what a browser complains of, and hands it out once.
func listen(t *testing.T, tab context.Context) (complaints func() string) {
	t.Helper()
	var mu sync.Mutex
	var said []string
	err := chromedp.Listen(tab, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *cdplog.EventEntryAdded:
			said = append(said, e.Entry.Text+" "+e.Entry.URL)
		case *runtime.EventConsoleAPICalled:
			said = append(said, string(e.Type))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, cdplog.Enable, struct{}{}); err != nil {
		t.Fatal(err)
	}
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		all := strings.Join(said, "; ")
		said = nil
		return all
	}
}

func visit(t *testing.T, tab context.Context, address string, width int64) measured {
	t.Helper()
	limited, cancel := context.WithTimeout(tab, time.Minute)
	defer cancel()
	if err := chromedp.Do(limited, chromedp.EmulateViewport(width, 640), chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s at %d px: %v", address, width, err)
	}
	m, err := chromedp.Run(limited, chromedp.Evaluate[measured](measure, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s at %d px: %v", address, width, err)
	}
	return m
}

// realPicture is one that a browser can show.
func (w *world) realPicture() *release.Picture {
	w.t.Helper()
	p := w.picture("Ảnh")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 160, 90))); err != nil {
		w.t.Fatal(err)
	}
	p.File.Hash, p.Small = release.Hash(b.Bytes()), nil
	p.File.Size = int64(b.Len())
	w.files[p.File.Hash] = b.Bytes()
	return p
}

// A reader without a mouse, from the skip link to a letter that is sent.
func TestAReportIsSentFromABrowser(t *testing.T) {
	tab := apptest.Browser(t)
	w := newWorld(t)
	_, port, _ := strings.Cut(w.listen(), ":")
	limited, cancel := context.WithTimeout(tab, time.Minute)
	defer cancel()
	if err := chromedp.Do(limited, chromedp.Navigate("http://portal.localhost:"+port+"/vi/dau-tu/hop-nhat-"+merger), chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	skip, err := chromedp.Run(limited, chromedp.Evaluate[string](`document.activeElement.className`))
	if err != nil {
		t.Fatal(err)
	}
	for _, steps := range [][]chromedp.Action[chromedp.Void]{ // each leads to another page
		{chromedp.Click(chromedp.CSS(".report a"))},
		{chromedp.SendKeys(chromedp.CSS("textarea"), "Số xã phải là 72."), chromedp.Click(chromedp.CSS("form.letter button"))},
	} {
		if _, err := chromedp.RunResponse(limited, steps...); err != nil {
			t.Fatal(err)
		}
	}
	receipt, err := chromedp.Run(limited, chromedp.Text(chromedp.CSS(".receipt")))
	if err != nil {
		t.Fatal(err)
	}
	if skip != "skip" {
		t.Errorf("the first stop is %q", skip)
	}
	apptest.Eventually(t, "the newsroom has the letter", func() bool { return len(w.received()) == 1 })
	if got := w.received()[0]; got.ID != receipt || got.Message != "Số xã phải là 72." || got.Item != merger {
		t.Errorf("%+v under receipt %q", got, receipt)
	}
}
