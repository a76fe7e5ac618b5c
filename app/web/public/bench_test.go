package public_test

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// benchWorld has a thousand articles of a usual length.
func benchWorld(b *testing.B) (w *world, ids []string) {
	b.Helper()
	quiet(b)
	w = newWorld(b)
	body := template.HTML(strings.Repeat("<h2 id=\"muc\">Mục</h2><p>"+strings.Repeat("Thông tin đối ngoại của tỉnh về khu công nghiệp. ", 12)+"</p>", 8))
	const digits = "23456789bcdfghjkmnpqrstvwxyz"
	var last int64
	for i := range 1000 {
		id := fmt.Sprintf("bbbbbbb%c%c%c", digits[i/784%28], digits[i/28%28], digits[i%28])
		for _, lang := range []string{"vi", "en"} {
			a := article(id, lang, "parks", 10+i, fmt.Sprint("Bài số ", i, " về khu công nghiệp và nhà đầu tư nước ngoài"), "bai")
			a.HTML = body
			last = w.publish(a)
		}
		ids = append(ids, id)
	}
	w.settle(last)
	return w, ids
}

// quiet keeps the log's line of each request out of what is measured.
func quiet(b testing.TB) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	b.Cleanup(func() { slog.SetDefault(before) })
}

// ask calls the handler as a connection would.
func (w *world) ask(c *fasthttp.RequestCtx, path string) {
	c.Request.Reset()
	c.Response.Reset()
	c.Request.SetRequestURI(path)
	c.Request.Header.SetHost("portal.localhost")
	c.Request.Header.Set("Accept-Encoding", "gzip, deflate, br")
	w.site.App().Server().Handler(c)
	if c.Response.StatusCode() != http.StatusOK {
		w.t.Fatalf("%s: status %d", path, c.Response.StatusCode())
	}
}

// BenchmarkArticle is the first time that an article is asked for: nothing is
// ready, the page is read, rendered and compressed.
func BenchmarkArticle(b *testing.B) {
	w, ids := benchWorld(b)
	var c fasthttp.RequestCtx
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%len(ids) == 0 && i > 0 {
			b.StopTimer() // another release makes every page old
			w.settle(w.publish(article(merger, "vi", "invest", 1, fmt.Sprint("Lần ", i), "hop-nhat")))
			b.StartTimer()
		}
		began := time.Now()
		w.ask(&c, "/vi/khu-cong-nghiep/bai-"+ids[i%len(ids)])
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-median")
}

func BenchmarkReady(b *testing.B) {
	quiet(b)
	w := newWorld(b)
	ask := askReady(w, "/vi/")
	w.reader().Get("/vi/")
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
}

func BenchmarkHome(b *testing.B) { benchmarkRender(b, "/vi/") }

func BenchmarkList(b *testing.B) { benchmarkRender(b, "/vi/dau-tu?page=40") }

func BenchmarkFeed(b *testing.B) { benchmarkRender(b, "/vi/atom.xml") }

func BenchmarkSearch(b *testing.B) { benchmarkRender(b, "/vi/tim-kiem?q=khu+cong+nghiep") }

// benchmarkRender makes a page anew each time: a release stands between.
func benchmarkRender(b *testing.B, path string) {
	w, _ := benchWorld(b)
	var c fasthttp.RequestCtx
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		w.settle(w.publish(article(merger, "vi", "invest", 1, fmt.Sprint("Lần ", i), "hop-nhat")))
		b.StartTimer()
		w.ask(&c, path)
	}
}
