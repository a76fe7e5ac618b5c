package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// The cookies: the session, the state with which somebody comes back from an
// issuer of identities, and the token of a browser that is known. Under https
// they carry the __Host- prefix, with which browsers refuse to take them from
// anybody but this very host.
const (
	sessionCookie = "session"
	tripCookie    = "sign-in-trip"
	deviceCookie  = "device"
	securePrefix  = "__Host-"
)

const (
	actorKey = "actor"
	tokenKey = "token"
	httpsKey = "https"
)

// Resolve finds who a session token belongs to.
type Resolve func(ctx context.Context, token, address string) (account.Actor, account.Session, error)

// Authenticate finds out who asks. A session that is over counts as none; it
// is the route table that sends people to sign in.
func Authenticate(resolve Resolve) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if token := SessionToken(c); token != "" {
			actor, _, err := resolve(Context(c), token, Address(c))
			switch {
			case err == nil:
				actor.Address = Address(c)
				c.Locals(actorKey, actor)
			case fault.KindOf(err) != fault.SignedOut:
				return err
			}
		}
		return c.Next()
	}
}

// Actor is who asks; the zero Actor when nobody is signed in.
func Actor(c *fiber.Ctx) account.Actor {
	actor, _ := c.Locals(actorKey).(account.Actor) // absent means nobody
	return actor
}

// isSecure says whether the browser came by https: by the settings, or by what
// a trusted proxy says.
func isSecure(c *fiber.Ctx) bool { return c.Locals(httpsKey) != nil || c.Protocol() == "https" }

// SessionToken is the token that the browser sent, or was given by this very
// answer; "" for none.
func SessionToken(c *fiber.Ctx) string {
	if token, given := c.Locals(tokenKey).(string); given {
		return token
	}
	return cookie(c, sessionCookie)
}

// Enter gives the browser the token of a session that has just begun, and goes
// on as if it had come with the request.
func Enter(c *fiber.Ctx, token string, actor account.Actor) {
	setCookie(c, sessionCookie, token, time.Time{})
	c.Locals(tokenKey, token)
	c.Locals(actorKey, actor)
}

// ClearSession takes the token away.
func ClearSession(c *fiber.Ctx) { setCookie(c, sessionCookie, "", time.Unix(1, 0)) }

// SetTrip remembers in the browser that it was sent to an issuer of identities,
// so that nobody can make it come back from a trip that another one began.
func SetTrip(c *fiber.Ctx, state string) { setCookie(c, tripCookie, state, time.Time{}) }

// EndTrip answers what SetTrip remembered, once.
func EndTrip(c *fiber.Ctx) string {
	state := cookie(c, tripCookie)
	setCookie(c, tripCookie, "", time.Unix(1, 0))
	return state
}

// DeviceToken is the token by which the browser is known, "" for none.
func DeviceToken(c *fiber.Ctx) string { return cookie(c, deviceCookie) }

// KeepDevice gives the browser the token by which it is known, which outlives
// the session.
func KeepDevice(c *fiber.Ctx, token string) {
	setCookie(c, deviceCookie, token, time.Now().Add(account.DeviceLife))
}

func cookieName(c *fiber.Ctx, name string) string {
	if isSecure(c) {
		return securePrefix + name
	}
	return name
}

func cookie(c *fiber.Ctx, name string) string { return strings.Clone(c.Cookies(cookieName(c, name))) }

func setCookie(c *fiber.Ctx, name, value string, expires time.Time) {
	c.Cookie(&fiber.Cookie{
		Name: cookieName(c, name), Value: value, Path: "/", HTTPOnly: true, Secure: isSecure(c),
		SameSite: fiber.CookieSameSiteLaxMode, Expires: expires, SessionOnly: expires.IsZero(),
	})
}

// CSRFToken is what a form of this session must send back. It says nothing of
// the session's own token.
func CSRFToken(c *fiber.Ctx) string {
	token := SessionToken(c)
	if token == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("csrf"))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// SameOrigin refuses requests that change something and that another site
// made the browser send: by what the browser says of the request's origin,
// and, for those who are signed in, by the token in the form.
func SameOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	if !FromHere(c) {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	if want := CSRFToken(c); want != "" && Actor(c).ID != "" {
		got, err := sentToken(c)
		if err != nil {
			return err
		}
		if !hmac.Equal([]byte(got), []byte(want)) {
			return fault.New(fault.Forbidden, "error.forbidden.title")
		}
	}
	return c.Next()
}

// sentToken is the token that script sends in a header and a page in its form.
func sentToken(c *fiber.Ctx) (string, error) {
	if token := strings.Clone(c.Get("X-CSRF-Token")); token != "" {
		return token, nil
	}
	form, err := ReadForm(c) // and not FormValue, which takes any form apart
	if err != nil {
		return "", err
	}
	return form.Secret("csrf"), nil
}

// FromHere says whether this site's own page sent a request, as far as the
// browser tells: the check of the standard library's CrossOriginProtection.
func FromHere(c *fiber.Ctx) bool {
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
	default:
		return false
	}
	origin := strings.Clone(c.Get(fiber.HeaderOrigin))
	if origin == "" {
		return true // not a browser: no cookie is sent against a person's will
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == string(c.Request().Host())
}
