package public_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/app/web/public"
	"doingoai/locales"
	"doingoai/themes"
)

var (
	ctx     = context.Background()
	morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
	update  = flag.Bool("update", false, "write the golden files anew")
)

// Articles have identifiers of the form that the newsroom makes.
const (
	merger  = "mmmmmmmm22" // in both languages
	parks   = "pppppppp22" // in Vietnamese only
	culture = "cccccccc22" // in both, with a picture
	removed = "rrrrrrrr22" // withdrawn
)

// world is a newsroom's release log on a real database, a newsstand that
// follows it, and the readers' site over that.
type world struct {
	*release.Log
	t     testing.TB
	db    *store.DB
	stand *newsstand.Stand
	site  *public.Site

	ahead   atomic.Int64 // how far the newsstand's clock is before ours
	mu      sync.Mutex
	away    bool
	letters []release.Letter
	told    map[string]release.Receipt // of letters
	files   map[string][]byte
}

func (w *world) Media(_ context.Context, hash string) (io.ReadCloser, error) {
	body, ok := w.files[hash]
	if !ok {
		return nil, fault.New(fault.NotFound, "error.not_found.title")
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

func (w *world) Send(_ context.Context, l release.Letter) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return fault.New(fault.Unavailable, "error.unavailable.title")
	}
	w.letters = append(w.letters, l)
	return nil
}

// Receipt is what the newsroom says of a letter: that it waits, unless told is set.
func (w *world) Receipt(_ context.Context, id string) (release.Receipt, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return release.Receipt{}, fault.New(fault.Unavailable, "error.unavailable.title")
	}
	for _, l := range w.letters {
		if told, ok := w.told[id]; ok {
			return told, nil
		}
		if l.ID == id {
			return release.Receipt{State: release.LetterWaits, Received: morning, Due: morning.AddDate(0, 0, 15)}, nil
		}
	}
	return release.Receipt{}, fault.New(fault.NotFound, "error.letter.unknown")
}

func (w *world) received() []release.Letter {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]release.Letter(nil), w.letters...)
}

func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }

// bare is a world in which nothing was released.
func bare(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{t: t, db: db, Log: release.NewLog(db), files: map[string][]byte{}}
	var err error
	if w.stand, err = newsstand.Open(ctx, newsstand.Options{Dir: t.TempDir(), Source: w, CacheBytes: 8 << 20, Clock: w.now}); err != nil {
		t.Fatal(err)
	}
	following, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- w.stand.Follow(following) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("Follow: %v", err)
		}
		if err := w.stand.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	w.site, err = public.New(public.Options{Stand: w.stand, Words: words(t), Themes: looks(t), PublicURL: "http://:8080", LetterMonths: 24})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// newWorld has two outlets, three sections and a few articles.
func newWorld(t testing.TB) *world {
	t.Helper()
	db, _ := apptest.NewDatabaseAt(t, morning)
	return furnish(bare(t, db))
}

func furnish(w *world) *world {
	w.outlets()
	w.put(release.AgencyKind, "office", release.Agency{ID: "office", Code: "office", Names: map[string]string{"vi": "Văn phòng UBND tỉnh", "en": "Office of the Provincial People's Committee"}})
	w.section("invest", "", 1, "Đầu tư", "dau-tu", "Investment", "investment")
	w.section("parks", "invest", 2, "Khu công nghiệp", "khu-cong-nghiep", "Industrial parks", "industrial-parks")
	w.section("culture", "", 3, "Văn hóa – Du lịch", "van-hoa", "Culture and tourism", "culture")
	w.section("empty", "", 4, "Tư liệu", "tu-lieu", "Papers", "papers")
	w.publish(article(merger, "vi", "invest", 1, "Bình Phước hợp nhất vào Đồng Nai", "hop-nhat"))
	w.publish(article(merger, "en", "invest", 1, "Bình Phước merges into Đồng Nai", "merger"))
	w.publish(article(parks, "vi", "parks", 2, "Khu công nghiệp Minh Hưng – Sikico", "sikico"))
	vi, en := article(culture, "vi", "culture", 3, "Sóc Bom Bo", "soc-bom-bo"), article(culture, "en", "culture", 3, "Sóc Bom Bo hamlet", "soc-bom-bo")
	vi.Lead, en.Lead = w.picture("Cối giã gạo"), w.picture("Rice mortars")
	w.publish(vi)
	w.publish(en)
	gone := article(removed, "vi", "culture", 4, "Bài phải gỡ", "phai-go")
	w.publish(gone)
	w.settle(w.withdraw(gone, "Gỡ để kiểm tra lại số liệu."))
	return w
}

func (w *world) outlets() {
	languages := []string{"vi", "en"}
	w.put(release.OutletKind, "portal", release.Outlet{
		ID: "portal", Code: "portal", Agency: "office", Theme: "portal", Hosts: []string{"portal.localhost", "localhost"}, Languages: languages, Default: true,
		Texts: map[string]release.OutletText{
			"vi": {Name: "Cổng thông tin đối ngoại", Tagline: "Thông tin chính thức", Unit: "Văn phòng UBND tỉnh", Responsible: "Trưởng Ban Biên tập", Address: "Số 1", Phone: "0000", Email: "bientap@portal.example", Licence: "Giấy phép mẫu"},
			"en": {Name: "External Information Portal", Tagline: "Official information", Unit: "Provincial Office", Responsible: "Head of the Editorial Board", Address: "1 Sample Street", Phone: "0000", Email: "editors@portal.example", Licence: "Sample licence"},
		},
	})
	w.put(release.OutletKind, "newspaper", release.Outlet{
		ID: "newspaper", Code: "newspaper", Agency: "office", Theme: "newspaper", Hosts: []string{"newspaper.localhost"}, Languages: languages,
		Texts: map[string]release.OutletText{"vi": {Name: "Phát thanh, truyền hình tỉnh – Trang đối ngoại"}, "en": {Name: "Provincial Newspaper – External Pages"}},
	})
}

func (w *world) append(key release.Key, op release.Op, document any) (seq int64) {
	w.t.Helper()
	err := w.db.Write(ctx, func(tx *store.Tx) (err error) {
		seq, err = w.Append(tx, key, op, document)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return seq
}

func (w *world) put(kind release.Kind, id string, document any) int64 {
	w.t.Helper()
	return w.append(release.Key{Kind: kind, ID: id}, release.Put, document)
}

func (w *world) section(id, parent string, position int, vi, viSlug, en, enSlug string) int64 {
	w.t.Helper()
	return w.put(release.SectionKind, id, release.Section{ID: id, Parent: parent, Position: position, Names: map[string]release.SectionName{
		"vi": {Name: vi, Slug: viSlug, FormerSlugs: []string{viSlug + "-cu"}}, "en": {Name: en, Slug: enSlug, FormerSlugs: []string{"old-" + enSlug}},
	}})
}

func (w *world) publish(a release.Article) int64 {
	w.t.Helper()
	return w.append(release.Key{Kind: release.ArticleKind, ID: a.ID, Lang: a.Lang}, release.Put, a)
}

func (w *world) withdraw(a release.Article, note string) int64 {
	w.t.Helper()
	return w.append(release.Key{Kind: release.ArticleKind, ID: a.ID, Lang: a.Lang}, release.Withdraw,
		release.Tombstone{Outlets: a.Outlets, Section: a.Section, WithdrawnAt: morning.Add(time.Hour), Note: note})
}

// settle waits until readers see a release.
func (w *world) settle(seq int64) {
	w.t.Helper()
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.stand.WaitApplied(limited, seq); err != nil {
		w.t.Fatalf("release %d: %v (applied %d)", seq, err, w.stand.Applied())
	}
	apptest.Eventually(w.t, "the newsstand has everything", w.stand.CaughtUp)
}

// picture stores a tiny picture file and its smaller rendition.
func (w *world) picture(alt string) *release.Picture {
	file := func(content string, width, height int) release.File {
		f := release.File{Hash: release.Hash([]byte(content)), Name: "anh.png", Type: "image/png", Size: int64(len(content)), Width: width, Height: height}
		w.files[f.Hash] = []byte(content)
		return f
	}
	small := file("small", 480, 270)
	return &release.Picture{File: file("large", 1600, 900), Small: &small, Colour: "#334455", Alt: alt, Caption: "Chú thích của ảnh", Credit: "Đối Ngoại"}
}

// article is published so many minutes after the world began.
func article(id, lang, section string, minute int, title, slug string) release.Article {
	at := morning.Add(time.Duration(minute) * time.Minute)
	standfirst := "Mở đầu của bài"
	if lang == "en" {
		standfirst = "How the article begins"
	}
	return release.Article{
		ID: id, Lang: lang, Kind: "article", Outlets: []string{"portal"}, Section: section, Agency: "office", Title: title, Slug: slug,
		Standfirst: standfirst, HTML: "<p>Thông tin đối ngoại của tỉnh.</p>", Words: 6, Byline: "Ban Biên tập",
		SourceLang: "vi", Published: at, Updated: at,
	}
}

// reader visits the portal.
func (w *world) reader() *apptest.Visitor {
	w.t.Helper()
	return apptest.NewVisitor(w.t, w.site.App(), "http://portal.localhost")
}

// wire sends bytes over a connection, as no well-behaved client would.
func (w *world) wire(request string) (status int, header http.Header, body string) {
	w.t.Helper()
	return wireTo(w.t, w.listen(), request)
}

// wireTo does so where the site listens already.
func wireTo(t testing.TB, address, request string) (status int, header http.Header, body string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	answer, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(read)
}

// listen serves the site on a port of its own and answers the address.
func (w *world) listen() string {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	serving, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- w.site.Serve(serving, l) }()
	w.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			w.t.Errorf("Serve: %v", err)
		}
	})
	return l.Addr().String()
}

func words(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// looks are the themes as the program loads them.
func looks(t testing.TB) map[string]*theme.Theme {
	t.Helper()
	all := map[string]*theme.Theme{}
	for _, name := range []string{"base", "portal", "newspaper", "broadcaster"} {
		folders := []string{"base"}
		if name != "base" {
			folders = append(folders, name)
		}
		look, err := theme.Load(themes.FS, web.Funcs(), folders...)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = look
	}
	return all
}

// golden compares bytes with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if strings.ReplaceAll(string(want), "\r\n", "\n") != got {
		t.Errorf("%s is no longer what comes out (-update writes it anew):\n%s", file, got)
	}
}
