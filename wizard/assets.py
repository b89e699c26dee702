"""Fetches what the pages are dressed in: the design system's styles and the typeface, under digest names.

Our own few files are put beside them, so that they travel compressed and are kept by browsers as long.

``python -m wizard.assets`` does it once; while nothing has changed, running it again does nothing. Only the parts of
the design system that the pages use are taken, so that little travels over a slow line.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from wizard.config import ROOT

STATIC = ROOT / "wizard" / "static"
BUILT = STATIC / "built"
_PACKAGES = ROOT / "node_modules"
_SYSTEM = "@digdir/designsystemet-css/dist/src"
_THEME = "@digdir/designsystemet-theme/brand/portal.css"
_FONTS = "@fontsource-variable/inter/files"
_OWN = ("own.css", "own.js", "own.svg", "desk.css", "desk.js")
_TEXTS = {"css", "js", "svg"}
_PARTS = (
    "alert", "button", "card", "details", "error-summary", "field", "fieldset", "heading", "input", "label", "link",
    "list", "paragraph", "skip-link", "tag", "validation-message",
)  # fmt: skip
_FACES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,"
    "U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,"
    "U+2113",
}


def build_assets() -> bool:
    """Build what is missing or out of date; False where there was nothing to do."""
    own = {name: (STATIC / name).read_bytes() for name in _OWN}
    packages = _digest((ROOT / "package-lock.json").read_bytes())
    wanted = _digest(packages.encode() + Path(__file__).read_bytes() + b"".join(own.values()))
    manifest = BUILT / "manifest.json"
    made = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    if made.get("made_from") == wanted:
        return False
    if made.get("packages") != packages or not (_PACKAGES / _FONTS).is_dir():
        _install()
    BUILT.mkdir(parents=True, exist_ok=True)
    fonts = {f"inter-{face}.woff2": _store(f"inter-{face}.woff2", _read_font(face)) for face in _FACES}
    files = {"system.css": _store("system.css", _styles(fonts).encode()), **fonts}
    files |= {name: _store(name, content) for name, content in own.items()}
    before = made.get("files", {})
    made = {"made_from": wanted, "packages": packages, "files": files}
    manifest.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    _clear_away({manifest.name, *files.values(), *before.values()})
    return True


def _clear_away(named: set[str]) -> None:
    """Delete what neither this edition nor the one before names: a server that runs outlives one change of them."""
    for file in BUILT.iterdir():
        if file.name.removesuffix(".gz") not in named:
            file.unlink()


def _install() -> None:
    """Install the packages of the lock, with the npm at hand or else the one that comes with Python packages."""
    npm = shutil.which("npm") or str(Path(sys.executable).with_name("npm"))
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"npm ci failed:\n{done.stderr.strip()}")


def _styles(fonts: dict[str, str]) -> str:
    return "\n".join(
        [
            "@layer ds.theme, ds.base, ds.components;",
            *_typefaces(fonts),
            _theme(),
            _layer("base", "base"),
            *(_layer("components", part) for part in _PARTS),
        ]
    )


def _theme() -> str:
    """The colours, light and dark; paper is always light."""
    theme = (_PACKAGES / _THEME).read_text(encoding="utf-8").replace('@charset "UTF-8";', "")
    return theme.replace("@media (prefers-color-scheme: dark)", "@media screen and (prefers-color-scheme: dark)")


def _layer(layer: str, part: str) -> str:
    return f"@layer ds.{layer}{{{(_PACKAGES / _SYSTEM / f'{part}.css').read_text(encoding='utf-8')}}}"


def _typefaces(fonts: dict[str, str]) -> Iterator[str]:
    for face, characters in _FACES.items():
        source = fonts[f"inter-{face}.woff2"]
        yield (
            "@font-face{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;"
            f"src:url({source}) format('woff2');unicode-range:{characters}}}"
        )


def _read_font(face: str) -> bytes:
    return (_PACKAGES / _FONTS / f"inter-{face}-wght-normal.woff2").read_bytes()


def _store(name: str, content: bytes) -> str:
    """Store a file under a name that changes with its content; text is stored compressed, too."""
    stem, _, kind = name.rpartition(".")
    stored = BUILT / f"{stem}.{_digest(content)}.{kind}"
    if stored.is_file():
        return stored.name  # a server may be reading it
    stored.write_bytes(content)
    if kind in _TEXTS:
        stored.with_name(f"{stored.name}.gz").write_bytes(gzip.compress(content, mtime=0))
    return stored.name


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


if __name__ == "__main__":
    sys.stdout.write("The pages' styles are built.\n" if build_assets() else "The pages' styles are up to date.\n")
