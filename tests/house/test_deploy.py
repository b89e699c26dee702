"""What stands under deploy/ agrees with the code: settings, pages with the numbers, logs without people."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from tests.conftest import inspect_page
from tests.web.test_config import documented
from tests.web.test_faults import carries_numbers
from wizard.cli import main
from wizard.cli_deploy import LEFT, UNAVAILABLE
from wizard.config import ROOT
from wizard.log import ACCESS_FORMAT

DEPLOY = ROOT / "deploy"
NGINX = sorted((DEPLOY / "nginx").glob("*.conf"))
SITE = "rett-trinn-site.conf"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVICES = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_example_of_settings_names_every_setting_with_its_default() -> None:
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    lines = re.findall(r"^(#?)(WIZARD_\w+)=(.*)$", text, re.MULTILINE)
    assert sorted(name for _, name, _ in lines) == sorted(documented())
    told = {name: default for name, default in documented().items() if default not in {"none", "made", "any", "SQLite"}}
    assert {name: value for closed, name, value in lines if closed and value} == {
        name: told[name] for closed, name, value in lines if closed and value
    }


def test_no_secret_stands_in_the_example() -> None:
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    assert re.findall(r"^WIZARD_(?:SECRET_KEYS|PEPPER|FIELD_KEYS|METRICS_TOKEN)=(.*)$", text, re.MULTILINE) == [""] * 4


def test_the_pages_of_the_proxy_are_those_that_the_command_makes(tmp_path: Path) -> None:
    environment = {"WIZARD_INSTANCE": str(tmp_path / "instance")}
    result = CliRunner().invoke(main, ["proxy-pages", str(tmp_path / "pages")], env=environment)
    assert result.exit_code == 0
    for name in (UNAVAILABLE, LEFT):
        made = (tmp_path / "pages" / name).read_text(encoding="utf-8")
        assert made == (DEPLOY / "nginx" / "pages" / name).read_text(encoding="utf-8"), "run `wizard proxy-pages`"
        inspect_page(made)


def test_the_page_of_the_proxy_carries_the_numbers_and_the_way_out() -> None:
    page = (DEPLOY / "nginx" / "pages" / UNAVAILABLE).read_text(encoding="utf-8")
    assert carries_numbers(page)
    assert 'action="/avslutt-raskt"' in page


def test_the_proxy_shows_it_for_every_fault_of_its_own() -> None:
    site = (DEPLOY / "nginx" / "rett-trinn-site.conf").read_text(encoding="utf-8")
    shown: dict[str, set[str]] = {}
    for faults, page in re.findall(r"error_page ([\d ]+)(?:=\d+ )?/feil/(\S+);", site):
        shown.setdefault(page, set()).update(faults.split())
    assert set(shown) == {UNAVAILABLE, LEFT}
    for faults in shown.values():
        assert {"413", "429", "502", "503", "504"} <= faults


@pytest.mark.parametrize("file", ["rett-trinn.conf", "compose.conf"])
def test_the_proxy_lets_no_more_wait_than_are_served_in_time(file: str) -> None:
    servers = re.findall(r"^    server \S+ .*;", (DEPLOY / "nginx" / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(servers) == 2
    assert all(" max_conns=" in server for server in servers)


@pytest.mark.parametrize("file", ["rett-trinn.conf", "compose.conf"])
def test_the_proxy_has_room_for_a_crowd_on_every_port(file: str) -> None:
    room = re.search(r"worker_connections (\d+);", (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8"))
    assert room
    assert room[0] in (DEPLOY / "README.md").read_text(encoding="utf-8")
    listens = re.findall(r"^    listen (\d+)(.*);", (DEPLOY / "nginx" / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert {port for port, _ in listens} == {port for port, rest in listens if f"backlog={room[1]}" in rest}


@pytest.mark.parametrize("file", NGINX, ids=lambda file: file.name)
def test_the_proxy_logs_neither_who_nor_which_page(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for form in re.findall(r"log_format (\w+) '([^']*)'", text):
        assert form == ("rett_trinn_visits", "$time_iso8601 $request_method $status")
    for log in re.findall(r"^\s*access_log (.+);", text, re.MULTILINE):
        assert log == "off" or log.endswith(" rett_trinn_visits")
    for log in re.findall(r"^\s*error_log (.+);", text, re.MULTILINE):
        assert log.endswith(" crit")
    for server in re.findall(r"^server \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        quiet = "access_log off;" in server and re.search(r"error_log \S+ crit;", server)
        assert quiet or f"include /etc/nginx/{SITE};" in server


def test_the_site_says_how_visits_are_logged_and_what_stays_inside() -> None:
    text = (DEPLOY / "nginx" / SITE).read_text(encoding="utf-8")
    (log,) = re.findall(r"^access_log (.+);", text, re.MULTILINE)
    assert log.endswith(" rett_trinn_visits")
    assert re.search(r"^error_log \S+ crit;", text, re.MULTILINE)
    assert "location = /metrics { return 404; }" in text
    assert re.search(r"location = /healthz \{[^}]* deny all;", text)


def test_our_own_log_of_visits_holds_no_more() -> None:
    assert set(re.findall(r"%\((\w+)\)", ACCESS_FORMAT)) == {"m", "s"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.name)
def test_the_units_give_the_servers_nothing_that_they_do_not_need(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "User=rett-trinn", "UMask=0077"):
        assert line in text


def test_the_containers_run_as_nobody_in_particular_with_the_locked_versions() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements/app.txt" in text
    for command in re.findall(r"pip install [^&\n]*", text):
        assert "--require-hashes" in command or "--no-deps" in command
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    for name in ("tables", "one", "two", "purge"):
        server = SERVICES[name]
        assert (server["read_only"], server["cap_drop"]) == (True, ["ALL"])
        assert all(value.startswith("${") for key, value in server["environment"].items() if "KEY" in key)
        assert server["environment"]["WIZARD_HOSTS"].startswith("${WIZARD_HOSTS:?")


def test_what_is_locked_for_service_speaks_with_postgresql_and_builds_without_asking_for_more() -> None:
    locked = (ROOT / "requirements" / "app.txt").read_text(encoding="utf-8")
    for part in ("psycopg==", "psycopg-binary==", "flit-core=="):
        assert f"\n{part}" in locked


def test_a_machine_is_set_up_with_what_the_containers_are_set_up_with() -> None:
    container, told = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("Containerfile", "README.md"))
    steps = [line.replace("--no-cache-dir ", "") for line in re.findall(r"\.venv/bin/[^&\\\n]*[^&\\\s]", container)]
    assert all(step in told for step in steps[:4])
    assert "make install" not in told


def test_what_belongs_to_one_machine_gets_into_no_image_and_no_commit() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "instance", "build", "node_modules", "deploy/*.env", "**/__pycache__"} <= set(left_out)
    assert "deploy/*.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    kept_from_git = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    assert {
        name for name in kept_from_git if not any(fnmatch(name, line.removeprefix("**/")) for line in left_out)
    } == set()


def test_what_is_out_of_time_is_deleted_in_containers_once_a_day(tmp_path: Path) -> None:
    """The command is run as it stands, with a program in the place of each that it calls."""
    service = SERVICES["purge"]
    assert service["depends_on"] == {"tables": {"condition": "service_completed_successfully"}}
    assert service["restart"] == "unless-stopped"
    for name, does in ((".venv/bin/wizard", 'echo "$@" >> done'), ("bin/sleep", 'echo "$@" >> done; kill $PPID')):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    subprocess.run(service["command"], cwd=tmp_path, env={"PATH": f"{tmp_path}/bin:/bin"}, check=False, timeout=10)
    assert (tmp_path / "done").read_text() == "purge\n86400\n"
    assert "purge" in main.commands
