// Command doingoai is the whole of Đối Ngoại in one program: a newsroom where
// editors write, translate, approve and publish, and a newsstand that answers
// readers from its own copy of what was released.
//
// Each verb has a file of its own. Settings are flags and environment
// variables alike; `doingoai config` prints them all.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"doingoai/app/config"

	"github.com/alecthomas/kong"
)

// cli is the command line: the settings, which every verb takes, and the verbs.
type cli struct {
	Settings config.Config `embed:""`

	Serve   serveCmd   `cmd:"" help:"Run the newsroom and the newsstand (or one of them, with --only)."`
	Demo    demoCmd    `cmd:"" help:"Show everything at work: three outlets, sample articles, an account for each role, in a throw-away folder."`
	Migrate migrateCmd `cmd:"" help:"Bring the newsroom's database to this program's schema, or list the steps."`
	User    userCmd    `cmd:"" help:"Add, list, disable or reset the people of the newsroom."`
	Doctor  doctorCmd  `cmd:"" help:"Check that the audit trail is whole and that readers have exactly what was released."`
	Config  configCmd  `cmd:"" help:"Print every setting with its value and where it came from."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "doingoai:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("doingoai"),
		kong.Description("Đối Ngoại: a province tells the world about itself."),
		kong.DefaultEnvars("DOINGOAI"),
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		var usage *kong.ParseError
		if errors.As(err, &usage) {
			return fmt.Errorf("%w (try: doingoai --help)", err)
		}
		return err
	}
	setLog(c.Settings.LogFormat)
	return explain(parsed.Run(&c.Settings, given(parsed)))
}

// given names the settings that stand on the command line itself.
func given(parsed *kong.Context) flagsGiven {
	names := flagsGiven{}
	for _, p := range parsed.Path {
		if p.Flag != nil && !p.Resolved {
			names[p.Flag.Name] = true
		}
	}
	return names
}

type flagsGiven map[string]bool

func setLog(format string) {
	var h slog.Handler = slog.NewTextHandler(os.Stderr, nil)
	if format == "json" {
		h = slog.NewJSONHandler(os.Stderr, nil)
	}
	slog.SetDefault(slog.New(h))
}
