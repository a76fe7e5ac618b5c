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
		public(post, "/sign-in/code", d.signInCode),
		public(post, "/sign-in/passkey", d.signInPasskey),
		public(post, "/sign-in/passkey/challenge", d.challengeSignIn),
		public(get, "/sign-in/issuer", d.toIssuer),
		public(get, IssuerReturn, d.fromIssuer),
		public(get, "/first/:token", d.firstForm),
		public(post, "/first/:token", d.first),
		public(get, "/ticket/:token", d.ticketForm),
		public(post, "/ticket/:token", d.ticket),
		public(get, "/-/assets/:hash/:name", d.asset),
		public(get, "/p/:token", d.sharedPreview),
		public(get, "/media/:hash/:name", d.mediaFile), // asks itself
		public(get, web.AccentRoute, web.AccentStyle),  // of previews

		public(post, "/sign-out", d.signOut),
		may(account.UseDesk, get, "/", d.waiting),
		may(account.UseDesk, get, "/account", d.account),
		may(account.SecureSelf, post, "/account/locale", d.setLocale),
		may(account.UseDesk, post, "/account/password", d.changePassword),
		may(account.UseDesk, post, "/account/sessions/others", d.revokeOthers),
		may(account.UseDesk, post, "/account/sessions/:id/revoke", d.revoke),
		may(account.UseDesk, get, "/notices", d.notices),
		may(account.UseDesk, post, "/notices/read", d.readNotices),
		may(account.UseDesk, get, "/notices/:id", d.followNotice),
		may(account.UseDesk, get, "/account/tokens", d.tokens),
		may(account.UseDesk, post, "/account/tokens", d.makeToken),
		may(account.UseDesk, post, "/account/tokens/:id/revoke", d.revokeToken),
		may(account.UseDesk, get, "/account/absence", d.absence),
		may(account.UseDesk, post, "/account/absence", d.addAbsence),
		may(account.UseDesk, post, "/account/absence/:id/end", d.endAbsence),
		may(account.SecureSelf, get, web.EnrolPath, d.security),
		may(account.SecureSelf, post, "/account/security/app", d.beginApp),
		may(account.SecureSelf, post, "/account/security/app/finish", d.finishApp),
		may(account.SecureSelf, post, "/account/security/app/remove", d.removeApp),
		may(account.SecureSelf, post, "/account/security/codes", d.renewCodes),
		may(account.SecureSelf, post, "/account/security/issuer/remove", d.unlinkIssuer),
		may(account.SecureSelf, post, "/account/security/passkeys", d.addPasskey),
		may(account.SecureSelf, post, "/account/security/passkeys/challenge", d.challengePasskey),
		may(account.SecureSelf, post, "/account/security/passkeys/:id", d.renamePasskey),
		may(account.SecureSelf, post, "/account/security/passkeys/:id/remove", d.removePasskey),
		may(account.SecureSelf, get, "/proof", d.proofForm),
		may(account.SecureSelf, post, "/proof", d.prove),
		may(account.SecureSelf, post, "/proof/challenge", d.challengeProof),
		may(account.SecureSelf, get, "/help", d.helpIndex),
		may(account.SecureSelf, get, "/help/:slug", d.helpPage),
		may(account.UseDesk, get, "/handbook", d.handbookIndex),
		may(account.UseDesk, get, "/handbook/:slug", d.handbookPage),

		may(account.ViewOwn, get, "/editions", d.editions),
		may(account.ViewOwn, get, "/find", d.find),
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
		may(account.SharePreview, get, "/editions/:item/:lang/preview-links", d.previewLinks),
		may(account.SharePreview, post, "/editions/:item/:lang/preview-links", d.sharePreview),
		may(account.SharePreview, post, "/editions/:item/:lang/preview-links/:id/revoke", d.revokePreview),

		may(account.ReadLetters, get, "/letters", d.letters),
		may(account.AnswerLetters, post, "/letters/:id/close", d.closeLetter),
		may(account.ReadAudit, get, "/audit", d.audit),
		may(account.ReadAudit, post, "/audit/export", d.exportAudit),
		may(account.ReadAudit, post, "/audit/check", d.checkAudit),

		may(account.ManageFlow, get, "/workflows", d.workflows),
		may(account.ManageFlow, get, "/workflows/:agency/:code", d.workflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code", d.saveWorkflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code/prefer", d.preferWorkflow),
		may(account.ManageFlow, post, "/workflows/:agency/:code/retire", d.retireWorkflow),

		may(account.ManageUsers, get, "/people", d.people),
		may(account.ManageUsers, post, "/people", d.invite),
		may(account.ManageUsers, get, "/people/:id/security", d.personSecurity),
		may(account.ManageUsers, post, "/people/:id/absence", d.addPersonAbsence),
		may(account.ManageUsers, post, "/people/:id/absence/:absence/end", d.endPersonAbsence),
		may(account.ManageUsers, post, "/people/:id/security/sessions", d.endSessions),
		may(account.ManageUsers, post, "/people/:id/security/forget", d.forgetFactors),
		may(account.ManageUsers, post, "/people/:id/security/tokens/:token/revoke", d.revokePersonToken),
		may(account.ManageUsers, get, "/services", d.services),
		may(account.ManageUsers, post, "/services", d.addService),
		may(account.ManageUsers, post, "/services/:id/tokens", d.makeServiceToken),
		may(account.ManageUsers, post, "/services/:id/tokens/:token/revoke", d.revokeServiceToken),
		may(account.ManageUsers, post, "/services/:id/disable", d.disableService),
		may(account.ManageUsers, post, "/services/:id/enable", d.enableService),
		may(account.ManageUsers, post, "/people/:id/name", d.renamePerson),
		may(account.ManageUsers, post, "/people/:id/reset", d.reset),
		may(account.ManageUsers, post, "/people/:id/disable", d.disable),
		may(account.ManageUsers, post, "/people/:id/enable", d.enable),
		may(account.ManageUsers, post, "/people/:id/roles", d.grant),
		may(account.ManageUsers, post, "/people/:id/roles/:membership/end", d.endRole),

		may(account.ManageSite, get, "/site", d.site),
		may(account.ManageSite, get, "/site/agencies", d.agencies),
		may(account.ManageSite, get, "/site/agencies/new", d.newAgency),
		may(account.ManageSite, post, "/site/agencies/new", d.addAgency),
		may(account.ManageSite, get, "/site/agencies/:id", d.agency),
		may(account.ManageSite, post, "/site/agencies/:id/name", d.renameAgency),
		may(account.ManageSite, post, "/site/agencies/:id/merge", d.mergeAgencies),
		may(account.ManageSite, get, "/site/sections", d.sections),
		may(account.ManageSite, get, "/site/sections/new", d.newSection),
		may(account.ManageSite, post, "/site/sections/new", d.addSection),
		may(account.ManageSite, get, "/site/sections/:id", d.section),
		may(account.ManageSite, post, "/site/sections/:id/names/:lang", d.renameSection),
		may(account.ManageSite, post, "/site/sections/:id/parent", d.moveSection),
		may(account.ManageSite, post, "/site/sections/:id/order", d.orderSection),
		may(account.ManageSite, post, "/site/sections/:id/close", d.closeSection),
		may(account.ManageSite, post, "/site/sections/:id/reopen", d.reopenSection),
		may(account.ManageSite, get, "/site/outlets", d.outlets),
		may(account.ManageSite, get, "/site/outlets/new", d.newOutlet),
		may(account.ManageSite, post, "/site/outlets/new", d.addOutlet),
		may(account.ManageSite, get, "/site/outlets/:id", d.outlet),
		may(account.ManageSite, post, "/site/outlets/:id/hosts", d.setHosts),
		may(account.ManageSite, post, "/site/outlets/:id/look", d.setLook),
		may(account.ManageSite, post, "/site/outlets/:id/languages", d.setLanguages),
		may(account.ManageSite, post, "/site/outlets/:id/menus/:lang", d.setMenu),
		may(account.ManageSite, post, "/site/outlets/:id/texts/:lang", d.setTexts),
		may(account.ManageSite, post, "/site/outlets/:id/default", d.setDefaultOutlet),
		may(account.ManageSite, get, "/site/places", d.places),
		may(account.ManageSite, get, "/site/places/new", d.newPlace),
		may(account.ManageSite, post, "/site/places/new", d.addPlace),
		may(account.ManageSite, get, "/site/places/import", d.importForm),
		may(account.ManageSite, post, "/site/places/import", d.importPlaces),
		may(account.ManageSite, get, "/site/places/:id", d.place),
		may(account.ManageSite, post, "/site/places/:id/name", d.renamePlace),
		may(account.ManageSite, post, "/site/places/:id/within", d.putPlace),
		may(account.ManageSite, post, "/site/places/:id/end", d.endPlace),
	}
}
