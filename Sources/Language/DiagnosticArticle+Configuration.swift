/// The configuration.
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
