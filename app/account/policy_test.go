package account

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/policy.golden anew")

// TestPolicyIsTheTableInTestdata asks May for every action and role, once
// within the role's agency and once for another, so that a change of the
// policy shows as a changed line that somebody has to agree to.
func TestPolicyIsTheTableInTestdata(t *testing.T) {
	const golden = "testdata/policy.golden"
	got := policyTable()
	if *update {
		must(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got != string(want) {
		t.Errorf("the policy is not the one of %s; after agreeing to every changed line, run the test with -update\n%s",
			golden, changedLines(string(want), got))
	}
}

func policyTable() string {
	var b strings.Builder
	for _, action := range sortedActions() {
		for _, role := range Roles {
			fmt.Fprintf(&b, "%-22s %-20s %s\n", action, role, reach(action, role))
		}
	}
	return b.String()
}

// reach says how far a role permits an action.
func reach(action Action, role Role) string {
	actor := Actor{ID: "p", Posts: []Post{{Agency: portal, Role: role}}}
	_, here := actor.May(action, portal)
	_, there := actor.May(action, paper)
	switch {
	case here && there:
		return "everywhere"
	case here:
		if _, other := (Actor{ID: "p", Posts: []Post{{Agency: portal, Role: role, Languages: Languages{"en"}}}}).MayIn(action, portal, "km"); !other {
			return "agency, its languages"
		}
		return "agency"
	case there:
		return "elsewhere only" // would be nonsense, and shows
	}
	return "no"
}

func sortedActions() []Action {
	actions := make([]Action, 0, len(policy))
	for action := range policy {
		actions = append(actions, action)
	}
	slices.Sort(actions)
	return actions
}

func changedLines(want, got string) string {
	was, is := strings.Split(want, "\n"), strings.Split(got, "\n")
	var b strings.Builder
	for _, line := range was {
		if !slices.Contains(is, line) {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	for _, line := range is {
		if !slices.Contains(was, line) {
			fmt.Fprintf(&b, "+ %s\n", line)
		}
	}
	return b.String()
}

func TestPolicyNamesOnlyKnownRoles(t *testing.T) {
	for action, roles := range policy {
		for _, role := range roles {
			if !role.Known() {
				t.Errorf("%s: %q is no role", action, role)
			}
		}
	}
}

// TestDutiesStaySeparate holds the sentences of the domain that matter most.
func TestDutiesStaySeparate(t *testing.T) {
	for _, action := range []Action{View, Create, Edit, Approve, Publish, Correct, Withdraw, ReadAudit} {
		if reach(action, SystemAdministrator) != "no" {
			t.Errorf("the administrator may %s", action)
		}
	}
	for _, role := range Roles {
		if (reach(Publish, role) != "no") != (role == EditorInChief) {
			t.Errorf("%s: publish %s", role, reach(Publish, role))
		}
		if (reach(ManageUsers, role) != "no") != (role == SystemAdministrator) {
			t.Errorf("%s: manage people %s", role, reach(ManageUsers, role))
		}
		if role == Auditor {
			continue
		}
		for _, action := range []Action{View, Edit, Approve, Publish} {
			if reach(action, role) == "everywhere" {
				t.Errorf("%s may %s in other agencies", role, action)
			}
		}
	}
}

func TestNobodyAndTheProgramMayNothing(t *testing.T) {
	for name, actor := range map[string]Actor{
		"the zero actor":              {},
		"somebody without posts":      {ID: "p"},
		"posts without a person":      {Posts: []Post{{Agency: portal, Role: EditorInChief}, {Agency: portal, Role: SystemAdministrator}}},
		"the program":                 System(),
		"a role that does not exist":  {ID: "p", Posts: []Post{{Agency: portal, Role: "king"}}},
		"a post with an empty agency": {ID: "p", Posts: []Post{{Agency: "", Role: Reporter}}},
	} {
		for _, action := range append(sortedActions(), "edition.unknown", "") {
			if role, ok := actor.May(action, portal); ok {
				t.Errorf("%s may %s as %s", name, action, role)
			}
		}
	}
}

func TestAgenciesInWhichSomethingIsPermitted(t *testing.T) {
	actor := Actor{ID: "p", Posts: []Post{{Agency: portal, Role: Reporter}, {Agency: paper, Role: Editor}, {Agency: paper, Role: Reporter}}}
	for _, c := range []struct {
		action Action
		ids    []string
	}{
		{Create, []string{portal, paper}},
		{Edit, []string{paper}},
		{Publish, nil},
	} {
		ids, all := actor.Agencies(c.action)
		if all || !slices.Equal(ids, c.ids) || actor.MayAnywhere(c.action) != (c.ids != nil) {
			t.Errorf("%s: %v %v", c.action, ids, all)
		}
	}
	if _, all := (Actor{ID: "p", Posts: []Post{{Agency: portal, Role: Auditor}}}).Agencies(View); !all {
		t.Error("the auditor does not see every agency")
	}
}
