import API
import JSON
import Language

/// What a plan file says: the writes of a run that was only rehearsed, and all that they hang on.
package struct SavedPlan: Sendable {
  package let header: Header
  /// One a pipeline that writes, in the order in which they will be carried out.
  package let steps: [Step]

  package init(header: Header, steps: [Step]) {
    self.header = header
    self.steps = steps
  }

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
  }

  /// A text that went into the plan, and its SHA-256; what may be a credential in it counts as
  /// asterisks.
  package struct Text: Sendable, Equatable {
    package let name: String
    package let hash: String

    package init(name: String, hash: String) {
      self.name = name
      self.hash = hash
    }
  }

  /// The guards that were judged, and are judged again.
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

    package init(
      place: Place, sentence: String, conditions: [String], selected: Int, population: Int?,
      writes: [Entry]
    ) {
      self.place = place
      self.sentence = sentence
      self.conditions = conditions
      self.selected = selected
      self.population = population
      self.writes = writes
    }
  }

  /// One write. Of its connection only these members are known: `id`, `name`, `application`,
  /// `updated_at`, and what the write changes.
  package struct Entry: Sendable {
    package let write: PlannedWrite
    /// What the conditions read of the row: field and value.
    package let matched: JSON.Object
    package let place: Place

    package init(write: PlannedWrite, matched: JSON.Object, place: Place) {
      self.write = write
      self.matched = matched
      self.place = place
    }
  }

  /// A place in a script; line and column from 1, or 0 where the plan was made of no script.
  package struct Place: Sendable, Equatable {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }
}

extension SavedPlan.Place: CustomStringConvertible {
  /// `file:line:column`, or `file` alone.
  package var description: String { column == 0 ? file : "\(file):\(line):\(column)" }
}

extension SavedPlan {
  package var entries: [Entry] { steps.flatMap(\.writes) }

  /// In the order of the writes.
  package var targets: [RecordedPlan.Target] { entries.map { RecordedPlan.Target($0.write) } }

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
