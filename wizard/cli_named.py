"""Which guide a command is about."""

from pathlib import Path

import click

from wizard.cli_errors import Refused, one_line
from wizard.config import Settings
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide

guide_option = click.option("--guide", "named", metavar="FOLDER", help="The guide's folder, or its name under data/.")


def find_folder(named: str | None) -> Path:
    """The folder of a guide given by path or by name; without either, of the one that is served by default."""
    settings = Settings(secrets=())
    folders = [Path(named), settings.guides / named] if named else [settings.guides / settings.guide]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        raise Refused(
            f"There is no guide “{named or settings.guide}”. Name its folder, or a guide in {settings.guides}."
        )
    return found


def load(named: str | None) -> Guide:
    """A guide found in the same way."""
    with one_line():
        return load_guide(find_folder(named))
