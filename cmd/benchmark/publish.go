package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"

	"doingoai/app"
)

// colleague is somebody signed in to the newsroom of the program under
// measurement, through the same forms as everybody.
type colleague struct {
	client *http.Client
	base   string
	csrf   string
}

var (
	csrfField    = regexp.MustCompile(`name="csrf-token" content="([^"]+)"`)
	hashField    = regexp.MustCompile(`name="hash" value="([^"]+)"`)
	baseField    = regexp.MustCompile(`name="base" value="([^"]+)"`)
	agencyField  = regexp.MustCompile(`<select id="f-agency"[^>]*>\s*<option value="([^"]+)"`)
	sectionField = regexp.MustCompile(`<select id="f-section"[^>]*>\s*<option value="">[^<]*</option>\s*<option value="([^"]+)"`)
	outletField  = regexp.MustCompile(`name="outlets" value="([^"]+)"`)
)

func field(form *regexp.Regexp, page string) string {
	if m := form.FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

func signIn(ctx context.Context, newsroom string, who app.DemoAccount) (*colleague, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &colleague{base: "http://" + newsroom, client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if _, _, err := c.send(ctx, "/sign-in", url.Values{"email": {who.Email}, "password": {who.Password}}); err != nil {
		return nil, err
	}
	page, err := c.read(ctx, "/account")
	c.csrf = field(csrfField, page)
	return c, err
}

// read answers a page that must be there.
func (c *colleague) read(ctx context.Context, path string) (string, error) {
	status, body, _, err := c.ask(ctx, http.MethodGet, path, nil)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s answered %d", path, status)
	}
	return body, err
}

// send posts a form that must be accepted, and answers where it leads and
// when the answer was there.
func (c *colleague) send(ctx context.Context, path string, form url.Values) (location string, at time.Time, err error) {
	form.Set("csrf", c.csrf)
	status, body, location, err := c.ask(ctx, http.MethodPost, path, strings.NewReader(form.Encode()))
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("%s answered %d: %.500s", path, status, body)
	}
	location, _, _ = strings.Cut(location, "?")
	return location, time.Now(), err
}

func (c *colleague) ask(ctx context.Context, method, path string, body io.Reader) (status int, text, location string, err error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return 0, "", "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := c.client.Do(req)
	if err != nil {
		return 0, "", "", err
	}
	all, err := io.ReadAll(res.Body)
	return res.StatusCode, string(all), res.Header.Get("Location"), errors.Join(err, res.Body.Close())
}

// measurePublish carries articles to readers through the newsroom's own forms
// and times from the press of "publish" until page, list, feed and search
// have all changed.
func measurePublish(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	team, err := signInTeam(ctx, s, w)
	if err != nil {
		return err
	}
	var acknowledged, visible times
	for n := range 25 {
		// A word that no other article has, for search to wait for.
		word := fmt.Sprintf("qz%dx%d", time.Now().UnixNano(), n)
		path, err := prepareArticle(ctx, team, "Bài đo thời gian "+word)
		if err != nil {
			return err
		}
		began := time.Now()
		at, err := act(ctx, team["chief"], path, "publish")
		if err != nil {
			return err
		}
		acknowledged = append(acknowledged, at.Sub(began))
		for _, place := range []string{
			"/vi/a/a-" + strings.Split(path, "/")[2], "/vi/", "/vi/atom.xml", "/vi/tim-kiem?q=" + word,
		} {
			if err := untilShown(ctx, s, place, word); err != nil {
				return err
			}
		}
		visible = append(visible, time.Since(began))
	}
	t.add("Publish → acknowledged", acknowledged.String(), "")
	t.add("Publish → page, list, feed and search changed", visible.String(), "median ≤ 300 ms")
	return nil
}

// signInTeam signs in those whom an article needs.
func signInTeam(ctx context.Context, s *server, w *corpusWorld) (map[string]*colleague, error) {
	team := map[string]*colleague{}
	for name, account := range map[string]app.DemoAccount{"reporter": w.reporter, "editor": w.editor, "chief": w.chief} {
		var err error
		if team[name], err = signIn(ctx, s.newsroom, account); err != nil {
			return nil, err
		}
	}
	return team, nil
}

// prepareArticle brings a new article up to its approval.
func prepareArticle(ctx context.Context, team map[string]*colleague, headline string) (path string, err error) {
	reporter := team["reporter"]
	page, err := reporter.read(ctx, "/new")
	if err != nil {
		return "", err
	}
	section := field(sectionField, page)
	path, _, err = reporter.send(ctx, "/new", url.Values{
		"headline": {headline}, "lang": {"vi"}, "agency": {field(agencyField, page)}, "section": {section},
	})
	if err != nil {
		return "", err
	}
	if page, err = reporter.read(ctx, path); err != nil {
		return "", err
	}
	_, _, err = reporter.send(ctx, path, url.Values{
		"headline": {headline}, "standfirst": {"Sapo của bài đo."}, "body": {"Nội dung của bài đo thời gian."},
		"base": {field(baseField, page)}, "section": {section}, "outlets": {field(outletField, page)},
	})
	if err != nil {
		return "", err
	}
	for _, step := range []struct{ who, verb string }{
		{"reporter", "submit"}, {"editor", "take"}, {"editor", "pass"}, {"chief", "approve"},
	} {
		if _, err := act(ctx, team[step.who], path, step.verb); err != nil {
			return "", err
		}
	}
	return path, nil
}

func act(ctx context.Context, c *colleague, path, verb string) (time.Time, error) {
	page, err := c.read(ctx, path)
	if err != nil {
		return time.Time{}, err
	}
	_, at, err := c.send(ctx, path+"/do", url.Values{
		"verb": {verb}, "hash": {field(hashField, page)}, "workflow": {"desk"},
		"answer-approval.sources": {"yes"}, "answer-approval.figures": {"na"}, "answer-approval.pictures": {"na"}, "answer-approval.secrets": {"yes"},
	})
	return at, err
}

// untilShown asks for a readers' page, through its redirects, until it has a word.
func untilShown(ctx context.Context, s *server, path, word string) error {
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		a, err := get(ctx, "http://"+s.readers+path)
		if err == nil && a.status == http.StatusMovedPermanently {
			a, err = get(ctx, resolve(s, a.header.Get("Location")))
		}
		if err != nil {
			return err
		}
		if a.status == http.StatusOK && strings.Contains(string(a.body), word) {
			return nil
		}
	}
	return fmt.Errorf("%s never showed %s", path, word)
}
