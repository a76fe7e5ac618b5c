package app_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doingoai/app"
	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/config"
	"doingoai/app/store"
)

// machine is a program that files articles while the newsroom may die under it.
type machine struct {
	token, agency string
	client        *http.Client

	mu   sync.Mutex
	sent []string // keys of requests, each of which is a headline as well
}

// newMachine makes a token of the reporter.
func newMachine(t *testing.T, bench *app.Benchmark) *machine {
	t.Helper()
	accounts := account.New(bench.DB, account.Options{SecondFactor: account.Offered})
	var id string
	if err := bench.DB.Read(t.Context()).Raw("SELECT id FROM person WHERE email = ?", bench.Reporter.Email).Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	actor, err := accounts.ActorFor(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	token, err := accounts.MakeToken(t.Context(), actor, account.NewToken{Name: "Máy", Scopes: account.AllScopes, Days: 1})
	if err != nil {
		t.Fatal(err)
	}
	return &machine{token: token, agency: bench.Agency, client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{}}}
}

// file sends one request under its key, and answers what came of it: status 0
// for nothing.
func (m *machine) file(at, key string) (status int, body string) {
	text := fmt.Sprintf(`{"agency":%q,"lang":"vi","text":{"headline":%q}}`, m.agency, key)
	r, err := http.NewRequest("POST", "http://"+at+"/api/newsroom/v1/editions", strings.NewReader(text))
	if err != nil {
		return 0, err.Error()
	}
	r.Header.Set("Authorization", "Bearer "+m.token)
	r.Header.Set("Idempotency-Key", key)
	res, err := m.client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, string(answer)
}

// work files articles until nobody answers, and closes enough when some were
// acknowledged.
func (m *machine) work(at string, round, acknowledged int, enough chan<- struct{}) {
	var done atomic.Int64
	var once sync.Once
	var hands sync.WaitGroup
	for hand := range 4 {
		hands.Go(func() {
			for n := range 20 { // fewer than a token may send at once
				key := fmt.Sprintf("key-%d-%d-%d", round, hand, n)
				m.mu.Lock()
				m.sent = append(m.sent, key)
				m.mu.Unlock()
				if status, _ := m.file(at, key); status != http.StatusCreated {
					return
				}
				if done.Add(1) >= int64(acknowledged) {
					once.Do(func() { close(enough) })
				}
			}
		})
	}
	hands.Wait()
	once.Do(func() { close(enough) })
}

// TestKilledAtAnyMomentAKeyedRequestIsCarriedOutOnce kills the real program
// while a machine files articles under keys, lets the time pass after which an
// unanswered request has come to its end, and sends them all again: each article
// must be there, and once.
func TestKilledAtAnyMomentAKeyedRequestIsCarriedOutOnce(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, database string) {
		cfg := settings(t.TempDir())
		cfg.Database = database
		bench, err := app.SeedBenchmark(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		m := newMachine(t, bench)
		if err := bench.Close(); err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(3, 5))
		for round := range 3 {
			c := startChild(t, cfg)
			enough, done := make(chan struct{}), make(chan struct{})
			go func() {
				m.work(string(c.newsroom), round, 1+r.IntN(20), enough)
				close(done)
			}()
			<-enough
			c.kill(t)
			<-done
		}
		lost := m.letTimePass(t, cfg)
		c := startChild(t, cfg)
		for _, key := range m.sent {
			status, body := m.file(string(c.newsroom), key)
			if status == http.StatusTooManyRequests {
				c.kill(t) // it counts anew
				c = startChild(t, cfg)
				status, body = m.file(string(c.newsroom), key)
			}
			if status != http.StatusCreated && !strings.Contains(body, "error.api.answer_lost") {
				t.Errorf("%s sent again: %d %s", key, status, body)
			}
		}
		c.kill(t)
		t.Logf("%d requests, %d of them without an answer when the program died", len(m.sent), lost)
		m.count(t, cfg)
	})
}

// letTimePass makes what was under way old, and answers how much that was.
func (m *machine) letTimePass(t *testing.T, cfg config.Config) (lost int) {
	t.Helper()
	m.open(t, cfg, func(db *store.DB) error {
		return db.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.DB.Raw("SELECT COUNT(*) FROM api_request WHERE status = 0").Scan(&lost).Error; err != nil {
				return err
			}
			return tx.DB.Exec("UPDATE api_request SET begun_at = begun_at - ? WHERE status = 0", time.Hour.Microseconds()).Error
		})
	})
	return lost
}

// count looks for each article that was ever sent.
func (m *machine) count(t *testing.T, cfg config.Config) {
	t.Helper()
	var rows []struct {
		Headline string
		N        int
	}
	m.open(t, cfg, func(db *store.DB) error {
		return db.Read(t.Context()).Raw("SELECT headline, COUNT(*) AS n FROM edition WHERE headline LIKE 'key-%' GROUP BY headline").Scan(&rows).Error
	})
	there := map[string]int{}
	for _, r := range rows {
		there[r.Headline] = r.N
	}
	for _, key := range m.sent {
		if there[key] != 1 {
			t.Errorf("%s is there %d times", key, there[key])
		}
	}
	if len(there) != len(m.sent) {
		t.Errorf("%d articles were made of %d requests", len(there), len(m.sent))
	}
}

func (m *machine) open(t *testing.T, cfg config.Config, f func(*store.DB) error) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: cfg.DatabaseURL()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := f(db); err != nil {
		t.Fatal(err)
	}
}
