package public_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

// What a page may weigh on the wire, without its pictures: on the slowest line
// that still deserves the name, an article's text is there within two seconds.
const (
	heaviestArticle = 40 << 10
	heaviestHome    = 80 << 10
	heaviestScript  = 10 << 10
)

func TestPagesAreLight(t *testing.T) {
	w := newWorld(t)
	long := article(parks, "vi", "parks", 2, "Khu công nghiệp Minh Hưng – Sikico", "sikico")
	long.Outlets = []string{"portal", "newspaper"}
	long.HTML = "<p>Dự án không phải xin chấp thuận chủ trương được cấp giấy chứng nhận trong 10 ngày làm việc.</p>"
	w.settle(w.publish(long))
	for _, host := range []string{"portal", "newspaper"} {
		r := apptest.NewVisitor(t, w.site.App(), "http://"+host+".localhost")
		for path, most := range map[string]int{"/vi/": heaviestHome, "/vi/khu-cong-nghiep/sikico-" + parks: heaviestArticle} {
			page := r.Get(path).Is(http.StatusOK)
			_, script, _ := strings.Cut(page.Attr("script[src]", "src"), "/-/")
			sum := w.weight(host, path)
			if own := w.weight(host, "/-/"+script); own > heaviestScript {
				t.Errorf("%s: the script weighs %d bytes", host, own)
			}
			for _, file := range append(page.All(`link[rel=stylesheet]`), page.All(`link[rel=preload], script[src]`)...) {
				for _, a := range file.Attr {
					if a.Key == "href" || a.Key == "src" {
						sum += w.weight(host, a.Val)
					}
				}
			}
			if sum > most {
				t.Errorf("%s%s weighs %d bytes, the most is %d", host, path, sum, most)
			}
		}
	}
}

// weight asks as browsers do, and counts what comes.
func (w *world) weight(host, path string) int {
	w.t.Helper()
	request := "GET " + path + " HTTP/1.1\r\nHost: " + host + ".localhost\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n"
	status, _, body := w.wire(request)
	if status != http.StatusOK {
		w.t.Fatalf("%s: status %d", path, status)
	}
	return len(body)
}

// A page that nobody keeps is sent in the smallest form all the same.
func TestFormsAreSentSmall(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/vi/lien-he", "/vi/bao-loi"} {
		_, header, _ := w.wire("GET " + path + " HTTP/1.1\r\nHost: portal.localhost\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n")
		if header.Get("Content-Encoding") != "br" || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s comes as %q, to be kept as %q", path, header.Get("Content-Encoding"), header.Get("Cache-Control"))
		}
		sum, scripts := 0, w.reader().Get(path).All("script[src]")
		for _, script := range scripts {
			for _, a := range script.Attr {
				if a.Key == "src" {
					sum += w.weight("portal", a.Val)
				}
			}
		}
		if len(scripts) != 2 || sum > heaviestScript {
			t.Errorf("%s has %d scripts of %d bytes", path, len(scripts), sum)
		}
	}
}
