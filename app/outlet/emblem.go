package outlet

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image/png"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Limits of an emblem. It stands on every page, so it is small; it is shown at
// 64 pixels, and sharp on screens of four times as many.
const (
	MaxEmblem     = 48 << 10 // bytes
	minEmblemSide = 64       // pixels
	maxEmblemSide = 512
)

// SetEmblem gives an outlet the sign that stands before its name, a PNG, or
// with nothing its theme's again. What else the file holds (times, places, programs) is
// left out. It is kept with the outlet and not in the library: it is no
// picture that a story is illustrated with.
func (r *Room) SetEmblem(ctx context.Context, actor account.Actor, id string, picture []byte) error {
	emblem, refusal := checkEmblem(picture)
	return r.set(ctx, actor, id, "outlet.emblem", refusal, func(_ *store.Tx, o *Outlet, _ []Outlet) (map[string]string, error) {
		if bytes.Equal(o.Emblem, emblem) {
			return nil, nil
		}
		detail := changed("emblem", emblemName(o.Emblem), emblemName(emblem))
		o.Emblem = emblem
		return detail, nil
	})
}

// checkEmblem reads a picture and writes it again, which leaves nothing but the picture.
func checkEmblem(picture []byte) ([]byte, error) {
	if len(picture) == 0 {
		return nil, nil
	}
	var form fault.Form
	if len(picture) > MaxEmblem {
		form.Refuse("emblem", "error.emblem.large", "Max", MaxEmblem>>10)
		return nil, form.Err()
	}
	size, err := png.DecodeConfig(bytes.NewReader(picture)) // before any of it is unpacked
	switch {
	case err != nil:
		form.Refuse("emblem", "error.emblem.format")
	case min(size.Width, size.Height) < minEmblemSide, max(size.Width, size.Height) > maxEmblemSide:
		form.Refuse("emblem", "error.emblem.size", "Min", minEmblemSide, "Max", maxEmblemSide)
	case 2*size.Width > 3*size.Height, 2*size.Height > 3*size.Width:
		form.Refuse("emblem", "error.emblem.shape")
	}
	if err := form.Err(); err != nil {
		return nil, err
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		form.Refuse("emblem", "error.emblem.format")
		return nil, form.Err()
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn); err != nil {
		return nil, err
	}
	if out.Len() > MaxEmblem {
		form.Refuse("emblem", "error.emblem.large", "Max", MaxEmblem>>10)
	}
	return out.Bytes(), form.Err()
}

// emblemName is the file name of an emblem; it says all there is in it, so that
// it can be kept for ever.
func emblemName(picture []byte) string {
	if len(picture) == 0 {
		return ""
	}
	sum := sha256.Sum256(picture)
	return hex.EncodeToString(sum[:8]) + ".png"
}

// emblemOf is an emblem as readers have it.
func emblemOf(picture []byte) *release.Emblem {
	size, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil { // there is none: what is kept was written by checkEmblem
		return nil
	}
	return &release.Emblem{Name: emblemName(picture), PNG: picture, Width: size.Width, Height: size.Height}
}
