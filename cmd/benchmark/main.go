// Command benchmark measures the program the way its readers and editors meet
// it, and prints one table.
//
// It fills a data folder with a corpus of bilingual articles that read like
// real ones, releases them through the real log, starts the real program as a
// process of its own and asks it over loopback. Beside it runs nginx, where
// it is installed, serving the same bytes as a file: ratios in one run say
// more than absolute times on a busy machine. "Per core" divides by the
// processor time that the server's processes used, so that the load
// generator on the other core does not count.
//
//	go run ./cmd/benchmark --articles 100000
//
// Every sort of readers' page is made anew after each of so many publications
// (--renders) and weighed as it goes over the wire (sorts.go).
//
// The part "desk" measures the newsroom instead (desk.go): items of every
// state are multiplied from a few that went their way through the real verbs,
// and people of several roles ask for every page of the desk.
//
//	go run ./cmd/benchmark --part desk --items 100000 --data DIR
//
// The part "media" measures what becomes of a camera's pictures (media.go): it
// asks the library itself, in this process.
//
//	go run ./cmd/benchmark --part media
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

type options struct {
	Part     string        `enum:"readers,desk,media" default:"readers" help:"What is measured: readers' pages, the newsroom's, or pictures."`
	Items    int           `default:"100000" help:"How many items the newsroom has, of the part desk."`
	Rounds   int           `default:"15" help:"How often each page of the desk is asked for by each role."`
	Articles int           `default:"2000" help:"How many articles; each has a Vietnamese and an English edition."`
	Texts    string        `default:"../shared/testdata" help:"Folder with news-vi and bilingual text; without it, the demo's own articles are mixed."`
	Data     string        `help:"Folder for the corpus, kept and used again when it has one; without it, a temporary folder."`
	Database string        `help:"Address of the newsroom's database (postgres://…); without it, SQLite in the folder."`
	Renders  int           `default:"50" help:"How often each sort of readers' page is made anew."`
	LoadFor  time.Duration `default:"5s" help:"How long each load lasts."`
	Clients  int           `default:"32" help:"Connections of each load."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Description("Fill a newsroom with a corpus, run it, and print how fast it is."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.Data == "" {
		if o.Data, err = os.MkdirTemp("", "doingoai-benchmark-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.Data)) }()
	}
	var t table
	if o.Part == "media" {
		return runMedia(ctx, o, &t)
	}
	program, err := build(ctx, o.Data)
	if err != nil {
		return err
	}
	if o.Part == "desk" {
		return runDesk(ctx, o, program, &t)
	}
	world, err := prepare(ctx, o, &t)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	s, err := start(ctx, program, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if err := s.caughtUp(ctx, world, &t); err != nil {
		return err
	}
	for _, measure := range []func(context.Context, options, *server, *corpusWorld, *table) error{
		measureRenders, measureSorts, measureWeights, measureSearch, measureCached, measurePublish, measureMemory, measureRestart,
	} {
		if err := measure(ctx, o, s, world, &t); err != nil {
			return err
		}
	}
	t.print(os.Stdout, fmt.Sprintf("%d articles × 2 languages, %s", o.Articles, databaseName(o)))
	return nil
}

func databaseName(o options) string {
	if o.Database != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

// table gathers the figures and prints them aligned.
type table struct{ rows [][3]string }

func (t *table) add(what, figure, aim string) {
	t.rows = append(t.rows, [3]string{what, figure, aim})
	fmt.Fprintf(os.Stderr, "%s: %s\n", what, figure)
}

func (t *table) print(w *os.File, title string) {
	var wide [2]int
	all := append([][3]string{{"WHAT", "FIGURE", "AIM"}}, t.rows...)
	for _, r := range all {
		for i := range wide {
			wide[i] = max(wide[i], utf8.RuneCountInString(r[i]))
		}
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range all {
		fmt.Fprintf(w, "%-*s  %-*s  %s\n", wide[0], r[0], wide[1], r[1], r[2])
	}
}

func dataFile(o options, name string) string { return filepath.Join(o.Data, name) }
