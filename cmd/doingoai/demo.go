package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"doingoai/app"
	"doingoai/app/config"
)

type demoCmd struct{}

// Run fills a folder with the sample content, prints the accounts and serves.
// Without --data the folder is thrown away at the end.
func (demoCmd) Run(ctx context.Context, cfg *config.Config, given flagsGiven) (err error) {
	if cfg.Only != "" {
		return errors.New("the demo runs both sides: leave out --only")
	}
	if _, set := os.LookupEnv(config.Env("data")); !given["data"] && !set {
		if cfg.Data, err = os.MkdirTemp("", "doingoai-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(cfg.Data)) }()
	}
	if _, set := os.LookupEnv(config.Env("second-factor")); !given["second-factor"] && !set {
		cfg.SecondFactor = "offered"
	}
	people, err := app.SeedDemo(ctx, *cfg)
	if err != nil {
		return err
	}
	printAccounts(people)
	if cfg.SecondFactor == "offered" {
		fmt.Println("A second factor is offered here and demanded of nobody; serve demands it of those who approve, publish or administer.")
	}
	return serveCmd{}.Run(ctx, cfg)
}

func printAccounts(people []app.DemoAccount) {
	if len(people) == 0 {
		fmt.Println("This folder holds the demo already; its accounts keep their passwords (doingoai user reset makes a new one).")
		return
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ACCOUNT\tPASSWORD\tROLE")
	for _, p := range people {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Email, p.Password, p.Roles)
	}
	w.Flush()
	fmt.Println("\nReaders: http://portal.localhost:PORT, http://newspaper.localhost:PORT, http://broadcaster.localhost:PORT (PORT as printed below).")
}
