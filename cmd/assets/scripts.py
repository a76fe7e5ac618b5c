#!/usr/bin/env python3
"""Cuts the fonts of Khmer, Chinese, Korean and Japanese pages, once and by hand.

    apt-get install fonts-noto-cjk fonts-noto-core python3-fonttools python3-brotli
    npm pack @fontsource/noto-sans-sc @fontsource/noto-sans-kr @fontsource/noto-sans-jp
    cmd/assets/scripts.py <folder with sc.css, kr.css, jp.css: the 400.css of each package>

The glyphs are those of Debian's Noto fonts (OFL, themes/base/static/noto-OFL.txt).
Which characters: the first level of each country's own standard (GB 2312, KS X
1001, JIS X 0208), signs, kana, and whatever locales/public.*.toml says. The npm packages only say which characters
occur together and how often: they order the slices, the most frequent first.
Rarer characters are left to the reader's own fonts. Results, in themes/base/static:
script-*.woff2, and the rules for them in script-*.css; the other rules stay.
"""
import io, re, sys, pathlib
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = pathlib.Path(__file__).parents[2]
STATIC = ROOT / "themes/base/static"
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


def face(family, name, codes, weight=400, local=""):
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; src: {local}url("{name}") format("woff2"); unicode-range: {ranges(codes)}; }}\n'


def describe(lang, family, faces):
    """Puts the rules where the old ones stood."""
    path = STATIC / f"script-{lang}.css"
    lines = path.read_text().splitlines(keepends=True)
    old = [i for i, line in enumerate(lines) if f'font-family: "{family}"; font-weight' in line]
    lines[old[0] : old[-1] + 1] = faces
    path.write_text("".join(lines))


def said(lang):
    """What the pages themselves say, which every page needs."""
    text = (ROOT / f"locales/public.{lang}.toml").read_text()
    return sorted({ord(c) for c in text if ord(c) > 0x2FFF})


def main(folder):
    for old in STATIC.glob("script-*.woff2"):
        old.unlink()
    for lang, code, number, chars in (
        ("zh", "sc", 2, level("gb2312", range(16, 56))),
        ("ko", "kr", 1, level("euc_kr", range(16, 41))),
        ("ja", "jp", 0, level("euc_jp", range(16, 48)) | set(KANA)),
    ):
        first = SIGNS + said(lang) + (KANA if code == "jp" else [])
        wanted = chars | set(first)
        common = order((pathlib.Path(folder) / f"{code}.css").read_text())
        ordered = [c for c in dict.fromkeys(first + common + sorted(wanted)) if c in wanted]
        family, faces = f"Script {code.upper()}", []
        for i in range(0, len(ordered), SLICE):
            name = f"script-{code}-{i // SLICE + 1}.woff2"
            cut(TTFont(CJK, fontNumber=number), ordered[i : i + SLICE], name)
            faces.append(face(family, name, ordered[i : i + SLICE]))
        describe(lang, family, faces)
    khmer = [*range(0x1780, 0x17FA), 0x200B, 0x200C, 0x200D, 0x25CC]
    faces = []
    for weight, style in ((400, "Regular"), (600, "Bold")):
        name = f"script-km-{weight}.woff2"
        cut(TTFont(f"/usr/share/fonts/truetype/noto/NotoSansKhmer-{style}.ttf"), khmer, name)
        own = "Noto Sans Khmer" + (" Bold" if weight == 600 else "")
        faces.append(face("Script KM", name, khmer, weight, f'local("{own}"), local("NotoSansKhmer-{style}"), '))
    describe("km", "Script KM", faces)


main(sys.argv[1])
