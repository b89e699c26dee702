"""What stands under deploy/ agrees with the code: settings, pages with the numbers, logs without people."""

import re
import shutil
import subprocess
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
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


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


@pytest.mark.parametrize("file", NGINX, ids=lambda file: file.name)
def test_the_proxy_logs_neither_who_nor_which_page(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for form in re.findall(r"log_format (\w+) '([^']*)'", text):
        assert form == ("rett_trinn_visits", "$time_iso8601 $request_method $status")
    for log in re.findall(r"^\s*access_log (.+);", text, re.MULTILINE):
        assert log == "off" or log.endswith(" rett_trinn_visits")
    for log in re.findall(r"^\s*error_log (.+);", text, re.MULTILINE):
        assert log.endswith(" crit")


def test_our_own_log_of_visits_holds_no_more() -> None:
    assert set(re.findall(r"%\((\w+)\)", ACCESS_FORMAT)) == {"m", "s"}


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx or openssl is not installed")
@pytest.mark.parametrize("name", ["rett-trinn.conf", "compose.conf"])
def test_nginx_reads_the_site(name: str, tmp_path: Path) -> None:
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run([*certificate, *files], check=True, capture_output=True)
    text = (DEPLOY / "nginx" / name).read_text(encoding="utf-8")
    text = text.replace("/etc/ssl/rett-trinn", str(tmp_path)).replace("/etc/nginx/", f"{DEPLOY}/nginx/")
    text = re.sub(r"server (one|two):8000", "server 127.0.0.1:8001", text)
    (tmp_path / "site.conf").write_text(text)
    site = (
        (DEPLOY / "nginx" / "rett-trinn-site.conf").read_text(encoding="utf-8").replace("/var/log/nginx", str(tmp_path))
    )
    (tmp_path / "rett-trinn-site.conf").write_text(site)
    text = text.replace(f"{DEPLOY}/nginx/rett-trinn-site.conf", str(tmp_path / "rett-trinn-site.conf"))
    (tmp_path / "site.conf").write_text(text)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; include {tmp_path}/site.conf; }}")
    told = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.name)
def test_the_units_give_the_servers_nothing_that_they_do_not_need(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "User=rett-trinn", "UMask=0077"):
        assert line in text


def test_the_containers_run_as_nobody_in_particular_with_the_locked_versions() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements/app.txt" in text
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    compose = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name in ("tables", "one", "two"):
        server = compose["services"][name]
        assert (server["read_only"], server["cap_drop"]) == (True, ["ALL"])
        assert all(value.startswith("${") for key, value in server["environment"].items() if "KEY" in key)
