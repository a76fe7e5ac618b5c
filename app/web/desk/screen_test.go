package desk_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// screen is a person's browser with script. A test fails at its end when a
// page threw an exception or broke the Content-Security-Policy.
type screen struct {
	t    *testing.T
	ctx  context.Context
	base string
	w    *world

	mu     sync.Mutex
	faults []string
}

// serve puts the newsroom on an address of this machine.
func (w *world) serve() (base string) {
	w.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	running, stop := context.WithCancel(ctx)
	go w.desk.Follow(running)
	done := make(chan error, 1)
	go func() { done <- web.Serve(running, w.app, listener) }()
	w.t.Cleanup(func() {
		w.desk.Stop()
		stop()
		if err := <-done; err != nil {
			w.t.Errorf("the newsroom ended with: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// screen opens a browser in which the person is signed in.
func (p *person) screen(base string) *screen {
	p.w.t.Helper()
	s := &screen{t: p.w.t, ctx: apptest.Browser(p.w.t), base: base, w: p.w}
	p.w.must(chromedp.Listen(s.ctx, s.listen))
	s.call(chromedp.Call(s.ctx, cdplog.Enable, struct{}{}))
	s.signIn(p)
	s.t.Cleanup(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.faults) > 0 {
			s.t.Errorf("the pages went wrong:\n%s", strings.Join(s.faults, "\n"))
		}
	})
	return s
}

// signIn gives the browser the person's session.
func (s *screen) signIn(p *person) {
	s.t.Helper()
	_, err := chromedp.Call(s.ctx, network.SetCookie, network.SetCookieParams{Name: "session", Value: p.token, URL: s.base})
	s.w.must(err)
}

func (s *screen) listen(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		s.faults = append(s.faults, "exception: "+text)
	case *cdplog.EventEntryAdded:
		if e.Entry.Source == cdplog.EntrySourceSecurity {
			s.faults = append(s.faults, "security: "+e.Entry.Text)
		}
	}
}

func (s *screen) call(_ any, err error) {
	s.t.Helper()
	s.w.must(err)
}

// limit is the time that one step may take.
func (s *screen) limit() context.Context {
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	s.t.Cleanup(cancel)
	return ctx
}

// open goes to a page and waits until the rich editor stands, if there is one.
func (s *screen) open(path string) {
	s.t.Helper()
	s.w.must(chromedp.Do(s.limit(), chromedp.Navigate(s.base+path)))
	s.settle()
}

func (s *screen) settle() {
	s.t.Helper()
	apptest.Eventually(s.t, "the page with its script", func() bool {
		ready, err := chromedp.Run(s.limit(), chromedp.Evaluate[bool](
			`document.readyState === "complete" && (!document.querySelector("[data-editor]") || document.documentElement.dataset.desk === "ready")`))
		return err == nil && ready // the page may be changing just now
	})
}

// run evaluates a script in the page.
func run[T any](s *screen, script string, args ...any) T {
	s.t.Helper()
	value, err := chromedp.Run(s.limit(), chromedp.Evaluate[T](call(s, script, args), chromedp.EvalAwaitPromise))
	if err != nil {
		s.t.Fatalf("%s: %v", script, err)
	}
	return value
}

// do evaluates a script for what it does.
func (s *screen) do(script string, args ...any) {
	s.t.Helper()
	run[bool](s, "(...args) => { ("+script+")(...args); return true }", args...)
}

func call(s *screen, script string, args []any) string {
	given, err := json.Marshal(args)
	s.w.must(err)
	if args == nil {
		given = []byte("[]")
	}
	return "(" + script + ")(..." + string(given) + ")"
}

// until waits for a script to answer true.
func (s *screen) until(what, script string, args ...any) {
	s.t.Helper()
	apptest.Eventually(s.t, what, func() bool {
		done, err := chromedp.Run(s.limit(), chromedp.Evaluate[bool](call(s, script, args)))
		return err == nil && done
	})
}

// text is what an element shows; "" when it is not there.
func (s *screen) text(selector string) string {
	s.t.Helper()
	return run[string](s, `(s) => { const e = document.querySelector(s); return e && e.checkVisibility() ? e.innerText.trim() : "" }`, selector)
}

// click presses an element as a mouse does.
func (s *screen) click(selector string) {
	s.t.Helper()
	s.w.must(chromedp.Do(s.limit(), chromedp.Click(chromedp.CSS(selector))))
}

// insert puts text at the caret as a keyboard without dead keys would.
func (s *screen) insert(text string) {
	s.t.Helper()
	s.call(chromedp.Call(s.limit(), input.InsertText, input.InsertTextParams{Text: text}))
}

// key presses keys, with modifiers. The letter comes with its keydown, as in a
// browser: one that is prevented types nothing.
func (s *screen) key(keys string, modifiers ...kb.Modifier) {
	s.t.Helper()
	for _, r := range keys {
		events := kb.Encode(r)
		for i, e := range events {
			chromedp.KeyModifiers(modifiers...)(e)
			switch {
			case e.Type == kb.KeyChar:
				continue
			case i+1 < len(events) && events[i+1].Type == kb.KeyChar && len(modifiers) == 0:
				e.Text, e.UnmodifiedText = events[i+1].Text, events[i+1].UnmodifiedText
			}
			s.call(chromedp.Call(s.limit(), input.DispatchKeyEvent, *e))
		}
	}
}

// compose goes through the states of an input method's composition, then
// commits the last.
func (s *screen) compose(states ...string) {
	s.t.Helper()
	s.composeHalf(states...)
	s.insert(states[len(states)-1])
}

// size is that of a window, in CSS pixels.
func (s *screen) size(width, height int64) {
	s.t.Helper()
	s.w.must(chromedp.Do(s.limit(), chromedp.EmulateViewport(width, height)))
}

// body is what the form would send as the text.
func (s *screen) body() string {
	s.t.Helper()
	return run[string](s, `() => new FormData(document.getElementById("editor")).get("body")`)
}

// show puts a text into the editor as if the page had come with it.
func (s *screen) show(markdown string) {
	s.t.Helper()
	s.do(`(text) => { const t = document.querySelector("[data-editor]"); t.value = text; t.dispatchEvent(new Event("replaced")) }`, markdown)
}

// caret puts the caret into the nth block of the text, before the character
// at offset; it answers false where there is no text to stand in.
func (s *screen) caret(block, offset int) bool {
	s.t.Helper()
	return run[bool](s, `(block, offset) => {
		const prose = document.querySelector(".prose");
		prose.focus();
		const walker = document.createTreeWalker(prose.children[block], NodeFilter.SHOW_TEXT, (n) =>
			n.parentElement.isContentEditable ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
		const node = walker.nextNode();
		if (!node) return false;
		getSelection().collapse(node, Math.min(offset, node.length));
		return true;
	}`, block, offset)
}

// caretIn puts the caret into the first element of the text that a selector finds.
func (s *screen) caretIn(selector string) {
	s.t.Helper()
	s.do(`(selector) => {
		document.querySelector(".prose").focus();
		getSelection().collapse(document.querySelector(".prose " + selector + " p"), 0);
	}`, selector)
	s.settleSelection()
}

// settleSelection waits until the editor has heard where the caret is, which
// browsers tell after the fact.
func (s *screen) settleSelection() {
	s.t.Helper()
	run[bool](s, `() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))`)
}

// paste does what a browser does for Ctrl+V with this on the clipboard.
func (s *screen) paste(html, plain string) {
	s.t.Helper()
	s.do(`(html, plain) => {
		const data = new DataTransfer();
		if (html) data.setData("text/html", html);
		data.setData("text/plain", plain);
		document.querySelector(".prose").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	}`, html, plain)
}

// dialogs answers every question of the page whether it may be left with yes,
// and tells of each.
func (s *screen) dialogs() <-chan string {
	asked := make(chan string, 10)
	events := chromedp.Events(s.ctx, page.JavascriptDialogOpening)
	go func() {
		for e, err := range events {
			if err != nil {
				return
			}
			asked <- string(e.Type)
			if _, err := chromedp.Call(s.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true}); err != nil {
				return
			}
		}
	}()
	return asked
}

// writing is a reporter in front of an article of their own.
func writing(w *world, body string) (*person, *screen, newsroom.Ref) {
	w.t.Helper()
	p := w.hire(w.portal, "reporter")
	content := w.article("Cửa khẩu Hoa Lư mở thêm làn")
	content.Body = body
	ref := p.write(content)
	s := p.screen(w.serve())
	s.open(pathOf(ref))
	return p, s, ref
}

// material reads the files of a folder of testdata by name.
func material(t *testing.T, pattern string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata/%s: %d files, %v", pattern, len(files), err)
	}
	found := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(file)] = string(text)
	}
	return found
}

const ctrl = kb.ModifierCtrl

// caretAtEnd puts the caret behind the last letter.
func (s *screen) caretAtEnd() {
	s.t.Helper()
	s.do(`() => {
		const prose = document.querySelector(".prose");
		prose.focus();
		getSelection().selectAllChildren(prose);
		getSelection().collapseToEnd();
	}`)
}

const (
	arrowRight = kb.ArrowRight
	escape     = kb.Escape
)

// composeHalf begins a composition and leaves it open.
func (s *screen) composeHalf(states ...string) {
	s.t.Helper()
	for _, state := range states {
		end := int64(len([]rune(state)))
		s.call(chromedp.Call(s.limit(), input.ImeSetComposition, input.ImeSetCompositionParams{Text: state, SelectionStart: end, SelectionEnd: end}))
	}
}

// save presses Save and waits for the page that follows.
func (s *screen) save() {
	s.t.Helper()
	s.do(`() => { window.before = true }`)
	s.click("button[data-save]")
	s.until("the page after saving", `() => !window.before && location.search === "?done=saved" && document.documentElement.dataset.desk === "ready"`)
}
