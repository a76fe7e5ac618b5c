package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"doingoai/app/config"
)

type configCmd struct{}

// Run prints the table of settings.
func (configCmd) Run(cfg *config.Config, given flagsGiven) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SETTING\tVALUE\tFROM\tENVIRONMENT\tMEANING")
	for _, r := range cfg.Table(given) {
		fmt.Fprintf(w, "--%s\t%s\t%s\t%s\t%s\n", r.Name, r.Value, r.Origin, r.Env, r.Help)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return cfg.Check()
}
