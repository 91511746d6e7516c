/// Articles about the values of settings in the configuration.
extension DiagnosticArticle {
  static let settings: [DiagnosticArticle] = [
    .ofConfiguration(
      "C0610", "unknown default profile",
      """
      `default` names the profile to use when nothing else selects one, but there is
      no profile with this name. Without it, a run could reach a different workspace,
      and without the limits meant for it. Correct the name.
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
      There is no region with this name; `grammar/reference.md` lists the regions and
      their hosts. Private installations have a host but no region. Correct the name,
      or set `host` instead.
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
      "C0612", "invalid host",
      """
      A host is `https://` and a name, with or without `/api`. Over http the token
      would be sent unencrypted, so http is allowed only for loopback addresses, where
      a simulated workspace runs. Copy the address from your browser, without the
      path.
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
      "C0613", "invalid token location",
      """
      The text in `secret(…)` says where the token is stored: `env:NAME`, `file:/PATH`
      or `cmd:ARGV`. It is never the token itself. It is checked when the
      configuration is read, not only in the run that needs it. Since the text might
      be the token, no message shows it.
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
      The number is out of range for this setting. `max_percent` is 0 to 100,
      `max_writes` is 0 or more, and `rate` is at least one write per second. 0 really
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
      The condition in `protect` is evaluated without a script, so no variables exist
      there. If it could read a script's variables, the script could unlock what is
      protected from it. Write the value itself.
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
      You select a profile by its name, and this one has none. The name is shown
      before every write, so that you know where the write goes. Write a name in
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
      "C0617", "unknown output format",
      """
      This is not one of the output formats. Falling back to a similar format would
      surprise the program that reads the output. Correct the name; the message lists
      the formats.
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
    .ofConfiguration(
      "C0618", "invalid proxy",
      """
      This is not the address of an HTTP proxy. `conn` reaches an https host through a
      proxy that passes encrypted connections on (CONNECT); proxies of other kinds
      can't be used. Write `http://` and the name and port of the proxy, or `"none"`
      if `HTTPS_PROXY` is set and doesn't apply to this host.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          proxy = "socks5://proxy.example:1080"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          proxy = "http://proxy.example:3128"
        }
        """),
    .ofConfiguration(
      "C0619", "password in the configuration",
      """
      The address of the proxy contains a user or password. The configuration gets
      copied, shown and committed to repositories, so it can't hold secrets. Leave out
      the setting and set the variable `HTTPS_PROXY`, which may contain them. The
      value you wrote here is never shown in a message.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          proxy = "http://conn:0000@proxy.example:3128"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        """),
    .ofConfiguration(
      "C0620", "relative path in the configuration",
      """
      A relative path would mean another file in each directory that a run is started
      in. Then anybody who can write to that directory could choose the certificates
      that are trusted. Write the path from `/` on.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          ca_file = "company.pem"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          ca_file = "/etc/ssl/company.pem"
        }
        """),
  ]
}
