import API
import JSON
import Language

/// The origin of a plan and the workspace it is for.
package struct PlanHeader: Sendable {
  package let version: String
  package let created: Timestamp
  package let script: Text
  package let files: [Text]
  /// The script's parameters; for a secret, the place where it is kept.
  package let parameters: JSON.Object
  package let now: Timestamp
  package let workspace: WorkspaceIdentity
  package let limits: Limits
  /// `true` iff the list included runtime connections.
  package let includesRuntime: Bool
  /// The places in the script that depend on outcomes, or on what only the server can tell after a
  /// write; the plan assumes that every write succeeds and tells nothing new.
  package let assumptions: [String]

  /// The name and SHA-256 of a source text. The hash is taken after replacing anything that may be
  /// a credential by asterisks.
  package struct Text: Sendable, Equatable {
    package let name: String
    package let hash: String
  }

  /// The limits that were checked when the plan was created; they are checked again when it is
  /// applied.
  package struct Limits: Sendable, Equatable {
    package var expected: Int?
    package var maxWrites: Int?
    package var maxPercent: Int?
  }
}

extension PlanHeader {
  static let format = RecordFormat(
    PlanHeader.init, RecordMember("conn_version", \.version), RecordMember("created_at", \.created),
    RecordMember("script", \.script), RecordMember("files", \.files),
    RecordMember("parameters", \.parameters), RecordMember("now", \.now),
    RecordMember("workspace", \.workspace), RecordMember("guards", \.limits),
    RecordMember("includes_runtime", \.includesRuntime), RecordMember("assumptions", \.assumptions))
}

extension PlanHeader.Text: JSONRecord {
  package static let format = RecordFormat(
    Self.init, RecordMember("name", \.name), RecordMember("sha256", \.hash))
}

extension PlanHeader.Limits: JSONRecord {
  package static let format = RecordFormat(
    Self.init, RecordMember("expect", \.expected), RecordMember("max_writes", \.maxWrites),
    RecordMember("max_percent", \.maxPercent))
}
