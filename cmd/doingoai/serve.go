package main

import (
	"context"
	"errors"
	"os"

	"doingoai/app"
	"doingoai/app/config"
)

type serveCmd struct{}

// Run keeps everything in the data folder and answers until it is told to stop.
func (serveCmd) Run(ctx context.Context, cfg *config.Config) error {
	a, err := app.New(ctx, *cfg, app.Options{})
	if err != nil {
		return err
	}
	return errors.Join(a.Run(ctx, os.Stdout), a.Close())
}
