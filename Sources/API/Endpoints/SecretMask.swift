import JSON

/// The secrets that a program knows, and how they are masked: wherever a text holds one, its place is
/// shown instead, such as `‹secret env:JIRA_TOKEN›`.
///
/// A secret is found as it is, escaped as JSON, percent-encoded, and in base64, also in a mixture of the
/// first three. Texts of fewer than ``minimumLength`` bytes aren't masked: they occur by chance.
package struct SecretMask: Sendable {
  private var needles: [Needle] = []
  /// The bytes that a match can start with.
  private var starts = [Bool](repeating: false, count: 256)

  /// Shorter secrets aren't masked.
  package static let minimumLength = 8

  /// A text to look for.
  struct Needle: Hashable, Sendable {
    let bytes: [UInt8]
    let label: String
    /// `true` iff the match is part of a longer base64 text, which is masked as a whole.
    var isBase64 = false
  }

  package init() {}

  package var isEmpty: Bool { needles.isEmpty }

  /// Adds a secret that is kept in this place.
  package mutating func add(_ secret: String, from place: String) {
    add(secret, as: Self.label("secret \(place)"))
  }

  /// Adds a credential that is written in the script.
  package mutating func add(literal: String) { add(literal, as: Self.hidden) }

  package mutating func add(_ secrets: Secrets) {
    for (reference, value) in secrets.values { add(value, from: reference.description) }
  }

  private mutating func add(_ secret: String, as label: String) {
    let bytes = Array(secret.utf8)
    guard bytes.count >= Self.minimumLength else { return }
    let plain = [bytes, Self.escaped(secret), Self.percentEncoded(secret)]
    let new =
      plain.map { Needle(bytes: $0, label: label) }
      + Base64Fragment.all(of: bytes).map { Needle(bytes: $0, label: label, isBase64: true) }
    for needle in new where !needles.contains(where: { $0.bytes == needle.bytes }) {
      needles.append(needle)
      starts[Int(needle.bytes[0])] = true
    }
    for byte in "\\%".utf8 { starts[Int(byte)] = true }
  }

  // MARK: Labels

  private static let hidden = "‹hidden›"

  /// A label without characters that mean something in JSON or CSV.
  private static func label(_ text: String) -> String {
    "‹" + String(text.map { "\"\\,;\n\t\r".contains($0) ? " " : $0 }) + "›"
  }

  /// `true` iff the text holds the label of a masked secret, so that it isn't what the server sent.
  package static func marks(_ text: String) -> Bool {
    guard text.utf8.contains(0xE2) else { return false }
    return text.utf8.contains("‹secret ".utf8) || text.utf8.contains(hidden.utf8)
  }

  // MARK: Masking

  /// Returns the text with every secret replaced by its label.
  package func masking(_ text: String) -> String {
    guard !isEmpty, let masked = masked(Array(text.utf8)) else { return text }
    return String(decoding: masked, as: UTF8.self)
  }

  package func masking(_ bytes: [UInt8]) -> [UInt8] { isEmpty ? bytes : masked(bytes) ?? bytes }

  /// Returns the label of a secret in the text, or `nil` if it holds none.
  package func label(in text: String) -> String? {
    guard !isEmpty else { return nil }
    return Array(text.utf8).withUnsafeBufferPointer { match(in: $0, from: 0)?.label }
  }

  /// Returns the masked bytes; `nil` if there is nothing to mask.
  private func masked(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { buffer in
      guard var next = match(in: buffer, from: 0) else { return nil }
      var result: [UInt8] = []
      var end = 0
      while true {
        if next.range.lowerBound > end { result += buffer[end..<next.range.lowerBound] }
        result += next.label.utf8
        end = next.range.upperBound
        guard let further = match(in: buffer, from: end) else { break }
        next = further
      }
      return result + buffer[end...]
    }
  }

  private struct Match {
    let range: Range<Int>
    let label: String
  }

  /// Returns the first match at or after `start`. No match starts inside of an escape.
  private func match(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Match? {
    let reader = EscapedText(text)
    var offset = start
    while offset < text.count {
      let byte = text[offset]
      if starts[Int(byte)], let match = match(in: reader, at: offset, after: start) { return match }
      offset += byte == UInt8(ascii: "\\") ? reader.escapeLength(at: offset) : 1
    }
    return nil
  }

  private func match(in reader: EscapedText, at offset: Int, after start: Int) -> Match? {
    for needle in needles {
      guard let end = reader.end(of: needle.bytes, at: offset) else { continue }
      guard needle.isBase64 else { return Match(range: offset..<end, label: needle.label) }
      return Match(
        range: reader.base64(around: offset..<end, after: start), label: needle.label)
    }
    return nil
  }

  // MARK: Encodings

  private static func escaped(_ text: String) -> [UInt8] {
    Array(JSON.string(text).text.utf8.dropFirst().dropLast())
  }

  private static func percentEncoded(_ text: String) -> [UInt8] {
    // Others encode the colon, too.
    Array(text.percentEncoded.replacing(":", with: "%3A").utf8)
  }
}
