import API
import JSON
import Language

/// The content of a plan file: writes that were planned but not sent, and everything they depend
/// on.
package struct SavedPlan: Sendable {
  package let header: Header
  /// One step per pipeline that writes, in the order in which they will be applied.
  package let steps: [Step]

  package init(header: Header, steps: [Step]) {
    self.header = header
    self.steps = steps
  }

  /// The origin of a plan and the workspace it is for.
  package struct Header: Sendable {
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
    /// The places in the script that depend on outcomes; the plan assumes every write succeeds.
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

  package struct Step: Sendable {
    package let location: Location
    /// A description of the step in plain words.
    package let sentence: String
    /// The text of each condition that the rows satisfied.
    package let conditions: [String]
    /// The number of rows that reached the first write stage.
    package let selected: Int
    /// The number of connections in the workspace; `nil` if it was not listed.
    package let population: Int?
    package let writes: [Entry]

    package init(
      location: Location, sentence: String, conditions: [String], selected: Int, population: Int?,
      writes: [Entry]
    ) {
      self.location = location
      self.sentence = sentence
      self.conditions = conditions
      self.selected = selected
      self.population = population
      self.writes = writes
    }
  }

  /// One write. Only these members of its connection are known: `id`, `name`, `application`,
  /// `updated_at`, and those that the write changes.
  package struct Entry: Sendable {
    package let write: PlannedWrite
    /// The fields of the row that the conditions read, with their values.
    package let matched: JSON.Object
    package let location: Location

    package init(write: PlannedWrite, matched: JSON.Object, location: Location) {
      self.write = write
      self.matched = matched
      self.location = location
    }
  }

  /// A place in a script. Line and column count from 1; both are 0 for a plan without a script.
  package struct Location: Sendable, Equatable {
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

extension SavedPlan.Location: CustomStringConvertible {
  /// The place as `file:line:column`, or just `file` for a plan without a script.
  package var description: String { column == 0 ? file : "\(file):\(line):\(column)" }
}

extension SavedPlan {
  package var entries: [Entry] { steps.flatMap(\.writes) }

  /// The targets, in the order of the writes.
  package var targets: [RecordedPlan.Target] { entries.map { RecordedPlan.Target($0.write) } }

  /// The secrets that the writes refer to.
  var secrets: Set<SecretReference> {
    entries.reduce(into: []) { $0.formUnion($1.write.call.request.body?.secrets ?? []) }
  }
}
