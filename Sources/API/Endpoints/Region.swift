/// A Workato data center: its name in the configuration and its server.
///
/// Source: Workato's documentation, "Workato API", base URLs.
package struct Region: Sendable {
  package let name: String
  package let server: ServerAddress
}

extension Region {
  package static let table: [Region] = [
    Region(name: "us", server: .standard),
    Region(name: "eu", server: .known("app.eu.workato.com")),
    Region(name: "jp", server: .known("app.jp.workato.com")),
    Region(name: "sg", server: .known("app.sg.workato.com")),
    Region(name: "au", server: .known("app.au.workato.com")),
    Region(name: "il", server: .known("app.il.workato.com")),
    Region(name: "kr", server: .known("app.kr.workato.com")),
    Region(name: "uk", server: .known("app.uk.workato.com")),
    Region(name: "cn", server: .known("app.workatoapp.cn")),
    Region(name: "trial", server: .known("app.trial.workato.com")),
  ]

  package static func named(_ name: String) -> Region? { table.first { $0.name == name } }
}
