package newsroomapi_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"doingoai/app/account"
)

// Pages join whatever is saved while they are read: nothing is told twice, and
// nothing that was there is left out.
func TestPagesOfTheListJoin(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.portal, account.Reporter)
		const all = 65
		var paths []string
		for i := range all {
			if i%2 == 0 { // two were saved in the same moment
				w.clock.Advance(time.Minute)
			}
			paths = append(paths, p.file(fmt.Sprint("Tin ", i)))
		}
		seen := map[string]int{}
		for cursor, more := "", true; more; {
			page := p.get("/editions?cursor=" + url.QueryEscape(cursor)).is(200)
			for _, e := range page.at("editions").([]any) {
				seen[e.(object)["item"].(string)]++
			}
			cursor, more = page.at("next").(string)
			w.clock.Advance(time.Minute)
			p.put(paths[0]+"/content", object{"base": p.get(paths[0]).number("head"), "text": w.article("Tin mới sửa " + cursor)}).is(200)
		}
		missing := all - len(seen)
		for item, n := range seen {
			if n > 1 {
				t.Errorf("%s was told %d times", item, n)
			}
		}
		if missing > 1 { // the one that moved to the front
			t.Errorf("%d were left out", missing)
		}
	})
}
