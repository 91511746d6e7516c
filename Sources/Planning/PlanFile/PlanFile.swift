import API
import Evaluation
import JSON
import Text

/// A plan as the bytes of a file: one line of JSON with sorted members and no whitespace.
///
/// The file contains the SHA-256 of everything but the hash itself. A plan has exactly one
/// spelling, so any changed byte is detected, even whitespace.
package struct PlanFile: Sendable {
  package let document: PlanDocument
  /// The SHA-256 as 64 hexadecimal digits; it identifies the plan.
  package let hash: String
  package let bytes: [UInt8]

  package var header: PlanHeader { document.header }

  package var plan: Plan { document.plan }

  /// The maximum size of a plan file: 64 MiB.
  package static let limit = 64 << 20

  /// Throws if the file would contain a credential or be too large.
  package init(sealing document: PlanDocument) throws(RunError) {
    let content = try document.json
    self.document = document
    hash = Self.hash(of: content)
    bytes = Self.bytes(content, hash)
    guard bytes.count <= Self.limit else {
      throw RunError(
        .usage, "the plan would be larger than 64 MiB",
        help: "split it into several plans, each for part of the rows")
    }
  }

  /// Reads a plan file. Throws with the exact reason if the bytes are not one.
  package static func read(_ bytes: [UInt8]) throws(RunError) -> PlanFile {
    let root = JSONCursor(try json(bytes))
    try requireVersion(try root.value("format_version", as: Int64.self))
    let hash = try root.value("sha256", as: String.self)
    var content = try root.object()
    content.remove("sha256")
    guard Self.hash(of: content) == hash else { throw edited }
    let file = try PlanFile(sealing: try PlanDocument(root))
    guard file.bytes == bytes else { throw edited }
    return PlanFile(document: file.document.described, hash: hash, bytes: bytes)
  }

  private init(document: PlanDocument, hash: String, bytes: [UInt8]) {
    (self.document, self.hash, self.bytes) = (document, hash, bytes)
  }

  private static func json(_ bytes: [UInt8]) throws(RunError) -> JSON {
    guard !bytes.isEmpty else { throw unreadable("the file is empty") }
    guard bytes.count <= limit else { throw unreadable("the file is larger than 64 MiB") }
    do {
      return try JSONParser.parse(bytes)
    } catch {
      let isCut = bytes[0] == UInt8(ascii: "{") && bytes.suffix(2) != Array("}\n".utf8)[...]
      let reason = isCut ? "the file is truncated" : "invalid JSON"
      throw unreadable("\(reason): \(error.message) at byte \(error.offset)")
    }
  }

  private static func requireVersion(_ version: Int64) throws(RunError) {
    if version == PlanDocument.formatVersion { return }
    guard version > PlanDocument.formatVersion else {
      throw unreadable("unknown format \(version)")
    }
    throw RunError(
      .stalePlan,
      "the plan was created by a newer conn: its format is \(version), but conn "
        + "\(Version.number) reads format \(PlanDocument.formatVersion)",
      help: "use the newer conn, or create the plan again with this one")
  }

  /// Returns `true` iff the bytes start like a plan file, complete or truncated.
  package static func isMeant(by bytes: [UInt8]) -> Bool {
    bytes.starts(with: #"{"assumptions":"#.utf8)
  }

  // MARK: The hash

  private static func hash(of content: JSON.Object) -> String {
    Digest.sha256(JSON.object(content).sortingMembers.text.utf8)
  }

  private static func bytes(_ content: JSON.Object, _ hash: String) -> [UInt8] {
    var whole = content
    whole.set("sha256", .string(hash))
    return Array((JSON.object(whole).sortingMembers.text + "\n").utf8)
  }

  private static let edited = RunError(
    .stalePlan, "the plan was edited: its content does not match its sha256", help: planAgain)

  static let planAgain = "create a new plan with `conn plan … -o FILE`"

  static func unreadable(_ reason: String) -> RunError {
    RunError(.stalePlan, "not a plan file: \(reason)", help: planAgain)
  }
}
