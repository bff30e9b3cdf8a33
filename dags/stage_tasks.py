"""What the tasks of the flow's DAGs do: a shard of a stage, and the end of a run."""

from airflow.sdk import get_current_context

from silkwire.settings import get_settings

SHARDS = list(range(get_settings().shards))


def work(stage: str, shard: int) -> None:
    """Do one shard of a stage for the run that asks."""
    from silkwire.records import Shard
    from silkwire.stages import run_stage

    run_stage(stage, get_settings(), get_current_context()["run_id"], Shard(shard, len(SHARDS)))


def end_run() -> None:
    """End the run that asks; raise `Permanent` with the problems of its report."""
    from silkwire.errors import Permanent
    from silkwire.stages import publish

    report = publish(get_settings(), get_current_context()["run_id"])
    if report.problems:
        raise Permanent("\n".join(report.problems))
