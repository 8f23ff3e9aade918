# Casetra in a container: `docker build -t casetra .`; what it reads from the environment is in README.md.
# Stage 1 installs what requirements.txt locks and collects the static files.
FROM python:3.11-slim-bookworm AS builder
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY manage.py ./
COPY casetra ./casetra/
COPY intake ./intake/
COPY policy ./policy/
COPY retention ./retention/
COPY safeguards ./safeguards/
COPY static ./static/
COPY templates ./templates/
# Production's settings write the manifest of hashed names, and want secrets. These two live for this one
# command only, in its environment; no file of the layer holds them, and the database is never asked.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    CASETRA_KEYRING="$(python -c 'from safeguards.rules import keyring; print(keyring.generate())')" \
    DATABASE_URL="postgres://nobody@localhost/none" \
    /venv/bin/python manage.py collectstatic --noinput --verbosity 0

# Stage 2 holds the code, its libraries and the static files, and can write none of them.
FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 casetra \
    && useradd --uid 10001 --gid casetra --no-log-init --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin casetra
ENV PATH="/venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=builder /venv /venv
COPY --from=builder /app ./
USER 10001:10001
EXPOSE 8000
# Asked directly, past any proxy that the environment names. It fails on 503: the database is away.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=8)"]
CMD ["gunicorn", "-c", "python:casetra.gunicorn", "casetra.wsgi"]
