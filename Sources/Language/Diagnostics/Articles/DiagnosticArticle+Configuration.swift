/// Articles about the statements and settings of the configuration.
extension DiagnosticArticle {
  static let configuration: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0601", "profile in a script",
      """
      Profiles and `default` belong in the configuration file, not in a script. A
      script with its own profile could reach a different workspace than the one you
      chose, or drop its protections. Move the profile to
      `$XDG_CONFIG_HOME/conn/config.conn` and select it with `--profile`.
      """,
      wrong: """
        default = "eu-prod"
        list | count
        """,
      right: """
        list | count
        """),
    .ofConfiguration(
      "C0602", "statement in the configuration",
      """
      The configuration contains only `profile` and `default`. It is read before every
      run, so a pipeline in it would list or change connections without anyone asking
      for it. Move the statement to a script.
      """,
      wrong: """
        print "hello"
        profile "eu-prod" {
          region = "eu"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        """),
    .ofConfiguration(
      "C0603", "unknown setting",
      """
      Profiles have no setting with this name. Unknown settings are errors, because a
      misspelled `protect` or `max_writes` would otherwise protect nothing. Correct
      the name; `grammar/reference.md` lists all settings.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          max_writs = 500
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          max_writes = 500
        }
        """),
    .ofConfiguration(
      "C0604", "setting of the wrong type",
      """
      The value has the wrong type for this setting. Settings are literal values, so
      you can tell what applies just by reading the file; only `protect` is evaluated,
      once per connection. Write numbers and bools without quotes.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          max_writes = "500"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          max_writes = 500
        }
        """),
    .ofConfiguration(
      "C0605", "both region and host",
      """
      A region already implies its host, so a profile with both names its workspace
      twice, and the two may differ. Guessing which one you meant could send a token
      to the wrong host. Remove one of them; use `host` only for installations outside
      the listed regions.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          host = "https://www.workato.com"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        """),
    .ofConfiguration(
      "C0606", "profile without region or host",
      """
      The profile doesn't say which workspace it is for. `conn` doesn't assume a
      region: a token works only in its own region, and a write must never reach the
      wrong workspace. Set `region`, or `host` if the installation isn't in any listed
      region.
      """,
      wrong: """
        profile "eu-prod" {
          production = true
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          production = true
        }
        """),
    .ofConfiguration(
      "C0607", "token in the configuration",
      """
      Don't put the token itself in a file that gets copied, shown and committed to
      repositories. Store it where you keep secrets and refer to it:
      `secret("env:NAME")`, `secret("file:/PATH")` with a file only you can read, or
      `secret("cmd:ARGV")` with a command that prints it. The value you wrote here is
      never shown in a message.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          token = "wrkaus-0000"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          token = secret("env:WORKATO_EU_TOKEN")
        }
        """),
    .ofConfiguration(
      "C0608", "duplicate setting",
      """
      Each setting, and `default`, can have only one value. Many programs would let
      the later value win and silently drop a stricter limit further up. Remove one of
      them.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
          max_writes = 20
          max_writes = 500
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
          max_writes = 20
        }
        """),
    .ofConfiguration(
      "C0609", "duplicate profile name",
      """
      You select a profile by its name, so the name must be unique. With two profiles
      of the same name, the workspace that a run reaches would depend on their order.
      Rename one of them.
      """,
      wrong: """
        profile "eu-prod" {
          region = "eu"
        }
        profile "eu-prod" {
          region = "us"
        }
        """,
      right: """
        profile "eu-prod" {
          region = "eu"
        }
        profile "us-prod" {
          region = "us"
        }
        """),
  ]
}
