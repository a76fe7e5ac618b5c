package newsroomapi

import (
	"doingoai/app/account"

	"github.com/gofiber/fiber/v2"
)

// table is the whole interface. What is not in it does not exist.
func (a *API) table() []operation {
	const get, post, put, del = fiber.MethodGet, fiber.MethodPost, fiber.MethodPut, fiber.MethodDelete
	var (
		every = account.Scopes{}
		read  = account.Scopes{account.EditionRead}
		write = account.Scopes{account.EditionRead, account.EditionWrite}
		act   = account.Scopes{account.EditionRead, account.EditionAct}
		site  = account.Scopes{account.SiteRead}
		build = account.Scopes{account.SiteRead, account.SiteWrite}
		trail = account.Scopes{account.AuditRead}
		look  = account.Scopes{account.MediaRead}
		bring = account.Scopes{account.MediaWrite}
		tend  = account.Scopes{account.MediaRead, account.MediaWrite}
		told  = account.Scopes{account.NoticeRead}
	)
	const (
		oneEdition  = "/editions/{item}/{lang}"
		oneSet      = "/items/{item}/set"
		oneUnsaved  = oneEdition + "/unsaved"
		oneRevision = oneEdition + "/revisions/{number}"
		oneComment  = oneEdition + "/comments/{number}"
		sharing     = oneEdition + "/preview-links"
	)
	document := op(get, "/openapi.json", "readDocument", "This description", nil, a.readDocument)
	document.open = true
	return []operation{
		document,
		op(get, "/me", "readSelf", "For whom the token speaks, and what it is good for", every, a.readSelf),

		op(get, "/editions", "listEditions", "Editions that the person may see, last saved first", read, a.listEditions),
		making(op(post, "/editions", "createEdition", "Begin an item with its first edition, as a draft", write, a.createEdition)),
		op(get, oneEdition, "openEdition", "An edition with everything its page at the desk shows", read, a.openSheet),
		op(put, oneEdition+"/content", "saveText", "Keep a text as a new revision", write, a.saveText),
		op(post, oneEdition+"/acts", "doVerb", "Submit, pass on, approve, publish, withdraw …", act, a.doVerb),
		making(op(post, oneEdition+"/translations", "translateEdition", "Begin an edition of the item in another language", write, a.translateEdition)),
		op(get, oneEdition+"/parallel", "readParallel", "A translation beside its source, passage by passage", read, a.readParallel),
		op(put, oneEdition+"/parallel", "saveParallel", "Keep what was done with passages of a translation", write, a.saveParallel),
		op(post, oneEdition+"/still-right", "sayRight", "Say that passages of a translation are right though their source has changed", write, a.sayRight),
		op(get, oneSet, "readSet", "Which languages of an item go out together, and how ready each is", read, a.readSet),
		op(put, oneSet, "bindSet", "Bind languages of an item to go out together or not at all", act, a.bindSet),
		op(get, oneSet+"/trial", "trySet", "Do everything that releasing them would, and undo it", read, a.trySet),
		op(post, oneSet+"/dissolve", "dissolveSet", "Let each language go its own way again, with a reason", act, a.dissolveSet),
		op(post, oneSet+"/publish", "publishSet", "Give readers every language of the set, or none", act, a.publishSet),
		op(put, oneSet+"/schedule", "scheduleSet", "Say when every language of the set goes out", act, a.scheduleSet),
		op(del, oneSet+"/schedule", "unscheduleSet", "Take that moment back", act, a.unscheduleSet),
		op(put, oneEdition+"/plan", "planEdition", "Plan an edition for a day, or for none", write, a.planEdition),
		op(put, oneEdition+"/clock", "startClock", "Let a clock run until readers have it", write, a.startClock),
		op(put, oneEdition+"/findings/{key}", "explainFinding", "Say why something that stands out in a text is right", write, a.explainFinding),
		op(del, oneEdition+"/clock", "stopClock", "Drop a clock that was started by mistake", write, a.stopClock),
		op(get, oneUnsaved, "readUnsaved", "What the person typed and did not save", read, a.readUnsaved),
		op(put, oneUnsaved, "keepUnsaved", "Keep what is being typed, for the person alone", write, a.keepUnsaved),
		op(del, oneUnsaved, "discardUnsaved", "Forget what was typed and not saved", write, a.discardUnsaved),
		op(get, oneEdition+"/revisions", "listRevisions", "The saved versions of an edition", read, a.listRevisions),
		op(get, oneRevision, "readRevision", "One saved version with its text", read, a.readRevision),
		op(post, oneRevision+"/restore", "restoreRevision", "Bring an older version back as a new one", write, a.restoreRevision),
		op(get, oneEdition+"/diff", "compareRevisions", "How two saved versions differ", read, a.compareRevisions),
		op(get, oneEdition+"/comments", "listComments", "What was said about an edition", read, a.listComments),
		making(op(post, oneEdition+"/comments", "addComment", "Say something about an edition, or about words of its text", write, a.addComment)),
		making(op(post, oneComment+"/answers", "answerComment", "Answer a comment", write, a.answerComment)),
		op(put, oneComment, "mendComment", "Change what one's own comment says, shortly after it was made", write, a.mendComment),
		op(del, oneComment, "deleteComment", "Take one's own comment back", write, a.deleteComment),
		op(put, oneComment+"/resolved", "settleComment", "Say that a thread is settled, or that it is not after all", write, a.settleComment),
		op(get, oneEdition+"/placements", "listPlacements", "How outlets carry an edition", read, a.listPlacements),
		op(post, oneEdition+"/placements/{outlet}", "placeOn", "Carry an edition on an outlet, word it there, decline it, take it off", act, a.placeOn),
		op(get, oneEdition+"/rulings", "listRulings", "What was decided about the replies of affected parties", read, a.listRulings),
		making(op(post, oneEdition+"/rulings", "refuseReply", "Refuse a reply of an affected party, with a reason", act, a.refuseReply)),
		op(put, oneEdition+"/exchanges/{exchange}/end", "endExchange", "Publish no more rounds with a party, with a reason", act, a.endExchange),
		op(get, oneEdition+"/trail", "readTrail", "What was done with an edition, by whom and why", read, a.readTrail),
		op(get, oneEdition+"/moments", "listMoments", "When readers got another text of an edition, or lost it", read, a.listMoments),
		op(get, oneEdition+"/as-read", "readPast", "What readers had of an edition at a moment; asking is on the trail", read, a.readPast),

		op(get, oneEdition+"/present", "listPresent", "Who else has an edition open at the desk", read, a.listPresent),
		op(get, sharing, "listPreviewLinks", "Links by which readers without an account see an edition", read, a.listPreviewLinks),
		telling(making(op(post, sharing, "sharePreview", "Make such a link; its address is told this once", act, a.sharePreview))),
		op(del, sharing+"/{id}", "revokePreview", "End such a link", act, a.revokePreview),

		op(get, "/find", "findEditions", "Editions that hold some words, best first", read, a.findEditions),
		op(get, "/lists", "listLists", "Lists that the person wants to find again", read, a.listLists),
		op(post, "/lists", "saveList", "Remember a list; one of that name gives way", write, a.saveList),
		op(del, "/lists/{id}", "forgetList", "Forget a list", write, a.forgetList),
		op(get, "/waiting", "listWaiting", "What waits for the person", read, a.listWaiting),
		op(get, "/calendar", "listCalendar", "What is scheduled or planned between two moments", read, a.listCalendar),
		op(get, "/counts", "countStates", "How many editions the person may see in each state", read, a.countStates),
		op(get, "/changes", "listChanges", "What happened to editions that the person may see", read, a.listChanges),

		op(get, "/notices", "listNotices", "What the person was told", told, a.listNotices),
		op(post, "/notices/read", "readNotices", "Note that the person has read everything up to an event", told, a.readNotices),
		op(post, "/notices/{id}/read", "readNotice", "Note that the person has read a notice", told, a.readNotice),

		making(op(post, "/media", "addMedia", "Put a file into the library", bring, a.addMedia)),
		op(get, "/media", "listMedia", "Files of the library that the person may see, newest first", look, a.listMedia),
		making(op(post, "/media/uploads", "beginUpload", "Prepare for a file that comes in pieces", bring, a.beginUpload)),
		op(get, "/media/uploads/{id}", "readUpload", "How far such a file is", bring, a.readUpload),
		op(put, "/media/uploads/{id}", "sendPiece", "Send the next piece", bring, a.sendPiece),
		op(post, "/media/uploads/{id}/finish", "finishUpload", "Put a file that has arrived into the library", bring, a.finishUpload),
		op(del, "/media/uploads/{id}", "stopUpload", "Forget a file on its way in", bring, a.stopUpload),
		op(get, "/media/{hash}/record", "readEntry", "A file with what is said of it", look, a.readEntry),
		op(put, "/media/{hash}/words", "describeMedia", "Say what a file shows", tend, a.describeMedia),
		op(put, "/media/{hash}/rights", "licenseMedia", "Say whose a file is and on which terms", tend, a.licenseMedia),
		op(post, "/media/{hash}/still-right", "confirmWords", "Say that what is said of a file is still right", tend, a.mediaRight),
		op(del, "/media/{hash}", "deleteMedia", "Take a file that no text uses out of the library", tend, a.deleteMedia),
		op(get, "/media/{hash}", "readMedia", "What is known of a file", look, a.readMedia),
		op(get, "/media/{hash}/file", "readFile", "A file itself", look, a.readFile),

		op(get, "/audit", "readAudit", "The audit trail, for auditors", trail, a.readAudit),

		op(get, "/wording/behind", "listBehind", "Names and captions that are behind their source", site, a.listLate),
		op(get, "/wording/missing", "listMissing", "Names and captions that a language which readers are offered lacks", site, a.listGaps),
		op(get, "/agencies", "listAgencies", "Agencies", site, a.listAgencies),
		op(get, "/agencies/{agency}/workflows", "listWorkflows", "What an agency's texts can be submitted to", read, a.listWorkflows),
		op(get, "/agencies/{agency}/targets", "listTargets", "How soon an agency's news must be with readers", read, a.listTargets),
		op(put, "/agencies/{agency}/targets", "setTargets", "Say how soon an agency's news must be with readers", build, a.setTargets),
		op(get, "/agencies/{agency}/people", "listColleagues", "Who sees an agency's editions: whom comments can mention", read, a.listColleagues),
		making(op(post, "/agencies", "addAgency", "Set up an agency", build, a.addAgency)),
		op(get, "/agencies/{agency}", "readAgency", "An agency with its former names and what became of it", site, a.readAgency),
		op(put, "/agencies/{agency}/names", "renameAgency", "Give an agency other names", build, a.renameAgency),
		op(post, "/agencies/{agency}/still-right", "confirmAgency", "Say that an agency's name is still right", build, a.agencyRight),
		op(get, "/sections", "listSections", "Sections", site, a.listSections),
		making(op(post, "/sections", "addSection", "Set up a section", build, a.addSection)),
		op(get, "/sections/{section}", "readSection", "A section", site, a.readSection),
		op(put, "/sections/{section}/names/{lang}", "renameSection", "Give a section another name in a language", build, a.renameSection),
		op(post, "/sections/{section}/still-right", "confirmSection", "Say that a section's name or description is still right", build, a.sectionRight),
		op(put, "/sections/{section}/parent", "moveSection", "Put a section under another one, or at the top", build, a.moveSection),
		op(post, "/sections/{section}/shift", "shiftSection", "Move a section among its neighbours", build, a.shiftSection),
		op(put, "/sections/{section}/closed", "closeSection", "Let nothing new into a section, or let it in again", build, a.closeSection),
		op(get, "/places", "listPlaces", "Places, as they are or as they were at a moment", site, a.listPlaces),
		making(op(post, "/places", "addPlace", "Put a place on record", build, a.addPlace)),
		op(get, "/places/{place}", "readPlace", "A place with its former names and what became of it", site, a.readPlace),
		op(put, "/places/{place}/names", "renamePlace", "Give a place other names or another rank from a day on", build, a.renamePlace),
		op(put, "/places/{place}/within", "putPlace", "Make a place part of another one from a day on", build, a.putPlace),
		op(post, "/places/merge", "mergePlaces", "End places that become part of others", build, a.mergePlaces),
		op(get, "/terms", "listTerms", "Terms with their renderings", site, a.listTerms),
		op(get, "/terms/export", "exportTerms", "Terms as a CSV or TBX file", site, a.exportTerms),
		op(post, "/terms/import", "importTerms", "Take in a CSV or TBX file of terms, whole or not at all", build, a.importTerms),
		making(op(post, "/terms", "defineTerm", "Put a term into the termbase", build, a.defineTerm)),
		op(get, "/terms/{term}", "readTerm", "A term", site, a.readTerm),
		op(put, "/terms/{term}", "changeTerm", "Write a term anew", build, a.changeTerm),
		op(put, "/terms/{term}/end", "endTerm", "Say from when on a term is not valid any more", build, a.endTerm),
		op(get, "/outlets", "listOutlets", "Outlets", site, a.listOutlets),
		making(op(post, "/outlets", "addOutlet", "Set up an outlet", build, a.addOutlet)),
		op(get, "/outlets/{outlet}", "readOutlet", "An outlet with what it says of itself", site, a.readOutlet),
		op(put, "/outlets/{outlet}/hosts", "setHosts", "Give an outlet its host names", build, a.setHosts),
		op(put, "/outlets/{outlet}/look", "setLook", "Give an outlet a theme and an accent", build, a.setLook),
		op(put, "/outlets/{outlet}/emblem", "setEmblem", "Give an outlet the sign that stands before its name", build, a.setEmblem),
		op(put, "/outlets/{outlet}/languages", "setLanguages", "Say in which languages readers are offered an outlet", build, a.setLanguages),
		op(put, "/outlets/{outlet}/menus/{lang}", "setMenu", "Say which sections stand in an outlet's menu", build, a.setMenu),
		op(put, "/outlets/{outlet}/texts/{lang}", "setText", "Say what an outlet says of itself in a language", build, a.setText),
		op(post, "/outlets/{outlet}/still-right", "confirmOutlet", "Say that what an outlet says of itself is still right", build, a.outletRight),
		op(post, "/outlets/{outlet}/default", "setDefault", "Let an outlet answer for hosts nobody has", build, a.setDefault),
	}
}
