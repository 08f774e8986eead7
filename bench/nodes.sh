#!/bin/sh
# Measures how many passes 1, 2 and 3 nodes make together with schedule.store=jdbc: passes a minute, how late they begin
# after their tick, and the processor time of each part. All of it runs on this machine: the nodes, the simulator that
# they read, and PostgreSQL, in a database that is dropped and made anew for each number of nodes.
#
#   bench/nodes.sh jdbc:postgresql://127.0.0.1:5432/dcs_bench
#
# Needs psql and a user who may create databases; PGUSER and PGPASSWORD say who. By the environment: SOURCES (200),
# TASKS of each (1000), SCHEDULE (0 * * * * ?, all at once every minute), MINUTES to measure (3), NODES ("1 2 3").
set -eu

URL=${1:?"usage: bench/nodes.sh jdbc:postgresql://host:port/database"}
SOURCES=${SOURCES:-200}
TASKS=${TASKS:-1000}
SCHEDULE=${SCHEDULE:-0 * * * * ?}
MINUTES=${MINUTES:-3}
NODES=${NODES:-1 2 3}
export PGUSER="${PGUSER:-postgres}"

PROGRAM=$(cd "$(dirname "$0")/.." && pwd)/bin/dcs-sync
SERVER=${URL#jdbc:}
DATABASE=${SERVER##*/}
WORK=$(mktemp -d)
TICKS_A_SECOND=$(getconf CLK_TCK)
PIDS=

stop() {
    for pid in $PIDS; do kill "$pid" 2>/dev/null || true; done
    for pid in $PIDS; do wait "$pid" 2>/dev/null || true; done
    PIDS=
}
trap 'stop; rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM

ask() { psql --no-psqlrc --quiet --tuples-only --no-align "$SERVER" --command "$1"; }

# processor seconds that a process has used
used() { awk -v hz="$TICKS_A_SECOND" '{ print int(($14 + $15) / hz) }' "/proc/$1/stat"; }

# waits until a file holds a text, for two minutes at most
await() {
    tries=0
    until grep -q "$2" "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 240 ] || { cat "$1" >&2; exit 1; }
        sleep 0.5
    done
}

configure() {
    {
        echo "database.url = $URL"
        echo "database.user = $PGUSER"
        echo "database.password = {{?env:PGPASSWORD}}"
        echo "schedule.store = jdbc"
        echo "http.port = 0"
        echo "http.management-port = 0"
        for i in $(seq "$SOURCES"); do
            echo "source.s$i.endpoint = $1"
            echo "source.s$i.project-id = 666486c2d9b948c1bbea57e714d744fa"
            echo "source.s$i.auth = none"
            echo "source.s$i.rate-limit = 10000"
            echo "source.s$i.schedule = $SCHEDULE"
        done
    } >"$WORK/nodes.properties"
}

measure() {
    psql --no-psqlrc --quiet "${SERVER%/*}/postgres" \
        --command "set client_min_messages = warning" --command "drop database if exists $DATABASE with (force)" --command "create database $DATABASE"
    "$PROGRAM" simulate --port 0 --tasks "$TASKS" --speed 0 >"$WORK/simulator.out" 2>"$WORK/simulator.err" &
    SIMULATOR=$!
    PIDS=$SIMULATOR
    await "$WORK/simulator.out" http
    configure "$(head -1 "$WORK/simulator.out")"
    OWN=
    for node in $(seq "$1"); do
        "$PROGRAM" run --config "$WORK/nodes.properties" 2>"$WORK/node-$node.err" &
        OWN="$OWN $!"
        PIDS="$PIDS $!"
        await "$WORK/node-$node.err" "running: "
    done

    # the first passes store everything; what is measured is what comes again and again
    until [ "$(ask "select count(distinct source) from report.sync_run where outcome = 'complete'")" = "$SOURCES" ]; do
        sleep 1
    done
    sleep $((60 - $(date +%s) % 60))
    from=$(ask "select date_trunc('minute', clock_timestamp())")
    before=0; for pid in $OWN; do before=$((before + $(used "$pid"))); done
    simulated=$(used $SIMULATOR)
    sleep $((MINUTES * 60))
    after=0; for pid in $OWN; do after=$((after + $(used "$pid"))); done
    ask "
        with measured as (
          select node, outcome, extract(epoch from started_at - date_trunc('minute', started_at)) as late
          from report.sync_run
          where started_at >= '$from' and started_at < '$from'::timestamptz + interval '$MINUTES minutes'
        ), of_node as (select node, count(*) as passes from measured group by node)
        select format('%s | %s | %s | %s s | %s s | %s | %s s | %s s',
                      $1,
                      round((select count(*) from measured where outcome = 'complete')::numeric / $MINUTES),
                      (select string_agg(round(passes::numeric / $MINUTES)::text, ' + ' order by passes desc) from of_node),
                      (select round(percentile_cont(0.5) within group (order by late)::numeric, 1) from measured),
                      (select round(max(late), 1) from measured),
                      (select count(*) from measured where outcome not in ('complete', 'running')),
                      $((after - before)) / $MINUTES,
                      $(($(used $SIMULATOR) - simulated)) / $MINUTES)"
    stop
}

echo "$SOURCES sources of $TASKS tasks, schedule $SCHEDULE, $MINUTES minutes, $(nproc) cores"
echo "nodes | passes a minute | of each node | late, median | late, at most | not complete | CPU a minute, nodes | simulator"
for count in $NODES; do measure "$count"; done
