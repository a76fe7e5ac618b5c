package strip

import "testing"

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Add([]byte("MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, tiff []byte) {
		o := orientation(tiff)
		if o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
		if again := orientation(turned(o)); again != o {
			t.Errorf("orientation %d is written as %d", o, again)
		}
	})
}
