# Lexing, parsing, checking and formatting, compared with Python's parser. Part of scripts/bench.

# Prints the time for a script of $1 bytes, from that of the process and of one without work, and the
# megabytes per second.
throughput() {
  awk -v size="$1" -v time="$2" -v own="$3" \
    'BEGIN { printf "\t%.3f s, %.1f MB/s", time - own, size / 1e6 / (time - own) }'
}

language() {
  : >"$work/empty.conn"
  : >"$work/empty.py"
  printf 'import sys\ncompile(open(sys.argv[1]).read(), "x", "exec", 0x400)  # PyCF_ONLY_AST\n' >"$work/compile.py"
  local own other size bytes
  own=$(median "$conn check $work/empty.conn")
  other=$(median "python3 -S $work/compile.py $work/empty.py")
  printf 'size\tconn check\tconn fmt\tPython parse\n'
  for size in 10000 100000 1000000 2000000; do
    generate conn "$size" >"$work/script.conn"
    generate python "$size" >"$work/script.py"
    "$conn" check "$work/script.conn"
    bytes=$(stat -c %s "$work/script.conn")
    printf '%d kB' $((bytes / 1000))
    throughput "$bytes" "$(median "$conn check $work/script.conn")" "$own"
    throughput "$bytes" "$(median "$conn fmt $work/script.conn")" "$own"
    throughput "$(stat -c %s "$work/script.py")" "$(median "python3 -S $work/compile.py $work/script.py")" "$other"
    printf '\n'
  done
  python3 --version
}
