# Instructions, compared with scripts/bench.instructions. Part of scripts/bench.

# Prints the instructions of the command line "$@".
instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
    awk '/Collected/ { print $NF }'
}

# Prints the name and the instructions of each workload.
workloads() {
  cd "$work"
  snapshot 10000 >few.json
  generate conn 100000 >script.conn
  local pipeline='from "few.json" | where tags has "tag-3" and authorization_status != "success" | count'
  printf 'version\t%s\n' "$(instructions "$conn" --version)"
  printf 'check\t%s\n' "$(instructions "$conn" check script.conn)"
  printf 'dry run\t%s\n' "$(instructions "$conn" eval --dry-run 'list where tags has "x" | disconnect force')"
  printf 'filter\t%s\n' "$(instructions "$conn" eval "$pipeline")"
  printf 'csv\t%s\n' "$(instructions "$conn" eval --output csv 'from "few.json"')"
  printf 'sort\t%s\n' "$(instructions "$conn" eval 'from "few.json" | sort by updated_at desc | first 20')"
}

# Counts are comparable only between programs of the same compiler and C library.
toolchain() {
  printf '%s, glibc %s, %s\n' "$(swift --version 2>/dev/null | sed -nE 's/.*(Swift version [0-9.]+).*/\1/p' | head -1)" \
    "$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)" "$(uname -m)"
}

guard() {
  local record=$root/scripts/bench.instructions
  if [ "${1:-}" = --record ]; then
    { printf '# %s\n' "$(toolchain)"; workloads; } >"$work/now"
    cp "$work/now" "$record"
    cat "$record"
    return
  fi
  if [ "$(head -1 "$record")" != "# $(toolchain)" ]; then
    printf 'error: the record is of %s; this is %s\n' "$(sed -n '1s/^# //p' "$record")" "$(toolchain)" >&2
    exit 1
  fi
  workloads >"$work/now"
  awk -F'\t' '/^#/ { next } NR == FNR { known[$1] = $2; next } {
    grown = $2 / known[$1] - 1
    printf "%s\t%d\t%+.1f %%\n", $1, $2, grown * 100
    if (grown > 0.05) failed = 1
  } END { exit failed }' "$record" "$work/now" || {
    printf 'error: a workload takes over 5 %% more instructions than %s says\n' "$record" >&2
    exit 1
  }
}
