"""Settings: read once, refused in one clear line."""

from pathlib import Path

import pytest

from tests.conftest import GUIDES
from wizard.config import ConfigError, read_settings


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik", "WIZARD_INSTANCE": str(tmp_path)} | more


def test_a_secret_is_made_once_and_shared(tmp_path: Path) -> None:
    first, second = (read_settings(environment(tmp_path)) for _ in range(2))
    assert first.secrets == second.secrets
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    assert settings.secrets[0] not in repr(settings)


def test_secrets_may_be_turned(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path, WIZARD_SECRET_KEYS=f"{'a' * 32}, {'b' * 32}"))
    assert settings.secrets == ("a" * 32, "b" * 32)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIZARD_SECRET_KEYS", "short"),
        ("WIZARD_GUIDE", "nowhere"),
        ("WIZARD_LEAVE_TO", "javascript:alert(1)"),
        ("WIZARD_IDLE_MINUTES", "soon"),
        ("WIZARD_IDLE_MINUTES", "0"),
        ("WIZARD_HTTPS_ONLY", "perhaps"),
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
