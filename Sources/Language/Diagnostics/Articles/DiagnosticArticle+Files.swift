/// Data files, and files of definitions.
extension DiagnosticArticle {
  static let files: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0501", "file name computed in the run",
      """
      The name behind `from` stands in the script or comes from a `param`. The file is
      opened when the script is checked, because its columns decide which names the
      stages behind it can use; a name that is known only in the run could not be
      checked before the first write. Write the name out, or declare a `param` for it.
      """,
      wrong: """
        let file = f"rows-{today()}.csv"
        from $file | count
        """,
      right: """
        param file: string = "rows.csv"
        from $file | count
        """),
    DiagnosticArticle(
      "C0502", "data file that cannot be read",
      """
      The file behind `from` is opened when the script is checked, and the message
      says why that failed. A script does not start without it, since it would act on
      no rows, or compare with none. The name is relative to the directory in which
      `conn` is started, not to the script. Correct the name, or the line of the file
      that the message names.
      """,
      wrong: #"from "gone.csv" | count"#,
      right: #"from "rows.csv" | count"#),
    DiagnosticArticle(
      "C0503", "file name without a known ending",
      """
      `save` writes JSON, JSON Lines or CSV, and the ending of the name says which.
      For any other ending the form would have to be guessed, and a wrong guess would
      be found by the program that reads the file, long after the run. End the name
      with `.json`, `.jsonl` or `.csv`.
      """,
      wrong: #"list | save "connections.txt""#,
      right: #"list | save "connections.csv""#),
    DiagnosticArticle(
      "C0504", "file of definitions that cannot be read",
      """
      The file behind `use` cannot be read, and the message says why. Nothing is run
      without it, because the calls of its definitions would stand for nothing. The
      name is relative to the file in which the `use` stands, so that a script finds
      its definitions wherever it is started. Correct the name.
      """,
      wrong: """
        use "gone.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """,
      right: """
        use "lib.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """),
    DiagnosticArticle(
      "C0505", "files that use each other in a circle",
      """
      A file of definitions may use others, and none of them may lead back to it. In a
      circle each file would need the definitions of the next one before its own, and
      there is no order to read them in. Move what both need into a file of its own,
      which uses neither.
      """,
      wrong: """
        use "circle.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """,
      right: """
        use "lib.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """),
    DiagnosticArticle(
      "C0506", "statement in a file of definitions",
      """
      A file that `use` names holds `def` and `use`, and nothing else. If it could
      hold a pipeline as well, one harmless line at the head of a script could list or
      delete connections, and the script would not show it. Move the statement into
      the script, or run the file by itself.
      """,
      wrong: """
        use "statements.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """,
      right: """
        use "lib.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """),
    DiagnosticArticle(
      "C0507", "too many files of definitions",
      """
      Files of definitions may use one another 32 levels deep, and a script may bring
      in 256 of them. More than that comes from a mistake, most often in generated
      files, and reading on would only delay the answer. Put the definitions together
      in fewer files.
      """,
      wrong: """
        use "deep1.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """,
      right: """
        use "lib.conn"
        list | tagged("tag-ANgeffPL-3gxQwA")
        """),
  ]
}
