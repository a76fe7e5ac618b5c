package strip

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"doingoai/app/fault"
)

// ooxmlTypes is the part of Word, Excel and PowerPoint that lists the others.
const ooxmlTypes = "[Content_Types].xml"

// ooxmlMain is what a document is, by the list of its parts: it is of the type
// of its main part.
func ooxmlMain(types []byte) (string, error) {
	main := ""
	_, _, err := editXML(types, func(t *xmlTag) (xmlFate, error) {
		if of, is, ok := strings.Cut(t.get("ContentType"), ".main"); ok && (is == "+xml" || is == "") {
			main = of
		}
		return xmlKeep, nil
	})
	return main, err
}

// ooxmlRules clean documents of Word, Excel and PowerPoint.
type ooxmlRules struct{}

// ooxmlDropped are the folders of parts that say who made the document, hold
// what a program keeps for itself there, or show it as it was.
var ooxmlDropped = []string{"docprops", "customxml", "customui", "_xmlsignatures", "package", "printersettings"}

func (ooxmlRules) drops(name string) bool {
	return slices.ContainsFunc(strings.Split(strings.ToLower(path.Dir(name)), "/"), func(folder string) bool { return slices.Contains(ooxmlDropped, folder) })
}

// ooxmlRefused are parts, by what their names hold, that run or fetch something.
var ooxmlRefused = []struct {
	name   string
	refuse func() error
}{
	{"vbaproject", errMacros}, {"vbadata", errMacros}, {"activex/", errMacros}, {"macrosheets/", errMacros},
	{"externallinks/", errOutside}, {"xl/connections.xml", errOutside}, {"querytables/", errOutside},
	{"revisions/", errChanges},
}

func (ooxmlRules) refuses(name string) error {
	for _, refused := range ooxmlRefused {
		if strings.Contains(strings.ToLower(name), refused.name) {
			return refused.refuse()
		}
	}
	return nil
}

func (r ooxmlRules) xml(name string, data []byte) ([]byte, error) {
	rule := ooxmlElement
	switch {
	case name == ooxmlTypes:
		rule = r.listed
	case strings.HasSuffix(strings.ToLower(name), ".rels"):
		rule = func(t *xmlTag) (xmlFate, error) { return r.related(name, t) }
	case ddeField.Match(fieldTexts(data)):
		return nil, errOutside()
	}
	out, names, err := editXML(data, rule)
	if err != nil {
		return nil, err
	}
	for _, n := range names { // Excel begins a comment with the name of who wrote it
		out = bytes.ReplaceAll(out, []byte(n), []byte(nobody))
	}
	return out, nil
}

// listed is the rule of the list of parts.
func (r ooxmlRules) listed(t *xmlTag) (xmlFate, error) {
	switch {
	case strings.Contains(t.get("ContentType"), "macroEnabled"), strings.Contains(t.get("ContentType"), "vbaProject"):
		return xmlKeep, errMacros()
	case t.local() == "Override" && r.drops(strings.TrimPrefix(t.get("PartName"), "/")):
		return xmlDrop, nil
	}
	return xmlKeep, nil
}

// related is the rule of what a part relates to. Only links may lead out of the
// document, and those only to the web and to letters.
func (r ooxmlRules) related(name string, t *xmlTag) (xmlFate, error) {
	if t.local() != "Relationship" {
		return xmlKeep, nil
	}
	kind, target := path.Base(t.get("Type")), t.get("Target")
	switch {
	case t.get("TargetMode") == "External":
		if kind != "hyperlink" || !isWeb(target) {
			return xmlKeep, errOutside()
		}
	case kind == "vbaProject", kind == "control":
		return xmlKeep, errMacros()
	case name == "_rels/.rels" && kind != "officeDocument", r.drops(relatedTo(name, target)):
		return xmlDrop, nil
	}
	return xmlKeep, nil
}

// relatedTo is the part that a target means, in what a part relates to.
func relatedTo(rels, target string) string {
	if strings.HasPrefix(target, "/") {
		return target[1:]
	}
	return path.Join(path.Dir(path.Dir(rels)), target)
}

// isWeb tells links that lead a reader somewhere, and not into the folders of
// whoever wrote them.
func isWeb(link string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(link)), ":")
	return scheme == "https" || scheme == "http" || scheme == "mailto" || scheme == "tel" || strings.HasPrefix(link, "#")
}

// Commands in fields that start a program; they may be written in pieces.
var (
	fieldText = regexp.MustCompile(`<(?:\w+:)?instrText\b[^>]*>([^<]*)<`)
	ddeField  = regexp.MustCompile(`(?i)\bDDE(AUTO)?\b`)
)

func fieldTexts(data []byte) []byte {
	var all []byte
	for _, m := range fieldText.FindAllSubmatch(data, -1) {
		all = append(all, m[1]...)
	}
	return all
}

// ooxmlChanges are the elements of changes that are tracked.
var ooxmlChanges = []string{
	"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange",
	"tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange",
}

// ooxmlElement is the rule of any other part.
func ooxmlElement(t *xmlTag) (xmlFate, error) {
	local := t.local()
	switch {
	case slices.Contains(ooxmlChanges, local):
		return xmlKeep, errChanges()
	case local == "script":
		return xmlKeep, errMacros()
	case local == "fldSimple" && ddeField.MatchString(t.get("instr")):
		return xmlKeep, errOutside()
	case local == "rsids", local == "docVars":
		return xmlDrop, nil
	case local == "author" && len(t.attrs) == 0: // of comments in Excel
		return xmlNobody, nil
	case local == "author", local == "cmAuthor":
		t.set("name", nobody)
	case local == "person":
		t.set("displayName", nobody)
	case local == "comment", local == "cm", local == "threadedComment":
		t.drop(func(name string) bool { return name == "date" || name == "dt" || name == "dT" || name == "created" })
	case local == "pageSetup": // its printer
		t.drop(func(name string) bool { return name == "id" })
	case local == "absPath":
		t.set("url", "")
	}
	t.set("author", nobody)
	t.set("initials", nobody[:1])
	t.set("userId", nobody)
	t.set("userName", nobody)
	t.set("providerId", "None")
	t.drop(func(name string) bool { return strings.HasPrefix(name, "rsid") }) // when it was typed
	return xmlKeep, nil
}

func errMacros() error { return fault.New(fault.Invalid, "error.media.macros") }

func errOutside() error { return fault.New(fault.Invalid, "error.media.outside") }

func errChanges() error { return fault.New(fault.Invalid, "error.media.changes") }
