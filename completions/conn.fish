# Completion of conn for fish. conn itself knows what fits.
function __conn_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l word (commandline --cut-at-cursor --current-token)
    # A word with an open quote can't be unescaped; without its quote it is what the user means.
    set -l plain (string unescape -- $word; or string trim --left --chars '"\'' -- $word)
    command conn complete -- $words[2..] "$plain" 2>/dev/null
end
complete --command conn --no-files --keep-order --arguments '(__conn_complete)'
