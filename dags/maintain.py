"""Upkeep beside the daily flow: after each run of it, and every six hours, repair the gaps that polls have found.

Sitemaps of news hold two days, so a gap that waits is a gap that stays.
"""

from datetime import timedelta

from airflow.sdk import Asset, AssetOrTimeSchedule, CronTriggerTimetable, dag, get_current_context, task
from task_rules import RULES

from silkwire.settings import get_settings


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("20 */6 * * *", timezone="UTC"), assets=[Asset("articles")]
    ),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    dagrun_timeout=timedelta(hours=1),
    default_args=RULES,
    tags=["silkwire"],
    doc_md=__doc__,
)
def maintain() -> None:
    """Wire the jobs."""

    @task
    def repair_gaps() -> None:
        from silkwire.stages import run_job

        run_job("maintain", get_settings(), get_current_context()["run_id"])

    repair_gaps()


maintain()
