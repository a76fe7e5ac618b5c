package public_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"

	"github.com/chromedp/chromedp"
)

// line is a connection to the site that can be cut.
type line struct {
	net.Listener
	to   string
	mu   sync.Mutex
	cut  bool
	open []net.Conn
}

// newLine begins at an address of its own.
func newLine(t *testing.T, to string) *line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{Listener: listener, to: to}
	var carrying sync.WaitGroup
	carrying.Go(func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			carrying.Go(func() { l.carry(from) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		l.set(true)
		carrying.Wait()
	})
	return l
}

// carry hands bytes both ways until the line is cut.
func (l *line) carry(from net.Conn) {
	to := l.reach(from)
	if to == nil {
		_ = from.Close()
		return
	}
	var both sync.WaitGroup
	for _, pair := range [][2]net.Conn{{from, to}, {to, from}} {
		both.Go(func() {
			_, _ = io.Copy(pair[0], pair[1])
			_ = pair[0].Close()
		})
	}
	both.Wait()
}

// reach goes on to the site, unless the line is cut.
func (l *line) reach(from net.Conn) net.Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return nil
	}
	to, err := net.Dial("tcp", l.to)
	if err != nil {
		return nil
	}
	l.open = append(l.open, from, to)
	return to
}

func (l *line) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open = nil
}

// kept waits until the browser has kept, or has forgotten, the page it shows.
const kept = `(async (wanted) => {
	for (;;) {
		const found = await (await caches.open("pages")).match(location.href, {ignoreVary: true});
		if (Boolean(found) === wanted) return true;
		await new Promise((again) => setTimeout(again, 20));
	}
})`

// What was read is read again without a connection, and says of when it is;
// what was withdrawn is forgotten.
func TestAVisitedPageIsReadWithoutAConnection(t *testing.T) {
	tab := apptest.Browser(t)
	w := newWorld(t)
	line := newLine(t, w.listen())
	_, port, _ := strings.Cut(line.Addr().String(), ":")
	page := "http://portal.localhost:" + port + "/vi/dau-tu/hop-nhat-" + merger
	limited, cancel := context.WithTimeout(tab, time.Minute)
	defer cancel()
	until := func(wanted string) {
		t.Helper()
		if _, err := chromedp.Run(limited, chromedp.Evaluate[bool](kept+"("+wanted+")", chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
	}
	shown := func() string {
		t.Helper()
		text, err := chromedp.Run(limited, chromedp.Evaluate[string](`[...document.querySelectorAll(".saved:not([hidden]), h1")].map(e => e.textContent).join(" | ")`))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if err := chromedp.Do(limited, chromedp.Navigate(page)); err != nil {
		t.Fatal(err)
	}
	until("true")
	if got := shown(); got != "Bình Phước hợp nhất vào Đồng Nai" {
		t.Errorf("with a connection there is %q", got)
	}
	line.set(true)
	if err := chromedp.Do(limited, chromedp.Navigate(page)); err != nil {
		t.Fatalf("without a connection: %v", err)
	}
	if got := shown(); !strings.HasPrefix(got, "Không có kết nối. Đây là bản được lưu trên máy này lúc ") || !strings.HasSuffix(got, "sau đó. | Bình Phước hợp nhất vào Đồng Nai") {
		t.Errorf("without a connection there is %q", got)
	}
	line.set(false)
	w.settle(w.withdraw(article(merger, "vi", "invest", 1, "Bình Phước hợp nhất vào Đồng Nai", "hop-nhat"), "Gỡ."))
	if err := chromedp.Do(limited, chromedp.Navigate(page)); err != nil {
		t.Fatal(err)
	}
	until("false")
	line.set(true)
	if err := chromedp.Do(limited, chromedp.Navigate(page)); err == nil {
		t.Errorf("what was withdrawn is still read: %q", shown())
	}
}
