package public_test

import (
	"net/http"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/web/public"
)

func TestTheGalleryIsForThoseWhoWorkOnAThemeAlone(t *testing.T) {
	w := newWorld(t)
	w.reader().Get("/-/gallery").Is(http.StatusNotFound)
	w.reader().Get("/-/gallery/base/vi/0").Is(http.StatusNotFound)
	site, err := public.New(public.Options{Stand: w.stand, Words: words(t), Themes: looks(t), PublicURL: "http://:8080", Gallery: true})
	if err != nil {
		t.Fatal(err)
	}
	r := apptest.NewVisitor(t, site.App(), "http://portal.localhost")
	links := r.Get("/-/gallery").Is(http.StatusOK).All(`main a[href^="/-/gallery/"]`)
	if len(links) < 4*6*20 {
		t.Errorf("it has %d pages only", len(links))
	}
	if got := r.Get("/-/gallery/newspaper/en/0").Is(http.StatusOK).Text(".latest h2"); got != "Latest news" {
		t.Errorf("the newspaper's latest are called %q", got)
	}
	for _, none := range []string{"lost/vi/0", "base/xx/0", "base/vi/999", "base/vi/-1", "base/vi/x"} {
		r.Get("/-/gallery/" + none).Is(http.StatusNotFound)
	}
}

// The address in a QR code is short, and leads to the article all the same.
func TestAShortAddressLeadsToTheArticle(t *testing.T) {
	w := newWorld(t)
	page := w.reader().Get("/vi/dau-tu/hop-nhat-" + merger).Is(http.StatusOK)
	if got := page.Text(".share .address"); got != page.Attr("link[rel=canonical]", "href") {
		t.Errorf("the address to copy is %q", got)
	}
	if !page.Has(".share svg.qr path") {
		t.Error("the article has no QR code")
	}
	short := w.reader().Get("/vi/-/-" + merger).Is(http.StatusMovedPermanently)
	if got := short.Header.Get("Location"); got != "/vi/dau-tu/hop-nhat-"+merger {
		t.Errorf("the short address leads to %q", got)
	}
}
