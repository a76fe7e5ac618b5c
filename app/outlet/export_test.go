package outlet

// JudgedBy says whether a ground is at least as favourable to accents as the
// one of its brightness that they are judged by.
func JudgedBy(colour string) bool {
	if luminance(colour) > 0.5 {
		return luminance(colour) >= luminance(dayGround)
	}
	return luminance(colour) <= luminance(nightGround)
}
