import API
import Evaluation
import JSON

/// A plan as the bytes of a file: one line of JSON with sorted members and no blanks, which holds
/// the SHA-256 of all of it but the hash. There is one spelling of a plan, so that any change of a
/// byte is seen.
package struct PlanFile: Sendable {
  package let plan: SavedPlan
  /// 64 hexadecimal digits: what tells one plan from another.
  package let hash: String
  package let bytes: [UInt8]

  /// No plan file is larger than 64 MiB.
  package static let limit = 64 << 20

  /// Throws where the plan would hold a credential, or be too large.
  package init(sealing plan: SavedPlan) throws(RunError) {
    let content = try plan.json
    self.plan = plan
    hash = Self.hash(of: content)
    bytes = Self.bytes(content, hash)
    guard bytes.count <= Self.limit else {
      throw RunError(
        .usage, "the plan would be larger than 64 MiB",
        help: "make several plans, each of a part of the rows")
    }
  }

  /// Reads a plan file; says precisely why it is none.
  package static func read(_ bytes: [UInt8]) throws(RunError) -> PlanFile {
    let root = JSONCursor(try json(bytes))
    try root.refuseDuplicates()
    try requireVersion(try root.member("format_version").int())
    let hash = try root.member("sha256").string()
    var content = try root.object()
    content.remove("sha256")
    guard Self.hash(of: content) == hash else { throw edited }
    let file = try PlanFile(sealing: try SavedPlan(root))
    guard file.bytes == bytes else { throw edited }
    return file
  }

  private static func json(_ bytes: [UInt8]) throws(RunError) -> JSON {
    guard !bytes.isEmpty else { throw unreadable("it is empty") }
    guard bytes.count <= limit else { throw unreadable("it is larger than 64 MiB") }
    do {
      return try JSONParser.parse(bytes)
    } catch {
      let isCut = bytes[0] == UInt8(ascii: "{") && bytes.suffix(2) != Array("}\n".utf8)[...]
      let reason = isCut ? "it is cut short" : "it is no JSON"
      throw unreadable("\(reason): \(error.message) at byte \(error.offset)")
    }
  }

  private static func requireVersion(_ version: Int64) throws(RunError) {
    if version == SavedPlan.formatVersion { return }
    guard version > SavedPlan.formatVersion else {
      throw unreadable("there is no format \(version)")
    }
    throw RunError(
      .stalePlan,
      "the plan was made by a newer conn: its format is \(version), and this is conn "
        + "\(Version.number), which reads \(SavedPlan.formatVersion)",
      help: "use that conn, or plan again with this one")
  }

  /// `true` iff the bytes begin as those of a plan do, whole or not.
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
    .stalePlan, "the plan was edited: it is not what its sha256 says", help: planAgain)

  static let planAgain = "plan again, with `conn plan … -o FILE`"

  static func unreadable(_ reason: String) -> RunError {
    RunError(.stalePlan, "this is no plan that can be read: \(reason)", help: planAgain)
  }
}
