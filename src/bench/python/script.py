"""What a platform engineer would write in an afternoon, and well: psycopg2, a transaction for each page, execute_values.

It makes a pass for each line on standard input: "first" after emptying its tables, anything else without. It answers with
the seconds that the pass took.
"""

import json
import sys
import time
import urllib.request

import psycopg2
from psycopg2.extras import execute_values

URL, PAGE_SIZE, COLUMNS, DSN = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(","), sys.argv[4]

UPSERT = "insert into task ({}) values %s on conflict (task_id) do update set {}".format(
    ", ".join(COLUMNS), ", ".join(f"{c} = excluded.{c}" for c in COLUMNS if c != "task_id"))


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def store(cursor, tasks):
    cursor.execute("select task_id, status from task where task_id = any(%s)", ([t["task_id"] for t in tasks],))
    known = dict(cursor.fetchall())
    execute_values(cursor, UPSERT, [[text(t[c]) for c in COLUMNS] for t in tasks], page_size=1000)
    moved = [(t["task_id"], known.get(t["task_id"]), t["status"]) for t in tasks if known.get(t["task_id"]) != t["status"]]
    if moved:
        execute_values(cursor, "insert into transition (task_id, from_status, to_status) values %s", moved, page_size=1000)


def sync(connection):
    offset = 0
    while True:
        with urllib.request.urlopen(f"{URL}?offset={offset}&limit={PAGE_SIZE}") as answer:
            tasks = json.load(answer)["migration_tasks"]
        if tasks:
            with connection, connection.cursor() as cursor:
                store(cursor, tasks)
        offset += len(tasks)
        if len(tasks) < PAGE_SIZE:
            return


connection = psycopg2.connect(DSN)
for line in sys.stdin:
    if line.strip() == "first":
        with connection, connection.cursor() as cursor:
            cursor.execute("truncate task, transition")
    start = time.monotonic()
    sync(connection)
    print(time.monotonic() - start, flush=True)
