"""docs/nginx.conf.example, run as it stands but for ports, paths and the host's certificate."""

import datetime
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.casetra.production import CHECKOUT, Answer, free_port

HOST = "www.example.jp"
EXAMPLE = CHECKOUT / "docs" / "nginx.conf.example"
# What Debian's nginx.conf says around it, with every file in the folder.
AROUND = """
daemon off;
worker_processes 1;
pid {0}/nginx.pid;
error_log {0}/main.log warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {0}/body; proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/1; uwsgi_temp_path {0}/2; scgi_temp_path {0}/3;
    include {0}/casetra.conf;
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running nginx, the ports it listens on, and the folder with its logs."""

    http: int
    https: int
    folder: Path

    def connect(self, source: str) -> ssl.SSLSocket:
        """A TLS connection from this loopback address; the certificate is checked against the folder's own."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        plain = socket.create_connection(("127.0.0.1", self.https), 30, source_address=(source, 0))
        return context.wrap_socket(plain, server_hostname=HOST)

    def ask(
        self, path: str, *, method: str = "GET", body: str = "", source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request over HTTPS."""
        connection = http.client.HTTPConnection(HOST, timeout=30)
        connection.sock = self.connect(source)
        try:
            connection.request(method, path, body=body or None, headers=headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def log(self, name: str) -> str:
        """What stands in one of its logs."""
        return (self.folder / name).read_text(encoding="utf-8")


def program() -> str:
    """The path of nginx."""
    if path := shutil.which("nginx", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin"):
        return path
    pytest.skip("no nginx on this machine: docs/nginx.conf.example is not tried out")


@contextmanager
def before(port: int, folder: Path) -> Iterator[Nginx]:
    """nginx in front of what listens on `port`, ended afterwards."""
    nginx = Nginx(free_port(), free_port(), folder)
    _configure(nginx, port)
    command = [program(), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait(nginx, process)
        yield nginx
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _configure(nginx: Nginx, port: int) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for pattern, replacement in (
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{port};"),
        (r"listen \[::\]:.*;", ""),  # not every machine has IPv6
        (r"listen 80\b", f"listen 127.0.0.1:{nginx.http}"),
        (r"listen 443\b", f"listen 127.0.0.1:{nginx.https}"),
        (rf"/etc/letsencrypt/live/{re.escape(HOST)}", str(nginx.folder)),
        (r"/var/log/nginx", str(nginx.folder)),
    ):
        text, replaced = re.subn(pattern, replacement, text)
        assert replaced, f"docs/nginx.conf.example no longer says {pattern}"
    (nginx.folder / "casetra.conf").write_text(text, encoding="utf-8")
    (nginx.folder / "nginx.conf").write_text(AROUND.format(nginx.folder), encoding="utf-8")
    _certify(nginx.folder)


def _certify(folder: Path) -> None:
    """A certificate for the host, signed by itself, good for a day."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]),
    )
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _wait(nginx: Nginx, process: "subprocess.Popen[str]") -> None:
    for _ in range(100):
        try:
            nginx.connect("127.0.0.1").close()
            return
        except OSError:
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    raise AssertionError("nginx does not answer")
