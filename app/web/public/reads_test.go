package public_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"doingoai/app/kind"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web/public"
)

// mostReads are how often each sort of page may read the documents when it is
// made, however much is released. One of them is the menu's, which the next page
// of the outlet does not read again until something is released.
var mostReads = map[string]uint64{
	"/vi/": 6, "/vi/van-hoa": 4, "/vi/van-hoa/soc-bom-bo-" + culture: 5, "/vi/tim-kiem?q=Bom": 2, "/vi/bao-loi": 1, "/vi/lien-he": 1, "/vi/cai-chinh": 3,
	"/vi/atom.xml": 5, "/vi/van-hoa/podcast.xml": 5, "/vi/cai-chinh/atom.xml": 3, "/vi/nguon-tin": 4, "/vi/feeds.opml": 1, "/vi/su-kien": 5, "/vi/events.ics": 2,
	"/vi/van-ban": 3, "/vi/van-ban/atom.xml": 4, "/vi/gioi-thieu": 2, "/vi/chu-de/lua": 5, "/vi/chu-de/lua/atom.xml": 4, "/vi/quyen-rieng-tu": 1, "/vi/so-do-trang": 1, "/vi/trang-thai": 1, "/vi/danh-gia?about=/vi/van-hoa/": 1,
	"/sitemap.xml": 2, "/-/sitemap/1.xml": 2, "/-/sitemap/news.xml": 1, "/robots.txt": 0,
}

func TestPagesAreMadeWithinAFixedNumberOfReads(t *testing.T) {
	quiet(t)
	w := newWorld(t)
	w.put(release.TagKind, "rice", label("rice", "Lúa", "lua", "", ""))
	fill := func(from, to int) {
		const digits = "23456789bcdfghjkmnpqrstvwxyz"
		var last int64
		for i := from; i < to; i++ {
			a := article(fmt.Sprintf("bbbbbbbb%c%c", digits[i/28], digits[i%28]), "vi", "culture", 10+i, fmt.Sprint("Bài số ", i), "bai")
			a.Lead, a.Tags = w.picture("Ảnh"), []string{"rice"}
			switch i % 4 {
			case 1:
				a.Kind, a.Facts = string(kind.Event), kind.Facts{"starts": fmt.Sprintf("2026-07-%02dT09:00", 2+i%28), "ends": fmt.Sprintf("2026-07-%02dT11:00", 2+i%28), "status": kind.Planned, "venue": "Hội trường A"}
			case 2:
				a.Correction = &release.Correction{Note: "Bài ghi sai.", Right: "72", At: a.Updated, Outlets: []string{"portal"}}
			case 3:
				sound := release.File{Hash: release.Hash([]byte("sound")), Name: "a.mp3", Type: "audio/mpeg", Size: 5}
				w.files[sound.Hash], a.Files = []byte("sound"), []release.File{sound}
			}
			last = w.publish(a)
		}
		w.settle(last)
	}
	seen := map[int]bool{0: true} // the root leads to a language
	for path := range mostReads {
		name, _, _ := strings.Cut(path, "?")
		seen[public.TargetOf(name)] = true
	}
	if len(seen) != public.Targets {
		t.Errorf("%d of %d sorts of addresses are measured: add the new one to mostReads", len(seen), public.Targets)
	}
	fill(0, 8)
	few := w.reads()
	fill(8, 80)
	many := w.reads()
	for _, path := range slices.Sorted(maps.Keys(mostReads)) {
		if few[path] > mostReads[path] || many[path] > mostReads[path] {
			t.Errorf("%s takes %d reads with few articles and %d with many, not %d", path, few[path], many[path], mostReads[path])
		}
	}
}

// reads answers how often each page reads when nothing is ready. What goes on
// beside it may read as well, so that the fewest of three times count.
func (w *world) reads() map[string]uint64 {
	w.t.Helper()
	fewest := map[string]uint64{}
	for round := range 3 {
		for path := range mostReads {
			w.settle(w.publish(article(merger, "vi", "invest", 1, fmt.Sprint("Lần ", round), "hop-nhat"))) // all that is ready is old
			before := w.status().Reads                                                                     // and to ask is to read once
			w.reader().Get(path).Is(http.StatusOK)
			if n := w.status().Reads - before - 1; round == 0 || n < fewest[path] {
				fewest[path] = n
			}
		}
	}
	return fewest
}

func (w *world) status() newsstand.Status {
	w.t.Helper()
	status, err := w.stand.Status(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return status
}
