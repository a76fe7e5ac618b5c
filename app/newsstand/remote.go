package newsstand

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
)

// Remote is a newsroom elsewhere, reached over HTTP.
type Remote struct {
	base   string
	token  string
	client *http.Client
}

const (
	// maxBatchBytes bounds one answer of releases; a newsroom of ours sends a
	// few megabytes at most.
	maxBatchBytes = 256 << 20
	// grace is how long a newsroom may keep silent when it ought to speak.
	grace = time.Minute
)

// NewRemote prepares a source at the newsroom's address.
func NewRemote(base, token string) (*Remote, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		// The address is not repeated: it may hold a password.
		return nil, errors.New("the newsroom's address must be like https://newsroom.example")
	}
	if token == "" {
		return nil, errors.New("the newsroom's token is missing")
	}
	return &Remote{
		base: strings.TrimRight(base, "/"), token: token,
		client: &http.Client{
			// The token is for one address only.
			CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("the newsroom must not redirect") },
		},
	}, nil
}

type releasesAnswer struct {
	Last    int64           `json:"last"`
	Entries []release.Entry `json:"entries"`
}

func (r *Remote) releases(ctx context.Context, after int64, limit int, wait time.Duration) (releasesAnswer, error) {
	var answer releasesAnswer
	q := url.Values{
		"after": {strconv.FormatInt(after, 10)}, "limit": {strconv.Itoa(limit)},
		"wait": {strconv.Itoa(int(wait.Seconds()))},
	}
	body, err := r.ask(ctx, http.MethodGet, "/-/releases?"+q.Encode(), nil, wait+grace)
	if err != nil {
		return answer, err
	}
	err = json.NewDecoder(io.LimitReader(body, maxBatchBytes)).Decode(&answer)
	return answer, errors.Join(err, body.Close())
}

// After is a Source's.
func (r *Remote) After(ctx context.Context, after int64, limit int) ([]release.Entry, error) {
	answer, err := r.releases(ctx, after, limit, 0)
	return answer.Entries, err
}

// Wait is a Source's.
func (r *Remote) Wait(ctx context.Context, after int64, patience time.Duration) error {
	_, err := r.releases(ctx, after, 1, patience)
	return err
}

// Last is a Source's.
func (r *Remote) Last(ctx context.Context) (int64, error) {
	answer, err := r.releases(ctx, 1<<62, 1, 0)
	return answer.Last, err
}

// Media is a Source's.
func (r *Remote) Media(ctx context.Context, hash string) (io.ReadCloser, error) {
	return r.ask(ctx, http.MethodGet, "/-/media/"+url.PathEscape(hash), nil, grace)
}

// Send is a Source's.
func (r *Remote) Send(ctx context.Context, letter release.Letter) error {
	text, err := json.Marshal(letter)
	if err != nil {
		return err
	}
	body, err := r.ask(ctx, http.MethodPost, "/-/letters", text, grace)
	if err != nil {
		return err
	}
	return body.Close()
}

// Receipt is a Source's.
func (r *Remote) Receipt(ctx context.Context, id string) (told release.Receipt, err error) {
	body, err := r.ask(ctx, http.MethodGet, "/-/receipts/"+url.PathEscape(id), nil, grace)
	if err != nil {
		return told, err
	}
	err = json.NewDecoder(io.LimitReader(body, maxLetter)).Decode(&told)
	return told, errors.Join(err, body.Close())
}

// ask sends a request and answers the body of a success, which must be
// closed. It gives up when nothing comes for the given time, and only then: a
// large file may take as long as its line needs. Errors never hold the token.
func (r *Remote) ask(ctx context.Context, method, path string, body []byte, silence time.Duration) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	alarm := time.AfterFunc(silence, func() { cancel(errSilence) })
	answer, err := r.send(ctx, method, path, body)
	if err != nil {
		alarm.Stop()
		if context.Cause(ctx) == errSilence {
			err = errSilence
		}
		cancel(nil)
		return nil, err
	}
	return &lively{answer, alarm, ctx, cancel}, nil
}

var errSilence = errors.New("the newsroom keeps silent")

// send answers the body of a success.
func (r *Remote) send(ctx context.Context, method, path string, body []byte) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+r.token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask the newsroom: %w", err)
	}
	if res.StatusCode/100 == 2 {
		return res.Body, nil
	}
	return nil, errors.Join(refusal(path, res), res.Body.Close())
}

// refusal tells what no repetition will change from what may pass.
func refusal(path string, res *http.Response) error {
	switch res.StatusCode {
	case http.StatusNotFound:
		if strings.HasPrefix(path, "/-/media/") || strings.HasPrefix(path, "/-/receipts/") {
			return notFound()
		}
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return fault.New(fault.Invalid, "error.form")
	}
	return fmt.Errorf("the newsroom answered %s", res.Status)
}

// lively is a body that may take its time but must keep moving.
type lively struct {
	body   io.ReadCloser
	alarm  *time.Timer
	ctx    context.Context
	cancel context.CancelCauseFunc
}

func (l *lively) Read(p []byte) (int, error) {
	n, err := l.body.Read(p)
	if n > 0 && err == nil {
		l.alarm.Reset(grace)
	}
	if err != nil && context.Cause(l.ctx) == errSilence {
		err = errSilence
	}
	return n, err
}

func (l *lively) Close() error {
	l.alarm.Stop()
	l.cancel(nil)
	return l.body.Close()
}
