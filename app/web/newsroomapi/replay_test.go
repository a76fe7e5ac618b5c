package newsroomapi_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/store"
)

func (w *world) sql(query string, args ...any) {
	w.t.Helper()
	w.must(w.db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec(query, args...).Error }))
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	w.must(w.db.Read(ctx).Raw(query, args...).Scan(&n).Error)
	return n
}

func (w *world) items() int { w.t.Helper(); return w.count("SELECT COUNT(*) FROM item") }

func (p *program) beginning(headline string) object {
	return object{"agency": p.actor.Posts[0].Agency, "lang": "vi", "text": p.w.article(headline)}
}

func TestARequestSentTwiceIsCarriedOutOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.paper, account.Reporter)
		first := p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "k1").is(201)
		again := p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "k1").is(201)
		if again.Body != first.Body || again.Header.Get("Location") != first.Header.Get("Location") || again.Header.Get("Idempotent-Replayed") == "" {
			t.Errorf("first %s\nagain %s", first.Body, again.Body)
		}
		p.post("/editions", p.beginning("Tin khác"), "Idempotency-Key", "k1").refused(422, "error.form")
		if n := w.items(); n != 1 {
			t.Errorf("%d items were made", n)
		}
		p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "k2").is(201)
		w.one(w.paper, account.Reporter).post("/editions", p.beginning("Một tin"), "Idempotency-Key", "k1").is(201) // of another token
		if n := w.items(); n != 3 {
			t.Errorf("other keys made %d items", n)
		}
	})
}

func TestARefusalIsAnsweredAgain(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.paper, account.Reporter)
	for range 2 {
		p.post("/editions", object{"agency": w.paper, "lang": "vi", "text": object{}}, "Idempotency-Key", "k").refused(422, "error.form")
	}
	path := p.file("Một tin")
	for range 2 {
		p.post(path+"/acts", object{"verb": "submit", "hash": "old"}, "Idempotency-Key", "k2").refused(409, "error.verb.moved_on")
	}
}

func TestRequestsSentAtOnceAreCarriedOutOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.paper, account.Reporter)
		statuses := make([]int, 8)
		var group sync.WaitGroup
		for i := range statuses {
			group.Go(func() { statuses[i] = p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "k").Status })
		}
		group.Wait()
		made := 0
		for _, status := range statuses {
			switch status {
			case 201:
				made++
			case 409: // still under way
			default:
				t.Errorf("status %d", status)
			}
		}
		if n := w.items(); n != 1 || made == 0 {
			t.Errorf("%d items, %v", n, statuses)
		}
	})
}

// It is noted as done in the transaction of its effect, and only then.
func TestARequestIsNotedAsDoneWhenItTakesEffect(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.paper, account.Reporter)
		p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "taken").is(201)
		p.post("/editions", p.beginning(""), "Idempotency-Key", "refused").is(422)
		if n := w.count("SELECT COUNT(*) FROM api_request WHERE done = (key = 'taken')"); n != 2 {
			t.Error("what took effect and what did not are noted alike")
		}
	})
}

// What the program leaves behind when it stops at each moment of a request.
func TestARequestThatTheProgramDidNotSurvive(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.paper, account.Reporter)
		send := func(key string) reply { return p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", key) }
		for i, stopped := range []struct {
			done  bool
			soon  string // what is answered at once
			later string // and when it has certainly come to its end
			items int
		}{
			{false, "error.api.under_way", "", 1},
			{true, "error.api.answer_lost", "error.api.answer_lost", 0},
		} {
			key := fmt.Sprint("k", i)
			send(key).is(201)
			before := w.items()
			w.sql("UPDATE api_request SET status = 0, body = '', location = '', done = ? WHERE key = ?", stopped.done, key)
			send(key).refused(409, stopped.soon)
			w.clock.Advance(3 * time.Minute)
			if later := send(key); stopped.later == "" {
				later.is(201)
			} else {
				later.refused(409, stopped.later)
			}
			if n := w.items() - before; n != stopped.items {
				t.Errorf("done %t: %d more items", stopped.done, n)
			}
		}
	})
}

func TestAnswersAreForgottenAfterADay(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.paper, account.Reporter)
		p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "old").is(201)
		w.clock.Advance(23 * time.Hour)
		p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", "new").is(201)
		w.clock.Advance(2 * time.Hour)
		w.must(w.api.Sweep(ctx))
		if n := w.count("SELECT COUNT(*) FROM api_request"); n != 1 {
			t.Errorf("%d answers are kept", n)
		}
	})
}

func TestKeysThatAreNoneAreRefused(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.paper, account.Reporter)
	for _, key := range []string{"có dấu", string(make([]byte, 201)), "a b"} {
		p.post("/editions", p.beginning("Một tin"), "Idempotency-Key", key).is(400)
	}
	if w.items() != 0 {
		t.Error("it was carried out all the same")
	}
}
