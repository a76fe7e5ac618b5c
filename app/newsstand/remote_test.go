package newsstand_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
)

const token = "0123456789abcdef0123456789abcdef"

// wire offers a newsroom by the protocol of the package comment.
func wire(t *testing.T, n *newsroom) *newsstand.Remote {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /-/releases", func(w http.ResponseWriter, r *http.Request) {
		number := func(name string) int64 {
			v, err := strconv.ParseInt(r.FormValue(name), 10, 64)
			if err != nil {
				t.Errorf("%s=%q", name, r.FormValue(name))
			}
			return v
		}
		after, limit := number("after"), int(number("limit"))
		limit = (limit + 1) / 2 // fewer than asked for is not the end
		err := n.Wait(r.Context(), after, time.Duration(number("wait"))*time.Second)
		entries, err2 := n.After(r.Context(), after, limit)
		last, err3 := n.Last(r.Context())
		if err := errors.Join(err, err2, err3); err != nil {
			http.Error(w, "away", http.StatusServiceUnavailable)
			return
		}
		answer(t, w, map[string]any{"last": last, "entries": entries})
	})
	mux.HandleFunc("GET /-/media/{hash}", func(w http.ResponseWriter, r *http.Request) {
		body, err := n.Media(r.Context(), r.PathValue("hash"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		if _, err := io.Copy(w, body); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /-/letters", func(w http.ResponseWriter, r *http.Request) {
		var l release.Letter
		err := json.NewDecoder(r.Body).Decode(&l)
		if err == nil {
			err = n.Send(r.Context(), l)
		}
		switch {
		case fault.KindOf(err) == fault.Invalid:
			w.WriteHeader(http.StatusUnprocessableEntity)
		case err != nil:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return remote(t, server.URL+"/")
}

func answer(t *testing.T, w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		t.Error(err)
	}
}

func remote(t *testing.T, base string) *newsstand.Remote {
	t.Helper()
	r, err := newsstand.NewRemote(base, token)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestANewsstandFollowsANewsroomElsewhere(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 600)
	f := n.file("picture")
	n.publish(t, illustrated(n, "a", f))
	r := wire(t, n)
	s := newStand(t, r)
	s.catchUp(t, n)
	s.upTo(t, n.publish(t, n.draft("b", "vi", "Ngoặc <và> & \u2028")))
	if differences, err := s.Compare(ctx, r); err != nil || len(differences) > 0 {
		t.Errorf("%q %v", differences, err)
	}
	s.same(t, n)
	if !isOnDisk(t, s, f) {
		t.Error("the picture did not come")
	}
	spool(t, s, report("Sai số liệu"))
	apptest.Eventually(t, "the letter has left", func() bool { return waiting(t, s) == 0 })
	if got := n.received(t); len(got) != 1 || got[0].Message != "Sai số liệu" {
		t.Errorf("%+v", got)
	}
	n.goAway(true)
	seq := n.withdraw(t, n.draft("b", "vi", ""))
	n.goAway(false)
	s.upTo(t, seq)
	if _, err := r.Media(ctx, strings.Repeat("0", 64)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := r.Send(ctx, release.Letter{}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a letter nobody takes: %v", err)
	}
}

func TestAddressesThatAreNoNewsroomAreRefusedWithoutRepeatingThem(t *testing.T) {
	for _, base := range []string{
		"", "newsroom.example", "ftp://newsroom.example", "http://", "https://user:" + token + "@newsroom.example",
		"https://newsroom.example?token=" + token, "https://newsroom.example#" + token, "https://newsroom\x00" + token,
	} {
		if _, err := newsstand.NewRemote(base, token); err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("%q: %v", base, err)
		}
	}
	if _, err := newsstand.NewRemote("https://newsroom.example", ""); err == nil {
		t.Error("no token was accepted")
	}
}

func TestNoErrorHoldsTheToken(t *testing.T) {
	var reached bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer elsewhere.Close()
	for name, handle := range map[string]http.HandlerFunc{
		"refuses": func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, r.Header.Get("Authorization"), http.StatusUnauthorized)
		},
		"redirects":     func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) },
		"hangs up":      func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"talks rubbish": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Header.Get("Authorization")) },
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(handle)
			defer server.Close()
			r := remote(t, server.URL)
			_, after := r.After(ctx, 0, 1)
			_, last := r.Last(ctx)
			wait := r.Wait(ctx, 0, time.Second)
			for _, err := range []error{after, last, wait} {
				if err == nil || strings.Contains(err.Error(), token) {
					t.Errorf("%v", err)
				}
			}
			if name != "talks rubbish" {
				_, media := r.Media(ctx, strings.Repeat("0", 64))
				send := r.Send(ctx, report("x"))
				if media == nil || send == nil || strings.Contains(media.Error()+send.Error(), token) {
					t.Errorf("%v, %v", media, send)
				}
			}
		})
	}
	if reached {
		t.Error("the token went elsewhere")
	}
}
