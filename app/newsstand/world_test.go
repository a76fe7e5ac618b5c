package newsstand_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/letter"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	ctx     = context.Background()
	morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)

	errAway = errors.New("the newsroom is away")
)

// newsroom is a newsroom's release log and letter box on a real database,
// with media files in memory. It can be made to be away.
type newsroom struct {
	*release.Log
	db      *store.DB
	letters *letter.Room

	mu      sync.Mutex
	away    bool
	files   map[string][]byte // by hash
	onMedia func()
	onSend  func(release.Letter) error
	step    int // of time between articles
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	db, _ := apptest.NewDatabaseAt(t, morning)
	n := &newsroom{Log: release.NewLog(db), db: db, letters: letter.New(db), files: map[string][]byte{}}
	n.put(t, release.OutletKind, "portal", release.Outlet{
		ID: "portal", Hosts: []string{"portal.localhost", "Cong.localhost"}, Languages: []string{"vi", "en"}, Default: true,
	})
	n.put(t, release.OutletKind, "newspaper", release.Outlet{ID: "newspaper", Hosts: []string{"newspaper.localhost"}, Languages: []string{"vi", "en"}})
	n.section(t, "invest", "", 1)
	n.section(t, "parks", "invest", 2)
	n.section(t, "culture", "", 3)
	return n
}

func (n *newsroom) isAway() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.away
}

func (n *newsroom) goAway(away bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.away = away
}

func (n *newsroom) After(ctx context.Context, after int64, limit int) ([]release.Entry, error) {
	if n.isAway() {
		return nil, errAway
	}
	return n.Log.After(ctx, after, limit)
}

func (n *newsroom) Wait(ctx context.Context, after int64, patience time.Duration) error {
	if n.isAway() {
		return errAway
	}
	return n.Log.Wait(ctx, after, patience)
}

func (n *newsroom) Media(_ context.Context, hash string) (io.ReadCloser, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.onMedia != nil {
		n.onMedia()
	}
	body, ok := n.files[hash]
	if !ok {
		return nil, fault.New(fault.NotFound, "error.not_found.title")
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

func (n *newsroom) Receipt(ctx context.Context, id string) (release.Receipt, error) {
	n.mu.Lock()
	away := n.away
	n.mu.Unlock()
	if away {
		return release.Receipt{}, errAway
	}
	return n.letters.Receipt(ctx, id)
}

func (n *newsroom) Send(ctx context.Context, l release.Letter) error {
	n.mu.Lock()
	hook := n.onSend
	n.mu.Unlock()
	if n.isAway() {
		return errAway
	}
	if hook != nil {
		if err := hook(l); err != nil {
			return err
		}
	}
	return n.letters.Accept(ctx, l)
}

// received answers the letters in the newsroom's box.
func (n *newsroom) received(t *testing.T) []letter.Letter {
	t.Helper()
	auditor := account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a1", Role: account.Auditor}}}
	got, _, err := n.letters.List(ctx, auditor, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// file stores a media file and answers its description.
func (n *newsroom) file(content string) release.File {
	f := release.File{Hash: release.Hash([]byte(content)), Name: "anh.png", Type: "image/png", Size: int64(len(content))}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.files[f.Hash] = []byte(content)
	return f
}

func (n *newsroom) append(t *testing.T, key release.Key, op release.Op, document any) (seq int64) {
	t.Helper()
	err := n.db.Write(ctx, func(tx *store.Tx) (err error) {
		seq, err = n.Append(tx, key, op, document)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func (n *newsroom) put(t *testing.T, kind release.Kind, id string, document any) int64 {
	t.Helper()
	return n.append(t, release.Key{Kind: kind, ID: id}, release.Put, document)
}

func (n *newsroom) section(t *testing.T, id, parent string, position int) int64 {
	t.Helper()
	return n.put(t, release.SectionKind, id, release.Section{ID: id, Parent: parent, Position: position, Names: map[string]release.SectionName{
		"vi": {Name: id, Slug: id + "-vi"}, "en": {Name: id, Slug: id + "-en", FormerSlugs: []string{"old-" + id}},
	}})
}

// draft is an article on the portal; each is published a minute after the one
// before.
func (n *newsroom) draft(id, lang, title string) release.Article {
	n.step++
	at := morning.Add(time.Duration(n.step) * time.Minute)
	return release.Article{
		ID: id, Lang: lang, Kind: "article", Outlets: []string{"portal"}, Section: "parks", Title: title, Slug: "bai",
		Standfirst: "Mở đầu", HTML: "<p>Thông tin đối ngoại của tỉnh</p>", Published: at, Updated: at,
	}
}

func articleKey(id, lang string) release.Key {
	return release.Key{Kind: release.ArticleKind, ID: id, Lang: lang}
}

func (n *newsroom) publish(t *testing.T, a release.Article) int64 {
	t.Helper()
	return n.append(t, articleKey(a.ID, a.Lang), release.Put, a)
}

func (n *newsroom) withdraw(t *testing.T, a release.Article) int64 {
	t.Helper()
	return n.append(t, articleKey(a.ID, a.Lang), release.Withdraw,
		release.Tombstone{Outlets: a.Outlets, Section: a.Section, WithdrawnAt: morning, Note: "Rút để kiểm tra"})
}

// stand is a newsstand under test, with its folder.
type stand struct {
	*newsstand.Stand
	dir     string
	source  newsstand.Source
	stopped func()
}

func openStand(t *testing.T, dir string, source newsstand.Source) *stand {
	t.Helper()
	s, err := newsstand.Open(ctx, newsstand.Options{Dir: dir, Source: source, CacheBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	st := &stand{Stand: s, dir: dir, source: source, stopped: func() {}}
	t.Cleanup(func() { st.close(t) })
	return st
}

// newStand is a new one that follows.
func newStand(t *testing.T, source newsstand.Source) *stand {
	t.Helper()
	s := openStand(t, t.TempDir(), source)
	s.follow(t)
	return s
}

// follow starts following, until the stand is closed.
func (s *stand) follow(t *testing.T) {
	t.Helper()
	running, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.Follow(running) }()
	s.stopped = func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Follow: %v", err)
		}
		s.stopped = func() {}
	}
}

func (s *stand) close(t *testing.T) {
	t.Helper()
	s.stopped()
	if s.Stand == nil {
		return
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	s.Stand = nil
}

// reopen is the same folder in a new process.
func (s *stand) reopen(t *testing.T) *stand {
	t.Helper()
	s.close(t)
	return openStand(t, s.dir, s.source)
}

// upTo waits until a release is visible.
func (s *stand) upTo(t *testing.T, seq int64) {
	t.Helper()
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := s.WaitApplied(limited, seq); err != nil {
		t.Fatalf("release %d: %v (applied %d)", seq, err, s.Applied())
	}
}

// catchUp waits until everything of a newsroom is visible.
func (s *stand) catchUp(t *testing.T, n *newsroom) {
	t.Helper()
	last, err := n.Last(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.upTo(t, last)
	apptest.Eventually(t, "the newsstand knows that it has everything", s.CaughtUp)
}

// same fails when the newsstand is not the fold of the log.
func (s *stand) same(t *testing.T, n *newsroom) {
	t.Helper()
	differences, err := s.Compare(ctx, n)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		t.Error(d)
	}
}

func (s *stand) outlet(id string) *release.Outlet { return s.Site().Outlet(id) }

// found answers the ids that a search finds.
func (s *stand) found(t *testing.T, outlet, lang, section, text string) []string {
	t.Helper()
	page, err := s.Search(ctx, s.outlet(outlet), lang, section, text, 1)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range page.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func ids(cards []newsstand.Card) (list []string) {
	for _, c := range cards {
		list = append(list, c.ID)
	}
	return list
}

func isOnDisk(t *testing.T, s *stand, f release.File) bool {
	t.Helper()
	_, err := os.Stat(filepath.Join(s.dir, "media", f.Hash[:2], f.Hash))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// copyFolder is what a crash or a restored backup would leave.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// alter changes the documents behind a closed newsstand's back.
func alter(t *testing.T, dir, statement string, args ...any) {
	t.Helper()
	db, err := store.Open(ctx, store.Options{URL: "sqlite:" + filepath.Join(dir, "documents.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	pool, err := db.Read(ctx).DB()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
