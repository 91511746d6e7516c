/// Values from the command line.
extension DiagnosticArticle {
  static let parameters: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0401", "argument without a name",
      """
      Behind the script stand values for its parameters, each as `name=value`. They
      are not taken by their position: once a script gains a parameter, the values of
      an old call would go to the wrong ones. Write the name of the parameter and `=`
      before the value, without blanks.
      """,
      script: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """,
      wrong: ["tag-ANgeffPL-3gxQwA"], right: ["tag=tag-ANgeffPL-3gxQwA"]),
    DiagnosticArticle(
      "C0402", "unknown parameter",
      """
      The script declares no `param` of this name. A value that nothing takes is
      refused, because the script would otherwise run with its default, and change the
      connections of another tag than the one that was given. Correct the name; the
      `param` lines at the head of the script say what it takes.
      """,
      script: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """,
      wrong: ["tga=tag-ANgeffPL-3gxQwA"], right: ["tag=tag-ANgeffPL-3gxQwA"]),
    DiagnosticArticle(
      "C0403", "parameter given twice",
      """
      A parameter has one value, and the command line gives it two. Many programs take
      the last one; in a long call it would be easy to overlook which connections are
      meant. Remove one of them. To go through several values, use a list and `for` in
      the script, or run it once for each.
      """,
      script: """
        param id: int = 36
        get $id
        """,
      wrong: ["id=36", "id=37"], right: ["id=37"]),
    DiagnosticArticle(
      "C0404", "parameter value of the wrong type",
      """
      The value cannot be read as the type that the script declares. It is checked
      before anything is sent, so that a limit such as `most=many` can never turn into
      no limit at all. Numbers are written `20`, durations `90d`, timestamps
      `2026-01-31T10:00:00Z` and bools `true` or `false`. Lists, records and json
      cannot be given on the command line.
      """,
      script: """
        param most: int = 20
        list where not connected | expect count <= $most | delete
        """,
      wrong: ["most=many"], right: ["most=20"]),
    DiagnosticArticle(
      "C0405", "parameter without a value",
      """
      A `param` without a default needs a value on the command line. None is made up
      for it, because an empty tag or a folder 0 would select other connections than
      were meant. Give it as `name=value`, or declare a default in the script; all
      missing values are reported together.
      """,
      script: """
        param tag: string
        list where tags has $tag
        """,
      wrong: [], right: ["tag=tag-ANgeffPL-3gxQwA"]),
  ]
}
