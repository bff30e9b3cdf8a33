"""Once more over what is stored: articles whose labels are of another version get new ones; nothing is fetched.

For a changed `config/regions.yaml` or `config/topics.yaml`, or a new release. Triggered by hand; what a task has no
time left for is done by the next run of this DAG or of `monitor`.
"""

from datetime import timedelta

from airflow.sdk import dag, task
from stage_tasks import SHARDS, end_run, work
from task_rules import RULES


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    dagrun_timeout=timedelta(hours=1),
    default_args=RULES,
    tags=["silkwire"],
    doc_md=__doc__,
)
def reprocess() -> None:
    """Wire the stage."""

    @task
    def label(shard: int) -> None:
        work("label", shard)

    @task
    def publish() -> None:
        end_run()

    label.expand(shard=SHARDS) >> publish()


reprocess()
