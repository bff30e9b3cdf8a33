"""One frozen `Settings`, read from SILKWIRE_* environment variables and an optional .env file."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from silkwire.errors import Config

ROOT = Path(__file__).resolve().parents[2]


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
    warehouse_url: str | None = Field(None, description="PostgreSQL; unset starts an embedded one in `home`")
    archive_url: str | None = Field(None, description="where WARC files go: a folder, s3://…, gs://…; unset: in `home`")

    # Polling and fetching
    user_agent: str = Field(
        "Silkwire/0.1 (media monitoring)", min_length=3, description="what servers see; name an address of yours in it"
    )
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), description="hosts that may have private addresses")
    connections: int = Field(32, ge=1, le=512, description="hosts in conversation at once, a process")
    host_delay: float = Field(1.0, ge=0, le=120, description="seconds between two requests to one host")
    connect_timeout: float = Field(10, gt=0, le=120, description="seconds")
    total_timeout: float = Field(30, gt=0, le=600, description="seconds")
    body_cap: int = Field(15 * 2**20, ge=2**10, description="bytes after decompression")
    poll_interval: float = Field(10, ge=0, le=1440, description="minutes between two polls of a feed")
    pages_per_host: int = Field(200, ge=1, description="links fetched from one host, a run")
    attempts: int = Field(5, ge=1, le=50, description="tries of a link before it is given up")
    max_age_days: int = Field(30, ge=1, description="articles that the feed dates before that are skipped")

    # Running
    schedule: str = Field("0 5 * * *", description="cron of the monitor DAG, UTC")
    shards: int = Field(2, ge=1, le=64, description="parallel tasks a stage")
    stage_budget: float = Field(
        480, ge=1, le=540, description="seconds after which a task leaves the rest to the next run"
    )
    port: int = Field(8080, ge=1, le=65535, description="of the Airflow web interface")

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Accept a comma-separated list, as an environment variable has it."""
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

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
    def archive(self) -> str:
        """The URL or folder below which WARC files are written."""
        return self.archive_url or str(self.home / "archive")


def load_settings(**overrides: object) -> Settings:
    """Read the settings; raise `Config` that lists each bad value with what would be good."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Config(_explain(error)) from error


def as_environment(settings: Settings) -> dict[str, str]:
    """Return the variables with which another process reads the same settings."""
    environment = {}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if value is not None:
            text = ",".join(value) if isinstance(value, tuple) else str(value)
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
