package main

import (
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/store"
	"doingoai/app/web/desk"

	"github.com/gofiber/fiber/v2"
)

// Pages of the desk that are no pages: a stream, and what leads elsewhere.
var noPages = []string{"/live", "/notices/:id", "/handbook/:slug", "/media/uploads/:upload"}

func TestEveryPageOfTheDeskIsMeasured(t *testing.T) {
	measured := map[string]bool{}
	for _, p := range deskPages {
		measured[strings.NewReplacer(":old", ":item", ":both", ":item").Replace(p.route)] = true
	}
	for _, r := range new(desk.Desk).Routes() {
		known := strings.NewReplacer("/people/:id", "/people/:person", "agencies/:id", "agencies/:agency", "sections/:id", "sections/:section",
			"outlets/:id", "outlets/:outlet", "places/:id", "places/:place", "terms/:id", "terms/:term", ":sort/:id", ":sort/:tag").Replace(r.Path)
		if r.Method == fiber.MethodGet && !r.Public && !measured[known] && !slices.Contains(noPages, r.Path) {
			t.Errorf("nothing measures %s", r.Path)
		}
	}
}

// A newsroom that is filled holds what its verbs would have left: a whole
// trail, texts under their hashes, nothing that is due.
func TestTheCorpusIsWhatTheNewsroomWouldHaveWritten(t *testing.T) {
	for name, url := range map[string]string{"SQLite": "", "PostgreSQL": apptest.PostgresURL(t)} {
		t.Run(name, func(t *testing.T) {
			o := options{Items: 200, Data: t.TempDir(), Database: url, Texts: "no such folder"}
			w, err := prepareDesk(t.Context(), o, new(table))
			if err != nil {
				t.Fatal(err)
			}
			if len(w.Old) == 0 || len(w.Both) == 0 { // of the few that are open, one reporter may have none here
				t.Error("no old article is known by name")
			}
			db, err := store.Open(t.Context(), store.Options{URL: config(o).DatabaseURL()})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if n, err := audit.Verify(t.Context(), db); err != nil || n < 10*200 {
				t.Errorf("%d entries of the trail hold: %v", n, err)
			}
			faults, err := corpusFaults(t.Context(), db)
			if err != nil || len(faults) > 0 {
				t.Errorf("%q, %v", faults, err)
			}
		})
	}
}

// An address that still has a name in it leads nowhere.
func TestEveryAddressIsFilledIn(t *testing.T) {
	w := &deskWorld{Both: []newsroom.Ref{{Item: "a", Lang: "en"}}, Open: []newsroom.Ref{{Item: "b", Lang: "vi"}}, Old: []newsroom.Ref{{Item: "c", Lang: "vi"}}, Names: map[string]string{}}
	for _, name := range []string{"agency", "other", "section", "outlet", "person", "hash", "place", "term", "tag"} {
		w.Names[name] = name
	}
	for _, p := range deskPages {
		if address := p.address(w, 0); strings.Contains(address, ":") {
			t.Errorf("%s is asked for at %s", p.name(), address)
		}
	}
}
