package strip

import (
	"bytes"
	"image"
	"io"
)

// measure reads the dimensions of a picture without allocating for them.
func measure(data []byte, k *Kept, config func(io.Reader) (image.Config, error)) error {
	c, err := config(bytes.NewReader(data))
	if err != nil {
		return damaged(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return damaged(nil)
	}
	k.Width, k.Height = c.Width, c.Height
	return nil
}
