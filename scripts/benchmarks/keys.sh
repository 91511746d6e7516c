# A key press at the prompt, compared with bash and Python. Part of scripts/bench.

keys() {
  CONN_BENCH=1 swift build --package-path "$root" -c release --product conn-bench \
    -debug-info-format none >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
  }
  local bench=$root/.build/release/conn-bench
  "$bench" | tee "$work/keys"
  "$bench" names >"$work/names"
  generate python 11000 >"$work/paste.py"
  printf '%s\n' "names=\$(<'$work/names')" "IFS=\$'\\n'" \
    'compgen -W "$names" -- "ACME jira 1" >/dev/null' >"$work/compgen"
  printf '%s\n' 'import io, sys, time, tokenize' 'text = open(sys.argv[1]).read()' 'times = []' \
    'for _ in range(51):' '  start = time.perf_counter()' \
    '  list(tokenize.generate_tokens(io.StringIO(text).readline))' \
    '  times.append(time.perf_counter() - start)' 'print(sorted(times)[25])' >"$work/tokens.py"
  local compgen tokenize
  compgen=$(median "bash $work/compgen")
  tokenize=$(python3 "$work/tokens.py" "$work/paste.py")
  awk -F'\t' -v compgen="$compgen" -v tokenize="$tokenize" '
    /ACME jira 1/ { printf "%.1f\tms\tcompgen, %.0f × as long\n", compgen * 1000, compgen * 1000 / $1 }
    /200 lines/ { printf "%.1f\tms\tPython tokenize, %.1f × as long\n", tokenize * 1000, tokenize * 1000 / $1 }
  ' "$work/keys"
}
