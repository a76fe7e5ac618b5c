package newsroom

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/figure"
	"doingoai/app/parallel"
	"doingoai/app/term"
)

// A text is held against what it is made from before it is approved: a
// translation against its source, a headline against its body, both against the
// rules of writing numbers in their language and against the termbase. What
// stands out blocks the approval until it is mended, or until somebody says why
// it is right. That stays with the edition for as long as the very same stands
// out, whatever else is changed; official names are mended and nothing else.

// Sort is what a finding is about.
type Sort string

// The sorts of findings.
const (
	AboutFigure Sort = "figure"
	AboutTerm   Sort = "term"
)

// Finding is something in a text that a person should look at.
type Finding struct {
	Key      string // names it: an explanation is of exactly this
	Sort     Sort
	Kind     string   // a figure.Fault or a term.Kind
	Field    string   // where it is: a field, "" the body
	Passage  int      // the place among a translation's passages; -1 of the text as a whole
	From, To string   // what the source (the body, of a headline) says, and what this text says
	Want     []string // what it should say, where that is known
	Blocks   bool     // it must be mended or explained before the text is approved
	Locked   bool     // it cannot be explained

	Reason string // why it is right, in somebody's words
	By     string // who said so
	At     time.Time
}

// Open says whether it stands between the text and its approval.
func (f Finding) Open() bool { return f.Blocks && f.Reason == "" }

// name gives a finding its key.
func (f Finding) name() Finding {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(f.Sort), f.Kind, f.Field, f.From, f.To}, "\n")))
	f.Key = hex.EncodeToString(sum[:8])
	return f
}

// seeker gathers what stands out in one text.
type seeker struct {
	n     *Newsroom
	terms *term.Base
	now   time.Time
	found []Finding
	known map[string]bool
}

func (n *Newsroom) seeker(ctx context.Context) (s *seeker, err error) {
	s = &seeker{n: n, now: n.db.Now(), known: map[string]bool{}}
	if n.terms != nil {
		s.terms, err = n.terms.Base(ctx)
	}
	return s, err
}

func (s *seeker) add(f Finding) {
	if f = f.name(); !s.known[f.Key] {
		s.known[f.Key] = true
		s.found = append(s.found, f)
	}
}

// once is what was found with each forbidden name told once: held against what the
// source says it tells more than alone.
func (s *seeker) once() []Finding {
	against := map[string]bool{} // the source
	for _, f := range s.found {
		against[f.To] = against[f.To] || f.misuses() && f.From != ""
	}
	return slices.DeleteFunc(s.found, func(f Finding) bool { return f.misuses() && f.From == "" && against[f.To] })
}

// misuses says whether a forbidden name was found.
func (f Finding) misuses() bool { return f.Sort == AboutTerm && f.Kind == string(term.Misused) }

// figures adds what figures say differently.
func (s *seeker) figures(field string, passage int, list []figure.Mismatch) {
	for _, m := range list {
		f := Finding{Sort: AboutFigure, Kind: string(m.Kind), Field: field, Passage: passage, Blocks: m.Kind != figure.Unsaid}
		if m.From != nil {
			f.From = m.From.Text
		}
		if m.To != nil {
			f.To = m.To.Text
		}
		s.add(f)
	}
}

// suspects adds figures that are written as in another language.
func (s *seeker) suspects(lang, field string, passage int, text string) {
	for _, odd := range figure.Suspects(lang, text) {
		s.add(Finding{Sort: AboutFigure, Kind: string(figure.Written), Field: field, Passage: passage, To: odd.Figure.Text, Blocks: true})
	}
}

// deviations adds what the termbase does not want said.
func (s *seeker) deviations(field string, passage int, from, to string, list []term.Deviation) {
	for _, d := range list {
		s.add(Finding{
			Sort: AboutTerm, Kind: string(d.Kind), Field: field, Passage: passage,
			From: from[d.From.Start:d.From.End], To: to[d.To.Start:d.To.End], Want: d.Want, Blocks: true, Locked: d.Locked,
		})
	}
}

// original looks through a text by itself.
func (s *seeker) original(lang string, c Content) error {
	body, err := s.n.plainText(c.Body)
	if err != nil {
		return err
	}
	s.figures("headline", -1, figure.Within(lang, c.Headline, body))
	for _, part := range append(c.fields(), parallel.Segment{Text: body}) {
		s.suspects(lang, part.Key, -1, part.Text)
		if s.terms != nil {
			s.deviations(part.Key, -1, "", part.Text, s.terms.CheckOne(lang, part.Text, s.now))
		}
	}
	return nil
}

// translation holds a translation against what it was made from: its figures
// passage by passage, or whole where it cannot be told which paragraphs belong
// together, and its terms whole, since a name is not said in full each time. What
// the source says by now is another matter (Lag).
func (s *seeker) translation(p *Parallel) error {
	from, to := p.Source.Ref.Lang, p.Revision.Ref.Lang
	loose := p.Loose()
	var saidFrom, saidTo []string
	for i, passage := range p.Passages {
		source, target, err := s.plainly(passage)
		if err != nil {
			return err
		}
		saidFrom, saidTo = append(saidFrom, source), append(saidTo, target)
		if source != "" && target != "" && (passage.Key != "" || !loose) {
			s.figures(passage.Key, i, figure.Compare(from, source, to, target))
		}
	}
	wholeFrom, wholeTo := strings.Join(saidFrom, "\n"), strings.Join(saidTo, "\n")
	if loose {
		s.figures("", -1, figure.Compare(from, wholeFrom, to, wholeTo))
	}
	if s.terms != nil {
		s.deviations("", -1, wholeFrom, wholeTo, s.terms.Check(from, wholeFrom, to, wholeTo, s.now))
	}
	return nil
}

// plainly answers what was translated of a passage, and as what. Nothing was of
// one that is new.
func (s *seeker) plainly(p Passage) (source, target string, err error) {
	source, target = p.New, p.Target
	if p.Behind() {
		source = p.Old
	}
	if p.Key != "" {
		return source, target, nil
	}
	if source, err = s.n.plainText(source); err != nil {
		return "", "", err
	}
	target, err = s.n.plainText(target)
	return source, target, err
}

// plainText is what Markdown says without its form.
func (n *Newsroom) plainText(text string) (string, error) {
	article, err := n.markup.Article(text)
	return article.Text, err
}

// findings answers what stands out in the newest text of an edition, with what
// was said of it.
func (n *Newsroom) findings(a *act, head Revision) ([]Finding, error) {
	s, err := n.seeker(a.ctx)
	if err != nil {
		return nil, err
	}
	if err := s.original(head.Ref.Lang, head.Content); err != nil {
		return nil, err
	}
	if head.SourceLang != "" {
		p := &Parallel{Edition: a.row.edition(), Revision: head}
		if err := p.lay(a.db(), a.row); err != nil {
			return nil, err
		}
		if err := s.translation(p); err != nil {
			return nil, err
		}
	}
	if len(s.found) == 0 {
		return nil, nil
	}
	return explained(a.db(), a.row.ref(), s.once())
}

// isSound refuses to approve a text in which something stands out that nobody
// has explained.
func (a *act) isSound(head Revision) error {
	found, err := a.n.findings(a, head)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Open() {
			return fault.New(fault.NotPossible, "error.approve.findings", "Text", cmp.Or(f.To, f.From))
		}
	}
	return nil
}

// Explain says why something that stands out in an edition is right. An empty
// reason takes that back, where one was given. hash is that of the revision the person looked at.
func (n *Newsroom) Explain(ctx context.Context, actor account.Actor, ref Ref, hash, key, reason string) error {
	reason = tidy(reason)
	var form fault.Form
	field{"reason", reason, MaxReason}.check(&form)
	if err := form.Err(); err != nil {
		return err
	}
	return n.on(ctx, actor, ref, account.Explain, func(a *act) error {
		head, err := loadRevision(a.tx.DB, ref, a.row.Head)
		if err != nil {
			return err
		}
		if head.Hash != hash {
			return errMovedOn()
		}
		found, err := n.findings(a, head)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Key == key {
				return a.explain(f, head, reason)
			}
		}
		return fault.New(fault.NotFound, "error.finding.none")
	})
}

func (a *act) explain(f Finding, head Revision, reason string) error {
	if f.Locked {
		return fault.New(fault.NotPossible, "error.finding.locked", "Text", strings.Join(f.Want, ", "))
	}
	if f.Reason == reason {
		var form fault.Form
		if reason == "" { // there is none to take back
			form.Refuse("reason", "error.reason.required")
		}
		return form.Err()
	}
	if err := putExplanation(a.tx, a.row.ref(), f.Key, reason, a.actor.ID); err != nil {
		return err
	}
	verb := Verb("explain")
	if reason == "" {
		verb = "unexplain"
	}
	detail := map[string]string{"finding": string(f.Sort) + " " + f.Kind, "says": f.To, "source_says": f.From}
	return a.record(verb, State(a.row.State), head.Hash, reason, detail)
}
