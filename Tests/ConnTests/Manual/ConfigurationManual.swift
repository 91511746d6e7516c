import API
import ArgumentParser
import Inspection

@testable import conn

/// `conn-config(5)`, from the table of settings and the help of `conn profile`.
enum ConfigurationManual {
  static var text: String {
    var page = ManualPage("conn-config", section: 5, "the profiles of conn")
    page.section("description")
    page.help(ProfileCommand.configuration.discussion)
    page.paragraph(
      "The file is written in the language of scripts, see `conn-language`(7), and `conn check` "
        + "checks it. A file that other users could have changed is refused.")
    page.table(.settings)
    page.section("regions")
    for region in Region.table { page.term(region.name, region.server.base) }
    page.section("see also")
    page.paragraph("`conn`(1), `conn-language`(7)")
    return page.text
  }
}
