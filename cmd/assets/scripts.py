#!/usr/bin/env python3
"""Cuts the fonts of Khmer, Chinese, Korean and Japanese pages, once and by hand.

    apt-get install fonts-noto-cjk fonts-noto-core python3-fonttools python3-brotli
    npm pack @fontsource/noto-sans-sc @fontsource/noto-sans-kr @fontsource/noto-sans-jp
    cmd/assets/scripts.py <folder with sc.css, kr.css, jp.css: the 400.css of each package>

The glyphs are those of Debian's Noto fonts (OFL, themes/base/static/noto-OFL.txt).
Which characters: the first level of each country's own standard (GB 2312, KS X
1001, JIS X 0208), signs and kana. The npm packages only say which characters
occur together and how often: they order the slices, the most frequent first.
Rarer characters are left to the reader's own fonts. Results: script-*.woff2 in
themes/base/static, and the @font-face rules for its script-*.css on the output.
"""
import io, re, sys, pathlib
from fontTools import subset
from fontTools.ttLib import TTFont

STATIC = pathlib.Path(__file__).parents[2] / "themes/base/static"
CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIGNS = [*range(0x3000, 0x3020), 0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, *range(0xFF01, 0xFF5F), 0xFFE5]
KANA = [*range(0x3041, 0x3097), *range(0x3099, 0x3100)]
SLICE = 380


def level(codec, rows):
    found = set()
    for row in rows:
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([row + 0xA0, cell + 0xA0]).decode(codec)))
            except (UnicodeDecodeError, TypeError):
                pass
    return found


def order(css):
    """The characters of a package's slices, the frequent ones first."""
    out = []
    for face in reversed(re.findall(r"unicode-range: ([^;]+);", css)):
        for part in face.split(","):
            first, _, last = part.strip()[2:].partition("-")
            out += range(int(first, 16), int(last or first, 16) + 1)
    return out


def ranges(codes):
    out, codes = [], sorted(codes)
    for code in codes:
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return ",".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in out)


def cut(font, codes, name):
    options = subset.Options(layout_features=["*"] if "km" in name else ["kern", "palt", "locl", "ccmp", "ljmo", "vjmo", "tjmo"], hinting=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    (STATIC / name).write_bytes(data.getvalue())


def face(family, name, codes, weight=400):
    print(f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; src: url("{name}") format("woff2"); unicode-range: {ranges(codes)}; }}')


def main(folder):
    for old in STATIC.glob("script-*.woff2"):
        old.unlink()
    for code, number, chars in (
        ("sc", 2, level("gb2312", range(16, 56))),
        ("kr", 1, level("euc_kr", range(16, 41))),
        ("jp", 0, level("euc_jp", range(16, 48)) | set(KANA)),
    ):
        print(f"\n/* {code} */")
        wanted = chars | set(SIGNS)
        common = order((pathlib.Path(folder) / f"{code}.css").read_text())
        ordered = SIGNS + (KANA if code == "jp" else []) + common + sorted(wanted)
        ordered = [c for c in dict.fromkeys(ordered) if c in wanted]
        for i in range(0, len(ordered), SLICE):
            name = f"script-{code}-{i // SLICE + 1}.woff2"
            cut(TTFont(CJK, fontNumber=number), ordered[i : i + SLICE], name)
            face(f"Script {code.upper()}", name, ordered[i : i + SLICE])
    print("\n/* km */")
    khmer = [*range(0x1780, 0x17FA), 0x200B, 0x200C, 0x200D, 0x25CC]
    for weight, style in ((400, "Regular"), (600, "Bold")):
        name = f"script-km-{weight}.woff2"
        cut(TTFont(f"/usr/share/fonts/truetype/noto/NotoSansKhmer-{style}.ttf"), khmer, name)
        face("Script KM", name, khmer, weight)


main(sys.argv[1])
