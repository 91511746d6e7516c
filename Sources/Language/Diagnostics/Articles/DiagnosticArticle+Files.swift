/// Articles about data files and files of definitions.
extension DiagnosticArticle {
  static let files: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0501", "file name computed at run time",
      """
      The file name after `from` must be a literal or a `param`. `conn` opens the file
      while checking the script, because the file's columns determine which names
      later stages can use. A name that is computed during the run couldn't be checked
      before the first write. Write the name out, or declare a `param` for it.
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
      `conn` opens the file after `from` while it checks the script; the message says
      why that failed. The script doesn't run without the file, because it would work
      on no rows or compare with none. File names are relative to the directory where
      you start `conn`, not to the script. Correct the file name, or the line of the
      file that the message points to.
      """,
      wrong: #"from "gone.csv" | count"#,
      right: #"from "rows.csv" | count"#),
    DiagnosticArticle(
      "C0503", "unknown file type",
      """
      `save` writes JSON, JSON Lines or CSV, depending on the file extension. With any
      other extension, `conn` would have to guess the type, and you would notice a
      wrong guess only when another program reads the file. Use the extension `.json`,
      `.jsonl` or `.csv`. `from` reads a file of any name if you say what it holds, as
      in `from "rows.txt" as csv`.
      """,
      wrong: #"list | save "connections.txt""#,
      right: #"list | save "connections.csv""#),
    DiagnosticArticle(
      "C0504", "file of definitions that cannot be read",
      """
      The file after `use` can't be read; the message says why. Nothing runs without
      it, because calls to its definitions would be undefined. The name is relative to
      the file that contains the `use`, so a script finds its definitions no matter
      where you start it. Correct the name.
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
      A file of definitions may use other files, but none of them may lead back to it.
      In a circle, each file would need the next one's definitions before its own, so
      there is no order in which to read them. Move what the files share to a separate
      file that uses neither of them.
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
      A file loaded with `use` may contain only `def` and `use`. If it could contain a
      pipeline, one harmless-looking line at the top of a script could list or delete
      connections without showing it. Move the statement to the script, or run the
      file on its own.
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
      Files of definitions may be nested 32 levels deep, and a script may load at most
      256 of them. More than that is a mistake, usually in generated files, and
      reading on would only delay the error. Combine the definitions into fewer files.
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
