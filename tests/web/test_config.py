"""Settings: read once, refused in one clear line."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import GUIDES
from wizard.cli import main
from wizard.config import ROOT, LoginProvider, Settings, read_settings
from wizard.environment import ConfigError
from wizard.variables import PROVIDER, SETTINGS

SHARED = {"WIZARD_SECRET_KEYS": "s" * 32, "WIZARD_PEPPER": "p" * 32, "WIZARD_FIELD_KEYS": "f" * 32}


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik", "WIZARD_INSTANCE": str(tmp_path)} | more


def test_a_secret_is_made_once_and_shared(tmp_path: Path) -> None:
    first, second = (read_settings(environment(tmp_path)) for _ in range(2))
    assert first.secrets == second.secrets
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["field_key", "pepper", "secret_key"]


def test_the_pepper_is_another_secret_that_outlives_the_keys_of_the_cookies(tmp_path: Path) -> None:
    first = read_settings(environment(tmp_path))
    (tmp_path / "secret_key").unlink()
    second = read_settings(environment(tmp_path))
    assert first.pepper == second.pepper != first.secrets[0] != second.secrets[0]
    assert (tmp_path / "pepper").stat().st_mode & 0o777 == 0o600
    assert read_settings(environment(tmp_path, WIZARD_PEPPER="p" * 32)).pepper == "p" * 32


def test_what_is_kept_lies_in_the_folder_of_the_installation_unless_one_says_otherwise(tmp_path: Path) -> None:
    assert read_settings(environment(tmp_path)).database == f"sqlite:///{tmp_path}/wizard.sqlite"
    address = "postgresql://wizard@db/wizard"
    settings = read_settings(environment(tmp_path, WIZARD_DATABASE=address, **SHARED))
    assert settings.database == address
    assert address not in repr(settings)


@pytest.mark.parametrize("missing", SHARED)
def test_servers_that_share_a_database_must_share_its_secrets(tmp_path: Path, missing: str) -> None:
    shared = SHARED | {missing: ""}
    with pytest.raises(ConfigError, match=f"{missing} must be set"):
        read_settings(environment(tmp_path, WIZARD_DATABASE="postgresql://wizard@db/wizard", **shared))


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    assert settings.secrets[0] not in repr(settings)
    assert settings.pepper not in repr(settings)


def test_secrets_may_be_turned(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path, WIZARD_SECRET_KEYS=f"{'a' * 32}, {'b' * 32}"))
    assert settings.secrets == ("a" * 32, "b" * 32)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIZARD_SECRET_KEYS", "short"),
        ("WIZARD_GUIDE", "nowhere"),
        ("WIZARD_GUIDE", "../guides/fjordvik"),
        ("WIZARD_GUIDE", "fjordvik/"),
        ("WIZARD_LEAVE_TO", "javascript:alert(1)"),
        ("WIZARD_STATEMENT", "https://uustatus.example/"),
        ("WIZARD_IDLE_MINUTES", "soon"),
        ("WIZARD_IDLE_MINUTES", "0"),
        ("WIZARD_HTTPS_ONLY", "perhaps"),
        ("WIZARD_PEPPER", "short"),
        ("WIZARD_DATABASE", "mysql://somewhere"),
        ("WIZARD_METRICS_TOKEN", "short"),
        ("WIZARD_SECURITY_CONTACT", "call me"),
        ("WIZARD_SECURITY_CONTACT", "mailto:a@b.example\nExpires: never"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name) as caught:
        read_settings(environment(tmp_path, **{name: value}))
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_hold_the_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="secret_key"):
        read_settings(environment(tmp_path, WIZARD_INSTANCE=str(tmp_path / "file")))


def documented() -> dict[str, str]:
    """The settings of docs/operations.md, with the default that is told."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(WIZARD_\w+)` \| `?(.+?)`? \|", text, re.MULTILINE))


def test_the_settings_are_documented_as_the_command_tells_them() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = CliRunner().invoke(main, ["settings"]).output
    assert f"\n\n{told}\n" in text, "put what `wizard settings` tells into docs/operations.md"
    assert told.count("\n| `WIZARD_") == len(documented())


def test_every_field_that_is_not_a_part_of_the_code_can_be_set() -> None:
    fixed = {"templates", "translations", "static", "provider"}
    assert {field.name for field in fields(Settings)} - SETTINGS.keys() == fixed
    assert {field.name for field in fields(LoginProvider)} == PROVIDER.keys()


def test_a_password_is_not_repeated_where_the_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="WIZARD_DATABASE") as caught:
        read_settings(environment(tmp_path, WIZARD_DATABASE=f"mysql://wizard:{'x' * 8}@db"))
    assert "x" * 8 not in str(caught.value)
