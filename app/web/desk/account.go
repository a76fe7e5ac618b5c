package desk

import (
	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type accountPage struct {
	page
	Sessions []account.Session
	Posts    []post
}

// Others says whether the person is signed in elsewhere too.
func (p accountPage) Others() bool { return len(p.Sessions) > 1 }

// post is a role the person holds, in words.
func (d *Desk) account(c *fiber.Ctx) error { return d.showAccount(c, fiber.StatusOK, nil) }

func (d *Desk) showAccount(c *fiber.Ctx, status int, refusal error) error {
	show := accountPage{page: d.page(c, "account.title", "account")}
	show.refusedAs("refused.password", refusal)
	var err error
	if show.Sessions, err = d.Accounts.Sessions(web.Context(c), show.Actor); err != nil {
		return err
	}
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	absent := make([]string, len(show.Actor.Posts))
	for i, p := range show.Actor.Posts {
		absent[i] = p.For
	}
	people, err := d.Accounts.Names(web.Context(c), absent)
	if err != nil {
		return err
	}
	for _, p := range show.Actor.Posts {
		show.Posts = append(show.Posts, post{show.Role(p.Role), names[p.Agency], people[p.For], p.Languages})
	}
	return d.show(c, status, "account", show)
}

func (d *Desk) agencyNames(c *fiber.Ctx, lang string) (map[string]string, error) {
	agencies, err := d.Agencies.All(web.Context(c))
	names := map[string]string{}
	for _, a := range agencies {
		names[a.ID] = named(a.Names, lang)
	}
	return names, err
}

func (d *Desk) setLocale(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if err := d.Accounts.SetLocale(web.Context(c), web.Actor(c), form.Text("locale", 10)); err != nil {
		return err
	}
	return c.Redirect(localPath(form.Text("next", maxNext)), fiber.StatusSeeOther)
}

func (d *Desk) changePassword(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	err = d.Accounts.ChangePassword(web.Context(c), web.Actor(c), form.Secret("old"), form.Secret("new"))
	if err != nil {
		if !correctable(err) {
			return err
		}
		return d.showAccount(c, refusedWith(c, err), err)
	}
	return c.Redirect("/account?done=password", fiber.StatusSeeOther)
}

func (d *Desk) revoke(c *fiber.Ctx) error {
	if err := d.Accounts.Revoke(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return err
	}
	return c.Redirect("/account?done=revoked", fiber.StatusSeeOther)
}

func (d *Desk) revokeOthers(c *fiber.Ctx) error {
	if _, err := d.Accounts.RevokeOthers(web.Context(c), web.Actor(c)); err != nil {
		return err
	}
	return c.Redirect("/account?done=revoked", fiber.StatusSeeOther)
}
