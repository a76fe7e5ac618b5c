package account

import "slices"

// Action is something a person may be permitted to do.
type Action string

// The actions of the newsroom.
const (
	ViewOwn       Action = "edition.view_own" // see editions one has created or saved
	View          Action = "edition.view"     // see every edition of the agency
	Create        Action = "edition.create"
	Translate     Action = "edition.translate" // add an edition in another language
	Write         Action = "edition.write"     // save while it is with its writer
	WriteAny      Action = "edition.write_any" // though somebody else is its writer
	Edit          Action = "edition.edit"      // save while it is with the editors
	Submit        Action = "edition.submit"
	Take          Action = "edition.take"
	Return        Action = "edition.return"
	Pass          Action = "edition.pass" // to the next step
	Approve       Action = "edition.approve"
	PublishUrgent Action = "edition.urgent"  // before the last approval
	Confirm       Action = "edition.confirm" // approve what was published urgently
	Block         Action = "edition.block"   // stop what may be a State secret
	Clear         Action = "edition.clear"   // say that it is none
	Explain       Action = "edition.explain" // say why something that stands out in a text is right
	Reject        Action = "edition.reject"
	Schedule      Action = "edition.schedule"
	Plan          Action = "edition.plan"    // for a day, and by which clock
	SharePreview  Action = "edition.share"   // with a reader who has no account
	Embargo       Action = "edition.embargo" // forbid publication before a moment
	Publish       Action = "edition.publish"
	Correct       Action = "edition.correct"
	Withdraw      Action = "edition.withdraw"
	Archive       Action = "edition.archive"
	ReadPast      Action = "edition.past"     // see what readers had at a moment, also what was false
	RuleOnReplies Action = "reply.rule"       // refuse a reply of an affected party, or end an exchange
	Overrule      Action = "comment.overrule" // settle what somebody else wants dealt with before approval
	Object        Action = "comment.object"   // want something dealt with, though it has been approved
	WordPlacement Action = "placement.word"   // propose words of an outlet's own over a story
	Place         Action = "placement.decide" // agree that an outlet carries it, and take it off again
	Upload        Action = "media.upload"
	BrowseMedia   Action = "media.browse"   // see the library's files of the agency, and those that are shared
	DescribeMedia Action = "media.describe" // say what a file shows
	LicenseMedia  Action = "media.rights"   // say on which terms it may be used
	DeleteMedia   Action = "media.delete"
	ReadLetters   Action = "letter.read"
	AnswerLetters Action = "letter.answer" // deal with what readers reported
	ReadAudit     Action = "audit.read"
	ManageUsers   Action = "person.manage"
	ManageSite    Action = "site.manage" // outlets, sections
	ManageFlow    Action = "workflow.manage"
	ManageLabels  Action = "label.manage" // tags, and the pen names of authors
	DefineTerms   Action = "term.define"  // say what words are called in other languages
	LockTerms     Action = "term.lock"    // official names, from which nobody deviates
	UseDesk       Action = "desk.use"     // sign in at all: own account, help
	SecureSelf    Action = "self.secure"  // set up one's own second factor
)

// policy is the one table of who may do what (domain: roles). What is not
// listed is refused. A role counts within the agency in which it is held,
// except where everywhere says otherwise. The four-eyes rule and the states in
// which an action is possible are the newsroom's, not the policy's.
var policy = map[Action][]Role{
	ViewOwn:       {Contributor, Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson, InvestmentOfficer, RoyaltyOfficer, Auditor},
	View:          {Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson, InvestmentOfficer, RoyaltyOfficer, Auditor},
	Create:        {Contributor, Reporter, Editor, Spokesperson, InvestmentOfficer},
	Translate:     {Translator, Editor},
	Write:         {Contributor, Reporter, Editor, Translator, Spokesperson, InvestmentOfficer},
	WriteAny:      {Editor},
	Edit:          {Editor, Reviser, DeskHead, ManagingEditor, EditorInChief},
	Submit:        {Contributor, Reporter, Editor, Translator, Spokesperson, InvestmentOfficer},
	Take:          {Editor, Reviser, DeskHead, ManagingEditor, EditorInChief},
	Return:        {Editor, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer},
	Pass:          {Editor, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson},
	PublishUrgent: {DeskHead, ManagingEditor, EditorInChief},
	Confirm:       {DeskHead, ManagingEditor, EditorInChief},
	Block:         {SecurityReviewer},
	Clear:         {SecurityReviewer},
	Explain:       {Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	Approve:       {DeskHead, EditorInChief},
	Reject:        {DeskHead, ManagingEditor, EditorInChief},
	Schedule:      {ManagingEditor, EditorInChief},
	Embargo:       {Contributor, Reporter, Editor, Translator, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	Plan:          {Contributor, Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	SharePreview:  {Editor, DeskHead, ManagingEditor, EditorInChief},
	Publish:       {EditorInChief},
	Correct:       {EditorInChief},
	Withdraw:      {EditorInChief},
	Archive:       {ManagingEditor, EditorInChief},
	ReadPast:      {Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson, InvestmentOfficer, Auditor},
	RuleOnReplies: {ManagingEditor, EditorInChief},
	Overrule:      {ManagingEditor, EditorInChief},
	Object:        {Editor, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson},
	WordPlacement: {Editor, DeskHead, ManagingEditor, EditorInChief},
	Place:         {ManagingEditor, EditorInChief},
	Upload:        {Reporter, Editor, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	BrowseMedia:   {Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Spokesperson, InvestmentOfficer, Auditor},
	DescribeMedia: {Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	LicenseMedia:  {Reporter, Editor, DeskHead, ManagingEditor, EditorInChief, Spokesperson, InvestmentOfficer},
	DeleteMedia:   {Editor, DeskHead, ManagingEditor, EditorInChief},
	ReadLetters:   {Editor, DeskHead, ManagingEditor, EditorInChief, Auditor},
	AnswerLetters: {Editor, DeskHead, ManagingEditor, EditorInChief},
	ReadAudit:     {Auditor},
	ManageUsers:   {SystemAdministrator},
	ManageSite:    {SystemAdministrator},
	ManageFlow:    {EditorInChief, SystemAdministrator},
	ManageLabels:  {DeskHead, ManagingEditor, EditorInChief, SystemAdministrator},
	DefineTerms:   {Translator, Reviser, ManagingEditor, EditorInChief, SystemAdministrator},
	LockTerms:     {EditorInChief, SystemAdministrator},
	UseDesk:       Roles,
	SecureSelf:    Roles,
}

// inLanguage lists what is done to the text of one language: a post that is
// limited to languages permits it in those alone (decision 0017). A translation
// is of the language it is made in, and so is what is said of a file. Everything
// else asks for no language: who translates must read the source, files and
// letters are of no language, a term is one entry for all of them, and so is a
// workflow.
var inLanguage = []Action{
	Create, Translate, Write, WriteAny, Edit, Submit, Take, Return, Pass, Approve, PublishUrgent, Confirm, Block, Clear, Explain, Reject,
	Schedule, Plan, SharePreview, Embargo, Publish, Correct, Withdraw, Archive, RuleOnReplies, Overrule, Object, WordPlacement, Place,
	DescribeMedia,
}

// AsksLanguage says whether an action is permitted only in a post's languages.
func AsksLanguage(action Action) bool { return slices.Contains(inLanguage, action) }

// HasLanguages says whether a role can be limited to languages: it permits
// something that asks for one.
func (r Role) HasLanguages() bool {
	return slices.ContainsFunc(inLanguage, func(action Action) bool { return Permits(action, r) })
}

// Permits says whether a role may do something at all. The steps of a workflow
// are data; they can be given to nobody whom this table does not permit them.
func Permits(action Action, role Role) bool { return slices.Contains(policy[action], role) }

// weighty are the actions whose roles must prove themselves twice: they let
// something reach readers, stop it, rule over people and outlets, or open
// everything there is to read.
var weighty = []Action{Approve, Schedule, Publish, Place, PublishUrgent, Confirm, Clear, ReadAudit, ManageUsers, ManageSite}

// guarded are the roles that nobody lends by themself.
var guarded = []Role{Auditor, SecurityReviewer}

// Weighty says whether a role needs a second factor.
func (r Role) Weighty() bool {
	return slices.ContainsFunc(weighty, func(action Action) bool { return Permits(action, r) })
}

// everywhere lists the roles whose permission is not bound to their agency:
// auditors read everything, and the administrator serves all agencies.
func everywhere(role Role) bool { return role == Auditor || role == SystemAdministrator }
