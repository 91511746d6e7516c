# Long runs: time and memory for each write, compared with dd. Part of scripts/bench.

# 500 and 5,000 writes to a simulator without limits, as fast as they go; and as many synchronous
# writes of dd, since each call has two lines in the journal that must be on the disk.
writes() {
  CONN_BENCH=1 swift build --package-path "$root" -c release --product conn-bench \
    -debug-info-format none >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
  }
  export XDG_STATE_HOME=$work/state
  printf 'writes\ttime\tfor each write\tpeak memory\tdd oflag=dsync\n'
  for count in 500 5000; do
    snapshot "$count" >"$work/rows.json"
    serve "$root/.build/release/conn-bench" serve "$work/rows.json"
    local seconds memory
    /usr/bin/env time -f '%e %M' -o "$work/time" "$conn" eval 'list all | update folder_id = 7' \
      --yes --rate 10000 --max-writes "$count" >/dev/null 2>"$work/errors" || cat "$work/errors" >&2
    read -r seconds memory <"$work/time"
    awk -v count="$count" -v seconds="$seconds" -v memory="$memory" -v dd="$(synchronous $((count * 2)))" \
      'BEGIN { printf "%d\t%.1f s\t%.2f ms\t%d MB\t%.1f s\n", count, seconds, seconds / count * 1000, memory / 1024, dd }'
  done
}

# Prints the seconds that dd takes for $1 synchronous writes of 256 bytes.
synchronous() {
  /usr/bin/env time -f %e dd if=/dev/zero of="$work/dd" bs=256 count="$1" oflag=dsync 2>&1 >/dev/null |
    tail -1
}
