import ConnectionsClient
import Language

/// What a plan file says: the writes of a run that was only rehearsed, and all that they hang on.
package struct SavedPlan: Sendable {
  package let header: Header
  /// One a pipeline that writes, in the order in which they will be carried out.
  package let steps: [Step]

  /// What the plan as a whole was made of, and for.
  package struct Header: Sendable {
    /// The version of `conn`.
    package let version: String
    package let created: Timestamp
    package let script: Text
    /// The files that the script uses.
    package let files: [Text]
    /// The script's parameters; of a secret, where it is kept.
    package let parameters: JSON.Object
    /// What `now()` was.
    package let now: Timestamp
    package let workspace: WorkspaceIdentity
    package let limits: Limits
    /// `true` iff runtime connections are among those that were listed.
    package let includesRuntime: Bool
    /// What of the script is decided by outcomes, and was taken as if every write were done.
    package let assumptions: [String]
  }

  /// A text that went into the plan, and its SHA-256; what may be a credential in it counts as
  /// asterisks.
  package struct Text: Sendable, Equatable {
    package let name: String
    package let hash: String
  }

  /// The guards that were judged, and are judged again.
  package struct Limits: Sendable, Equatable {
    package var expected: Int?
    package var mostWrites: Int?
    package var mostPercent: Int?
  }

  package struct Step: Sendable {
    package let place: Place
    /// What it does, in plain words.
    package let sentence: String
    /// The text of each condition that the rows satisfied.
    package let conditions: [String]
    /// How many rows the first write stage was given.
    package let selected: Int
    /// How many connections the workspace had; `nil` where it was not listed.
    package let population: Int?
    package let writes: [Entry]
  }

  /// One write. Of its connection only these members are known: `id`, `name`, `application`,
  /// `updated_at`, and what the write changes.
  package struct Entry: Sendable {
    package let write: PlannedWrite
    /// What the conditions read of the row: field and value.
    package let matched: JSON.Object
    package let place: Place
  }

  /// A place in a script; line and column from 1, or 0 where the plan was made of no script.
  package struct Place: Sendable, Equatable {
    package let file: String
    package let line: Int
    package let column: Int
  }
}

/// Which workspace a plan is for: a plan is carried out there and nowhere else.
package struct WorkspaceIdentity: Sendable, Equatable {
  /// `https://www.workato.com`, or `simulator`.
  package let host: String
  /// Tells tokens apart; `simulator` for a simulated workspace.
  package let fingerprint: String
  /// The name of the profile, where there is one.
  package let profile: String?

  /// A simulated workspace; the profile is the one that is rehearsed there.
  package static func simulator(profile: String?) -> WorkspaceIdentity {
    WorkspaceIdentity(host: "simulator", fingerprint: "simulator", profile: profile)
  }

  package init(host: String, fingerprint: String, profile: String?) {
    self.host = host
    self.fingerprint = fingerprint
    self.profile = profile
  }

  package init(server: ServerAddress, token: APIToken, profile: String? = nil) {
    self.init(host: server.base, fingerprint: token.fingerprint, profile: profile)
  }
}

extension SavedPlan.Place: CustomStringConvertible {
  /// `file:line:column`, or `file` alone.
  package var description: String { column == 0 ? file : "\(file):\(line):\(column)" }
}

extension SavedPlan {
  var entries: [Entry] { steps.flatMap(\.writes) }

  /// The secrets that the writes refer to.
  var secrets: Set<SecretReference> {
    entries.reduce(into: []) { $0.formUnion($1.write.call.request.body?.secrets ?? []) }
  }
}

extension PlannedWrite {
  /// The members of a list's answer that the call changes or takes away.
  var changedFields: [String] {
    switch call {
    case .create: []
    case .update(_, let fields): JSON.Object(fields.shownMembers).members.map(\.name)
    case .disconnect: ["authorization_status", "authorized_at"]
    case .delete: ["name", "external_id", "folder_id", "parent_id"]
    }
  }
}
