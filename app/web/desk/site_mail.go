package desk

import (
	"strconv"
	"strings"

	"doingoai/app/notice"
	"doingoai/app/outbox"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// siteMailPage is how e-mail is set up, and what could not be delivered.
type siteMailPage struct {
	page
	Up     siteLink
	Status notice.Status
}

// Encryption is how the connection to the mail server is protected, in words.
func (p siteMailPage) Encryption() string {
	return p.T("mail.encryption." + string(p.Status.Encryption))
}

// Trouble is what went wrong with a delivery: in words where it is known.
func (p siteMailPage) Trouble(d outbox.Delivery) string {
	if p.P.Has(d.Trouble) {
		return p.T(d.Trouble, "Code", "5xx")
	}
	return d.Trouble
}

// Work is what a delivery was to do: write an e-mail, or put a notice at the desk.
func (p siteMailPage) Work(d outbox.Delivery) string {
	_, name, _ := strings.Cut(d.Handler, "/")
	if key := "mail.work." + name; p.P.Has(key) {
		return p.T(key)
	}
	return d.Handler
}

func onOff(on bool) string {
	if on {
		return "mail.on"
	}
	return "mail.off"
}

func (d *Desk) siteMail(c *fiber.Ctx) error {
	return d.showSiteMail(c, fiber.StatusOK, siteMailPage{page: d.page(c, "site.mail", "notifications")}, nil)
}

func (d *Desk) showSiteMail(c *fiber.Ctx, status int, show siteMailPage, refusal error) error {
	show.refused(refusal)
	show.Up = siteLink{"/site", show.T("site.title")}
	var err error
	if show.Status, err = d.Courier.Status(web.Context(c), show.Actor); err != nil {
		return err
	}
	return d.show(c, status, "site-mail", show)
}

// tryMail sends a message to the person who asks.
func (d *Desk) tryMail(c *fiber.Ctx) error {
	err := d.Courier.Try(web.Context(c), web.Actor(c))
	if err == nil {
		return c.Redirect("/site/mail?done=mail_sent", fiber.StatusSeeOther)
	}
	return d.showSiteMail(c, web.Status(err), siteMailPage{page: d.page(c, "site.mail", "notifications")}, err)
}

func (d *Desk) retryDelivery(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	seq, err := strconv.ParseInt(form.Text("seq", 20), 10, 64)
	if err != nil {
		seq = 0 // there is none of that number
	}
	if err := d.Courier.Retry(web.Context(c), web.Actor(c), seq, form.Text("handler", 100)); err != nil {
		return err
	}
	return c.Redirect("/site/mail?done=delivery_retried", fiber.StatusSeeOther)
}
