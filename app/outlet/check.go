package outlet

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
)

// Limits, in characters where they are about text.
const (
	MaxText  = 500
	MaxHosts = 20
	maxHost  = 253 // RFC 1035
)

var (
	codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}$`)
	hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)
)

// field names the form field of a part of the texts.
type field func(part string) string

func formFields(part string) string { return part }

// setupFields names the fields where all languages are given at once.
func setupFields(lang string) field { return func(part string) string { return part + "_" + lang } }

// check tidies a new outlet and refuses what cannot be.
func check(o Outlet) (Outlet, error) {
	var form fault.Form
	if !codeForm.MatchString(o.Code) {
		form.Refuse("code", "error.code")
	}
	if !codeForm.MatchString(o.Theme) {
		form.Refuse("theme", "error.code")
	}
	o.Hosts = checkHosts(&form, o.Hosts)
	if len(o.Languages) == 0 {
		form.Refuse("languages", "error.required")
	}
	texts := map[string]release.OutletText{}
	for i, lang := range o.Languages {
		if !release.IsLanguage(lang) || slices.Contains(o.Languages[:i], lang) {
			form.Refuse("languages", "error.language.unknown")
		}
		texts[lang] = checkText(&form, o.Texts[lang], setupFields(lang))
	}
	o.Texts = texts // what is said in other languages comes when they are offered
	return o, form.Err()
}

// checkHosts tidies host names and refuses what is none.
func checkHosts(form *fault.Form, hosts []string) []string {
	var tidy []string
	for _, host := range hosts {
		host = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(host), "."))
		if len(host) > maxHost || !hostForm.MatchString(host) {
			form.Refuse("hosts", "error.outlet.host", "Host", clip(host))
		}
		if !slices.Contains(tidy, host) {
			tidy = append(tidy, host)
		}
	}
	if len(tidy) == 0 {
		form.Refuse("hosts", "error.required")
	}
	if len(tidy) > MaxHosts {
		form.Refuse("hosts", "error.outlet.hosts_many", "Max", MaxHosts)
	}
	return tidy
}

// clip shortens what is quoted in a message.
func clip(s string) string {
	const most = 60
	runes := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// refuseTaken refuses host names that another outlet has.
func refuseTaken(form *fault.Form, hosts []string, others []Outlet) {
	for _, other := range others {
		for _, host := range hosts {
			if slices.Contains(other.Hosts, host) {
				form.Refuse("hosts", "error.outlet.host_taken", "Host", host)
			}
		}
	}
}

// checkText tidies the texts of one language and refuses what cannot be.
func checkText(form *fault.Form, t release.OutletText, in field) release.OutletText {
	for part, s := range map[string]*string{
		"name": &t.Name, "tagline": &t.Tagline, "unit": &t.Unit, "governing": &t.Governing, "responsible": &t.Responsible,
		"address": &t.Address, "phone": &t.Phone, "email": &t.Email, "licence": &t.Licence, "licence_on": &t.LicenceOn, "licence_by": &t.LicenceBy,
	} {
		*s = vietnamese.Line(form, in(part), *s, MaxText)
	}
	if t.Name == "" {
		form.Refuse(in("name"), "error.required")
	}
	if _, err := time.Parse(time.DateOnly, t.LicenceOn); t.LicenceOn != "" && err != nil {
		form.Refuse(in("licence_on"), "error.bad_date")
	}
	if a, err := mail.ParseAddress(t.Email); t.Email != "" && (err != nil || a.Address != t.Email) {
		form.Refuse(in("email"), "error.bad_email")
	}
	return t
}
