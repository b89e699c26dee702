"""The barest page: plain words and the numbers to call, made without guide, templates or a live application.

It stands where nothing else can: when a request is too broken to reach the application, when the error page itself
cannot be made, and in the proxy, when no server answers.
"""

from html import escape
from string import Template

from wizard.web.language import page_direction, page_language
from wizard.web.words import AWAY, BARE, EMERGENCY, HELP_NOW, TO_START, WAIT, WAY_OUT

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="$language" dir="$direction">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>$title</title>
    <link rel="stylesheet" href="$root/static/own.css">
  </head>
  <body data-page="error">
    <main>
      <form class="leave" method="post" action="$root/avslutt-raskt"><button>$leave</button></form>
      <h1>$heading</h1>
      <p class="lead">$text</p>
      <h2>$urgent</h2>
      <ul class="calls">
$numbers
      </ul>
      <p><a href="$root/">$start</a></p>
    </main>
  </body>
</html>
""")

_LEAVE = Template("""\
<!DOCTYPE html>
<html lang="$language" dir="$direction">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="0; url=$leave_to">
    <title>$title</title>
  </head>
  <body data-page="left">
    <main>
      <h1><a href="$leave_to" rel="noreferrer">$away</a></h1>
    </main>
  </body>
</html>
""")


def _spoken() -> dict[str, str]:
    """The language that the words come in: the page's, or bokmål where no page was asked for."""
    return {"language": page_language(), "direction": page_direction()}


def leave_page(leave_to: str) -> str:
    """The blank page of the way out, for a proxy that must lead people away without us."""
    return _LEAVE.substitute(**_spoken(), leave_to=escape(leave_to), title=escape(str(WAIT)), away=escape(str(AWAY)))


def bare_page(code: int, root: str = "") -> str:
    """The page for a fault; ``root`` is where the application lies, if not at the top of its address."""
    heading, text = BARE[code if code in BARE else 400 if code < 500 else 500]
    numbers = (
        f'        <li><a class="number" href="tel:{number.replace(" ", "")}">{number}</a> '
        f"<strong>{escape(str(name))}</strong></li>"
        for number, name in EMERGENCY
    )
    return _PAGE.substitute(
        **_spoken(),
        root=escape(root),
        title=escape(f"Feil: {heading}"),
        heading=escape(str(heading)),
        text=escape(str(text)),
        leave=escape(str(WAY_OUT)),
        urgent=escape(str(HELP_NOW)),
        start=escape(str(TO_START)),
        numbers="\n".join(numbers),
    )
