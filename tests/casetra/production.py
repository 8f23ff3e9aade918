"""The site as production runs it: a clean environment, the Dockerfile's files, gunicorn as a process."""

import http.client
import json
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from safeguards.rules import keyring
from tests.casetra.dockerfile import INSTRUCTIONS

CHECKOUT = Path(settings.BASE_DIR)
NO_DATABASE = "postgres://nobody@127.0.0.1:1/none"


def environment(**changes: str | None) -> dict[str, str]:
    """Production's environment, nothing inherited; None takes a name out."""
    complete: dict[str, str | None] = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CASETRA_KEYRING": keyring.generate(),
        "DATABASE_URL": NO_DATABASE,
        "SITE_URL": "https://www.example.jp",
        "ALLOWED_HOSTS": "www.example.jp",
        "EMAIL_URL": "smtp://127.0.0.1:1",  # where nobody listens
        "DEFAULT_FROM_EMAIL": "Casetra <casetra@example.jp>",
        "PYTHONDONTWRITEBYTECODE": "1",
        **changes,
    }
    return {name: value for name, value in complete.items() if value is not None}


def python(*arguments: str, env: dict[str, str], cwd: Path = CHECKOUT) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout (or in `cwd`) to its end."""
    return subprocess.run(
        [sys.executable, *arguments], env=env, cwd=cwd, capture_output=True, text=True, timeout=60
    )


def embedded_url(*, name: str = "postgres", **options: str) -> str:
    """The URL of the running test server's database `name`."""
    config = settings.DATABASES["default"]
    host = options.pop("host", config["HOST"] or config["OPTIONS"].get("host", ""))
    query = "&".join(f"{key}={value}" for key, value in {"host": host, **options}.items())
    port = f"localhost:{config['PORT']}" if config["PORT"] else ""
    user = config["USER"] + (f":{config['PASSWORD']}" if config["PASSWORD"] else "")
    return f"postgresql://{user}@{port}/{name}?{query}"


def build(folder: Path) -> None:
    """What the Dockerfile's builder stage leaves in /app, made by its own COPY and collectstatic lines."""
    for instruction, words in INSTRUCTIONS:
        if instruction == "COPY" and "--from" not in words:
            source, target = words.split()
            if (CHECKOUT / source).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(CHECKOUT / source, folder / target, ignore=ignored)
            else:
                shutil.copy(CHECKOUT / source, folder / target)
    (collect,) = [words for name, words in INSTRUCTIONS if name == "RUN" and "collectstatic" in words]
    assert "/venv/bin/python " in collect
    python = shlex.quote(sys.executable)
    command = collect.replace("/venv/bin/python ", f"{python} ").replace("$(python ", f"$({python} ")
    env = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(["/bin/sh", "-c", command], env=env, cwd=folder, check=True, timeout=120)


def confirm(editions: Path) -> None:
    """Do as the company does once it has approved text and facts."""
    for facts in editions.glob("*/facts.toml"):
        content = facts.read_text(encoding="utf-8")
        assert 'status = "draft"' in content
        facts.write_text(content.replace('status = "draft"', 'status = "confirmed"'), encoding="utf-8")


@dataclass
class Answer:
    """What came back for one request."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Site:
    """A gunicorn that listens; its output can be read after it has ended."""

    port: int
    process: "subprocess.Popen[str]"
    output: list[str] = field(default_factory=list)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: str = "",
        content_type: str = "application/x-www-form-urlencoded",
        https: bool = True,
        **headers: str,
    ) -> Answer:
        """One request, redirects not followed; `https` says what the proxy in front says."""
        sent = {"Host": "www.example.jp"} | ({"X-Forwarded-Proto": "https"} if https else {})
        if body:
            sent["Content-Type"] = content_type
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body or None, headers=sent | headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def stop(self) -> tuple[str, str]:
        """End it as a service manager does; what it wrote to standard output and standard error."""
        if not self.output:
            self.process.terminate()
            self.output = list(self.process.communicate(timeout=30))
        return self.output[0], self.output[1]


def gunicorn(folder: Path, env: dict[str, str]) -> "subprocess.Popen[str]":
    """Start the Dockerfile's CMD in `folder`."""
    (command,) = [json.loads(words) for name, words in INSTRUCTIONS if name == "CMD"]
    assert command[0] == "gunicorn"
    return subprocess.Popen(
        [sys.executable, "-m", *command], env=env, cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def refused(folder: Path, **changes: str | None) -> tuple[str, str]:
    """What a gunicorn wrote that must end by itself, with an exit code other than 0."""
    env = environment(**{"BIND": f"127.0.0.1:{free_port()}", **changes})
    process = gunicorn(folder, env)
    try:
        out, err = process.communicate(timeout=30)
    finally:
        process.terminate()  # one that goes on, or starts workers again and again, would outlive the test
    assert process.returncode > 0
    return out, err


@contextmanager
def serve(folder: Path, **changes: str | None) -> Iterator[Site]:
    """A gunicorn under production's environment, ready for requests."""
    port = free_port()
    changes = {"BIND": f"127.0.0.1:{port}", "TRUSTED_PROXIES": "1", **changes}
    site = Site(port, gunicorn(folder, environment(**changes)))
    try:
        _wait(site)
        yield site
    finally:
        site.stop()


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(site: Site) -> None:
    for _ in range(200):
        try:
            if site.ask("/livez").status == 200:
                return
        except OSError:
            assert site.process.poll() is None, site.process.communicate()
            time.sleep(0.1)
    raise AssertionError("gunicorn does not answer")


def lines(text: str) -> list[str]:
    """The lines of an output that say something."""
    return [line for line in text.splitlines() if re.search(r"\S", line)]
