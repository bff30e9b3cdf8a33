"""What the tests of exports share: a mart with every type, and how a reader sees CSV."""

import csv
import io

# A mart with every type that marts have.
SAMPLE = """
create view marts.sample as
select * from (values
    (date '2026-01-01', 1, 'صباح الخير، قال الوزير', array['KZ', 'CN'], 12.50::numeric(8, 2), 0.25::real,
     timestamptz '2026-01-01 05:30+05:30', true, '{"text": "新疆", "start": 3}'::jsonb, 2.5::double precision, -7.125),
    (date '2026-01-02', -2, E'新疆 "引号"\nsecond, line', array['a,b', null], -3.10, -0.5,
     timestamptz '2026-01-02 00:00Z', false, '[]'::jsonb, -1e300, 5),
    (date '2026-01-31', 9007199254740993, '', array[]::text[], 0, 0,
     timestamptz '2026-01-31 23:59:59.123456Z', false, '"x"'::jsonb, 0, 0),
    (null, null, null, null, null, null, null, null, null, null, null)
) as rows (day, articles, title, countries, share, score, seen_at, is_reprint, evidence, mean, ratio)
"""
NAMES = [
    *("day", "articles", "title", "countries", "share", "score", "seen_at", "is_reprint", "evidence", "mean", "ratio"),
]


def csv_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
