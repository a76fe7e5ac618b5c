package apptest

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// Chromium is the path of a browser, or ends the test.
func Chromium(t testing.TB) string {
	t.Helper()
	path := gate(t, chromiumVariable, "the path of a Chromium program")
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%s: %v", chromiumVariable, err)
	}
	return path
}

// Browser starts a browser without a window and with an empty profile of its
// own, and answers the chromedp context of its first tab. The browser ends
// with the test. To limit a single step, derive a context with a timeout.
func Browser(t testing.TB) context.Context {
	t.Helper()
	path := Chromium(t)
	profile, err := os.MkdirTemp("", "doingoai-browser-")
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: a process the browser leaves behind may still write here
	// for a moment, and that is no failure of the test.
	t.Cleanup(func() { os.RemoveAll(profile) })
	allocator, release := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.Headless, // --headless
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-dev-shm-usage", true), // /dev/shm is tiny in containers
		chromedp.WindowSize(1280, 900),
	)
	t.Cleanup(release)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts it
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}
