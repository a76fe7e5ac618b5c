package newsroom

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
)

// walk is a newsroom in which random people ask for random things. After each
// step the invariants of design §5 must hold; what ought to have happened is
// noted here, by simpler means than the newsroom's.
type walk struct {
	*world
	rand   *rand.Rand
	people []account.Actor
	refs   []Ref
	// approved holds, of each edition, the hashes that somebody approved or
	// published urgently who had not written since the approval before.
	approved map[Ref][]string
	// stands holds, of each edition, the revisions whose approval stands.
	stands   map[Ref][]int
	recorded int // audit entries there must be
}

func TestRandomWalkKeepsTheInvariants(t *testing.T) {
	for _, seed := range []uint64{2} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				w.walk(t, rand.New(rand.NewPCG(seed, 1)), 400)
			})
		})
	}
}

func (w *world) walker(t *testing.T, r *rand.Rand) *walk {
	post := func(agency string, role account.Role) account.Post { return account.Post{Agency: agency, Role: role} }
	k := &walk{world: w, rand: r, approved: map[Ref][]string{}, stands: map[Ref][]int{}, people: []account.Actor{
		w.reporter, w.contributor, w.editor, w.deskHead, w.managing, w.chief, w.translator, w.security,
		w.person(t, "all", post(portal, account.Reporter), post(portal, account.Editor), post(portal, account.ManagingEditor), post(portal, account.EditorInChief)),
		w.person(t, "second_chief", post(portal, account.EditorInChief), post(portal, account.Translator)),
		w.person(t, "there", post(paper, account.EditorInChief), post(paper, account.Editor)),
		w.person(t, "auditor", post(portal, account.Auditor)),
	}}
	k.recorded = w.entries(t)
	return k
}

func (w *world) walk(t *testing.T, r *rand.Rand, steps int) {
	k := w.walker(t, r)
	for range steps {
		w.clock.Advance(time.Duration(r.IntN(20)) * time.Minute)
		what, ref, changed := k.step(t)
		k.expectEntries(t, what, changed)
		if ref != (Ref{}) {
			k.check(t, what, ref)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	for _, ref := range k.refs {
		k.check(t, "the end", ref)
		k.checkTrail(t, ref)
	}
	for _, verb := range []Verb{Publish, Withdraw, Schedule, Return, PublishUrgent, Confirm, Block, Unblock} {
		if count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = ?", "edition."+string(verb)) == 0 {
			t.Errorf("nobody did %s: the walk proves too little", verb)
		}
	}
}

// step does one random thing and says whether it changed something.
func (k *walk) step(t *testing.T) (what string, ref Ref, changed int) {
	who := k.people[k.rand.IntN(len(k.people))]
	if len(k.refs) < 4 {
		return k.begin(t, who)
	}
	ref = k.refs[k.rand.IntN(len(k.refs))]
	switch k.rand.IntN(20) {
	case 0:
		return k.translateOne(t, who, ref)
	case 1, 2, 3:
		return k.saveOne(t, who, ref)
	case 4:
		return k.publishWhatIsDue(t)
	case 5:
		_, err := k.Autosave(t.Context(), who, ref, Unsaved{Base: 1, Content: k.content("Đang gõ")})
		k.refused(t, "autosave", err)
		return "autosave", ref, 0
	case 6: // whoever comes by tries to approve, the writers too
		return k.verb(t, who, ref, Approve)
	case 7, 8:
		return k.verb(t, who, ref, allVerbs[k.rand.IntN(len(allVerbs))])
	}
	for _, i := range k.rand.Perm(len(k.people)) {
		verbs := k.offers(t, k.people[i], ref)
		if slices.Contains(verbs, Correct) && k.rand.IntN(2) == 0 {
			return k.verb(t, k.people[i], ref, Correct) // rare enough
		}
		if len(verbs) > 0 {
			return k.verb(t, k.people[i], ref, verbs[k.rand.IntN(len(verbs))])
		}
	}
	for _, i := range k.rand.Perm(len(k.people)) {
		if sheet, err := k.Open(t.Context(), k.people[i], ref); err == nil && sheet.MaySave {
			return k.saveOne(t, k.people[i], ref)
		}
	}
	return k.saveOne(t, who, ref) // nobody may
}

// offers is what somebody's page offers; mostly only what leads on.
func (k *walk) offers(t *testing.T, who account.Actor, ref Ref) []Verb {
	t.Helper()
	sheet, err := k.Open(t.Context(), who, ref)
	if err != nil {
		k.refused(t, "open", err)
		return nil
	}
	if k.rand.IntN(6) == 0 {
		return sheet.Verbs
	}
	back := []Verb{Return, Reject, Withdraw, Archive, Unschedule, Block, PublishUrgent, SetEmbargo, SetExpiry}
	return slices.DeleteFunc(sheet.Verbs, func(v Verb) bool { return slices.Contains(back, v) })
}

// refused allows refusals and nothing else.
func (k *walk) refused(t *testing.T, what string, err error) {
	t.Helper()
	if fault.KindOf(err) == fault.Internal {
		t.Fatalf("%s: %v", what, err)
	}
}

func (k *walk) begin(t *testing.T, who account.Actor) (string, Ref, int) {
	agency := []string{portal, paper}[k.rand.IntN(2)]
	ref, err := k.Create(t.Context(), who, Start{Kind: "article", Agency: agency, Lang: "vi", Content: k.content(fmt.Sprint("Bài ", len(k.refs)))})
	k.refused(t, "create", err)
	if err != nil {
		return "create", Ref{}, 0
	}
	k.refs = append(k.refs, ref)
	return "create", ref, 1
}

func (k *walk) translateOne(t *testing.T, who account.Actor, from Ref) (string, Ref, int) {
	ref, err := k.Translate(t.Context(), who, from, "en")
	k.refused(t, "translate", err)
	if err != nil {
		return "translate", from, 0
	}
	k.refs = append(k.refs, ref)
	return "translate", ref, 1
}

func (k *walk) saveOne(t *testing.T, who account.Actor, ref Ref) (string, Ref, int) {
	head := k.head(t, ref)
	c := head.Content
	if c.Headline == "" {
		c = k.content("Headline")
	}
	c.Body += fmt.Sprintf("\n\nCâu %d.", k.rand.IntN(3))
	if c.Standfirst = "Sapo."; k.rand.IntN(8) == 0 {
		c.Standfirst = ""
	}
	base := head.Number - k.rand.IntN(10)/9
	rev, err := k.Save(t.Context(), who, ref, base, c)
	var conflict *ConflictError
	if !errors.As(err, &conflict) {
		k.refused(t, "save", err)
	}
	if err != nil {
		return "save", ref, 0
	}
	if rev.Author != who.ID || rev.Number != head.Number+1 {
		t.Errorf("saved %+v", rev)
	}
	return "save", ref, 1
}

func (k *walk) publishWhatIsDue(t *testing.T) (string, Ref, int) {
	const expired = "SELECT COUNT(*) FROM audit WHERE verb = 'edition.expire'"
	before := count(t, k.db, expired)
	n, err := k.DoDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return "do what is due", Ref{}, n + count(t, k.db, expired) - before
}

func (k *walk) verb(t *testing.T, who account.Actor, ref Ref, verb Verb) (string, Ref, int) {
	ask, before := k.ask(t, ref, verb), row(t, k.db, ref)
	if k.rand.IntN(15) == 0 {
		ask.Hash = "x"
	}
	if k.rand.IntN(15) == 0 {
		ask.Reason = ""
	}
	const stopped = "SELECT COUNT(*) FROM edition WHERE item_id = ? AND blocked_at > 0"
	blocked := count(t, k.db, stopped, ref.Item)
	what := fmt.Sprintf("%s in %s by %s", verb, before.State, who.ID)
	err := k.Do(t.Context(), who, ref, verb, ask)
	k.refused(t, what, err)
	if err != nil {
		if after := row(t, k.db, ref); after != before {
			t.Errorf("%s was refused (%v) and changed %+v to %+v", what, err, before, after)
		}
		return what, ref, 0
	}
	k.noteApproval(t, what, who, ref, verb, before)
	if verb == Block || verb == Unblock { // every language of the story has its entry
		now := count(t, k.db, stopped, ref.Item)
		return what, ref, max(now-blocked, blocked-now)
	}
	return what, ref, 1
}

// noteApproval notes what somebody approved, and that they had written none of
// it since the approval before; or that an approval was taken back.
func (k *walk) noteApproval(t *testing.T, what string, who account.Actor, ref Ref, verb Verb, before editionRow) {
	t.Helper()
	number := before.Head
	switch verb {
	case Confirm:
		number = before.LiveRevision
	case Approve, PublishUrgent:
	default:
		if state := State(before.State); (state == Approved || state == Scheduled) && State(row(t, k.db, ref).State) == Approval {
			k.stands[ref] = slices.DeleteFunc(k.stands[ref], func(n int) bool { return n == before.Head })
		}
		return
	}
	from := 0
	for _, n := range k.stands[ref] {
		if n < number {
			from = max(from, n)
		}
	}
	authors := texts(t, k.db, "SELECT author_id FROM revision WHERE "+byRef+" AND number > ? AND number <= ?", ref.Item, ref.Lang, from, number)
	if slices.Contains(authors, who.ID) {
		t.Errorf("%s, who had written some of it", what)
	}
	if verb != Confirm {
		k.approved[ref] = append(k.approved[ref], k.head(t, ref).Hash)
	}
	if verb != PublishUrgent {
		k.stands[ref] = append(k.stands[ref], number)
	}
}

// expectEntries asks for one audit entry for each change, none for refusals.
func (k *walk) expectEntries(t *testing.T, what string, changed int) {
	t.Helper()
	k.recorded += changed
	if n := k.own(t); n != k.recorded {
		t.Errorf("%s: %d audit entries, want %d", what, n, k.recorded)
	}
}

// own is how many audit entries there are of what people did. What readers of a
// translation are told goes along with another act, and what keeps a set from
// readers is noted by the schedule.
func (k *walk) own(t *testing.T) int {
	t.Helper()
	return k.entries(t) - count(t, k.db, "SELECT COUNT(*) FROM audit WHERE verb IN (?, ?)", "edition."+string(CatchUp), "edition."+string(Hinder))
}

// check compares an edition with its revisions, its approvals and the log.
func (k *walk) check(t *testing.T, what string, ref Ref) {
	t.Helper()
	e, head, out := row(t, k.db, ref), k.head(t, ref), k.releaseOf(t, ref)
	bad := func(format string, args ...any) {
		t.Errorf("after %s: %s\n%+v", what, fmt.Sprintf(format, args...), e)
	}
	if n := count(t, k.db, "SELECT COUNT(*) FROM revision WHERE "+byRef+" AND number BETWEEN 1 AND ?", ref.Item, ref.Lang, e.Head); n != e.Head {
		bad("%d revisions up to the head", n)
	}
	if head.Hash != head.Content.Hash() {
		bad("the head is not what its hash says")
	}
	state := State(e.State)
	if (state == Approved || state == Scheduled) && (e.ApprovedHash != head.Hash || e.Approved != e.Head) {
		bad("approved is not the newest revision %s", head.Hash)
	}
	if (state == Published || state == Corrected) && (Live(e.Live) != IsLive || e.LiveRevision != e.Head) {
		bad("published is not the newest revision")
	}
	if (state == Withdrawn || state == Archived) && Live(e.Live) == IsLive {
		bad("readers have what is over")
	}
	if (e.PublishAt != 0) != (state == Scheduled) {
		bad("it has a time to be published and is not scheduled, or the reverse")
	}
	switch Live(e.Live) {
	case NeverLive:
		if out != nil {
			bad("the log has it: %+v", out)
		}
	case WasLive:
		if out == nil || out.Op != release.Withdraw || out.Seq != e.LiveSeq {
			bad("the log has no tombstone: %+v", out)
		}
	case IsLive:
		if out == nil || out.Op != release.Put || out.Seq != e.LiveSeq {
			bad("the log has %+v", out)
			return
		}
		live, err := loadRevision(k.db.Read(t.Context()), ref, e.LiveRevision)
		must(t, err)
		doc := k.article(t, ref)
		if doc.Revision != live.Hash || doc.Title != live.Content.Headline || !slices.Contains(k.approved[ref], doc.Revision) {
			bad("readers have %s, which nobody approved", doc.Revision)
		}
	}
}

// checkTrail asks that each audit entry of an edition goes on where the one
// before it had led.
func (k *walk) checkTrail(t *testing.T, ref Ref) {
	t.Helper()
	trail, err := audit.Of(t.Context(), k.db, ref.subject(), 10_000)
	must(t, err)
	slices.Reverse(trail)
	state := ""
	for _, e := range trail {
		if e.From != state {
			t.Errorf("%s: entry %d goes on from %q, the one before led to %q", ref.subject(), e.Seq, e.From, state)
		}
		state = e.To
	}
	if state != row(t, k.db, ref).State {
		t.Errorf("%s: the trail leads to %q", ref.subject(), state)
	}
}
