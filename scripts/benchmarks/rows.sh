# Rows of a file, compared with jq, DuckDB, simdjson and Miller. Part of scripts/bench.

# Installs DuckDB and simdjson for Python below .build, and defines commands that use them.
python_peers() {
  local packages=$root/.build/bench-python
  [ -d "$packages/duckdb" ] || python3 -m pip install --quiet --disable-pip-version-check \
    --root-user-action ignore --target "$packages" duckdb==2.0.1 pysimdjson==7.0.2 >&2
  export PYTHONPATH=$packages
  printf '%s\n' 'import duckdb, sys' 'print(duckdb.sql(sys.argv[1]).fetchall())' >"$work/duck.py"
  printf '%s\n' 'import simdjson, sys' 'rows = simdjson.Parser().load(sys.argv[1])' \
    'print(sum(1 for row in rows if "tag-3" in row["tags"] and row["authorization_status"] != "success"))' \
    >"$work/simd.py"
}

duck() { printf 'python3 %s "%s"' "$work/duck.py" "$1"; }

# Prints the time of one pipeline in conn, its peak memory, and how many times as long others take.
# $1: name, $2: pipeline, $3: output format; then a command of jq, DuckDB, simdjson and Miller, or
# nothing if there is none. Each may name the file $work/rows.json.
compare() {
  local command="$program eval --output $3 '$2'" seconds memory
  seconds=$(shell_median "$command")
  memory=$( { /usr/bin/env time -f %M bash -c "$command >$work/out" ; } 2>&1 | tail -1)
  printf '%s\t%.3f s\t%d MB' "$1" "$seconds" $((memory / 1024))
  shift 3
  for other in "$@"; do
    if [ -z "$other" ]; then
      printf '\t-'
    else
      awk -v a="$(shell_median "$other")" -v b="$seconds" 'BEGIN { printf "\t%.1f × (%.2f s)", a / b, a }'
    fi
  done
  printf '\n'
}

rows() {
  program=${1:-$conn}
  python_peers
  cd "$work"
  snapshot 100000 >rows.json
  sed -e 's/ACME jira/ACME Jira/' rows.json >later.json
  "$conn" eval --output csv 'from "rows.json"' >rows.csv
  local read="read_json('rows.json')"
  printf 'pipeline\ttime\tpeak memory\tjq\tDuckDB\tsimdjson\tMiller\n'
  compare 'filter, count' \
    'from "rows.json" | where tags has "tag-3" and authorization_status != "success" | count' jsonl \
    "jq -c '[.[] | select((.tags | index(\"tag-3\")) and .authorization_status != \"success\")] | length' rows.json" \
    "$(duck "select count(*) from $read where list_contains(tags, 'tag-3') and authorization_status <> 'success'")" \
    "python3 simd.py rows.json" ''
  compare 'all as CSV' 'from "rows.json"' csv \
    "jq -r '.[] | [.[] | if type == \"array\" then join(\";\") else . end] | @csv' rows.json" '' '' \
    'mlr --ijson --ocsv cat rows.json'
  compare 'all as JSONL' 'from "rows.json"' jsonl "jq -c '.[]' rows.json" '' '' 'mlr --ijson --ojsonl cat rows.json'
  compare 'CSV in, count' 'from "rows.csv" | where application == "jira" | count' jsonl '' \
    "$(duck "select count(*) from read_csv('rows.csv') where application = 'jira'")" '' \
    "mlr --icsv --ojsonl filter '\$application == \"jira\"' then count rows.csv"
  compare group 'from "rows.json" | group by application with count()' jsonl \
    "jq -c 'group_by(.application)[] | [.[0].application, length]' rows.json" \
    "$(duck "select application, count(*) from $read group by 1")" '' 'mlr --ijson --ojsonl count -g application rows.json'
  compare 'sort, first 20' 'from "rows.json" | sort by updated_at desc | first 20 | select id' jsonl \
    "jq -c 'sort_by(.updated_at) | reverse | .[:20][] | .id' rows.json" \
    "$(duck "select id from $read order by updated_at desc limit 20")" '' \
    'mlr --ijson --ojsonl sort -r updated_at then head -n 20 then cut -f id rows.json'
  compare matches 'from "rows.json" | where name matches "connection [0-9]*7$" | count' jsonl \
    "jq -c '[.[] | select(.name | test(\"connection [0-9]*7\$\"))] | length' rows.json" \
    "$(duck "select count(*) from $read where regexp_matches(name, 'connection [0-9]*7\$')")" '' \
    "mlr --ijson --ojsonl filter '\$name =~ \"connection [0-9]*7\$\"' then count rows.json"
  compare 'lower, contains' 'from "rows.json" | where lower(name) contains "slack" | count' jsonl \
    "jq -c '[.[] | select(.name | ascii_downcase | contains(\"slack\"))] | length' rows.json" \
    "$(duck "select count(*) from $read where contains(lower(name), 'slack')")" '' ''
  compare diff 'from "later.json" | diff from "rows.json" | count' jsonl '' '' '' ''
  printf '%s\tMiller %s\tDuckDB and simdjson %s\n' "$(jq --version)" "$(mlr --version)" "from Python"
}

sizes() {
  program=${1:-$conn}
  printf 'connections\ttime\tpeak memory\tper connection\n'
  for count in 1000 10000 100000 1000000; do
    snapshot "$count" >"$work/rows.json"
    local command="$program eval 'from \"$work/rows.json\" | where tags has \"tag-3\" | count'"
    local seconds memory
    seconds=$(shell_median "$command")
    memory=$( { /usr/bin/env time -f %M bash -c "$command >$work/out" ; } 2>&1 | tail -1)
    awk -v count="$count" -v seconds="$seconds" -v memory="$memory" \
      'BEGIN { printf "%d\t%.3f s\t%d MB\t%.2f µs\n", count, seconds, memory / 1024, seconds / count * 1e6 }'
  done
}
