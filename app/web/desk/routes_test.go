package desk_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/app/web"
)

// askers are the columns of the table below: every role at the agency of the
// article in question, in the order of account.Roles; then every role at once
// at another agency; somebody whose only role is over; somebody who was
// disabled; and nobody.
const askers = "con rep edi tra rev dsk mng chf sec spk inv roy aud adm  oth exp dis out"

// expected says what each of them is answered. A row that opens is one whose
// answer is neither 303 (to the sign-in page), 401 nor 403; 404, 409 and 422
// mean that the room behind was asked and had its own reason. Requests are
// made so that they change nothing: nobody's account, an empty form, a text
// that is there already, a verb that the draft's state forbids.
var expected = map[string]string{
	//                                                con rep edi tra rev dsk mng chf sec spk inv roy aud adm  oth exp dis out
	"GET /sign-in":                                        "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 200 200 200",
	"POST /sign-in":                                       "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 422 422 422",
	"GET /first/:token":                                   "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"POST /first/:token":                                  "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"GET /ticket/:token":                                  "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"POST /ticket/:token":                                 "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"GET /-/assets/:hash/:name":                           "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 200 200 200",
	"GET /-/accent/:colours":                              "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"GET /-/emblem/:name":                                 "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"GET /":                                               "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /live":                                           "204 204 204 204 204 204 204 204 204 204 204 204 204 204  204 403 303 303",
	"GET /account":                                        "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /account/locale":                                "303 303 303 303 303 303 303 303 303 303 303 303 303 303  303 403 401 401",
	"POST /account/password":                              "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 403 401 401",
	"POST /account/sessions/others":                       "303 303 303 303 303 303 303 303 303 303 303 303 303 303  303 403 401 401",
	"POST /account/sessions/:id/revoke":                   "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"POST /sign-in/code":                                  "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 409 409 409",
	"POST /sign-in/passkey":                               "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 409 409 409",
	"POST /sign-in/passkey/challenge":                     "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 200 200 200",
	"GET /sign-in/issuer":                                 "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"GET /sign-in/issuer/return":                          "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 409 409 409",
	"GET /account/tokens":                                 "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /account/tokens":                                "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 403 401 401",
	"POST /account/tokens/:id/revoke":                     "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"GET /account/notices":                                "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /account/notices":                               "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 403 401 401",
	"GET /notices":                                        "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /notices/read":                                  "303 303 303 303 303 303 303 303 303 303 303 303 303 303  303 403 401 401",
	"GET /notices/:id":                                    "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 303 303",
	"GET /account/absence":                                "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /account/absence":                               "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 403 401 401",
	"POST /account/absence/:id/end":                       "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"GET /account/security":                               "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /account/security/app":                          "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 401 401",
	"POST /account/security/app/finish":                   "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 403 401 401",
	"POST /account/security/app/remove":                   "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"POST /account/security/codes":                        "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 403 401 401",
	"POST /account/security/issuer/remove":                "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"POST /account/security/passkeys":                     "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 403 401 401",
	"POST /account/security/passkeys/challenge":           "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 401 401",
	"POST /account/security/passkeys/:id":                 "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"POST /account/security/passkeys/:id/remove":          "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 401 401",
	"GET /proof":                                          "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"POST /proof":                                         "422 422 422 422 422 422 422 422 422 422 422 422 422 422  422 403 401 401",
	"POST /proof/challenge":                               "409 409 409 409 409 409 409 409 409 409 409 409 409 409  409 403 401 401",
	"GET /help":                                           "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /help/:slug":                                     "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /handbook":                                       "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /handbook/:slug":                                 "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /media/:hash/:name":                              "404 200 200 200 200 200 200 200 200 200 200 200 200 404  404 403 401 401",
	"GET /p/:token":                                       "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 404 404 404",
	"POST /editions/:item/:lang/comments":                 "404 422 422 422 422 422 422 422 422 422 422 422 422 403  404 403 401 401",
	"POST /editions/:item/:lang/comments/:number":         "404 422 422 422 422 422 422 422 422 422 422 422 422 403  404 403 401 401",
	"POST /editions/:item/:lang/comments/:number/delete":  "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"POST /editions/:item/:lang/comments/:number/resolve": "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"POST /editions/:item/:lang/comments/:number/reopen":  "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"GET /editions/:item/:lang/outlets":                   "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"POST /editions/:item/:lang/outlets/:outlet":          "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"GET /editions/:item/:lang/as-read":                   "403 200 200 200 200 200 200 200 200 200 200 403 200 403  404 403 303 303",
	"GET /editions/:item/:lang/as-read/page":              "403 400 400 400 400 400 400 400 400 400 400 403 400 403  400 403 303 303",
	"GET /editions/:item/:lang/replies":                   "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"POST /editions/:item/:lang/replies":                  "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"GET /editions/:item/:lang/preview-links":             "403 403 200 403 403 200 200 200 403 403 403 403 403 403  404 403 303 303",
	"POST /editions/:item/:lang/preview-links":            "403 403 422 403 403 422 422 422 403 403 403 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/preview-links/:id/revoke": "403 403 404 403 403 404 404 404 403 403 403 403 403 403  404 403 401 401",
	"GET /editions":                                       "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"GET /find":                                           "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"POST /editions/bulk":                                 "400 400 400 400 400 400 400 400 400 400 400 400 400 403  400 403 401 401",
	"POST /editions/saved":                                "303 303 303 303 303 303 303 303 303 303 303 303 303 403  303 403 401 401",
	"POST /editions/saved/:id/forget":                     "303 303 303 303 303 303 303 303 303 303 303 303 303 403  303 403 401 401",
	"POST /editions/:item/:lang/plan":                     "404 303 303 303 303 303 303 303 403 303 303 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/clock":                    "404 422 422 422 422 422 422 422 403 422 422 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/clock/stop":               "404 303 303 303 303 303 303 303 403 303 303 403 403 403  404 403 401 401",
	"GET /board":                                          "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"GET /translations":                                   "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"GET /calendar":                                       "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"POST /calendar/move":                                 "400 400 400 400 400 400 400 400 400 400 400 400 400 403  400 403 401 401",
	"GET /new":                                            "200 200 200 403 403 403 403 403 403 200 200 403 403 403  200 403 303 303",
	"POST /new":                                           "422 422 422 403 403 403 403 403 403 422 422 403 403 403  403 403 401 401",
	"GET /editions/:item/set":                             "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"POST /editions/:item/set":                            "403 403 403 403 403 403 409 409 403 403 403 403 403 403  404 403 401 401",
	"GET /editions/:item/:lang":                           "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"POST /editions/:item/:lang":                          "404 403 303 403 403 403 403 403 403 403 403 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/autosave":                 "404 403 200 403 403 403 403 403 403 403 403 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/attend":                   "404 400 400 400 400 400 400 400 400 400 400 400 400 403  404 403 401 401",
	"POST /editions/:item/:lang/discard":                  "303 303 303 303 303 303 303 303 303 303 303 303 303 403  303 403 401 401",
	"POST /editions/:item/:lang/do":                       "404 403 403 403 403 403 403 409 403 403 403 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/translate":                "403 403 409 409 403 403 403 403 403 403 403 403 403 403  404 403 401 401",
	"POST /editions/:item/:lang/findings":                 "403 404 404 404 404 404 404 404 403 404 404 403 403 403  404 403 401 401",
	"GET /editions/:item/:lang/side":                      "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 303 303", // an original
	"POST /editions/:item/:lang/side":                     "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"POST /editions/:item/:lang/hints":                    "404 404 404 404 404 404 404 404 404 404 404 404 404 403  404 403 401 401",
	"GET /editions/:item/:lang/history":                   "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"POST /editions/:item/:lang/restore/:number":          "404 403 303 403 403 403 403 403 403 403 403 403 403 403  404 403 401 401",
	"GET /editions/:item/:lang/revisions/:number":         "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"GET /editions/:item/:lang/preview/:outlet":           "404 200 200 200 200 200 200 200 200 200 200 200 200 403  404 403 303 303",
	"GET /terms":                                          "200 200 200 200 200 200 200 200 200 200 200 200 200 200  200 403 303 303",
	"GET /terms/export/:format":                           "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 303 303",
	"GET /terms/new":                                      "403 403 403 200 200 403 200 200 403 403 403 403 403 200  200 403 303 303",
	"POST /terms/new":                                     "403 403 403 422 422 403 422 422 403 403 403 403 403 422  403 403 401 401",
	"GET /terms/import":                                   "403 403 403 200 200 403 200 200 403 403 403 403 403 200  200 403 303 303",
	"POST /terms/import":                                  "403 403 403 422 422 403 422 422 403 403 403 403 403 422  422 403 401 401",
	"POST /terms/import/glossary":                         "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"POST /terms/import/accept":                           "403 403 403 404 404 403 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /terms/import/drop":                             "403 403 403 303 303 403 303 303 403 403 403 403 403 303  303 403 401 401",
	"GET /terms/:id":                                      "404 404 404 404 404 404 404 404 404 404 404 404 404 404  404 403 303 303",
	"POST /terms/:id":                                     "403 403 403 404 404 403 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /terms/:id/end":                                 "403 403 403 404 404 403 404 404 403 403 403 403 403 404  404 403 401 401",
	"GET /letters":                                        "403 403 200 403 403 200 200 200 403 403 403 403 200 403  200 403 303 303",
	"GET /ratings":                                        "403 403 200 403 403 200 200 200 403 403 403 403 200 403  200 403 303 303",
	"GET /ratings/table":                                  "403 403 200 403 403 200 200 200 403 403 403 403 200 403  200 403 303 303",
	"POST /letters/:id/answer":                            "403 403 422 403 403 422 422 422 403 403 403 403 403 403  422 403 401 401",
	"POST /letters/:id/close":                             "403 403 404 403 403 404 404 404 403 403 403 403 403 403  404 403 401 401",
	"GET /audit":                                          "403 403 403 403 403 403 403 403 403 403 403 403 200 403  403 403 303 303",
	"POST /audit/check":                                   "403 403 403 403 403 403 403 403 403 403 403 403 303 403  403 403 401 401",
	"POST /audit/export":                                  "403 403 403 403 403 403 403 403 403 403 403 403 400 403  403 403 401 401",
	"GET /workflows":                                      "403 403 403 403 403 403 403 200 403 403 403 403 403 200  200 403 303 303",
	"GET /workflows/:agency/:code":                        "403 403 403 403 403 403 403 404 403 403 403 403 403 404  404 403 303 303",
	"POST /workflows/:agency/:code":                       "403 403 403 403 403 403 403 404 403 403 403 403 403 404  404 403 401 401",
	"POST /workflows/:agency/:code/prefer":                "403 403 403 403 403 403 403 422 403 403 403 403 403 422  403 403 401 401",
	"POST /workflows/:agency/:code/retire":                "403 403 403 403 403 403 403 422 403 403 403 403 403 422  403 403 401 401",
	"GET /people":                                         "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /people":                                        "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"POST /people/:id/name":                               "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/reset":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/disable":                            "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/enable":                             "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/roles":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/roles/:membership/end":              "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /people/:id/security":                            "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 303 303",
	"POST /people/:id/absence":                            "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/absence/:absence/end":               "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/security/sessions":                  "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/security/forget":                    "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /people/:id/security/tokens/:token/revoke":      "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /services":                                       "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /services":                                      "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"POST /services/:id/tokens":                           "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /services/:id/tokens/:token/revoke":             "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /services/:id/disable":                          "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /services/:id/enable":                           "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /site":                                           "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/names":                                     "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/mail":                                      "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/mail/test":                                "403 403 403 403 403 403 403 403 403 403 403 403 403 409  403 403 401 401",
	"POST /site/mail/retry":                               "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /site/clocks":                                    "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/clocks":                                   "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/agencies":                                  "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/agencies/new":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/agencies/new":                             "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/agencies/:id":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 303 303",
	"POST /site/agencies/:id/name":                        "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/agencies/:id/right":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/agencies/:id/merge":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /labels/:sort":                                   "200 200 200 200 200 200 200 200 200 200 200 200 200 403  200 403 303 303",
	"GET /labels/:sort/new":                               "403 403 403 403 403 200 200 200 403 403 403 403 403 200  200 403 303 303",
	"POST /labels/:sort/new":                              "403 403 403 403 403 422 422 422 403 403 403 403 403 422  422 403 401 401",
	"GET /labels/:sort/:id":                               "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 303 303",
	"POST /labels/:sort/:id/names/:lang":                  "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /labels/:sort/:id/merge":                        "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /labels/:sort/:id/agency":                       "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /labels/:sort/:id/close":                        "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 401 401",
	"POST /labels/:sort/:id/reopen":                       "403 403 403 403 403 404 404 404 403 403 403 403 403 404  404 403 401 401",
	"GET /site/sections":                                  "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/sections/new":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/sections/new":                             "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/sections/:id":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 303 303",
	"POST /site/sections/:id/names/:lang":                 "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/sections/:id/right":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/sections/:id/parent":                      "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/sections/:id/order":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/sections/:id/close":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/sections/:id/reopen":                      "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /site/outlets":                                   "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/outlets/new":                               "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/outlets/new":                              "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/outlets/:id":                               "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 303 303",
	"POST /site/outlets/:id/hosts":                        "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/emblem":                       "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/look":                         "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/languages":                    "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/menus/:lang":                  "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/texts/:lang":                  "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/right":                        "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/outlets/:id/default":                      "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /site/places":                                    "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"GET /site/places/new":                                "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/places/new":                               "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/places/import":                             "403 403 403 403 403 403 403 403 403 403 403 403 403 200  403 403 303 303",
	"POST /site/places/import":                            "403 403 403 403 403 403 403 403 403 403 403 403 403 422  403 403 401 401",
	"GET /site/places/:id":                                "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 303 303",
	"POST /site/places/:id/name":                          "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/places/:id/within":                        "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"POST /site/places/:id/end":                           "403 403 403 403 403 403 403 403 403 403 403 403 403 404  403 403 401 401",
	"GET /editions/:item/:lang/pictures":                  "403 404 404 404 404 404 404 404 404 404 404 403 404 403  404 403 303 303",
	"POST /editions/:item/:lang/pictures":                 "403 404 404 404 404 404 404 404 404 404 404 403 404 403  404 403 401 401",
	"GET /media":                                          "403 200 200 200 200 200 200 200 200 200 200 403 200 403  200 403 303 303",
	"POST /media":                                         "403 422 422 403 403 422 422 422 403 422 422 403 403 403  422 403 401 401",
	"GET /media/:hash":                                    "403 200 200 200 200 200 200 200 200 200 200 403 200 403  404 403 303 303",
	"POST /media/uploads":                                 "403 422 422 403 403 422 422 422 403 422 422 403 403 403  403 403 401 401",
	"GET /media/uploads/:upload":                          "403 404 404 403 403 404 404 404 403 404 404 403 403 403  404 403 303 303",
	"PATCH /media/uploads/:upload":                        "403 404 404 403 403 404 404 404 403 404 404 403 403 403  404 403 401 401",
	"POST /media/uploads/:upload/finish":                  "403 404 404 403 403 404 404 404 403 404 404 403 403 403  404 403 401 401",
	"POST /media/uploads/:upload/stop":                    "403 404 404 403 403 404 404 404 403 404 404 403 403 403  404 403 401 401",
	"POST /media/:hash/words":                             "403 422 422 422 422 422 422 422 403 422 422 403 403 403  404 403 401 401",
	"POST /media/:hash/right":                             "403 404 404 404 404 404 404 404 403 404 404 403 403 403  404 403 401 401",
	"POST /media/:hash/rights":                            "403 409 409 403 403 409 409 409 403 409 409 403 403 403  404 403 401 401",
	"POST /media/:hash/delete":                            "403 403 409 403 403 409 409 409 403 403 403 403 403 403  404 403 401 401",
	"POST /media/:hash/retry":                             "403 409 409 409 409 409 409 409 403 409 409 403 403 403  404 403 401 401",
	"POST /media/:hash/restore":                           "403 403 409 403 403 409 409 409 403 403 403 403 403 403  404 403 401 401",
	"POST /sign-out":                                      "303 303 303 303 303 303 303 303 303 303 303 303 303 303  303 303 303 303",
}

// elsewhere are the roles of the asker of another agency: all that are bound
// to their agency.
var elsewhere = slices.DeleteFunc(slices.Clone(account.Roles), func(r account.Role) bool {
	return r == account.Auditor || r == account.SystemAdministrator
})

func TestEveryRouteIsOpenToTheRightPeopleOnly(t *testing.T) {
	eachWorld(t, func(w *world) {
		author := w.hire(w.portal, account.Reporter)
		content := w.article("Bài của người khác")
		content.Lead.Media = w.picture(author)
		ref := author.write(content)
		who := w.askers()
		routes := w.desk.Routes()
		last := slices.IndexFunc(routes, func(r web.Route) bool { return r.Path == "/sign-out" })
		routes = append(slices.Delete(slices.Clone(routes), last, last+1), routes[last]) // it ends the sessions of the others
		seen := map[string]bool{}
		for _, r := range routes {
			name := r.Method + " " + r.Path
			seen[name] = true
			row, ok := expected[name]
			if !ok {
				t.Errorf("%s is not in the table: say who may", name)
				continue
			}
			for i, want := range strings.Fields(row) {
				column := strings.Fields(askers)[i]
				got := w.ask(who[i], r.Method, w.target(r.Path, ref, content.Lead.Media), content)
				if fmt.Sprint(got.Status) != want {
					t.Errorf("%s for %s: %d, want %s", name, column, got.Status, want)
				}
				if want == "303" && r.Method == http.MethodGet && !strings.HasPrefix(got.Header.Get("Location"), "/sign-in?next=") {
					t.Errorf("%s for %s leads to %q", name, column, got.Header.Get("Location"))
				}
			}
		}
		for name := range expected {
			if !seen[name] {
				t.Errorf("the table has %s, the desk has not", name)
			}
		}
	})
}

// askers answers the people of the table's columns.
func (w *world) askers() []*person {
	w.t.Helper()
	var who []*person
	for _, role := range account.Roles {
		who = append(who, w.hire(w.portal, role))
	}
	who = append(who, w.hire(w.paper, elsewhere...))

	expired := w.hire(w.portal)
	w.must(w.accounts.Program().GrantRole(ctx, expired.actor.ID, w.portal, account.EditorInChief, morning.Add(-48*time.Hour), morning.Add(time.Second)))
	w.clock.Advance(time.Minute)

	disabled := w.hire(w.portal, account.EditorInChief)
	w.must(w.accounts.Program().Disable(ctx, disabled.actor.ID))
	return append(who, expired, disabled, &person{Visitor: w.visitor(), w: w})
}

// picture uploads a picture and answers its hash.
func (w *world) picture(by *person) string {
	w.t.Helper()
	var file bytes.Buffer
	w.must(png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 40, 30))))
	m, err := w.media.Add(ctx, by.actor, w.portal, "cầu.png", &file)
	w.must(err)
	return m.Hash
}

// target fills in a route's address. Only the edition, the picture and the
// pages of help and handbook exist; other identifiers are nobody's.
func (w *world) target(path string, ref newsroom.Ref, picture string) string {
	asset := strings.TrimPrefix(w.desk.Theme.Asset("desk.css"), "/-/assets/")
	hash := picture
	if strings.HasPrefix(path, "/-/assets/") {
		hash, _, _ = strings.Cut(asset, "/")
		return "/-/assets/" + hash + "/desk.css"
	}
	return strings.NewReplacer(
		":agency", w.portal, ":code", "nothing", ":item", ref.Item, ":lang", ref.Lang, ":number", "1", ":outlet", w.portalOutlet, ":hash", hash, ":name", "x.png",
		"handbook/:slug", "handbook/architecture", ":slug", "writing", ":id", "nobody", ":sort", "tags", ":membership", "none", ":token", "unknown", ":upload", "unknown",
	).Replace(path)
}

// ask makes a harmless request with whatever any of the forms could need.
func (w *world) ask(p *person, method, path string, c newsroom.Content) *apptest.Answer {
	w.t.Helper()
	if method == http.MethodGet {
		return p.Get(path)
	}
	form := url.Values{
		"base": {"1"}, "section": {c.Section}, "outlets": c.Outlets, "headline": {c.Headline}, "standfirst": {c.Standfirst},
		"body": {c.Body}, "byline": {c.Byline}, "lead_media": {c.Lead.Media}, "hash": {c.Hash()}, "verb": {"publish"},
		"to": {"vi"}, "locale": {"vi"}, "name": {"Tên"}, "name_vi": {"Tên"}, "hosts": {"example.vn"}, "agency": {w.portal}, "role": {"editor"},
	}
	if path == "/people" || path == "/new" {
		form = url.Values{"agency": {w.portal}, "lang": {"vi"}, "role": {"editor"}}
	}
	if path == "/labels/tags/new" { // one of this name would be set up
		form.Del("name_vi")
	}
	if strings.HasPrefix(path, "/terms/import") { // which would wait to be taken in
		form.Del("agency")
	}
	if strings.HasSuffix(path, "/roles") || strings.HasPrefix(path, "/editions") && strings.HasSuffix(path, "/do") {
		form.Del("to")
		form.Del("headline")
	}
	if p.actor.ID == "" || path == "/sign-in" {
		form.Del("email")
	}
	r := httptest.NewRequest(method, origin+path, strings.NewReader(form.Encode()))
	return p.Do(r, "Content-Type", "application/x-www-form-urlencoded", "X-CSRF-Token", p.csrf())
}

func TestScriptIsToldThatTheSessionIsOver(t *testing.T) {
	w := oneWorld(t)
	for _, r := range w.desk.Routes() {
		if r.Public {
			continue
		}
		request := httptest.NewRequest(r.Method, origin+w.target(r.Path, newsroom.Ref{Item: "x", Lang: "vi"}, "x"), strings.NewReader("{}"))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/json")
		answer := w.visitor().Do(request).Is(http.StatusUnauthorized)
		if kind := answer.Header.Get("Content-Type"); kind != "application/json" {
			t.Errorf("%s %s answers %s", r.Method, r.Path, kind)
		}
	}
}

func TestAForeignSiteCannotSendAForm(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	form := url.Values{"headline": {"Tin giả"}, "agency": {w.portal}, "lang": {"vi"}}
	for name, headers := range map[string][]string{
		"the browser says cross-site": {"Sec-Fetch-Site", "cross-site"},
		"the browser says same-site":  {"Sec-Fetch-Site", "same-site"},
		"another origin":              {"Origin", "https://evil.example"},
		"an opaque origin":            {"Origin", "null"},
		"no token":                    {"X-CSRF-Token", ""},
		"a wrong token":               {"X-CSRF-Token", "0123456789abcdef0123456789abcdef"},
	} {
		p.send("/new", form, headers...).Is(http.StatusForbidden)
		if n := len(p.list()); n != 0 {
			t.Errorf("%s: an article was made", name)
		}
	}
	p.send("/new", form, "Sec-Fetch-Site", "same-origin").Is(http.StatusSeeOther)
}

func (p *person) list() []newsroom.Edition {
	p.w.t.Helper()
	editions, _, err := p.w.newsroom.List(ctx, p.actor, newsroom.Filter{})
	p.w.must(err)
	return editions
}
