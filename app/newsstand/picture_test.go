package newsstand_test

import (
	"os"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/release"
)

// Renditions come later than the article that shows the picture, and leave with
// the last one that does. No new approval and no new release of the article is
// needed for either.
func TestRenditionsReachPagesByThemselves(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	picture, inside := n.file("picture"), n.file("inside")
	a := illustrated(n, "a", picture)
	a.Files = []release.File{inside}
	seq := n.publish(t, a)
	s.upTo(t, seq)
	article := func() *release.Article {
		t.Helper()
		page, err := s.Article(ctx, s.outlet("portal"), "vi", "a")
		if err != nil {
			t.Fatal(err)
		}
		return page.Article
	}
	if got := article(); got.Lead.Renditions != nil || len(got.Renditions) != 0 {
		t.Errorf("before there are any: %+v, %+v", got.Lead.Renditions, got.Renditions)
	}
	narrow, wide := n.file("narrow"), n.file("wide")
	narrow.Type, wide.Type = "image/webp", "image/webp"
	for of, file := range map[string]release.File{picture.Hash: narrow, inside.Hash: wide} {
		doc := release.Renditions{Hash: of, Files: []release.File{file}, Focus: &release.Focus{X: 100, Y: 900}}
		seq = n.put(t, release.PictureKind, of, doc)
	}
	s.upTo(t, seq)
	if got := article(); len(got.Lead.Renditions.WebP()) != 1 || got.Lead.Renditions.WebP()[0] != narrow || got.Renditions[inside.Hash].WebP()[0] != wide {
		t.Errorf("%+v, %+v", got.Lead.Renditions, got.Renditions)
	}
	home, err := s.Home(ctx, s.outlet("portal"), "vi")
	if err != nil || home.Newest[0].Picture.Renditions == nil || home.Newest[0].Picture.Renditions.Focus.Y != 900 {
		t.Errorf("front page: %+v (%v)", home, err)
	}
	list, err := s.List(ctx, s.outlet("portal"), "vi", a.Section, 1)
	if err != nil || list.Cards[0].Picture.Renditions == nil {
		t.Errorf("list: %+v (%v)", list, err)
	}
	newest, err := s.Newest(ctx, s.outlet("portal"), "vi", "", 5)
	if err != nil || newest[0].Lead.Renditions == nil {
		t.Errorf("feed: %v", err)
	}
	path, file, err := s.Media(ctx, narrow.Hash)
	if err != nil || file.Type != "image/webp" {
		t.Fatalf("%+v (%v)", file, err)
	}
	if body, err := os.ReadFile(path); err != nil || string(body) != "narrow" {
		t.Errorf("%q (%v)", body, err)
	}
	s.same(t, n)

	seq = n.append(t, release.Key{Kind: release.PictureKind, ID: picture.Hash}, release.Withdraw, struct{}{})
	s.upTo(t, seq)
	if _, _, err := s.Media(ctx, narrow.Hash); fault.KindOf(err) != fault.NotFound {
		t.Errorf("what was withdrawn is still there: %v", err)
	}
	if _, _, err := s.Media(ctx, picture.Hash); err != nil {
		t.Errorf("the picture itself: %v", err)
	}
	if got := article(); got.Lead.Renditions != nil {
		t.Errorf("withdrawn: %+v", got.Lead.Renditions)
	}
	s.same(t, n)
}

// Renditions that say they are of another picture are shown nowhere.
func TestRenditionsOfAnotherPictureAreNotShown(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	picture := n.file("picture")
	n.publish(t, illustrated(n, "a", picture))
	s.upTo(t, n.put(t, release.PictureKind, picture.Hash, release.Renditions{Hash: strings.Repeat("a", 64), Files: []release.File{n.file("other")}}))
	page, err := s.Article(ctx, s.outlet("portal"), "vi", "a")
	if err != nil || page.Article.Lead.Renditions != nil {
		t.Errorf("%+v (%v)", page, err)
	}
}
