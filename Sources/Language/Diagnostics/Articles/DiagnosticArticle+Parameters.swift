/// Articles about parameter values on the command line.
extension DiagnosticArticle {
  static let parameters: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0401", "argument without a name",
      """
      The arguments after the script are values for its parameters, each written as
      `name=value`. They aren't matched by position: if the script later gained a
      parameter, the values of an existing command would go to the wrong ones. Write
      the parameter's name and `=` before the value, without spaces.
      """,
      script: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """,
      wrong: ["tag-ANgeffPL-3gxQwA"], right: ["tag=tag-ANgeffPL-3gxQwA"]),
    DiagnosticArticle(
      "C0402", "unknown parameter",
      """
      The script declares no `param` with this name. Unused values are rejected,
      because otherwise the script would run with its default and change the
      connections of a different tag than the one you passed. Correct the name; the
      `param` lines at the top of the script list its parameters.
      """,
      script: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """,
      wrong: ["tga=tag-ANgeffPL-3gxQwA"], right: ["tag=tag-ANgeffPL-3gxQwA"]),
    DiagnosticArticle(
      "C0403", "parameter given twice",
      """
      A parameter can have only one value, but the command line sets it twice. Many
      programs use the last value; in a long command, that makes it hard to see which
      connections you mean. Remove one of them. To process several values, use a list
      and `for` in the script, or run the script once for each.
      """,
      script: """
        param id: int = 36
        get $id
        """,
      wrong: ["id=36", "id=37"], right: ["id=37"]),
    DiagnosticArticle(
      "C0404", "parameter value of the wrong type",
      """
      The value can't be read as the type that the script declares. It is checked
      before anything is sent, so that a limit such as `most=many` can never turn into
      no limit at all. Write numbers as `20`, durations as `90d`, timestamps as
      `2026-01-31T10:00:00Z` and bools as `true` or `false`. Lists, records and json
      can't be passed on the command line.
      """,
      script: """
        param most: int = 20
        list where not connected | expect count <= $most | delete
        """,
      wrong: ["most=many"], right: ["most=20"]),
    DiagnosticArticle(
      "C0405", "parameter without a value",
      """
      A `param` without a default needs a value on the command line. `conn` doesn't
      make one up, because an empty tag or folder 0 would select different connections
      than you meant. Pass it as `name=value`, or declare a default in the script; all
      missing values are reported together.
      """,
      script: """
        param tag: string
        list where tags has $tag
        """,
      wrong: [], right: ["tag=tag-ANgeffPL-3gxQwA"]),
  ]
}
