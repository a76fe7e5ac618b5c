package newsroom

import (
	"context"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Target is how soon something must be with readers.
type Target struct {
	Code    string
	Names   map[string]string // by language
	Minutes int               // 0: within the day
}

// Limits of an agency's targets.
const (
	MaxTargets       = 12
	MaxTargetName    = 80
	MaxTargetMinutes = 30 * 24 * 60
)

// standardTargets are those of the designated press for foreign information
// (domain §3), which every agency begins with.
var standardTargets = []Target{
	{Code: "major", Minutes: 2 * 60, Names: map[string]string{"vi": "Vấn đề quan trọng", "en": "Major issue"}},
	{Code: "translation", Minutes: 5 * 60, Names: map[string]string{"vi": "Vấn đề quan trọng, cần dịch", "en": "Major issue, with translation"}},
	{Code: "day", Names: map[string]string{"vi": "Tin đối ngoại khác", "en": "Other external news"}},
}

// due is the end of a clock that runs from a moment.
func (t Target) due(from time.Time) time.Time {
	if t.Minutes > 0 {
		return from.Add(time.Duration(t.Minutes) * time.Minute)
	}
	return dayOf(from).Add(24 * time.Hour) // Vietnam keeps one time all year
}

func targetOf(targets []Target, code string) (Target, bool) {
	i := slices.IndexFunc(targets, func(t Target) bool { return t.Code == code })
	if i < 0 {
		return Target{}, false
	}
	return targets[i], true
}

// Targets lists an agency's targets: its own, or the standard ones.
func (n *Newsroom) Targets(ctx context.Context, agency string) ([]Target, error) {
	return loadTargets(n.db.Read(ctx), agency)
}

// ClockNames answers how the clocks of all agencies are called, those included
// that are no longer offered.
func (n *Newsroom) ClockNames(ctx context.Context) (func(agency, code, lang string) string, error) {
	own, err := loadTargetNames(n.db.Read(ctx))
	return func(agency, code, lang string) string {
		if names, ok := own[targetKey{agency, code}]; ok {
			return Named(names, lang)
		}
		if t, ok := targetOf(standardTargets, code); ok {
			return Named(t.Names, lang)
		}
		for key, names := range own { // of an agency in whose place this one stands
			if key.code == code {
				return Named(names, lang)
			}
		}
		return ""
	}, err
}

// SetTargets gives an agency its targets, in order. A target without a code is
// a new one. Clocks that run keep the hour they had.
func (n *Newsroom) SetTargets(ctx context.Context, actor account.Actor, agency string, targets []Target) error {
	role, ok := actor.May(account.ManageSite, agency)
	if !ok {
		return fault.New(fault.Forbidden, "error.verb.role")
	}
	targets = slices.Clone(targets)
	for i := range targets {
		targets[i].Names = tidyNames(targets[i].Names)
	}
	if err := checkTargets(targets); err != nil {
		return err
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockAgency(tx, agency); err != nil {
			return err
		}
		before, err := loadTargets(tx.DB, agency)
		if err != nil {
			return err
		}
		detail := map[string]string{}
		for i, t := range targets {
			if _, known := targetOf(before, t.Code); !known {
				targets[i].Code = store.NewID()
			}
			detail[strconv.Itoa(i+1)] = Named(t.Names, "vi") + ": " + strconv.Itoa(t.Minutes)
		}
		if slices.EqualFunc(before, targets, Target.equal) {
			return nil
		}
		if err := replaceTargets(tx, agency, targets); err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: agency, Role: string(role), Address: actor.Address,
			Verb: "agency.clocks", Subject: "agency/" + agency, Detail: actor.Trace(account.Post{}, detail),
		})
	})
}

func (t Target) equal(o Target) bool {
	return t.Code == o.Code && t.Minutes == o.Minutes && t.Names["vi"] == o.Names["vi"] && t.Names["en"] == o.Names["en"]
}

func checkTargets(targets []Target) error {
	var form fault.Form
	if len(targets) == 0 || len(targets) > MaxTargets {
		return fault.New(fault.Invalid, "error.clock.number", "Max", MaxTargets)
	}
	codes := map[string]bool{}
	for i, t := range targets {
		at := func(name string) string { return "targets-" + strconv.Itoa(i) + "-" + name }
		if t.Names["vi"] == "" {
			form.Refuse(at("vi"), "error.required")
		}
		for lang, name := range t.Names {
			field{at(lang), name, MaxTargetName}.check(&form)
		}
		if t.Minutes < 0 || t.Minutes > MaxTargetMinutes {
			form.Refuse(at("minutes"), "error.clock.minutes")
		}
		if t.Code != "" && codes[t.Code] {
			form.Refuse(at("vi"), "error.invalid")
		}
		codes[t.Code] = true
	}
	return form.Err()
}

// Punctuality is how often a target was met.
type Punctuality struct {
	Code        string
	Met, Missed int
}

// Punctuality answers how often an agency met its targets, of the clocks that
// ran out between two moments, or would have: each counts once, in the month
// in which it was due, and one that is overdue and still runs as missed.
func (n *Newsroom) Punctuality(ctx context.Context, agency string, from, to time.Time) ([]Punctuality, error) {
	return loadPunctuality(n.db.Read(ctx), agency, from, to, n.db.Now())
}
