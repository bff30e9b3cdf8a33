"""The flow: poll → fetch → extract → label → publish. Every stage drains what is pending, so runs need not agree.

Mapped over shards, never over items. A feed or page that fails is an outcome and not an error; a task fails only when
its stage could not work at all, and `publish` fails the run when a check finds offending rows.
"""

from datetime import timedelta

from airflow.sdk import Asset, CronTriggerTimetable, dag, task
from stage_tasks import SHARDS, end_run, work
from task_rules import RULES

from silkwire.settings import get_settings

ARTICLES = Asset("articles")
SETTINGS = get_settings()


@dag(
    # No buffer: a first start an hour after the schedule's time must not add a run beside the one it asks for.
    schedule=CronTriggerTimetable(SETTINGS.schedule, timezone="UTC", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    dagrun_timeout=timedelta(hours=3),
    default_args=RULES,
    tags=["silkwire"],
    doc_md=__doc__,
)
def monitor() -> None:
    """Wire the stages."""

    @task
    def poll(shard: int) -> None:
        work("poll", shard)

    @task
    def fetch(shard: int) -> None:
        work("fetch", shard)

    @task
    def extract(shard: int) -> None:
        work("extract", shard)

    @task
    def label(shard: int) -> None:
        work("label", shard)

    @task(outlets=[ARTICLES])
    def publish() -> None:
        end_run()

    (
        poll.expand(shard=SHARDS)
        >> fetch.expand(shard=SHARDS)
        >> extract.expand(shard=SHARDS)
        >> label.expand(shard=SHARDS)
        >> publish()
    )


monitor()
