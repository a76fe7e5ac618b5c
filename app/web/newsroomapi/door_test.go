package newsroomapi_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/web/newsroomapi"

	"github.com/getkin/kin-openapi/openapi3"
)

// filled puts something into the parts of a described path.
var filled = strings.NewReplacer("{item}", "bcdfghjkmn", "{lang}", "vi", "{number}", "1", "{agency}", "bcdfghjkmn",
	"{hash}", strings.Repeat("0a", 32), "{id}", "bcdfghjkmn")

// each calls f with every operation of the description.
func (c *contract) each(f func(method, path string, o *openapi3.Operation)) {
	paths := c.doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := paths[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			f(method, filled.Replace(path), operations[method])
		}
	}
}

// knock sends a request that says nothing, past the description.
func (p *program) knock(method, path string, headers ...string) reply {
	p.w.t.Helper()
	var body any
	if method == "POST" || method == "PUT" || method == "PATCH" {
		body = object{}
	}
	return p.ask(method, path, body, headers...)
}

func TestNobodyGetsInWithoutAToken(t *testing.T) {
	w := oneWorld(t)
	chief := w.one(w.portal, account.EditorInChief)
	w.contract.each(func(method, path string, o *openapi3.Operation) {
		if o.OperationID == "readDocument" {
			return
		}
		stranger := &program{w: w}
		if r := stranger.knock(method, path).refused(401, "error.api.token"); r.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s %s does not say what it wants", method, path)
		}
		session, _, err := w.accounts.SignIn(ctx, account.SignIn{Email: chief.actor.Email, Password: password})
		w.must(err)
		stranger.knock(method, path, "Cookie", "session="+session).is(401)
	})
}

func TestATokenOpensNothingBeyondItsScopes(t *testing.T) {
	w := oneWorld(t)
	everything := slices.Clone(account.Roles)
	for _, scope := range account.AllScopes {
		p := w.hire(w.portal, everything, scope)
		w.contract.each(func(method, path string, o *openapi3.Operation) {
			if o.Security == nil {
				return
			}
			w.clock.Advance(time.Second)
			answer := p.knock(method, path)
			enough := !slices.ContainsFunc((*o.Security)[0]["token"], func(s string) bool { return s != string(scope) })
			if refused := answer.Status == 403 && answer.text("key") == "error.api.scope"; refused == enough {
				t.Errorf("%s %s with %s: status %d", method, path, scope, answer.Status)
			}
		})
	}
}

func TestATokenThatIsOverIsRefused(t *testing.T) {
	over := map[string]func(w *world, p *program){
		"expired": func(w *world, _ *program) { w.clock.Advance(31 * 24 * time.Hour) },
		"revoked": func(w *world, p *program) {
			tokens, err := w.accounts.Tokens(ctx, p.actor)
			w.must(err)
			w.must(w.accounts.RevokeToken(ctx, p.actor, tokens[0].ID))
		},
		"of somebody disabled": func(w *world, p *program) {
			w.must(w.accounts.Disable(ctx, w.one(w.portal, account.SystemAdministrator).actor, p.actor.ID))
		},
		"with a slip in it": func(_ *world, p *program) { p.token = strings.Replace(p.token, "dn_", "dn_x", 1) },
		"unknown":           func(_ *world, p *program) { p.token = "dn_" + strings.Repeat("b", 47) },
	}
	for name, end := range over {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w *world) {
				p := w.one(w.portal, account.Reporter)
				p.get("/me").is(200)
				end(w, p)
				if r := p.get("/me").refused(401, "error.token.bad"); !strings.Contains(r.Header.Get("WWW-Authenticate"), "invalid_token") {
					t.Error("a client cannot tell that the token is over")
				}
			})
		})
	}
}

func TestARoleThatIsOverOpensNothing(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	person, err := w.accounts.Person(ctx, p.actor.ID)
	w.must(err)
	w.must(w.accounts.EndRole(ctx, w.one(w.portal, account.SystemAdministrator).actor, person.Memberships[0].ID))
	p.get("/sections").refused(403, "error.forbidden.title")
}

func TestATokenIsHeldToItsPace(t *testing.T) {
	w := oneWorld(t)
	p, other := w.one(w.portal, account.Reporter), w.one(w.portal, account.Reporter)
	for range 100 {
		p.get("/me").is(200)
	}
	if r := p.get("/me").refused(429, "error.too_many.title"); r.Header.Get("Retry-After") != "1" {
		t.Errorf("it may come back after %q", r.Header.Get("Retry-After"))
	}
	other.get("/me").is(200)
	w.clock.Advance(time.Second)
	for range 10 {
		p.get("/me").is(200)
	}
	p.get("/me").is(429)
}

func TestGuessingTokensIsSlowedAndTheRightOnePasses(t *testing.T) {
	w := oneWorld(t)
	guesser := &program{w: w, token: "dn_" + strings.Repeat("b", 47)}
	for range 10 {
		guesser.get("/me").is(401)
	}
	guesser.get("/me").is(429)
	w.one(w.portal, account.Reporter).get("/me").is(200)
}

func TestRefusalsSpeakTheLanguageThatIsAskedFor(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter) // who reads Vietnamese
	for language, says := range map[string]string{"": "Không tìm", "en": "no such", "vi-VN, en;q=0.5": "Không tìm", "en-GB": "no such"} {
		r := p.get("/editions/bcdfghjkmn/vi", "Accept-Language", language).refused(404, "error.edition.none")
		if !strings.Contains(r.text("detail"), says) {
			t.Errorf("asked for %q, it says %q", language, r.text("detail"))
		}
	}
}

func TestWhatIsNotInTheTableDoesNotExist(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.EditorInChief)
	for _, path := range []string{"", "/", "/nothing", "/editions/", "/editions/a/vi/", "/Editions", "/people"} {
		p.get(path).refused(404, "error.not_found.title")
	}
	p.ask("PATCH", "/editions", object{}).refused(404, "error.not_found.title")
}

func TestADescribedOperationIsARouteAndTheOtherWayRound(t *testing.T) {
	w := oneWorld(t)
	var described, routes []string
	for path, item := range w.contract.doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+strings.NewReplacer("{", ":", "}", "").Replace(newsroomapi.Base+path))
		}
	}
	for _, r := range w.api.Part().Routes {
		routes = append(routes, r.Method+" "+r.Path)
	}
	slices.Sort(described)
	slices.Sort(routes)
	if !slices.Equal(described, routes) {
		t.Errorf("described:\n%s\nroutes:\n%s", strings.Join(described, "\n"), strings.Join(routes, "\n"))
	}
}

func TestWhatWasReadCanBeAskedAboutAgain(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	path := p.file("Một tin")
	tag := p.get(path).is(200).Header.Get("ETag")
	if again := p.get(path, "If-None-Match", `"other", W/`+tag).is(304); again.Body != "" {
		t.Error("an unchanged edition is sent again")
	}
	p.act(path, "submit").is(200)
	if p.get(path, "If-None-Match", tag).is(200).Header.Get("ETag") == tag {
		t.Error("another state has the same tag")
	}
}

// Another site cannot make a browser use the interface: what a browser sends
// by itself is no token.
func TestNoOtherSiteIsInvited(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	answer := p.get("/me", "Origin", "https://elsewhere.example").is(200)
	for name := range answer.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s invites other sites", name)
		}
	}
	apptest.NewVisitor(t, w.app, origin).Get(newsroomapi.Base+"/me", "Origin", "https://elsewhere.example").Is(401)
}
