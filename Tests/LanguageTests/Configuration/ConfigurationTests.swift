import Evaluation
import Inspection
import JSON
import Language
import Testing

/// The configuration: what it says, and what is wrong with it.
@Suite struct ConfigurationTests {
  private static func profile(_ settings: String) -> String {
    "profile \"a\" {\n  region = \"eu\"\n  \(settings)\n}"
  }

  // MARK: Right ones

  @Test func readsEverySetting() throws {
    let analysis = ConfigurationFixture.analyze(
      """
      profile "eu" { host = "https://acme.workato.com/api"; token = secret("cmd:pass show x") }
      profile "us" {
        region = "us"; production = true; read_only = true; protect = tags has "x"
        proxy = "http://p:3128"; ca_file = "/x.pem"; max_writes = 0; max_percent = 100; rate = 2; output = "csv"
      }
      default = "us"
      """)
    let configuration = try #require(analysis.configuration)
    #expect(configuration.standard == "us")
    let (eu, us) = (configuration.profiles[0], configuration.profiles[1])
    #expect(eu.host == "https://acme.workato.com/api" && eu.token == "cmd:pass show x")
    #expect(eu.region == nil && !eu.isProduction && !eu.isReadOnly && eu.protect == nil)
    #expect(us.region == "us" && us.isProduction && us.isReadOnly && us.protect != nil)
    #expect(us.proxy == "http://p:3128" && us.certificatePath == "/x.pem" && eu.proxy == nil)
    #expect(us.maxWrites == 0 && us.maxPercent == 100 && us.rate == 2 && us.output == "csv")
  }

  @Test(arguments: ["", "# nothing\n", "\u{FEFF}\n", "profile 'a' { region = 'eu' };;default='a'"])
  func acceptsValidConfigurations(_ text: String) {
    #expect(ConfigurationFixture.rendered(text) == "")
    #expect(ConfigurationFixture.analyze(text).configuration != nil)
  }

  @Test(arguments: [
    ("config.conn", "", true), ("/home/x/conn/config.conn", "list", true),
    ("a.conn", "list", false),
    ("a.conn", "list\nprofile \"a\" {}", true), ("a.conn", "default = \"a\"", false),
    ("my-config.conn", "", false),
  ])
  func recognizesConfigurations(_ name: String, _ text: String, _ expected: Bool) {
    let input = Analysis.Input(name: name, bytes: Array(text.utf8))
    #expect(ConfigurationAnalysis.isMeant(by: input, vocabulary: .standard) == expected)
  }

  // MARK: Wrong ones

  @Test(arguments: [
    ("region = \"eu\"", ["C0608"]), ("host = \"https://x.com\"", ["C0605"]),
    ("regin = 1", ["C0603"]),
    ("max_writes = 1.5", ["C0050"]), ("max_writes = -1", ["C0614"]),
    ("max_writes = 2 + 3", ["C0604"]),
    ("max_writes = 9223372036854775808", ["C0008"]), ("max_percent = 101", ["C0614"]),
    ("proxy = \"socks5://p\"", ["C0618"]), ("proxy = \"\"", ["C0618"]),
    ("proxy = \"http://a:b@p\"", ["C0619"]), ("proxy = 3128", ["C0604"]),
    ("ca_file = \"x.pem\"", ["C0620"]), ("ca_file = \"\"", ["C0620"]), ("ca_file = 1", ["C0604"]),
    ("rate = 0", ["C0614"]), ("rate = 1s", ["C0604"]), ("production = \"true\"", ["C0604"]),
    ("production = not false", ["C0604"]), ("read_only = null", ["C0604"]),
    ("read_only = env(\"X\")", ["C0604"]), ("output = \"tabel\"", ["C0617"]),
    ("output = table", ["C0604"]), ("token = secret(\"prompt\")", ["C0613"]),
    ("token = secret(\"env:\")", ["C0613"]), ("token = secret(\"file:a\")", ["C0613"]),
    ("token = secret()", ["C0613"]),
    ("token = secret(\"env:A\", \"env:B\")", ["C0613"]), ("token = env(\"A\")", ["C0607"]),
    ("token = null", ["C0607"]), ("protect = \"x\"", ["C0202"]),
    ("protect = secret(\"env:X\")", ["C0202"]),
    ("protect = $x == 1", ["C0615"]),
    ("protect = (tags has $x) or (nme == \"y\")", ["C0615", "C0103"]),
    ("protect = name matches \"(\"", ["C0213"]), ("protect", ["C0050"]), ("= 1", ["C0050"]),
    ("protect = ", ["C0050"]), ("protect = tags has \"x\" production = true", ["C0050"]),
    ("list", ["C0050"]), ("profile = 1", ["C0603"]), ("default = 1", ["C0603"]),
  ])
  func reportsInvalidSettings(_ text: String, _ expected: [String]) {
    let analysis = ConfigurationFixture.analyze(Self.profile(text))
    #expect(analysis.diagnostics.map(\.code) == expected)
    #expect(analysis.configuration == nil)
  }

  @Test(arguments: [
    ("profile eu { region = \"eu\" }", ["C0050"]),
    ("profile \"a\"\n{ region = \"eu\" }", ["C0050", "C0050"]),
    ("profile \"a\" { region = \"eu\" } default = \"a\"", ["C0050"]), ("default = a", ["C0050"]),
    ("default \"a\"", ["C0050"]), ("default = \"b\"", ["C0610"]), ("let x = 1", ["C0602"]),
    ("use \"a.conn\"", ["C0602"]), ("if true { profile \"a\" { region = \"eu\" } }", ["C0602"]),
    ("profile \"a\" {", ["C0051"]), ("profile \"\t\" { region = \"eu\" }", ["C0616"]),
    ("profile \"a\" {}", ["C0606"]), ("profil \"a\" {}", ["C0101"]),
  ])
  func reportsInvalidStatements(_ text: String, _ expected: [String]) {
    let analysis = ConfigurationFixture.analyze(text)
    #expect(analysis.diagnostics.map(\.code) == expected)
    #expect(analysis.configuration == nil)
  }

  @Test func rejectsInvalidUTF8() {
    let analysis = ConfigurationAnalysis(
      Analysis.Input(name: "config.conn", bytes: [0x70, 0xFF, 0xFE]), vocabulary: .standard,
      terms: .standard)
    #expect(analysis.diagnostics.map(\.code) == ["C0001"])
  }

  @Test func reportsTwentyErrorsAtMost() {
    let lines = (0..<50).map { "  setting\($0) = 1\n" }.joined()
    #expect(ConfigurationFixture.analyze("profile \"a\" {\n\(lines)}").diagnostics.count == 20)
  }

  @Test(arguments: [
    ("profile \"a\" { region = \"eu\" }", ["C0601"]), ("default = \"a\"\nlist", ["C0601"]),
    ("for x in [1] { default = \"a\" }", ["C0601"]),
  ])
  func rejectsSettingsInAScript(_ text: String, _ expected: [String]) {
    #expect(CheckFixture().codes(text) == expected)
  }

  @Test func errorsShowTheLocation() {
    #expect(
      ConfigurationFixture.rendered("profile \"a\" {\n  region = \"ue\"\n}") == """
        error[C0611]: unknown region "ue"
          --> config.conn:2:12
           |
         2 |   region = "ue"
           |            ^^^^ no such region
           = help: did you mean "us"?
           = help: the regions are us, eu, jp, sg, au, il, kr, uk, cn, trial; for other hosts set `host`

        """)
  }

  // MARK: Secrets

  /// What may be a token is shown by no diagnostic, whatever else is wrong with the text.
  @Test(arguments: [
    "token = \"hunter2\"", "token = hunter2", "token = hunter2.hunter2", "token = 'hunter2'",
    "token = f\"hunter2{1}\"", "token = secret(\"hunter2\")", "token = secret(hunter2)",
    "token = secret(\"env:hunter2\", \"hunter2\")", "token == \"hunter2\"", "token: hunter2",
    "token = \"hunter2", "token = “hunter2”", "token = \"hunter2\u{200B}\"", "token = hunter2-a%b",
    "token = [\"hunter2\"]", "token = { a: hunter2 }", "tokn = \"hunter2\"", "tokn = hunter2",
    "bearer = hunter2 production = true", "token = \"env:X\" \"hunter2\"", "token = $hunter2",
    "token = 36 hunter2", "rate = 1 token = hunter2", "rate = 1, token = hunter2",
    "rate = 1, tokn = hunter2", "proxy = \"http://a:hunter2@p:1\" x", "proxy = \"hunter2@p\"",
    "proxy = f\"http://hunter2{1}@p\"", "proxy = hunter2@p", "proxy = \"socks5://hunter2\"",
    "token = { a: 1 } hunter2", "token =\n hunter2", "host = \"https://a:hunter2@h\"",
    "host = \"hunter2@h\"", "host = f\"https://hunter2{1}@h\"",
    "host: \"https://hunter2@h\"", "host = \"https://hunter2@h",
  ])
  func errorsHideTokens(_ line: String) {
    for text in [
      Self.profile(line + "\n  x = 1"), "profile a {\n\(line)\n}", "profile \"a\" {\(line)",
    ] {
      let output = ConfigurationFixture.rendered(text)
      #expect(!output.contains("hunter2"), "\(output)")
      #expect(output.contains("error"))
      #expect(!CheckFixture().rendered(text).contains("hunter2"))
      let records = AnalysisRecords.all(ConfigurationFixture.analyze(text)).map(\.text).joined()
      #expect(!records.contains("hunter2"))
    }
  }

  /// However a file is cut off, it is judged, and hides what it may have to hide.
  @Test func judgesEveryPrefixWithoutShowingTokens() {
    let text =
      "# all\n" + Self.profile("protect = tags has \"x\"; token = \"hunter2\"; max_writes = 5")
    let bytes = Array((text + "\nprofile \"b\" { tokn = hunter2 }\ndefault = \"a\"").utf8)
    for end in bytes.indices {
      let input = Analysis.Input(name: "config.conn", bytes: Array(bytes[..<end]))
      let analysis = ConfigurationAnalysis(input, vocabulary: .standard, terms: .standard)
      let output = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
      #expect(!output.contains("hunter2"))
      #expect((analysis.configuration == nil) == analysis.diagnostics.contains(where: \.isError))
    }
  }

  @Test func addsAMissingSecretCall() {
    let text = Self.profile("token = \"env:TOKEN\"")
    let analysis = ConfigurationFixture.analyze(text)
    let mended = FixApplier.fixed(SourceFile(name: "config.conn", text: text), analysis.diagnostics)
    #expect(
      String(decoding: mended.text, as: UTF8.self) == Self.profile("token = secret(\"env:TOKEN\")"))
  }
}
