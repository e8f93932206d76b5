# The house in production: the application alone. Database and broker are services beside it.
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# What WeasyPrint needs to make a PDF, and no wheel brings.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/huis --shell /usr/sbin/nologin huis

WORKDIR /srv/huis
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock

COPY . .
ENV VH_VAR=/srv/huis/.var
# Static files get their fingerprint here; nothing that is secret is needed for it.
RUN VH_MODE=development python manage.py collectstatic --noinput -v0 \
    && mkdir -p .var/log-anker .var/log-anker-2 && chown huis .var/log-anker .var/log-anker-2

USER huis
EXPOSE 8000
# Of each request when, how and how long; never its address or where it came from, for these hold
# names that were searched for, case numbers and the keys of invitations.
CMD ["gunicorn", "veiligheidshuis.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", \
     "--access-logformat", "%(t)s %(m)s %(s)s %(M)s ms"]
