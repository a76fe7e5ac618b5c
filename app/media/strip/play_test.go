package strip_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// record makes a film of a second and a half in the browser, as reporters do
// with the camera of a page, "" when it knows no such format.
const record = `(async mime => {
	if (!MediaRecorder.isTypeSupported(mime)) return "";
	const canvas = document.createElement("canvas");
	canvas.width = 160; canvas.height = 120;
	const pen = canvas.getContext("2d"), audio = new AudioContext(), tone = audio.createOscillator(), speaker = audio.createMediaStreamDestination();
	tone.connect(speaker); tone.start(); await audio.resume();
	const tracks = mime.startsWith("audio") ? speaker.stream.getTracks() : [...canvas.captureStream(25).getTracks(), ...speaker.stream.getTracks()];
	const parts = [], recorder = new MediaRecorder(new MediaStream(tracks), {mimeType: mime});
	recorder.ondataavailable = e => parts.push(e.data);
	const stopped = new Promise(done => recorder.onstop = done);
	recorder.start(200);
	for (let i = 0; i < 15; i++) {
		pen.fillStyle = "rgb(" + i * 15 + ",80,200)"; pen.fillRect(0, 0, 160, 120);
		await new Promise(done => setTimeout(done, 100));
	}
	recorder.stop(); await stopped;
	const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
	let text = "";
	for (const b of bytes) text += String.fromCharCode(b);
	return btoa(text);
})(%q)`

// play shows a film to its end and says how it went.
const play = `(async (mime, data) => {
	const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
	const film = document.createElement(mime.startsWith("audio") ? "audio" : "video");
	film.muted = true;
	const over = new Promise((done, fail) => { film.onended = done; film.onerror = () => fail(film.error.message); });
	film.src = URL.createObjectURL(new Blob([bytes], {type: mime}));
	await film.play(); await over;
	return {Width: film.videoWidth || 0, Height: film.videoHeight || 0, Seconds: film.currentTime};
})(%q, %q)`

// asPerson runs a script as if a person had pressed something, without which
// browsers make no sound.
func asPerson(p *runtime.EvaluateParams) {
	yes := true
	p.AwaitPromise, p.UserGesture = &yes, &yes
}

type played struct {
	Width, Height int
	Seconds       float64
}

// What is kept of a film that a browser recorded is what a browser plays.
func TestWhatIsKeptPlays(t *testing.T) {
	tab, cancel := context.WithTimeout(apptest.Browser(t), time.Minute)
	defer cancel()
	films := 0
	for _, mime := range []string{"video/webm;codecs=vp8,opus", "audio/webm;codecs=opus", "video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/mp4;codecs=vp9,opus"} {
		coded, err := chromedp.Run(tab, chromedp.Evaluate[string](fmt.Sprintf(record, mime), asPerson))
		if err != nil {
			t.Fatalf("%s: %v", mime, err)
		}
		film, err := base64.StdEncoding.DecodeString(coded)
		if err != nil {
			t.Fatal(err)
		}
		if len(film) == 0 {
			continue
		}
		films++
		k, out := kept(t, film)
		if kind, _, _ := strings.Cut(mime, ";"); k.Type != kind {
			t.Errorf("%s is kept as %s", mime, k.Type)
		}
		if bytes.Contains(out, []byte("Chrome")) {
			t.Errorf("%s: the browser is still told", mime)
		}
		got, err := chromedp.Run(tab, chromedp.Evaluate[played](fmt.Sprintf(play, k.Type, base64.StdEncoding.EncodeToString(out)), asPerson))
		if err != nil {
			t.Errorf("%s: %v", mime, err)
		}
		if got.Seconds < 1 || got.Width != k.Width || got.Height != k.Height || k.Seconds < 1 || k.Seconds > 3 {
			t.Errorf("%s: it plays as %+v, and is kept as %s of %d × %d, %d s", mime, got, k.Type, k.Width, k.Height, k.Seconds)
		}
	}
	if films == 0 {
		t.Error("the browser recorded nothing")
	}
}
