package strip

import "doingoai/app/fault"

func damaged(cause error) error {
	return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.media.damaged"), Cause: cause}
}

func errTooLarge() error {
	return fault.New(fault.TooLarge, "error.media.file_too_large", "Max", maxHeld>>20)
}

// The refusals of formats each say what to save the file as instead.

func errPicture(format string) error {
	return fault.New(fault.Invalid, "error.media.format", "Format", format)
}

func errSound(format string) error {
	return fault.New(fault.Invalid, "error.media.sound_format", "Format", format)
}

func errFilm(format string) error {
	return fault.New(fault.Invalid, "error.media.film_format", "Format", format)
}

func errText(format string) error {
	return fault.New(fault.Invalid, "error.media.document_format", "Format", format)
}

func errArchive(string) error { return fault.New(fault.Invalid, "error.media.archive") }

func errProgram(string) error { return fault.New(fault.Invalid, "error.media.program") }

func errNothingKnown() error { return fault.New(fault.Invalid, "error.media.unknown_format") }

// errLocked refuses what only a password opens.
func errLocked() error { return fault.New(fault.Invalid, "error.media.locked") }

// errEmbedded refuses a document that holds another file.
func errEmbedded() error { return fault.New(fault.Invalid, "error.media.embedded") }

// errTracks refuses a film that holds more than picture and sound, where that
// cannot be taken out.
func errTracks() error { return fault.New(fault.Invalid, "error.media.tracks") }
