package main

import (
	"context"
	"fmt"

	"doingoai/app"
	"doingoai/app/config"
)

type doctorCmd struct{}

// Run prints a line for each thing examined, and fails when something is wrong.
func (doctorCmd) Run(ctx context.Context, cfg *config.Config) error {
	d, err := app.Examine(ctx, *cfg)
	for _, line := range d.Checked {
		fmt.Println("ok   ", line)
	}
	for _, line := range d.Faults {
		fmt.Println("FAULT", line)
	}
	if err == nil && len(d.Faults) > 0 {
		err = fmt.Errorf("the doctor found %d fault(s)", len(d.Faults))
	}
	return err
}
