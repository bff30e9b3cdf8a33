"""One frozen `Settings`, read from SILKWIRE_* environment variables and an optional .env file."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from silkwire.errors import Config

ROOT = Path(__file__).resolve().parents[2]

_CONTACT = re.compile(r"^(?:https?://[^\s()]+|(?:mailto:)?[^\s@()]+@[^\s@()]+\.[^\s@()]+)$")


class Settings(BaseSettings):
    """What may be set. Every default is what `make run` uses on a fresh clone."""

    model_config = SettingsConfigDict(
        env_prefix="SILKWIRE_", env_file=ROOT / ".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    # Where things are
    home: Path = Field(ROOT / ".silkwire", description="everything this installation writes")
    sources: Path = Field(ROOT / "config" / "sources.opml", description="the OPML file that `up` imports")
    regions: Path = Field(ROOT / "config" / "regions.yaml", description="regions the analyst watches")
    topics: Path = Field(ROOT / "config" / "topics.yaml", description="watch topics of the analyst")
    topic_model: Path | None = Field(None, description="a model that `topics train` made; unset: the one that ships")
    warehouse_url: str | None = Field(None, description="PostgreSQL; unset starts an embedded one in `home`")
    archive_url: str | None = Field(None, description="where WARC files go: a folder, s3://…, gs://…; unset: in `home`")

    # Polling and fetching
    contact: str | None = Field(
        None, description="a page or mail address of yours that tells servers who asks; no real run without it"
    )
    user_agent: str = Field("Silkwire/0.1", min_length=3, description="what servers see, with the contact after it")
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="hosts that may have private addresses and any port"
    )
    allow_ports: Annotated[tuple[int, ...], NoDecode] = Field(
        (80, 443, 8080, 8443), description="ports that may be contacted"
    )
    ca_file: Path | None = Field(None, description="certificates to trust beside the system's, PEM")
    connections: int = Field(32, ge=1, le=512, description="hosts in conversation at once, a process")
    host_delay: float = Field(1.0, ge=0, le=120, description="seconds between two requests to one host")
    connect_timeout: float = Field(10, gt=0, le=120, description="seconds")
    total_timeout: float = Field(30, gt=0, le=600, description="seconds")
    body_cap: int = Field(15 * 2**20, ge=2**10, description="bytes after decompression")
    speed_floor: int = Field(512, ge=0, description="bytes a second below which a server is dropped")
    poll_interval: float = Field(
        10, ge=0, le=1440, description="least minutes between two polls of a feed; 0: every run polls every feed"
    )
    parse_seconds: float = Field(2, gt=0, le=60, description="seconds of processor that reading one feed may take")
    extract_seconds: float = Field(
        10, gt=0, le=60, description="seconds of processor that extracting one page may take"
    )
    extract_jobs: int = Field(1, ge=1, le=64, description="processes that extract pages in each task")
    pages_per_host: int = Field(200, ge=1, description="links fetched from one host, a run")
    attempts: int = Field(5, ge=1, le=50, description="tries of a link before it is given up")
    max_age_days: int = Field(30, ge=1, description="articles that the feed dates before that are skipped")

    # Running
    schedule: str = Field("5 * * * *", description="cron of the monitor DAG, UTC")
    shards: int = Field(2, ge=1, le=64, description="parallel tasks a stage")
    stage_budget: float = Field(
        480, ge=1, le=540, description="seconds after which a task leaves the rest to the next run"
    )
    port: int = Field(8080, ge=1, le=65535, description="of the Airflow web interface")

    @field_validator("allow_hosts", "allow_ports", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Accept a comma-separated list, as an environment variable has it."""
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        """Want something that a server's owner can open or write to."""
        if value is None or _CONTACT.match(value):
            return value
        raise ValueError("must be the address of a page (https://…) or a mail address")

    @field_validator("warehouse_url")
    @classmethod
    def _psycopg(cls, value: str | None) -> str | None:
        """Accept the URL as other tools write it, and name the driver."""
        if value is None or value.startswith("postgresql+psycopg://"):
            return value
        scheme, separator, rest = value.partition("://")
        if not separator or scheme not in ("postgres", "postgresql"):
            raise ValueError("must look like postgresql://user:password@host:5432/database")
        return f"postgresql+psycopg://{rest}"

    @property
    def sent_user_agent(self) -> str:
        """The User-Agent header: the product, and whom to ask about it."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    @property
    def archive(self) -> str:
        """The URL or folder below which WARC files are written."""
        return self.archive_url or str(self.home / "archive")


def load_settings(**overrides: object) -> Settings:
    """Read the settings; raise `Config` that lists each bad value with what would be good."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Config(_explain(error)) from error


def require_contact(settings: Settings) -> None:
    """Raise `Config` where no contact is set: a server's owner must be able to ask who polls."""
    if settings.contact is None:
        raise Config(
            "Before a real run, say whom the owner of a server may ask about it: a page or a mail address of yours, "
            "which is sent in the User-Agent. Set it in .env or the environment, such as\n"
            "  SILKWIRE_CONTACT=https://your-desk.example/about"
        )


def as_environment(settings: Settings) -> dict[str, str]:
    """Return the variables with which another process reads the same settings."""
    environment = {}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if value is not None:
            text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            environment[f"SILKWIRE_{name.upper()}"] = text
    return environment


@cache
def get_settings() -> Settings:
    """Return the settings of this process, read once."""
    return load_settings()


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else ""
        about = Settings.model_fields[name].description if name in Settings.model_fields else None
        meaning = f" ({about})" if about else ""
        lines.append(f"SILKWIRE_{name.upper()}={problem['input']!r}: {problem['msg']}{meaning}")
    return "The settings are not usable. Mend the environment or .env:\n  " + "\n  ".join(lines)
