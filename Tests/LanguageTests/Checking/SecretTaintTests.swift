import Language
import Testing

/// A secret is followed wherever a script puts it, and no script reads a token.
@Suite struct SecretTaintTests {
  private static let record = "let s = {a: secret(\"env:S\"), b: \"c\"}\n"

  /// Each use would show or store the secret, compare it, or send it outside of `input`.
  private static let uses = [
    "print $s.a", "print $s", "print [$s]", "print {x: $s}", "print f\"{$s.a}\"",
    "print \"x\" == $s.a", "print $s.a in [\"x\"]", "print $s.a contains \"x\"",
    "print $s.a between \"a\" and \"b\"", "print count([$s.a])", "print empty($s)",
    "print $s.a ?? \"x\"", "print if true then $s else {x: 1}",
    "get 1 | select id, x = $s.a", "get 1 | select id, x = $s", "get 1 | sort by $s.a",
    "get 1 | group by $s.a", "get 1 | group by name with max($s.a)", "get 1 | first $s.a",
    "get 1 | where $s.a", "get 1 | where name == $s.a", "get $s.a", "from $s.a",
    "get 1 | save $s.a", "get 1 | expect count < 3, $s.a", "get 1 | tag $s.a",
    "get 1 | update name = $s.a ?? \"x\"", "if $s.a { print 1 }",
    "for x in [$s] { print $x.a }", "for x in [$s] { for y in [$x] { print $y } }",
    "let t = {inner: [$s]}\nprint $t.inner", "let t = if true then $s else {x: 1}\nprint $t.a",
    "let t = $s\nlet u = $t\nprint $u.a", "if true { print $s.a } else { print 1 }",
    "def d(p: json) = select id, x = $p\nget 1 | d($s)",
    "def d(p: string) = where name == $p\nget 1 | d($s.a)",
    "def d(p: record) = select id, x = $p.a\nget 1 | d($s)",
  ]

  @Test(arguments: uses)
  func followsASecret(_ use: String) {
    let diagnostics = CheckFixture().analyze(Self.record + use).diagnostics
    #expect(diagnostics.contains { $0.isError && ["C0205", "C0201", "C0202"].contains($0.code) })
  }

  /// The same uses of a record without a secret have no such error.
  @Test func complainsOnlyAboutSecrets() {
    for use in Self.uses {
      let plain = "let s = {a: \"x\", b: \"c\"}\n"
      #expect(!CheckFixture().codes(plain + use).contains("C0205"), "\(use)")
    }
  }

  @Test(arguments: [
    "print $s.b", "get 1 | update input = $s", "get 1 | update input = {x: $s.a, y: [$s]}",
    "for x in [$s] { get 1 | update input = {y: $x.a} }",
    "let t = {inner: $s}\nget 1 | update input = {x: $t.inner}\nprint $t.inner.b",
    "def d(p: secret) = update input = {x: $p}\nget 1 | d($s.a)",
  ])
  func allowsSecretsInInputAndTheRestAnywhere(_ use: String) {
    #expect(CheckFixture().codes(Self.record + use).filter { $0 != "C0309" } == [])
  }

  @Test func followsParameters() {
    #expect(CheckFixture().codes("param s: secret\nlet t = [$s]\nprint $t") == ["C0405", "C0205"])
    let preset = "param r: record = {a: secret(\"env:S\")}\nprint $r.a"
    #expect(CheckFixture().codes(preset) == ["C0205"])
  }

  // MARK: Text that isn't kept

  @Test(arguments: [
    "get 1 | update input = {a: secret(\"env:S\")}",
    "get 1 | update input = {password: secret(\"cmd:pass show a\"), list: [secret(\"prompt\")]}",
    "let password = secret(\"file:a\")\nget 1 | update input = {password: $password}",
    "let place = \"env:S\"\nget 1 | update input = {a: secret($place)}",
    "def d() = update input = {a: secret(\"env:S\")}\nget 1 | d()",
  ])
  func thePlaceOfASecretIsNoCredential(_ text: String) {
    #expect(!CheckFixture().analyze(text).holdsConfidentialText)
  }

  @Test(arguments: [
    "get 1 | update input = {a: \"x\"}", "get 1 | update input = {a: secret(\"x\")}",
    "get 1 | update input = {a: secret(\"env:S\"), b: \"x\"}",
    "let a = \"x\"\nget 1 | update input = {a: $a, b: secret(\"env:S\")}",
    "get 1 | update input = {a: if true then \"x\" else \"y\"}",
    "get 1 | update input = {a: f\"env:{name}\"}",
  ])
  func literalsInInputAreCredentials(_ text: String) {
    #expect(CheckFixture().analyze(text).holdsConfidentialText)
  }

  // MARK: Variables

  @Test(arguments: [
    "print env(\"TOKEN\")", "get 1 | update input = {a: secret(\"env:TOKEN\")}",
    "param n: string = \"TOKEN\"\nprint env($n)",
    "def d() = where name == env(\"TOKEN\")\nget 1 | d()",
    "get 1 | update input = {a: secret(\"env:S\")}\nprint env(\"S\")",
    "if env(\"S\") == \"x\" { get 1 | update input = [{a: secret(\"env:S\")}] }",
  ])
  func refusesVariablesWithTokensAndSecrets(_ text: String) {
    var fixture = CheckFixture()
    fixture.tokenVariables = ["TOKEN"]
    #expect(fixture.codes(text).contains("C0218"))
    #expect(!CheckFixture().codes("print env(\"TOKEN\")").contains("C0218"))
  }

  @Test func refusesATokenAsAnArgument() {
    var fixture = CheckFixture()
    fixture.tokenVariables = ["TOKEN"]
    let text = "param s: secret\nget 1 | update input = {a: $s}"
    #expect(fixture.analyze(text, ["s=env:TOKEN"]).diagnostics.map(\.code) == ["C0218"])
    #expect(fixture.analyze(text, ["s=env:OTHER"]).diagnostics.isEmpty)
  }
}
