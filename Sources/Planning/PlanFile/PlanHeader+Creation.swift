import API
import Evaluation
import JSON
import Language
import Text

extension PlanHeader {
  /// The header of a plan that isn't made from a script. `hash` identifies what it is made from.
  package init(
    name: String, hash: String, created: Timestamp, for workspace: WorkspaceIdentity
  ) {
    self.init(
      version: Version.number, created: created, script: Text(name: name, hash: hash), files: [],
      parameters: JSON.Object(), now: created, workspace: workspace, limits: Limits(),
      includesRuntime: true, assumptions: [])
  }

  /// The header of a plan for `script`. `texts` are first its own, then those of the files it uses.
  package init(
    _ script: CheckedScript, _ sources: SourceMap, _ environment: Environment, _ guards: Guards,
    created: Timestamp, for workspace: WorkspaceIdentity, texts: [SourceFile]
  ) {
    let texts = texts.map { Text(name: $0.name, hash: Digest.sha256($0.bytes)) }
    version = Version.number
    self.created = created
    self.script = texts.first ?? Text(name: "", hash: Digest.sha256([]))
    files = Array(texts.dropFirst())
    parameters = environment.savedParameters(of: script)
    now = environment.now
    self.workspace = workspace
    limits = Limits(
      expected: guards.expected, maxWrites: guards.maxWrites, maxPercent: guards.maxPercent)
    includesRuntime = script.statements.flatMap(\.pipelines).contains(where: \.listsRuntime)
    let outcomes = OutcomeDependence(script).spans
    let others = PlanningBlock.dependences(in: script.statements).filter { !outcomes.contains($0) }
    assumptions = (outcomes + others).map { span in
      "\(sources.location(of: span)): \(sources.text(span).onOneLine)"
    }
  }
}

extension CheckedPipeline {
  fileprivate var listsRuntime: Bool {
    if case .list(withRuntime: true) = source.kind { true } else { false }
  }
}

extension Environment {
  /// Returns the parameters for the plan file; a value that may be a credential becomes `‹hidden›`.
  fileprivate func savedParameters(of script: CheckedScript) -> JSON.Object {
    let confidential = SensitiveNames(script).all
    return JSON.Object(
      script.parameters.sorted { $0.name < $1.name }.compactMap { parameter in
        guard case .value(let value) = variables[parameter.name] else { return nil }
        if case .secret(let reference) = value { return (parameter.name, reference.saved) }
        let isHidden =
          confidential.contains(parameter.name)
          || CredentialScanner.isCredential(value.text, key: parameter.name)
        return (parameter.name, isHidden ? .string("‹hidden›") : value.json)
      })
  }
}

// MARK: Writes

extension Plan {
  /// The plan reduced to what a plan file keeps.
  var forFile: Plan {
    Plan(
      parts.map { part in
        var part = part
        part.writes = part.writes.map(\.forFile)
        part.bound = .atMost(part.writes.count)
        return part
      })
  }
}

extension PlannedWrite {
  /// The write reduced to what a plan file keeps, with members sorted by name.
  fileprivate var forFile: PlannedWrite {
    on(connection?.keeping(changedFields)).with(id: id, members.sortedByName)
  }
}

extension Connection {
  /// The members of every target that a plan file keeps.
  static let keptMembers = ["name", "application", "updated_at"]

  /// A member that reports count by; plan files of earlier builds lack it.
  static let reportedMember = "folder_id"

  fileprivate func keeping(_ names: [String]) -> Connection {
    let reported = member(Self.reportedMember) == nil ? [] : [Self.reportedMember]
    let kept = (Self.keptMembers + names + reported).withoutRepeats
    return Connection(id: id, kept.map { ($0, member($0) ?? .null) })
  }

  /// Returns the value of a field, or of `raw.x`, as JSON; null if there is none.
  func shown(_ path: String) -> JSON {
    if path.hasPrefix("raw.") { return member(String(path.dropFirst(4))) ?? .null }
    guard let field = Field.named(path) else { return .null }
    return (try? value(of: field).json) ?? member(path) ?? .null
  }
}

extension [RequestBody.Member] {
  fileprivate var sortedByName: [RequestBody.Member] {
    map { RequestBody.Member($0.name, $0.value.sortingMembers) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension RequestBody {
  fileprivate var sortingMembers: RequestBody {
    switch self {
    case .object(let members): .object(members.sortedByName)
    case .array(let values): .array(values.map(\.sortingMembers))
    case .json, .confidential, .secret: self
    }
  }
}
