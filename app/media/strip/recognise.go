package strip

import (
	"bytes"
	"slices"
)

// format is one that is kept.
type format struct {
	kind      Kind
	mime      string
	extension string
	matches   func(head []byte) bool
	strip     func(*source, *Kept) error
}

// formats are a function, because documents hold pictures, which are recognised
// by them too.
func formats() []format {
	return []format{
		{Picture, "image/jpeg", ".jpg", begins("\xff\xd8\xff"), stripJPEG},
		{Picture, "image/png", ".png", begins(pngMagic), stripPNG},
		{Picture, "image/gif", ".gif", begins("GIF87a", "GIF89a"), stripGIF},
		{Picture, "image/webp", ".webp", isRIFF("WEBP"), stripWebP},
		{Audio, "audio/wav", ".wav", isRIFF("WAVE"), stripWAV},
		{Audio, "audio/ogg", ".ogg", begins("OggS"), stripOgg},
		{Audio, "audio/mpeg", ".mp3", isMP3, stripMP3},
		{Audio, "audio/mp4", ".m4a", isBox("M4A ", "M4B "), stripMP4},
		{Video, "video/mp4", ".mp4", isBox("isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "f4v "), stripMP4},
		{Video, "video/webm", ".webm", isEBML("webm"), stripWebM},
		{Document, "application/pdf", ".pdf", begins("%PDF-"), stripPDF},
		{Document, packed, ".zip", begins("PK\x03\x04"), stripOffice}, // of which kind is said inside
		{Document, "application/x-ole-storage", "", begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), refuseOldOffice},
	}
}

// others are recognised so that the person is told what to do about them.
var others = []struct {
	name    string
	matches func(head []byte) bool
	refuse  func(name string) error
}{
	{"HEIC", isBox("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"), errPicture},
	{"AVIF", isBox("avif", "avis"), errPicture},
	{"TIFF", begins("II*\x00", "MM\x00*", "II+\x00", "MM\x00+"), errPicture},
	{"JPEG XL", begins("\xff\x0a", "\x00\x00\x00\x0cJXL "), errPicture},
	{"JPEG 2000", begins("\x00\x00\x00\x0cjP  ", "\xff\x4f\xff\x51"), errPicture},
	{"Photoshop", begins("8BPS"), errPicture},
	{"SVG", isMarkup("<svg"), errPicture},
	{"FLAC", begins("fLaC"), errSound},
	{"AIFF", isFORM, errSound},
	{"AMR", begins("#!AMR"), errSound},
	{"AAC", begins("\xff\xf1", "\xff\xf9"), errSound},
	{"MIDI", begins("MThd"), errSound},
	{"QuickTime (MOV)", isBox("qt  "), errFilm},
	{"3GP", isBox("3gp1", "3gp2", "3gp3", "3gp4", "3gp5", "3gp6", "3g2a", "3g2b"), errFilm},
	{"Matroska (MKV)", isEBML("matroska"), errFilm},
	{"AVI", isRIFF("AVI "), errFilm},
	{"Windows Media", begins("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), errFilm},
	{"Flash", begins("FLV\x01", "FWS", "CWS"), errFilm},
	{"MPEG", begins("\x00\x00\x01\xba", "\x00\x00\x01\xb3"), errFilm},
	{"RTF", begins(`{\rtf`), errText},
	{"PostScript", begins("%!PS"), errText},
	{"ZIP", begins("PK\x05\x06", "PK\x07\x08"), errArchive},
	{"7z", begins("7z\xbc\xaf\x27\x1c"), errArchive},
	{"RAR", begins("Rar!\x1a\x07"), errArchive},
	{"gzip", begins("\x1f\x8b"), errArchive},
	{"bzip2", begins("BZh"), errArchive},
	{"xz", begins("\xfd7zXZ\x00"), errArchive},
	{"zstd", begins("\x28\xb5\x2f\xfd"), errArchive},
	{"tar", isTar, errArchive},
	{"Windows program", begins("MZ"), errProgram},
	{"Linux program", begins("\x7fELF"), errProgram},
	{"Mac program", begins("\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "\xca\xfe\xba\xbe"), errProgram},
	{"WebAssembly", begins("\x00asm"), errProgram},
	{"shortcut", begins("L\x00\x00\x00\x01\x14\x02\x00"), errProgram},
	{"script", begins("#!"), errProgram},
	{"HTML", isMarkup("<html", "<!doctype html", "<script", "<body", "<iframe"), errProgram},
	{"BMP", begins("BM"), errPicture},
}

// HeadSize is how much of a file is enough to tell any format: two frames of MP3
// are the longest.
const HeadSize = 4096

func recognise(s *source) (format, error) {
	head, err := s.at(0, min(HeadSize, s.size))
	if err != nil {
		return format{}, err
	}
	for _, f := range formats() {
		if f.matches(head) {
			return f, nil
		}
	}
	for _, o := range others {
		if o.matches(head) {
			return format{}, o.refuse(o.name)
		}
	}
	return format{}, errNothingKnown()
}

func begins(magics ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(magics, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
	}
}

func isRIFF(form string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == form
	}
}

func isFORM(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "FORM" && string(head[8:11]) == "AIF"
}

// isBox tells the formats that are built like MP4, by their first brand.
func isBox(brands ...string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains(brands, string(head[8:12]))
	}
}

// isEBML tells the formats that are built like Matroska, by the type they give
// themselves in their first element.
func isEBML(doctype string) func([]byte) bool {
	return func(head []byte) bool {
		_, named, ok := bytes.Cut(head[:min(len(head), 64)], []byte{0x42, 0x82})
		return ok && bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")) && bytes.Contains(named, []byte(doctype))
	}
}

func isTar(head []byte) bool {
	return len(head) >= 262 && string(head[257:262]) == "ustar"
}

// isMarkup tells text with one of these marks near its beginning.
func isMarkup(marks ...string) func([]byte) bool {
	return func(head []byte) bool {
		start := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 1024)], "\xef\xbb\xbf \t\r\n"))
		return bytes.HasPrefix(start, []byte("<")) &&
			slices.ContainsFunc(marks, func(m string) bool { return bytes.Contains(start, []byte(m)) })
	}
}
