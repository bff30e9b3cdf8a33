"""What every task of every DAG keeps to: it is retried where that helps, and ends before Airflow loses patience."""

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

RULES = {
    "retries": 3,
    "retry_delay": timedelta(seconds=15),
    "retry_policy": ExceptionRetryPolicy(
        rules=[
            RetryRule(exception="silkwire.errors.Transient", action=RetryAction.RETRY),
            RetryRule(exception="silkwire.errors.Permanent", action=RetryAction.FAIL),
        ]
    ),
    "execution_timeout": timedelta(minutes=9, seconds=30),
}
