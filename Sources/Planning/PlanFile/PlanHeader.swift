import API
import JSON
import Language

/// The origin of a plan and the workspace it is for.
package struct PlanHeader: Sendable {
  /// The version of `conn` that created the plan.
  package let version: String
  package let created: Timestamp
  package let script: Text
  /// The files that the script uses.
  package let files: [Text]
  /// The script's parameters; for a secret, the place where it is kept.
  package let parameters: JSON.Object
  /// The value of `now()`.
  package let now: Timestamp
  package let workspace: WorkspaceIdentity
  package let limits: Limits
  /// `true` iff the list included runtime connections.
  package let includesRuntime: Bool
  /// The places in the script that depend on outcomes, or on what only the server can tell after a
  /// write; the plan assumes that every write succeeds and tells nothing new.
  package let assumptions: [String]

  package init(
    version: String, created: Timestamp, script: Text, files: [Text], parameters: JSON.Object,
    now: Timestamp, workspace: WorkspaceIdentity, limits: Limits, includesRuntime: Bool,
    assumptions: [String]
  ) {
    self.version = version
    self.created = created
    self.script = script
    self.files = files
    self.parameters = parameters
    self.now = now
    self.workspace = workspace
    self.limits = limits
    self.includesRuntime = includesRuntime
    self.assumptions = assumptions
  }

  /// The name and SHA-256 of a source text. The hash is taken after replacing anything that may be
  /// a credential by asterisks.
  package struct Text: Sendable, Equatable {
    package let name: String
    package let hash: String

    package init(name: String, hash: String) {
      self.name = name
      self.hash = hash
    }
  }

  /// The limits that were checked when the plan was created; they are checked again when it is
  /// applied.
  package struct Limits: Sendable, Equatable {
    package var expected: Int?
    package var maxWrites: Int?
    package var maxPercent: Int?

    package init(expected: Int? = nil, maxWrites: Int? = nil, maxPercent: Int? = nil) {
      self.expected = expected
      self.maxWrites = maxWrites
      self.maxPercent = maxPercent
    }
  }
}
