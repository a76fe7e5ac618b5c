package strip

import (
	"path"
	"slices"
	"strings"
)

// odfRules clean documents of LibreOffice and others that keep to OpenDocument.
type odfRules struct{}

// noMeta stands where a document says who made it.
const noMeta = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
	`<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>`

// odfDropped are the beginnings of the names of parts that show the document as
// it was, or hold what a program keeps for itself.
var odfDropped = []string{"Thumbnails/", "Configurations2/", "META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml", "layout-cache", "manifest.rdf", "Versions/", "VersionList.xml"}

func (odfRules) drops(name string) bool {
	return slices.ContainsFunc(odfDropped, func(d string) bool { return strings.HasPrefix(name, d) })
}

func (odfRules) refuses(name string) error {
	if strings.HasPrefix(name, "Basic/") || strings.HasPrefix(name, "Scripts/") || strings.HasPrefix(name, "Dialogs/") {
		return errMacros()
	}
	return nil
}

func (r odfRules) xml(name string, data []byte) ([]byte, error) {
	if path.Base(name) == "meta.xml" {
		return []byte(noMeta), nil
	}
	out, _, err := editXML(data, r.element)
	return out, err
}

func (r odfRules) element(t *xmlTag) (xmlFate, error) {
	switch t.name {
	case "manifest:file-entry":
		if full := t.get("full-path"); r.drops(full) || full == "Thumbnails" || full == "Configurations2" {
			return xmlDrop, nil
		}
	case "manifest:encryption-data":
		return xmlKeep, errLocked()
	case "script:event-listener", "office:script":
		return xmlKeep, errMacros()
	case "office:dde-source", "text:dde-connection-decl":
		return xmlKeep, errOutside()
	case "text:tracked-changes", "table:tracked-changes":
		if !t.empty {
			return xmlKeep, errChanges()
		}
	case "dc:creator", "meta:creator-initials", "loext:sender-initials": // of comments
		return xmlNobody, nil
	case "dc:date":
		return xmlDrop, nil
	case "config:config-item":
		if strings.HasPrefix(t.get("name"), "Printer") {
			return xmlDrop, nil
		}
	}
	if link := t.get("href"); leadsOut(link) && (t.local() != "a" || !isWeb(link)) {
		return xmlKeep, errOutside()
	}
	t.drop(func(name string) bool { return name == "rsid" || name == "paragraph-rsid" })
	return xmlKeep, nil
}

// leadsOut tells links that do not stay in the document.
func leadsOut(link string) bool {
	return strings.Contains(link, ":") || strings.HasPrefix(link, "/") || strings.HasPrefix(link, "..")
}
