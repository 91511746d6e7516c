import API
import Evaluation
import JSON
import Language

/// Reads what ``PlanDocument/json`` writes.
///
/// The hash is not a signature: anyone can forge a file with a matching hash. The reader therefore
/// recomputes whatever follows from the rest of the file, and rejects the file if it differs.
extension PlanDocument {
  init(_ root: JSONCursor) throws(RunError) {
    var created: Int64 = 0
    let parts = try root.member("steps").elements().mapping { node throws(RunError) in
      try Plan.Part(node, &created)
    }
    self.init(try PlanHeader.format.read(root), Plan(parts).numbered(from: 1))
  }
}

extension PlanDocument {
  /// The document with a sentence made from the writes of each part. The one in the file is never
  /// shown: it could say anything.
  var described: PlanDocument { PlanDocument(header, plan.described) }
}

extension Plan.Part {
  fileprivate init(_ node: JSONCursor, _ created: inout Int64) throws(RunError) {
    var writes: [PlannedWrite] = []
    for element in try node.member("writes").elements() {
      var write = try PlannedWrite.read(element, created)
      if write.creates {
        created += 1
        write.newID = -created
      }
      writes.append(write)
    }
    self.init(
      location: try node.value("source"),
      sentence: try node.value("sentence"),
      conditions: try node.value("conditions"),
      selection: try node.object()["selection"] == nil
        ? nil : try node.value("selection"),
      selected: try node.value("selected"),
      population: try node.value("population"), writes: writes)
  }
}

// MARK: Writes

extension PlannedWrite {
  fileprivate static func read(_ node: JSONCursor, _ created: Int64) throws(RunError)
    -> PlannedWrite
  {
    let action = try node.member("action")
    guard let kind = WriteAction(rawValue: try String.read(action)) else {
      throw action.problem("is not an action")
    }
    var write = try WriteReader(node: node, action: kind, created: created).write()
    write.matched = try node.member("matched").object()
    write.location = try node.value("source")
    return write
  }
}

/// Reads one write. Its method, path and effect must match its action, target and body.
private struct WriteReader {
  let node: JSONCursor
  let action: WriteAction
  /// The number of connections that earlier writes of the plan create.
  let created: Int64

  func write() throws(RunError) -> PlannedWrite {
    let target = try target()
    var write = PlannedWrite(action, id: target?.id, try members(), on: target)
    try readRepetition(&write)
    try require("method", write.call.request.method.rawValue)
    try require("path", write.call.request.target)
    try require("effect", write.effect.name)
    if case .tags = action.definition.body { try requireBody(of: write) }
    return write
  }

  private func readRepetition(_ write: inout PlannedWrite) throws(RunError) {
    guard write.creates, try node.object()["if_exists"] != nil else { return }
    let name = try node.member("if_exists")
    guard let policy = ExistencePolicy(rawValue: try String.read(name)), policy != .ignore else {
      throw name.problem("is not `refuse` or `keep`")
    }
    write.existing = policy
    write.existsSince = try node.value("since")
  }

  private func require(_ name: String, _ wanted: String) throws(RunError) {
    let member = try node.member(name)
    guard try String.read(member).hasSameBytes(as: wanted) else {
      throw member.problem("does not match the rest of the write; expected \(wanted)")
    }
  }

  private func requireBody(of write: PlannedWrite) throws(RunError) {
    let body = try node.member("body")
    let wanted = write.call.request.body?.shown ?? .null
    guard body.json.sortingMembers == wanted.sortingMembers else {
      throw body.problem("does not match the rest of the write; expected \(wanted.text)")
    }
  }

  private func target() throws(RunError) -> Connection? {
    let target = try node.member("target")
    guard !action.definition.creates else {
      guard target.json == .null else { throw target.problem("must be null for a new connection") }
      return nil
    }
    let id = try id(try target.member("id"))
    let kept = try Connection.keptMembers.mapping { name throws(RunError) in
      (name, try target.member(name).json)
    }
    let reported = try target.object().members.filter { $0.name == Connection.reportedMember }
    let before = try node.member("before").object().members
    let known = (reported + before).filter { !Connection.keptMembers.contains($0.name) }
    return Connection(id: id, kept + known.map { ($0.name, $0.value) })
  }

  /// Reads an id: a number, or `{"$created": n}` for the nth connection that the plan creates.
  private func id(_ node: JSONCursor) throws(RunError) -> Int64 {
    guard node.json.object != nil else {
      let id = try Int64.read(node)
      guard id > 0 else { throw node.problem("is not an id") }
      return id
    }
    let reference = try node.member("$created")
    let number = try Int64.read(reference)
    guard (1...max(1, created)).contains(number), created > 0 else {
      throw reference.problem("is not a connection that the plan creates earlier")
    }
    return -number
  }

  private func members() throws(RunError) -> [RequestBody.Member] {
    let body = try node.member("body")
    switch action.definition.body {
    case .fields(let writer): return try fields(body, writer)
    case .flag(let name):
      if body.json == .null { return [] }
      guard body.json == .members([(name, .bool(true))]) else {
        throw body.problem("is not the body of a \(action.rawValue)")
      }
      return [RequestBody.Member(name, .json(.bool(true)))]
    case .tags:
      let titles = try node.member("titles").members()
      return [
        .tags(
          try titles.mapping { handle, title throws(RunError) in
            Tag(handle: handle, title: try String.read(title))
          })
      ]
    case .nothing:
      guard body.json == .null else {
        throw body.problem("must be null for a \(action.rawValue)")
      }
      return []
    }
  }

  private func fields(_ body: JSONCursor, _ action: FieldWriter) throws(RunError)
    -> [RequestBody.Member]
  {
    try body.members().mapping { name, node throws(RunError) in
      guard let field = Field.named(name), field.bodyName == name,
        field.writtenBy.contains(action)
      else { throw node.problem("is not a field that \(action.rawValue) sends") }
      if field.isConfidential { return RequestBody.Member(name, try confidential(node)) }
      if name == "parent_id", node.json.object != nil {
        return RequestBody.Member(name, .json(.int(try id(node))))
      }
      guard Value(node.json, as: field.type) != nil || node.json == .null else {
        throw node.problem("is not of type \(field.type)")
      }
      return RequestBody.Member(name, .json(node.json))
    }
  }

  /// Reads a confidential value: objects and lists whose leaves are references to secrets.
  private func confidential(_ node: JSONCursor) throws(RunError) -> RequestBody {
    if node.json.array != nil {
      return .array(
        try node.elements().mapping { node throws(RunError) in try confidential(node) })
    }
    let members = try node.members()
    if members.count == 1, members[0].name == "$secret", members[0].node.json.string != nil {
      guard let reference = SecretReference(try String.read(members[0].node)) else {
        throw members[0].node.problem("is not a reference to a secret")
      }
      return .secret(reference)
    }
    return .object(
      try members.mapping { name, node throws(RunError) in
        RequestBody.Member(name, try confidential(node))
      })
  }
}
