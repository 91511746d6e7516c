/// The tables of what lies outside a script: variables and files.
extension HelpTable {
  package static let environment = HelpTable(
    "environment", "Environment variables",
    "An option that sets the same comes first.",
    [
      variable(
        "WORKATO_API_TOKEN",
        "token of the API client, unless `--profile` or `--token-from` chooses another; "
          + "comes before the token of the default profile"),
      variable(
        "WORKATO_HOST",
        "URL of the server, unless `--profile` or `--host` chooses another; comes before the host "
          + "of the default profile (default: `https://www.workato.com`)"),
      variable("WORKATO_PROFILE", "profile to use, unless `--profile` chooses another"),
      variable(
        "HTTPS_PROXY",
        "HTTP proxy for the server, unless the profile has a `proxy`; `https_proxy` comes first"),
      variable(
        "NO_PROXY",
        "hosts that are reached without a proxy, such as `example.com,10.0.0.0/8`; "
          + "`no_proxy` comes first"),
      variable(
        "SSL_CERT_FILE",
        "PEM file with the certificates to trust, unless the profile has a `ca_file`"),
      variable("XDG_CONFIG_HOME", "directory of the configuration (default: `~/.config`)"),
      variable(
        "XDG_STATE_HOME", "directory of runs and history (default: `~/.local/state`)"),
      variable("NO_COLOR", "if it isn't empty, conn uses no colours"),
      variable("PAGER", "program that shows long output of the prompt (default: `less`)"),
      variable("VISUAL, EDITOR", "editor that `:edit` starts (default: `vi`)"),
    ])

  package static let files = HelpTable(
    "files", "Files", "Files in the state directory are private to the user.",
    [
      file(
        "$XDG_CONFIG_HOME/conn/config.conn",
        "the profiles; refused if other users could have changed it"),
      file(
        "$XDG_STATE_HOME/conn/runs/",
        "a directory for each run that wrote something: its journal, script and row files"),
      file("$XDG_STATE_HOME/conn/applied/", "the hashes of the plans that have been applied"),
      file(
        "$XDG_STATE_HOME/conn/pace/",
        "the latest calls, so that all processes together stay within the limits"),
      file("$XDG_STATE_HOME/conn/history.jsonl", "the lines typed at the prompt"),
      file(
        "$XDG_STATE_HOME/conn/applications.json",
        "the applications listed so far, which the prompt completes"),
    ])

  private static func variable(_ names: String, _ summary: String) -> HelpEntry {
    HelpEntry(names.split(separator: ", ").map(String.init), names, summary)
  }

  private static func file(_ path: String, _ summary: String) -> HelpEntry {
    HelpEntry([path], path, summary)
  }
}
