/// The configuration: what its settings are set to.
extension DiagnosticArticle {
  static let settings: [DiagnosticArticle] = [
    .ofConfiguration(
      "C0610", "default that names no profile",
      """
      The `default` is the profile that is used where nothing else chooses one, and
      no profile has this name. A run without it would reach another workspace,
      without the limits that were meant for it. Correct the name.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
        }
        default = "eu-prd"
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        default = "eu-prod"
        """),
    .ofConfiguration(
      "C0611", "unknown region",
      """
      The table of regions has none of this name; `grammar/reference.md` shows it
      with the hosts. Installations of their own have a host and no region. Correct
      the name, or write `host` instead.
      """,
      wrong: """
        profile "eu-prod" {
          region = "europe"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        """),
    .ofConfiguration(
      "C0612", "host that cannot be called",
      """
      A host is written as `https://` and a name, with or without `/api`. With http
      the token would travel in the clear, so it is for loopback only, where a
      simulated workspace listens. Write the address as the browser shows it,
      without a path.
      """,
      wrong: """
        profile "eu-prod" {
          host = "http://app.eu.workato.com"
        }
        """,
      right: """
        profile "eu-prod" {
          host = "https://app.eu.workato.com"
        }
        """),
    .ofConfiguration(
      "C0613", "malformed place of a token",
      """
      The text behind `secret` says where the token is kept, and never is the token:
      `env:NAME`, `file:/PATH` or `cmd:ARGV`. It is checked when the configuration is
      read, and not only in the run that needs it. Since the text may be the token
      itself, no message shows it.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          token = secret("WORKATO_EU_TOKEN")
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          token = secret("env:WORKATO_EU_TOKEN")
        }
        """),
    .ofConfiguration(
      "C0614", "setting out of range",
      """
      The number is not one that the setting can mean. A `max_percent` is from 0 to
      100, a `max_writes` not negative, a `rate` at least one write a second. 0
      means zero: a profile with `max_writes = 0` refuses every write.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          max_percent = 250
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          max_percent = 25
        }
        """),
    .ofConfiguration(
      "C0615", "variable in `protect`",
      """
      The predicate of `protect` is checked and read without a script, so no
      variable is bound for it. If it could read one of the script, the script could
      open what is protected from it. Write the value itself.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          protect = tags has $tag
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          protect = tags has "do-not-touch"
        }
        """),
    .ofConfiguration(
      "C0616", "profile without a name",
      """
      A profile is chosen by its name, and this one has none. The name is shown
      before every write, so that it says where the write goes. Write a name in
      quotes.
      """,
      wrong: """
        profile "" {
          region = "eu"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        """),
    .ofConfiguration(
      "C0617", "unknown output",
      """
      Results are shown in one of a few forms, and this is none of them. A form that
      only looks like another would surprise the program that reads it. Correct the
      name; the message lists them.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          output = "yaml"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          output = "csv"
        }
        """),
  ]
}
