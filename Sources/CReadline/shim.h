/// GNU readline in callback mode: the caller waits for input, and readline never blocks. Swift's
/// concurrency checks reject readline's global variables, so functions wrap them.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <readline/readline.h>
#include <readline/history.h>

/// With fewer columns, readline divides by zero when it scrolls horizontally.
static inline void conn_rl_keep_columns(void) {
  int rows, columns;
  rl_get_screen_size(&rows, &columns);
  if (columns < 8) rl_set_screen_size(rows, 8);
}

/// Makes the keys for signals and flow control (Ctrl-C, Ctrl-Z, Ctrl-S …) arrive as ordinary keys.
/// Echo stays on: readline would treat a terminal without echo as one that must not show the input.
static inline void conn_rl_prep_terminal(int meta) {
  conn_rl_keep_columns();
  struct termios modes;
  rl_prep_terminal(meta);
  rl_tty_set_echoing(1);
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_lflag &= ~(tcflag_t)ISIG;
  modes.c_iflag &= ~(tcflag_t)IXON;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

typedef int conn_rl_command(int, int);
typedef char **conn_rl_completion(const char *, int, int);

/// Sets up readline, reads ~/.inputrc (with `$if conn`), and binds our own commands to keys that are
/// still free.
static inline void conn_rl_prepare(
    rl_getc_func_t *read_key, rl_voidfunc_t *redisplay, conn_rl_completion *complete,
    rl_compdisp_func_t *show_candidates) {
  rl_readline_name = "conn";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_getc_function = read_key;
  rl_prep_term_function = conn_rl_prep_terminal;
  rl_attempted_completion_function = complete;
  rl_completion_display_matches_hook = show_candidates;
  rl_completer_word_break_characters = "";
  rl_basic_quote_characters = "";
  rl_completer_quote_characters = NULL;
  rl_initialize();
  // In callback mode, readline 8.2 crashes in the commands that search for one character.
  rl_bind_keyseq_in_map("\\C-]", NULL, emacs_standard_keymap);
  rl_bind_keyseq_in_map("\\e\\C-]", NULL, emacs_standard_keymap);
  // If this were set earlier, it would turn off bracketed paste regardless of ~/.inputrc.
  rl_redisplay_function = redisplay;
  using_history();
}

/// Binds a command to a key sequence in all line-editing keymaps; `name` lets ~/.inputrc bind it.
static inline void conn_rl_add(const char *name, conn_rl_command *command, const char *keys) {
  rl_add_defun(name, command, -1);
  if (!keys) return;
  rl_bind_keyseq_if_unbound_in_map(keys, command, emacs_standard_keymap);
  rl_bind_keyseq_if_unbound_in_map(keys, command, vi_insertion_keymap);
  rl_bind_keyseq_if_unbound_in_map(keys, command, vi_movement_keymap);
}

/// Puts a command in the place of another one, on whatever keys that is bound to.
static inline void conn_rl_wrap(conn_rl_command *wrapped, conn_rl_command *command) {
  Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
  for (int map = 0; map < 3; map++) {
    char **keys = rl_invoking_keyseqs_in_map(wrapped, maps[map]);
    for (char **key = keys; key && *key; key++) {
      rl_bind_keyseq_in_map(*key, command, maps[map]);
      free(*key);
    }
    free(keys);
  }
}

/// Binds a command to a key, replacing any other binding.
static inline void conn_rl_claim(conn_rl_command *command, const char *keys) {
  rl_bind_keyseq_in_map(keys, command, emacs_standard_keymap);
  rl_bind_keyseq_in_map(keys, command, vi_insertion_keymap);
  rl_bind_keyseq_in_map(keys, command, vi_movement_keymap);
}

static inline const char *conn_rl_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }
static inline int conn_rl_point(void) { return rl_point; }
static inline int conn_rl_is_at_end(void) { return rl_point == rl_end; }

/// `true` iff only the prompt and the line are shown; a search, for example, shows more.
static inline int conn_rl_is_ordinary(void) {
  unsigned long special = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG
    | RL_STATE_VIMOTION | RL_STATE_CHARSEARCH;
  if (rl_readline_state & special) return 0;
  if (rl_display_prompt != rl_prompt) return 0;
  return !(rl_mark_active_p() && rl_mark != rl_point);
}

/// `true` iff readline has read a key that it hasn't handled yet, such as Return after text.
static inline int conn_rl_has_pending(void) {
  return rl_pending_input != 0 || RL_ISSTATE(RL_STATE_MACROINPUT) != 0;
}

static inline int conn_rl_searches(void) { return RL_ISSTATE(RL_STATE_ISEARCH) != 0; }

static inline int conn_rl_is_on(const char *variable) {
  const char *value = rl_variable_value(variable);
  return value && strcmp(value, "on") == 0;
}

/// Writes to readline's output stream.
static inline void conn_rl_put(const char *text) {
  fputs(text, rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
}

/// Clears the history, and what the previous key planned for the next line.
static inline HISTORY_STATE *conn_rl_hide_history(void) {
  HISTORY_STATE *kept = history_get_history_state();
  HISTORY_STATE none = {0};
  rl_startup_hook = NULL;
  history_set_history_state(&none);
  return kept;
}

static inline void conn_rl_show_history(HISTORY_STATE *kept) {
  history_set_history_state(kept);
  free(kept);
}

/// Inserts text at the cursor and shows it.
static inline void conn_rl_insert(const char *text) {
  rl_insert_text(text);
  (*rl_redisplay_function)();
}

/// `true` iff a command is reading keys itself, as the one for pasted text does.
static inline int conn_rl_reads_more(void) { return RL_ISSTATE(RL_STATE_MOREINPUT) != 0; }

/// Declared here because the macro that makes <wchar.h> declare it changes `signal` in other headers.
extern int wcwidth(wchar_t);

/// The width of a character in columns, as readline counts it; negative if it can't be shown.
static inline int conn_rl_width(unsigned int character) { return wcwidth((wchar_t)character); }

/// Moves the cursor to the end of the text.
static inline void conn_rl_go_to_end(void) {
  rl_point = rl_end;
  (*rl_redisplay_function)();
}

/// Adopts the terminal's new size. Readline clears the old rows only in its own redisplay.
static inline void conn_rl_resize(void) {
  rl_voidfunc_t *redisplay = rl_redisplay_function;
  rl_redisplay_function = rl_redisplay;
  rl_resize_terminal();
  conn_rl_keep_columns();
  rl_redisplay_function = redisplay;
  (*rl_redisplay_function)();
}

/// Uses completion results unchanged: appends nothing, quotes nothing, and tries no file names.
static inline void conn_rl_take_completion(void) {
  rl_attempted_completion_over = 1;
  rl_completion_suppress_append = 1;
  rl_completion_suppress_quote = 1;
  rl_filename_completion_desired = 0;
  rl_sort_completion_matches = 0;
  rl_ignore_completion_duplicates = 0;
}

/// The line that readline saves while it shows an older one.
extern HIST_ENTRY *_rl_saved_line_for_history __attribute__((weak));

/// Starts a line. Readline 8.2 may already have freed the undo list of an abandoned line and would
/// free it again, so the list is dropped instead.
static inline void conn_rl_begin(const char *prompt, rl_vcpfunc_t *take) {
  if (&_rl_saved_line_for_history && _rl_saved_line_for_history)
    _rl_saved_line_for_history->data = NULL;
  rl_callback_handler_install(prompt, take);
}

/// Abandons the line and restores the terminal.
static inline void conn_rl_abandon(void) {
  rl_free_line_state();
  rl_callback_sigcleanup();
  rl_callback_handler_remove();
}

/// Redraws the line, wherever the cursor is.
static inline void conn_rl_show_again(void) {
  rl_on_new_line();
  rl_forced_update_display();
}

static inline void conn_rl_suspend(void) { rl_deprep_terminal(); }
static inline void conn_rl_continue(void) {
  conn_rl_prep_terminal(1);
  conn_rl_show_again();
}
