"""The barest page: plain words and the numbers to call, made without guide, templates or a live application.

It stands where nothing else can: when a request is too broken to reach the application, and when the error page
itself cannot be made.
"""

from html import escape
from string import Template

from wizard.web.words import BARE, EMERGENCY, HELP_NOW, TO_START, WAY_OUT

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="nb">
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


def bare_page(code: int, root: str = "") -> str:
    """The page for a fault; ``root`` is where the application lies, if not at the top of its address."""
    heading, text = BARE[code if code in BARE else 400 if code < 500 else 500]
    numbers = (
        f'        <li><a class="number" href="tel:{number.replace(" ", "")}">{number}</a> '
        f"<strong>{escape(str(name))}</strong></li>"
        for number, name in EMERGENCY
    )
    return _PAGE.substitute(
        root=escape(root),
        title=escape(f"Feil: {heading}"),
        heading=escape(str(heading)),
        text=escape(str(text)),
        leave=escape(str(WAY_OUT)),
        urgent=escape(str(HELP_NOW)),
        start=escape(str(TO_START)),
        numbers="\n".join(numbers),
    )
