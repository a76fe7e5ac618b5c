package vietnamese

import "testing"

func TestDecodeTCVN3(t *testing.T) {
	for in, want := range map[string]string{
		"":          "",
		"§èi ngo¹i": "Đối ngoại",
		"Céng hoµ x· héi chñ nghÜa ViÖt Nam":           "Cộng hoà xã hội chủ nghĩa Việt Nam",
		"§éc lËp - Tù do - H¹nh phóc":                  "Độc lập - Tự do - Hạnh phúc",
		"B×nh Ph\u00adíc, ®Çu t\u00ad n\u00adíc ngoµi": "Bình Phước, đầu tư nước ngoài",
	} {
		if got := DecodeTCVN3(in); got != want {
			t.Errorf("DecodeTCVN3(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDecodeTCVN3TakesBytesAndCapitalLines(t *testing.T) {
	if got := DecodeTCVN3("\xa7\xe8i ngo\xb9i"); got != "Đối ngoại" {
		t.Errorf("bytes give %q", got)
	}
	if got := DecodeTCVN3("ñy ban nh©n d©n\nTH¤NG TIN §èI NGO¹I\nHµ"); got != "ủy ban nhân dân\nTHÔNG TIN ĐỐI NGOẠI\nHà" {
		t.Errorf("lines of a capital font give %q", got)
	}
}

func TestDecodeVNI(t *testing.T) {
	for in, want := range map[string]string{
		"":            "",
		"Ñoái ngoaïi": "Đối ngoại",
		"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam": "Cộng hòa xã hội chủ nghĩa Việt Nam",
		"Ñoäc laäp - Töï do - Haïnh phuùc":         "Độc lập - Tự do - Hạnh phúc",
		"Bình Phöôùc, ñaàu tö nöôùc ngoaøi":        "Bình Phước, đầu tư nước ngoài",
		"THOÂNG TIN ÑOÁI NGOAÏI":                   "THÔNG TIN ĐỐI NGOẠI",
		"kyõ thuaät, kyû luaät, Myõ, lyù, kî":      "kỹ thuật, kỷ luật, Mỹ, lý, kỵ",
		"aê aè aé aú aü aë":                        "ă ằ ắ ẳ ẵ ặ",
		"Vi\xe2":                                   "Viâ", // bytes; the mark has no letter to stand on
	} {
		if got := DecodeVNI(in); got != want {
			t.Errorf("DecodeVNI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestEveryLetterHasOnePlaceInTCVN3(t *testing.T) {
	places := map[rune]int{}
	for _, r := range tcvn3 {
		places[r]++
	}
	for _, r := range markedLetters + "ĂÂÊÔƠƯĐ" {
		if places[r] != 1 {
			t.Errorf("%q has %d places", r, places[r])
		}
	}
	if n := len([]rune(tcvn3)); n != 0xFE-0xA1+1 {
		t.Errorf("the table has %d places", n)
	}
}

func TestEveryLetterCanBeTypedInVNI(t *testing.T) {
	made := map[string]bool{}
	for code := range vniLetters {
		made[DecodeVNI(string(code))] = true
		for mark := range vniMarks {
			made[DecodeVNI(string(code)+string(mark))] = true
		}
	}
	for _, vowel := range "aeouy" {
		for mark := range vniMarks {
			made[DecodeVNI(string(vowel)+string(mark))] = true
		}
	}
	for _, r := range markedLetters {
		if !made[string(r)] {
			t.Errorf("no way to %q", r)
		}
	}
}

func TestLooksLegacy(t *testing.T) {
	for in, want := range map[string]string{
		"Th«ng tin ®èi ngo¹i cña tØnh B×nh Ph\u00adíc":          TCVN3,
		"Céng hoµ x· héi chñ nghÜa ViÖt Nam":                    TCVN3,
		"\xa7\xe8i ngo\xb9i c\xf1a t\xd8nh":                     TCVN3,
		"Thoâng tin ñoái ngoaïi cuûa tænh Bình Phöôùc":          VNI,
		"COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM":              VNI,
		"Thông tin đối ngoại của tỉnh Bình Phước":               "",
		"có là và cà phê trà hè":                                "", // Vietnamese without a letter of its own
		"L'été dernier, le préfet a été reçu à l'hôtel où déjà": "",
		"Não há informações sobre a região e a população":       "",
		"Größe, Straße, Ämter, für, über":                       "",
		"Plain English only":                                    "",
		"§ 5 · 3 × 4 « a »":                                     "",
		"":                                                      "",
	} {
		got, ok := LooksLegacy(in)
		if got != want || ok != (want != "") {
			t.Errorf("LooksLegacy(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}
