/// The configuration: its statements and settings.
extension DiagnosticArticle {
  static let configuration: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0601", "profile in a script",
      """
      Profiles and the `default` stand in the configuration, and nowhere else. A
      script that brought its own profile could reach another workspace than the one
      that was chosen, or leave out what protects it. Move the profile to
      `$XDG_CONFIG_HOME/conn/config.conn`, and choose it with `--profile`.
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
      The configuration holds `profile` and `default`, and nothing else. It is read
      before every run, so a pipeline in it would list or change connections without
      being asked for. Move the statement to a script.
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
      A profile has no setting of this name. It is an error and not passed over,
      since a misspelt `protect` or `max_writes` would otherwise protect nothing.
      Correct the name; `grammar/reference.md` lists the settings.
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
      The value is not of the type that the setting takes. Values of settings are
      written out, so that the file says what holds without being run; only
      `protect` is computed, for each connection. Numbers and bools stand without
      quotes.
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
      "C0605", "region and host",
      """
      A region stands for its host, so a profile that names both says twice which
      workspace it means, and perhaps two different ones. A guess could send a token
      to the wrong host. Leave one of them out: `host` is for installations that are
      in no region.
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
      "C0606", "profile without a host",
      """
      The profile does not say which workspace it means. No region is made up for
      it, because a token is only accepted by its own, and a write must not reach
      another workspace than was meant. Say `region`, or `host` where the
      installation is in no region.
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
      The token itself does not belong into a file that is copied, shown and kept in
      repositories. Keep it where secrets are kept, and name the place:
      `secret("env:NAME")`, `secret("file:/PATH")` with a file that is closed to
      others, or `secret("cmd:ARGV")` with a command that prints it. What stands
      here is not shown in any message.
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
      "C0608", "setting given twice",
      """
      A setting has one value, and so has `default`. Of two values the later one
      would win in many programs, and a stricter limit further up would be lost
      unseen. Leave one of them out.
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
      "C0609", "two profiles of one name",
      """
      The name of a profile chooses it, so it can be given once. With two of them it
      would depend on the order which workspace a run reaches. Choose another name
      for one of them.
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
