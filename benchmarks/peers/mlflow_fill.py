"""Fills the database of an MLflow server with the runs that TrackingFill writes, by SQL, for a fair start.

Arguments: path of an SQLite file that `mlflow server` has made, how many runs. Start the server once and stop it before.
"""

import random
import sqlite3
import sys
import uuid

path, count = sys.argv[1], int(sys.argv[2])
random.seed(1)
start = 1_700_000_000_000
database = sqlite3.connect(path)
database.execute(
    "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time)"
    " VALUES ('load', 'mlflow-artifacts:/load', 'active', ?, ?)",
    (start, start),
)
experiment = database.execute("SELECT experiment_id FROM experiments WHERE name = 'load'").fetchone()[0]
for i in range(count):
    run = uuid.uuid4().hex
    at = start + i * 1000
    database.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,"
        " source_version, lifecycle_stage, artifact_uri, experiment_id, deleted_time)"
        " VALUES (?, ?, 'UNKNOWN', '', '', 'load', 'RUNNING', ?, NULL, '', 'active', ?, ?, NULL)",
        (run, f"run-{i}", at, f"mlflow-artifacts:/load/{run}/artifacts", experiment),
    )
    values = [(f"m{m}", random.random(), at, run, 0, 0) for m in range(20)]
    database.executemany("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)", values)
    database.executemany("INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)", values)
    params = [("depth", str(i % 10), run), ("rate", str(i % 100 / 1000), run), ("seed", str(i), run)]
    database.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
    tags = [("team", f"t{i % 7}", run), ("mlflow.runName", f"run-{i}", run)]
    database.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", tags)
database.commit()
print(f"{count} runs, experiment {experiment}")
