import API
import ConnectionsClient
import Foundation
import JSON
import Testing

/// A known secret is masked in every encoding, and nothing else changes.
@Suite struct SecretMaskTests {
  private static let secret = "p\"a/ss\\wörd %+\n1"

  private static func mask(_ secret: String = secret) -> SecretMask {
    var mask = SecretMask()
    mask.add(secret, from: "env:S")
    return mask
  }

  private static let label = "‹secret env:S›"

  /// The secret as a program may write it: seven spellings character by character, then whole texts.
  static func forms(of secret: String) -> [String] {
    let json = quoted(secret)
    let percent = secret.utf8.map { String(format: "%%%02X", $0) }.joined()
    let spelled: [String] = [
      secret, json, json.replacing("/", with: "\\/"), units(secret, "%04x"), units(secret, "%04X"),
      percent, percent.lowercased(),
    ]
    let base64: [String] = (0..<3).map { offset in
      let bytes = [UInt8](repeating: 0x41, count: offset) + Array(secret.utf8) + [0x42]
      return Data(bytes).base64EncodedString()
    }
    let urlSafe = base64.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
    return spelled + [quoted(json), quoted(json.replacing("/", with: "\\/")), quoted(percent)]
      + base64 + urlSafe
  }

  private static func quoted(_ text: String) -> String {
    String(JSON.string(text).text.dropFirst().dropLast())
  }

  private static func units(_ text: String, _ format: String) -> String {
    text.utf16.map { "\\u" + String(format: format, $0) }.joined()
  }

  @Test(arguments: forms(of: secret))
  func masksEveryEncoding(_ form: String) {
    let text = "before \(form) after \(form)"
    #expect(Self.mask().masking(text) == "before \(Self.label) after \(Self.label)")
    #expect(Self.mask().label(in: text) == Self.label)
  }

  /// Texts of random characters, in random encodings, one for each character.
  @Test func masksRandomSecretsInMixedEncodings() {
    var random = SystemRandomNumberGenerator()
    let characters = Array("aZ09\"\\/%+ &=\n\tüß😀é-._~")
    for _ in 0..<2_000 {
      let secret = String(
        (0..<Int.random(in: 8...20, using: &random)).map { _ in characters.randomElement() ?? "x" })
      let written = secret.map { character -> String in
        let forms = Self.forms(of: String(character))
        return forms[Int.random(in: 1...6, using: &random)]
      }.joined()
      #expect(
        Self.mask(secret).masking("[\(written)]") == "[\(Self.label)]", "\(secret) \(written)")
    }
  }

  /// A JSON text stays one, with the same structure.
  @Test func keepsJSONValid() throws {
    for form in Self.forms(of: "nothing/1\"") + ["nothing/1"] {
      var mask = Self.mask("nothing/1\"")
      mask.add("cmd-secret", from: "cmd:a 'b \"c\"'")
      let json = JSON.array([
        .string("nothing/1"),
        .string("line\nothing/1\" \(form)"), .string("\\\(form)"), .string("cmd-secret"),
      ])
      let masked = try JSONParser.parse(mask.masking(Array(json.text.utf8)))
      #expect(masked.array?.count == 4)
      #expect(masked.array?.last == .string("‹secret cmd:a 'b  c '›"))
    }
  }

  @Test(arguments: [
    "", "p\"a/ss\\wörd", "unrelated", "\\", "%", "%4", "\\u00", "\\ud83d", "‹secret env:S›",
  ])
  func leavesOtherTextAlone(_ text: String) { #expect(Self.mask().masking(text) == text) }

  @Test func ignoresShortSecrets() {
    #expect(Self.mask("1234567").masking("1234567") == "1234567")
    #expect(Self.mask("12345678").masking("12345678") == Self.label)
  }

  @Test(arguments: [
    ("‹secret env:S›", true), ("a ‹hidden› b", true), ("‹token›", false), ("secret", false),
    ("‹", false),
  ])
  func recognizesItsLabels(_ text: String, _ isMarked: Bool) {
    #expect(SecretMask.marks(text) == isMarked)
  }

  /// Whatever the bytes are, masking neither fails nor invents anything.
  @Test func acceptsAnyBytes() {
    var random = SystemRandomNumberGenerator()
    let pieces = ["\\", "%", "u", "d8", "3d", "p", "\"a", "/", "ss", "00", "+"]
    let mask = Self.mask("p\"a/sspp")
    for _ in 0..<5_000 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let masked = mask.masking(text)
      #expect(masked == text || masked.contains(Self.label), "\(text)")
    }
  }

  /// Each backslash can be read in several ways, so their number must not multiply.
  @Test func followsAmbiguousEscapesAtOnce() {
    let text = String(repeating: "\\", count: 200)
    #expect(Self.mask(String(repeating: "\\", count: 40) + "x").masking(text) == text)
  }
}
