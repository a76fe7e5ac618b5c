package apptest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Issuer is an issuer of identities in this process, which knows the newsroom
// as the client "newsroom" with the secret "shared". It signs in whomever Says
// describes, and keeps to OpenID Connect as real ones do.
type Issuer struct {
	*httptest.Server
	// Says are the claims of the next token, besides the usual ones; Forge may
	// change them all, and Key signs in the place of the issuer's own.
	Says  map[string]any
	Forge func(claims map[string]any)
	Key   *rsa.PrivateKey

	key   *rsa.PrivateKey
	mu    sync.Mutex
	codes map[string]url.Values // what was asked for by the code that was given
}

// NewIssuer starts an issuer that lives as long as the test, by a clock.
func NewIssuer(t testing.TB, now func() time.Time) *Issuer {
	t.Helper()
	p := &Issuer{codes: map[string]url.Values{}, key: RSAKey(t)}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"},
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &p.key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) { p.token(w, r, now()) })
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// RSAKey makes a key to sign with.
func RSAKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

// Visit is a browser that was sent here: it answers the state and the code with
// which it is sent back.
func (p *Issuer) Visit(t testing.TB, location string) (state, code string) {
	t.Helper()
	u, err := url.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if !strings.HasPrefix(location, p.URL+"/authorize?") || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" ||
		q.Get("client_id") != "newsroom" || q.Get("nonce") == "" || !strings.Contains(q.Get("scope"), "openid") {
		t.Fatalf("the browser was sent to %s", location)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code = "code-" + q.Get("state")[:8]
	p.codes[code] = q
	return q.Get("state"), code
}

// token trades a code for tokens, once, when the verifier fits.
func (p *Issuer) token(w http.ResponseWriter, r *http.Request, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	id, secret, _ := r.BasicAuth()
	if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") || id != "newsroom" || secret != "shared" ||
		r.FormValue("redirect_uri") != asked.Get("redirect_uri") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]string{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{
		"iss": p.URL, "aud": "newsroom", "nonce": asked.Get("nonce"), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
	}
	for name, value := range p.Says {
		claims[name] = value
	}
	if p.Forge != nil {
		p.Forge(claims)
	}
	key := p.key
	if p.Key != nil {
		key = p.Key
	}
	answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": signed(key, claims)})
}

func signed(key *rsa.PrivateKey, claims map[string]any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	if err != nil {
		panic(err)
	}
	body, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	object, err := signer.Sign(body)
	if err != nil {
		panic(err)
	}
	text, err := object.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return text
}
