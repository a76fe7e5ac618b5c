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

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Make an account and print the link with which the person chooses a password."`
	List    userListCmd    `cmd:"" help:"List everybody with their roles of today."`
	Disable userDisableCmd `cmd:"" help:"End a person's sessions and let them in no more; their work stays."`
	Enable  userEnableCmd  `cmd:"" help:"Let a disabled person in again."`
	Reset   userResetCmd   `cmd:"" help:"End a person's sessions and print a link to choose a new password."`
	Forget  userForgetCmd  `cmd:"" name:"forget-factors" help:"Take a person's second factors away when they, or the secret key, are lost."`
}

// at opens the newsroom of the settings for one act.
func at(ctx context.Context, cfg *config.Config, act func(*app.Console) error) (err error) {
	if !cfg.HasNewsroom() {
		return errors.New("people belong to the newsroom: leave out --only newsstand")
	}
	c, err := app.OpenConsole(ctx, *cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return act(c)
}

type userAddCmd struct {
	Email  string   `arg:"" help:"E-mail address, with which the person signs in."`
	Name   string   `required:"" help:"Name as colleagues should read it."`
	Agency string   `help:"Code of the agency in which the roles are held, such as portal."`
	Roles  []string `name:"role" help:"Role, such as reporter; may be given more than once."`
	Locale string   `default:"vi" enum:"vi,en" help:"Interface language: vi or en."`
}

// Run adds a person.
func (u userAddCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error {
		link, err := c.Add(ctx, app.NewUser{Email: u.Email, Name: u.Name, Locale: u.Locale, Agency: u.Agency, Roles: u.Roles})
		if err == nil {
			fmt.Println(link)
		}
		return err
	})
}

type userListCmd struct{}

// Run lists people.
func (userListCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error {
		users, err := c.List(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "E-MAIL\tNAME\tSTATE\tROLES")
		for _, u := range users {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Email, u.Name, u.State, u.Roles)
		}
		return w.Flush()
	})
}

type userDisableCmd struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run disables a person.
func (u userDisableCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error { return c.Disable(ctx, u.Email) })
}

type userEnableCmd struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run enables a person.
func (u userEnableCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error { return c.Enable(ctx, u.Email) })
}

type userResetCmd struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run makes a reset link.
func (u userResetCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error {
		link, err := c.Reset(ctx, u.Email)
		if err == nil {
			fmt.Println(link)
		}
		return err
	})
}

type userForgetCmd struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run takes second factors away.
func (u userForgetCmd) Run(ctx context.Context, cfg *config.Config) error {
	return at(ctx, cfg, func(c *app.Console) error { return c.ForgetFactors(ctx, u.Email) })
}
