package newsroom

import (
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// share makes a link and answers its token.
func (w *world) share(t *testing.T, ref Ref) string {
	t.Helper()
	token, err := w.SharePreview(t.Context(), w.editor, ref, "Văn phòng UBND tỉnh", 3)
	must(t, err)
	return token
}

func TestAPreviewLinkShowsTheNewestRevisionUntilItEnds(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		token := w.share(t, ref)
		w.save(t, w.editor, ref, func(c *Content) { c.Headline = "Tít mới nhất" })
		shown, err := w.OpenPreview(t.Context(), token, "203.0.113.77")
		must(t, err)
		if shown.Article.Title != "Tít mới nhất" || shown.Number != 2 || shown.Reader != "Văn phòng UBND tỉnh" {
			t.Errorf("it shows %+v", shown)
		}
		e := w.newest(t, ref)
		if e.Verb != "preview.open" || e.Detail["from"] != "203.0.113.0/24" || e.Detail["reader"] != "Văn phòng UBND tỉnh" || e.ActorID != account.SystemID {
			t.Errorf("recorded %+v", e)
		}
		links, err := w.PreviewLinks(t.Context(), w.managing, ref)
		must(t, err)
		if len(links) != 1 || links[0].Opened != 1 || links[0].OpenedAt.IsZero() {
			t.Errorf("%+v", links)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM preview_link WHERE token_hash LIKE ?", "%"+token+"%"); n != 0 {
			t.Error("the token itself is in the database")
		}
		if w.releaseOf(t, ref) != nil {
			t.Error("readers have it")
		}
		w.clock.Advance(3*24*time.Hour - time.Second)
		_, err = w.OpenPreview(t.Context(), token, "")
		must(t, err)
		w.clock.Advance(time.Second)
		_, err = w.OpenPreview(t.Context(), token, "")
		expectKind(t, err, fault.NotFound)
	})
}

func TestALinkThatIsNoneRevokedOrBlockedShowsNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		for _, token := range []string{"", "x", "\x00", "\xff", hashToken(w.share(t, ref))} {
			_, err := w.OpenPreview(t.Context(), token, "")
			expectKind(t, err, fault.NotFound)
		}
		token := w.share(t, ref)
		w.do(t, w.security, ref, Block)
		_, err := w.OpenPreview(t.Context(), token, "")
		if key(t, err) != "error.verb.blocked" {
			t.Errorf("blocked: %v", err)
		}
		if _, err := w.SharePreview(t.Context(), w.editor, ref, "Ai đó", 3); key(t, err) != "error.verb.blocked" {
			t.Errorf("shared while blocked: %v", err)
		}
		w.do(t, w.security, ref, Unblock)
		links, err := w.PreviewLinks(t.Context(), w.editor, ref)
		must(t, err)
		for _, l := range links {
			must(t, w.RevokePreview(t.Context(), w.managing, ref, l.ID))
		}
		_, err = w.OpenPreview(t.Context(), token, "")
		expectKind(t, err, fault.NotFound)
		expectKind(t, w.RevokePreview(t.Context(), w.managing, ref, links[0].ID), fault.NotPossible)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nTUYỆT MẬT" })
		if _, err := w.SharePreview(t.Context(), w.editor, ref, "Ai đó", 3); key(t, err) != "error.marks.uncleared" {
			t.Errorf("shared with marks of secrecy: %v", err)
		}
	})
}

func TestWhoSharesAndHowMuch(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		for _, who := range []account.Actor{w.reporter, w.translator, w.security} {
			_, err := w.SharePreview(t.Context(), who, ref, "Ai đó", 3)
			expectKind(t, err, fault.Forbidden)
			_, err = w.PreviewLinks(t.Context(), who, ref)
			expectKind(t, err, fault.Forbidden)
		}
		for _, days := range []int{-1, 0, MaxPreviewDays + 1} {
			if _, err := w.SharePreview(t.Context(), w.editor, ref, "Ai đó", days); at(t, err, "days") == "" {
				t.Errorf("%d days: %v", days, err)
			}
		}
		if _, err := w.SharePreview(t.Context(), w.editor, ref, "  ", 3); at(t, err, "reader") == "" {
			t.Error("for nobody")
		}
		for range maxPreviewLinks {
			w.share(t, ref)
		}
		_, err := w.SharePreview(t.Context(), w.editor, ref, "Ai đó", 3)
		expectKind(t, err, fault.NotPossible)
	})
}

// A link that got about cannot fill the trail.
func TestALinkIsOpenedAtAReadersPace(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		token := w.share(t, ref)
		for range maxPreviewHour {
			_, err := w.OpenPreview(t.Context(), token, "")
			must(t, err)
		}
		before := w.entries(t)
		_, err := w.OpenPreview(t.Context(), token, "")
		expectKind(t, err, fault.TooMany)
		if w.entries(t) != before {
			t.Error("a refused opening is on the trail")
		}
		w.clock.Advance(time.Hour)
		_, err = w.OpenPreview(t.Context(), token, "")
		must(t, err)
	})
}

func TestALinkOpensThePicturesOfItsEditionOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		mine, other := w.picture(t, 10), w.picture(t, 200)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\n![Cầu](media:" + mine.Hash + ")" })
		token := w.share(t, ref)
		_, err := w.PreviewPicture(t.Context(), token, mine.Hash)
		must(t, err)
		_, err = w.PreviewPicture(t.Context(), token, other.Hash)
		expectKind(t, err, fault.NotFound)
		_, err = w.PreviewPicture(t.Context(), "x", mine.Hash)
		expectKind(t, err, fault.NotFound)
	})
}
