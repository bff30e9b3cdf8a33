FROM python:3.11.14-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/var/lib/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/silkwire/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/silkwire/plugins \
    SILKWIRE_HOME=/var/lib/silkwire

WORKDIR /opt/silkwire

# The dependencies in a layer of their own: they change less often than the code.
COPY pyproject.toml constraints.txt README.md ./
RUN pip install --no-cache-dir --constraint constraints.txt uv \
    && uv pip install --system --no-cache --constraint constraints.txt --requirement pyproject.toml

# Editable, so that the code finds config/ and sql/ beside plugins/, as in a checkout.
COPY . .
RUN uv pip install --system --no-cache --no-deps --editable .

# A new named volume takes over the owner of the folder it is mounted on.
RUN useradd --system --uid 1000 --home-dir /var/lib/silkwire silkwire \
    && mkdir -p /var/lib/silkwire /var/lib/airflow/logs \
    && chown -R silkwire:silkwire /var/lib/silkwire /var/lib/airflow
USER silkwire
