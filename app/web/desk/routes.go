package desk

import (
	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Routes is every address of the desk with the action that opens it. Public
// rows are for people who are not signed in yet. Where an address is about one
// edition, the room asks again within the edition's agency.
func (d *Desk) Routes() []web.Route {
	public := func(method, path string, h fiber.Handler) web.Route {
		return web.Route{Method: method, Path: path, Public: true, Handler: h}
	}
	may := func(action account.Action, method, path string, h fiber.Handler) web.Route {
		return web.Route{Method: method, Path: path, Action: action, Handler: h}
	}
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []web.Route{
		public(get, "/sign-in", d.signInForm),
		public(post, "/sign-in", d.signIn),
		public(get, "/first/:token", d.firstForm),
		public(post, "/first/:token", d.first),
		public(get, "/ticket/:token", d.ticketForm),
		public(post, "/ticket/:token", d.ticket),
		public(get, "/-/assets/:hash/:name", d.asset),

		public(post, "/sign-out", d.signOut),
		may(account.UseDesk, get, "/", d.waiting),
		may(account.UseDesk, get, "/account", d.account),
		may(account.UseDesk, post, "/account/locale", d.setLocale),
		may(account.UseDesk, post, "/account/password", d.changePassword),
		may(account.UseDesk, post, "/account/sessions/others", d.revokeOthers),
		may(account.UseDesk, post, "/account/sessions/:id/revoke", d.revoke),
		may(account.UseDesk, get, "/help", d.helpIndex),
		may(account.UseDesk, get, "/help/:slug", d.helpPage),
		may(account.UseDesk, get, "/handbook", d.handbookIndex),
		may(account.UseDesk, get, "/handbook/:slug", d.handbookPage),
		may(account.UseDesk, get, "/media/:hash/:name", d.mediaFile),

		may(account.ViewOwn, get, "/editions", d.editions),
		may(account.Create, get, "/new", d.newForm),
		may(account.Create, post, "/new", d.create),
		may(account.ViewOwn, get, "/editions/:item/:lang", d.edition),
		may(account.ViewOwn, post, "/editions/:item/:lang", d.save),
		may(account.ViewOwn, post, "/editions/:item/:lang/autosave", d.autosave),
		may(account.ViewOwn, post, "/editions/:item/:lang/discard", d.discard),
		may(account.ViewOwn, post, "/editions/:item/:lang/do", d.do),
		may(account.Translate, post, "/editions/:item/:lang/translate", d.translate),
		may(account.ViewOwn, get, "/editions/:item/:lang/revisions/:number", d.revision),
		may(account.ViewOwn, get, "/editions/:item/:lang/preview/:outlet", d.preview),

		may(account.ReadLetters, get, "/letters", d.letters),
		may(account.AnswerLetters, post, "/letters/:id/close", d.closeLetter),
		may(account.ReadAudit, get, "/audit", d.audit),

		may(account.ManageFlow, get, "/workflows", d.workflows),
		may(account.ManageFlow, get, "/workflows/:agency/:code", d.workflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code", d.saveWorkflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code/prefer", d.preferWorkflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code/retire", d.retireWorkflow),

		may(account.ManageUsers, get, "/people", d.people),
		may(account.ManageUsers, post, "/people", d.invite),
		may(account.ManageUsers, post, "/people/:id/reset", d.reset),
		may(account.ManageUsers, post, "/people/:id/disable", d.disable),
		may(account.ManageUsers, post, "/people/:id/enable", d.enable),
		may(account.ManageUsers, post, "/people/:id/roles", d.grant),
		may(account.ManageUsers, post, "/people/:id/roles/:membership/end", d.endRole),

		may(account.ManageSite, get, "/site", d.site),
		may(account.ManageSite, post, "/site/agencies/:id", d.renameAgency),
		may(account.ManageSite, post, "/site/sections/:id/:lang", d.renameSection),
		may(account.ManageSite, post, "/site/outlets/:id/hosts", d.setHosts),
		may(account.ManageSite, post, "/site/outlets/:id/texts/:lang", d.setTexts),
	}
}
