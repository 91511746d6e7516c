import API
import Evaluation
import JSON
import Language

/// The content of a plan file: writes that were planned but not sent, and everything they depend on.
///
/// Of each target, only these members are known: `id`, `name`, `application`, `updated_at`, and those
/// that the write changes.
package struct PlanDocument: Sendable {
  package let header: PlanHeader
  package let plan: Plan

  package init(_ header: PlanHeader, _ plan: Plan) {
    self.header = header
    self.plan = plan.forFile
  }
}

/// Writes a plan as JSON. ``PlanFile`` sorts the members.
extension PlanDocument {
  package static let formatVersion: Int64 = 1

  /// The plan without its hash. Throws if it would contain a credential.
  var json: JSON.Object {
    get throws(RunError) {
      var created: Int64 = 0
      return JSON.Object(
        PlanHeader.format.members(header) + [
          ("format_version", .int(Self.formatVersion)),
          (
            "steps",
            .array(
              try plan.parts.mapping { part throws(RunError) in .object(try part.json(&created)) })
          ),
        ])
    }
  }
}

extension ScriptLocation: JSONRecord {
  package static let format = RecordFormat(
    Self.init(file:line:column:), RecordMember("file", \.file), RecordMember("line", \.line),
    RecordMember("column", \.column))
}

extension Plan.Part {
  /// `created` counts the connections that the plan has created so far.
  fileprivate func json(_ created: inout Int64) throws(RunError) -> JSON.Object {
    var writes: [JSON] = []
    for write in self.writes {
      writes.append(try write.json(created))
      if write.creates { created += 1 }
    }
    return JSON.Object(
      [
        ("source", location.json), ("sentence", sentence.json), ("conditions", conditions.json),
        ("selected", selected.json), ("population", population.json), ("writes", writes.json),
      ] + (selection.map { [("selection", .string($0))] } ?? []))
  }
}

extension PlannedWrite {
  fileprivate func json(_ created: Int64) throws(RunError) -> JSON {
    let request = call.request
    guard let body = request.body else { return json(request, .null) }
    guard let saved = body.saved(created) else { throw unsafe }
    return json(request, saved)
  }

  private func json(_ request: Request, _ body: JSON) -> JSON {
    .members(
      [
        ("action", action.rawValue.json), ("method", request.method.rawValue.json),
        ("path", request.target.json), ("body", body), ("effect", effect.name.json),
        ("expected", Outcome.Kind.done.rawValue.json),
        ("reversible", definition.canBeUndone(effect).json), ("source", location.json),
        ("target", target), ("matched", matched.redacted.json), ("before", before.json),
      ] + titles + repetition)
  }

  /// The titles of the tags that the body names by their handles.
  private var titles: [(String, JSON)] {
    guard case .tags = definition.body else { return [] }
    return [("titles", .members(members.tags.map { ($0.handle, .string($0.title)) }))]
  }

  /// What happens to a create whose connection exists when the plan is applied; left out if another is
  /// made.
  private var repetition: [(String, JSON)] {
    guard creates, existing != .ignore else { return [] }
    return [
      ("if_exists", .string(existing.rawValue)),
      ("since", existsSince.json),
    ]
  }

  private var target: JSON {
    guard let connection = connection else { return .null }
    let kept = Connection.keptMembers.map { ($0, connection.member($0) ?? .null) }
    return .members([("id", connection.id.saved)] + kept + reported)
  }

  /// The member that reports count by, unless it is among the fields that the write changes.
  private var reported: [(String, JSON)] {
    let name = Connection.reportedMember
    guard !changedFields.contains(name), let value = connection?.member(name) else { return [] }
    return [(name, value)]
  }

  private var before: JSON.Object {
    guard let connection = connection else { return JSON.Object() }
    return JSON.Object(changedFields.map { ($0, connection.member($0) ?? .null) }).redacted
  }

  private var unsafe: RunError {
    RunError(
      .usage,
      "can't save this plan: it sends a credential from the script, and files hold no secrets",
      help: "name the place where it is kept: `secret(\"env:NAME\")`", at: span)
  }
}

extension Int64 {
  /// The id as JSON; a negative id refers to a connection that the plan creates.
  fileprivate var saved: JSON { self < 0 ? .members([("$created", .int(0 - self))]) : .int(self) }
}

extension SecretReference {
  /// The reference to the secret as JSON: `{"$secret": "env:NAME"}`.
  var saved: JSON { .members([("$secret", .string(description))]) }
}

extension RequestBody {
  /// Returns the body with references in place of secrets and of ids the plan creates. `nil` if the
  /// body contains a credential.
  fileprivate func saved(_ created: Int64) -> JSON? {
    switch self {
    case .json(let value): return value
    case .confidential: return nil
    case .secret(let reference): return reference.saved
    case .array(let values):
      let saved = values.compactMap { $0.saved(created) }
      return saved.count == values.count ? .array(saved) : nil
    case .object(let members):
      let saved = members.compactMap { member in
        (member.reference(created) ?? member.value.saved(created)).map { (member.name, $0) }
      }
      return saved.count == members.count ? .members(saved) : nil
    }
  }
}

extension RequestBody.Member {
  /// Returns a reference to a parent that the plan creates; `nil` for any other member.
  fileprivate func reference(_ created: Int64) -> JSON? {
    guard name == "parent_id", case .json(.int(let id)) = value, id < 0, id >= -created else {
      return nil
    }
    return id.saved
  }
}
