# Lexing, parsing and checking, compared with Python's parser. Part of scripts/bench.

language() {
  : >"$work/empty.conn"
  : >"$work/empty.py"
  printf 'import sys\ncompile(open(sys.argv[1]).read(), "x", "exec", 0x400)  # PyCF_ONLY_AST\n' >"$work/compile.py"
  local own other
  own=$(median "$conn check $work/empty.conn")
  other=$(median "python3 -S $work/compile.py $work/empty.py")
  printf 'size\tconn check\tPython parse\tconn / Python\n'
  for size in 10000 100000 1000000 2000000; do
    generate conn "$size" >"$work/script.conn"
    generate python "$size" >"$work/script.py"
    "$conn" check "$work/script.conn"
    awk -v size="$(stat -c %s "$work/script.conn")" -v pysize="$(stat -c %s "$work/script.py")" \
      -v own="$own" -v other="$other" -v conn="$(median "$conn check $work/script.conn")" \
      -v python="$(median "python3 -S $work/compile.py $work/script.py")" 'BEGIN {
        a = size / 1e6 / (conn - own); b = pysize / 1e6 / (python - other)
        printf "%d kB\t%.3f s, %.1f MB/s\t%.3f s, %.1f MB/s\t%.2f ×\n",
          size / 1000, conn - own, a, python - other, b, a / b }'
  done
  python3 --version
}
