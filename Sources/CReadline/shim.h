/// GNU readline in callback mode: the caller waits for input, and readline never blocks.
#include <stdio.h>
#include <stdlib.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Readline keeps its hands off the signals, and reads `$if conn` of ~/.inputrc.
static inline void conn_readline_prepare(void) {
  rl_readline_name = "conn";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 1;
  rl_bind_key('\t', rl_insert);
}

/// Gives the line up and puts the terminal back.
static inline void conn_readline_abandon(void) {
  rl_free_line_state();
  rl_callback_sigcleanup();
  rl_callback_handler_remove();
}
