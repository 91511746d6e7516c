import Inspection

/// `conn-language(7)`, from the tables that the parser, the checker and `conn help` read.
enum LanguageManual {
  static var text: String {
    var page = ManualPage("conn-language", section: 7, "the language of conn's scripts")
    page.section("description")
    page.paragraph(
      "A script consists of statements. The most common one is a pipeline: a source and stages, "
        + "through which rows flow from left to right.")
    page.display([
      "list where application == \"jira\" and not connected",
      "| sort by connection_lost_at desc",
      "| select id, name, days = now() - connection_lost_at",
    ])
    page.paragraph(
      "`conn check` prints every problem of a script, and `conn run` `script` `--dry-run` every "
        + "call that it would make; both send nothing.")
    for table in HelpTable.language { page.table(table) }
    page.table(.dates)
    page.table(.diagnostics)
    page.section("see also")
    page.paragraph("`conn`(1), `conn-config`(5)")
    return page.text
  }
}
