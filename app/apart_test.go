package app_test

import (
	"net/url"
	"strings"
	"testing"

	"doingoai/app"
	"doingoai/app/apptest"
	"doingoai/app/config"
	"doingoai/app/store"
)

// apart are the settings of a newsroom and a newsstand on two machines.
func apart(t testing.TB, newsroom string) (room, stand config.Config) {
	token := store.NewSecret()
	room, stand = settings(t.TempDir()), settings(t.TempDir())
	room.Only, room.Newsstands, room.NewsroomAddr = "newsroom", []string{token}, newsroom
	stand.Only, stand.Token = "newsstand", token
	return room, stand
}

// TestReadersGoOnWithoutTheNewsroom: a newsstand elsewhere follows over HTTP;
// with the newsroom gone it answers on, also after a cold start, and keeps
// what readers send until the newsroom is back.
func TestReadersGoOnWithoutTheNewsroom(t *testing.T) {
	roomCfg, standCfg := apart(t, "127.0.0.1:0")
	n := openNewsroomOf(t, roomCfg)
	roomCfg.NewsroomAddr = string(n.newsroom) // it comes back where it was
	standCfg.From = "http://" + string(n.newsroom)
	stand := run(t, standCfg)

	vi := n.begin(t, "vi", "Khu công nghiệp đón dự án mới")
	n.write(t, n.reporter, vi, url.Values{"standfirst": {"Sapo."}, "body": {"Nội dung đã duyệt."}})
	n.carry(t, n.reporter, vi)
	reader := stand.reader(t, "portal.localhost")
	home := eventually(t, reader, "/vi/", 200, "Khu công nghiệp đón dự án mới")
	address := home.Attr(`a[href$="`+strings.Split(vi, "/")[2]+`"]`, "href")

	n.stop()
	reader.Get(address).Is(200)
	reader.Get("/vi/tim-kiem?q=khu+cong+nghiep").Is(200)
	stand.stop()
	stand = run(t, standCfg)
	reader = stand.reader(t, "portal.localhost")
	reader.Get("/-/ready").Is(200)
	if page := reader.Get(address).Is(200); !strings.Contains(page.Body, "Nội dung đã duyệt.") {
		t.Error("after a cold start the page lacks its text")
	}
	if found := reader.Get("/vi/tim-kiem?q=khu+cong+nghiep").Is(200); !found.Has(`a[href="` + address + `"]`) {
		t.Error("after a cold start search does not find the page")
	}
	sent := reader.Write("/vi/bao-loi", url.Values{"message": {"Số liệu ở đoạn hai sai."}, "about": {address}})
	if sent.Status != 200 && sent.Status != 303 {
		t.Fatalf("the letter answered %d: %s", sent.Status, sent.Body)
	}

	again := run(t, roomCfg)
	chief := again.signIn(t, n.bench.Chief)
	eventually(t, chief.Visitor, "/letters", 200, "Số liệu ở đoạn hai sai.")
	stand.stop()
	d, err := app.Examine(t.Context(), standCfg)
	if err != nil || len(d.Faults) > 0 || len(d.Checked) != 1 {
		t.Errorf("the doctor of the newsstand says %q, %q: %v", d.Checked, d.Faults, err)
	}
}

// TestTwoProgramsOnOneDatabase: what is published in one program is woken in
// the other by PostgreSQL, long before anybody would look by themselves; and a
// picture that one took is in the store of both.
func TestTwoProgramsOnOneDatabase(t *testing.T) {
	database := apptest.PostgresURL(t)
	one, two := settings(t.TempDir()), settings(t.TempDir())
	one.Database, two.Database = database, database
	files := apptest.NewS3(t)
	for _, cfg := range []*config.Config{&one, &two} {
		cfg.MediaStore, cfg.MediaKey, cfg.MediaSecret = files.Address(), files.Key, files.Secret
	}
	n := openNewsroomOf(t, one)
	other := run(t, two)
	caughtUp(t, other.readers)
	vi := n.begin(t, "vi", "Hai chương trình, một cơ sở dữ liệu")
	picture := n.picture(t, n.reporter)
	other.signIn(t, n.bench.Chief).Get(picture).Is(200)
	n.write(t, n.reporter, vi, url.Values{
		"standfirst": {"Sapo."}, "body": {"Nội dung."}, "lead_media": {strings.Split(picture, "/")[2]}, "lead_alt": {"Khu công nghiệp nhìn từ trên cao"},
		"lead_credit": {"Ảnh: Nguyễn Văn An"}, "lead_caption": {"Khu công nghiệp Phước Đông"},
	})
	n.carry(t, n.reporter, vi)
	for _, p := range []*program{n.program, other} {
		home := eventually(t, p.reader(t, "portal.localhost"), "/vi/", 200, "Hai chương trình, một cơ sở dữ liệu")
		p.reader(t, "portal.localhost").Get(home.Attr(`article img[src^="/media/"]`, "src")).Is(200)
		// The renditions come by themselves, whenever one of the two has made them.
		home = eventually(t, p.reader(t, "portal.localhost"), "/vi/", 200, `<source type="image/webp"`)
		narrowest, _, _ := strings.Cut(home.Attr(`article source[type="image/webp"]`, "srcset"), " ")
		if a := p.reader(t, "portal.localhost").Get(narrowest).Is(200); a.Header.Get("Content-Type") != "image/webp" {
			t.Errorf("%s is %s", narrowest, a.Header.Get("Content-Type"))
		}
	}
	for _, cfg := range []config.Config{one, two} {
		n.stop()
		other.stop()
		if d, err := app.Examine(t.Context(), cfg); err != nil || len(d.Faults) > 0 {
			t.Errorf("the doctor says %q: %v", d.Faults, err)
		}
	}
}

// TestAWrongTokenFollowsNothing: a newsstand with another token never becomes ready.
func TestAWrongTokenFollowsNothing(t *testing.T) {
	roomCfg, standCfg := apart(t, "127.0.0.1:0")
	n := openNewsroomOf(t, roomCfg)
	standCfg.From, standCfg.Token = "http://"+string(n.newsroom), store.NewSecret()
	stand := run(t, standCfg)
	stand.reader(t, "portal.localhost").Get("/-/ready").Is(503)
}
