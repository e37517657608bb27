package event

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxName is the portal's longest name, counted in UTF-16 units like Windows does.
const maxName = 255

// CleanName makes a name fit for the portal, which refuses control characters, lone
// surrogates and more than 255 characters: what it would refuse becomes U+FFFD or is cut.
// A failed sign-in carries whatever a stranger typed, and must still be reported.
func CleanName(name string) string {
	name = trim(strings.ToValidUTF8(name, "\uFFFD"))
	var b strings.Builder
	units := 0
	for _, r := range name {
		if unicode.IsControl(r) {
			r = utf8.RuneError
		}
		n := 1
		if r1, _ := utf16.EncodeRune(r); r1 != utf8.RuneError {
			n = 2
		}
		if units+n > maxName {
			break
		}
		units += n
		b.WriteRune(r)
	}
	return trim(b.String())
}

// trim takes off what the portal does at both ends before it looks for a name: white space
// and byte-order marks.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' })
}

// Naming says how user names are written: plain (`anna`, like the original agent) or
// with the domain (`CONTOSO\anna`).
type Naming struct {
	WithDomain bool
}

// Name joins user and domain. A domain of "-" or nothing is left out.
func (n Naming) Name(domain, user string) string {
	user, domain = trim(user), trim(domain)
	if !n.WithDomain || domain == "" || domain == "-" || strings.ContainsRune(user, '\\') {
		return CleanName(user)
	}
	return CleanName(domain + `\` + user)
}

// IsServiceAccount tells whether a name belongs to Windows itself rather than a person:
// machine accounts (ending in $), DWM-n, UMFD-n, the built-in service accounts, defaultuser0
// and the like, which sets a new computer up, and Application Guard's account.
func IsServiceAccount(user string) bool {
	u := strings.ToUpper(trim(user))
	if i := strings.LastIndexByte(u, '\\'); i >= 0 {
		u = u[i+1:]
	}
	switch u {
	case "ANONYMOUS LOGON", "SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "LOCALSERVICE", "NETWORKSERVICE", "WDAGUTILITYACCOUNT":
		return true
	}
	return strings.HasSuffix(u, "$") || isNumbered(u, "DWM-") || isNumbered(u, "UMFD-") || isNumbered(u, "DEFAULTUSER")
}

// IsServiceSID recognises the same accounts by their security identifier, whose form
// does not change with the language of Windows.
func IsServiceSID(sid string) bool {
	switch sid {
	case "S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7":
		return true
	}
	return strings.HasPrefix(sid, "S-1-5-90-") || strings.HasPrefix(sid, "S-1-5-96-")
}

func isNumbered(s, prefix string) bool {
	rest := strings.TrimPrefix(s, prefix)
	if rest == s || rest == "" {
		return false
	}
	return strings.Trim(rest, "0123456789") == ""
}
