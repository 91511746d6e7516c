# Rows of a list over HTTP, compared with curl and jq. Part of scripts/bench.

# Prints the time of the filter over the list of the server, its peak memory, and the time of curl
# and jq. $1: name; the rest: the command that starts the server.
list_row() {
  local name=$1 seconds memory other
  shift
  serve "$@"
  # Without the log of earlier calls, no list waits for its turn.
  local command="rm -rf $work/state; $conn eval --output jsonl 'list all | where tags has \"tag-3\" and authorization_status != \"success\" | count'"
  seconds=$(shell_median "$command")
  memory=$( { /usr/bin/env time -f %M bash -c "$command >$work/out" ; } 2>&1 | tail -1)
  other=$(shell_median "curl -s --compressed -H 'Authorization: Bearer $WORKATO_API_TOKEN' '$WORKATO_HOST/api/connections?includes%5B%5D=tags' |
    jq '[.[] | select((.tags | index(\"tag-3\")) and .authorization_status != \"success\")] | length'")
  awk -v name="$name" -v a="$seconds" -v memory="$memory" -v b="$other" 'BEGIN {
    printf "%s\t%.2f s\t%d MB\t%.1f × (%.2f s)\n", name, a, memory / 1024, b / a, b }'
}

list() {
  CONN_BENCH=1 swift build --package-path "$root" -c release --product conn-bench \
    -debug-info-format none >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
  }
  export XDG_STATE_HOME=$work/state
  snapshot 100000 >"$work/rows.json"
  local files=$root/scripts/benchmarks/list.py
  printf 'server\ttime\tpeak memory\tcurl and jq\n'
  list_row simulator "$root/.build/release/conn-bench" serve "$work/rows.json"
  list_row 'a file' python3 "$files" "$work/rows.json"
  list_row 'a file, gzip' python3 "$files" "$work/rows.json" gzip
}
