# Completion of conn for bash. conn itself knows what fits.
_conn() {
  local candidate text
  local -a texts=() details=()
  while IFS= read -r candidate; do
    texts+=("${candidate%%$'\t'*}")
    details+=("${candidate#*$'\t'}")
  done < <(command conn complete --line "${COMP_LINE:0:COMP_POINT}" --replacing "$2" 2>/dev/null)
  COMPREPLY=("${texts[@]}")
  compopt -o nosort 2>/dev/null
  # After a directory, a `name=` or a `place:`, something else follows.
  if [[ ${#texts[@]} -eq 1 && ${texts[0]} == *[/=:] ]]; then compopt -o nospace; fi
  # bash only lists the candidates (63 is `?`), so that descriptions can stand beside them.
  if [[ $COMP_TYPE -eq 63 && ${#texts[@]} -gt 1 && -n ${details[*]// /} ]]; then
    COMPREPLY=()
    local -i index width=0
    for text in "${texts[@]}"; do ((${#text} > width)) && width=${#text}; done
    for index in "${!texts[@]}"; do
      COMPREPLY+=("$(printf '%-*s  %s' "$width" "${texts[index]}" "${details[index]}")")
    done
  fi
}
complete -F _conn conn
