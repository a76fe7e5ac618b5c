package kind

import (
	"time"

	"doingoai/app/fault"
)

// What became of a legal document. That it is not in force yet is no fact: the
// calendar tells it.
const (
	InForce  = "in_force"
	Expired  = "expired"
	Replaced = "replaced"

	NotYet = "not_yet" // said by Standing alone
)

// Standings lists what Standing may say.
var Standings = []string{InForce, NotYet, Expired, Replaced}

// Fields are those of a legal document.
var Fields = []string{
	"external_relations", "investment", "trade", "land_construction", "labour", "environment", "culture_tourism",
	"education_health", "border_security", "administration", "other",
}

var documentFacts = []Fact{
	{Key: "number", Type: Line, Required: true},
	{Key: "issuer", Type: Agency, Required: true},
	{Key: "issued", Type: Date, Required: true},
	{Key: "effective", Type: Date},
	{Key: "force", Type: Choice, Required: true, Choices: []string{InForce, Expired, Replaced}},
	{Key: "replaced_by", Type: Line},
	{Key: "field", Type: Choice, Required: true, Choices: Fields},
	{Key: "file", Type: File},
}

// documentRule wants the number of what took the place of a document, and of
// nothing else.
func documentRule(f Facts, form *fault.Form) {
	switch by := f["replaced_by"]; {
	case f["force"] == Replaced && by == "":
		form.Refuse(Prefix+"replaced_by", "error.required")
	case f["force"] != Replaced && by != "":
		form.Refuse(Prefix+"replaced_by", "error.fact.not_replaced")
	case by != "" && by == f["number"]:
		form.Refuse(Prefix+"replaced_by", "error.fact.by_itself")
	}
}

// Standing says whether a legal document is in force on a day, "" of what is none.
func (f Facts) Standing(now time.Time) string {
	if day, ok := f.Day("effective"); ok && f["force"] == InForce && now.Before(day) {
		return NotYet
	}
	return f["force"]
}
