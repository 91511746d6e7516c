import API
import Evaluation
import JSON
import Language

/// Writes a plan as JSON. ``PlanFile`` sorts the members.
extension PlanDocument {
  package static let formatVersion: Int64 = 1

  /// The plan without its hash. Throws if it would contain a credential.
  var json: JSON.Object {
    get throws(RunError) {
      var created: Int64 = 0
      return JSON.Object(
        header.members + [
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

extension JSON {
  /// Returns an object with these members.
  static func members(_ members: [(String, JSON)]) -> JSON { .object(JSON.Object(members)) }

  static func optional(_ number: Int?) -> JSON { number.map { .int(Int64($0)) } ?? .null }
}

extension PlanHeader {
  fileprivate var members: [(String, JSON)] {
    [
      ("conn_version", .string(version)), ("created_at", .string(created.iso8601)),
      ("script", script.json), ("files", .array(files.map(\.json))),
      ("parameters", .object(parameters)), ("now", .string(now.iso8601)),
      ("workspace", workspace.json), ("guards", limits.json),
      ("includes_runtime", .bool(includesRuntime)),
      ("assumptions", .array(assumptions.map(JSON.string))),
    ]
  }
}

extension PlanHeader.Text {
  fileprivate var json: JSON { .members([("name", .string(name)), ("sha256", .string(hash))]) }
}

extension WorkspaceIdentity {
  fileprivate var json: JSON {
    .members([
      ("host", .string(host)), ("token_fingerprint", .string(fingerprint)),
      ("profile", profile.map(JSON.string) ?? .null),
    ])
  }
}

extension PlanHeader.Limits {
  fileprivate var json: JSON {
    .members([
      ("expect", .optional(expected)), ("max_writes", .optional(maxWrites)),
      ("max_percent", .optional(maxPercent)),
    ])
  }
}

extension ScriptLocation {
  fileprivate var json: JSON {
    .members([
      ("file", .string(file)), ("line", .int(Int64(line))), ("column", .int(Int64(column))),
    ])
  }
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
        ("source", location.json), ("sentence", .string(sentence)),
        ("conditions", .array(conditions.map(JSON.string))), ("selected", .int(Int64(selected))),
        ("population", .optional(population)), ("writes", .array(writes)),
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
        ("action", .string(action.rawValue)), ("method", .string(request.method.rawValue)),
        ("path", .string(request.target)), ("body", body), ("effect", .string(effect.name)),
        ("expected", .string(Outcome.Kind.done.rawValue)),
        ("reversible", .bool(definition.canBeUndone(effect))), ("source", location.json),
        ("target", target), ("matched", .object(matched.redacted)), ("before", .object(before)),
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
      ("since", existsSince.map { .string($0.iso8601) } ?? .null),
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
