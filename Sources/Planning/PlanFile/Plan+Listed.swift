import API
import Evaluation

extension Plan {
  /// Returns the plan with the titles that its tags have in the workspace.
  package func titled(by tags: TagDirectory) -> Plan {
    var plan = self
    for part in parts.indices {
      plan.parts[part].writes = parts[part].writes.map { $0.titled(by: tags) }
    }
    return plan
  }

  /// Returns the plan with its targets as listed rather than as its file describes them, and with the
  /// size of the workspace. Each write shows its target as the writes before it leave it.
  ///
  /// `tags` are the workspace's, if the plan names any. What is then shown of a target or a tag comes
  /// from the server, whoever wrote the file.
  package func on(_ listed: [Connection], _ tags: TagDirectory?) -> Plan {
    var present = listed.byID
    let children = listed.children
    var plan = tags.map(titled) ?? self
    for part in plan.parts.indices {
      plan.parts[part].population = listed.count
      plan.parts[part].children = children
      plan.parts[part].writes = plan.parts[part].writes.map { $0.on(&present) }
    }
    return plan.described
  }

  /// The plan with a sentence made from the writes of each part.
  var described: Plan {
    var plan = self
    for part in parts.indices {
      plan.parts[part].sentence = WritesSentence(stages: parts[part].stages).words + "."
    }
    return plan
  }

  /// Remarks that name the commands which the plan would run for its secrets.
  package var commandNotes: [String] {
    secrets.compactMap { secret in
      guard case .command = secret.source else { return nil }
      return
        "Runs `\(secret.description.dropFirst("cmd:".count))` and sends its output as a secret."
    }.sorted()
  }
}

extension PlannedWrite {
  /// Returns the write with the titles that its tags have in the workspace.
  fileprivate func titled(by tags: TagDirectory) -> PlannedWrite {
    guard readsTags else { return self }
    let titled = members.tags.map { Tag(handle: $0.handle, title: tags.title(of: $0.handle)) }
    return with(id: id, [.tags(titled)])
  }

  /// Returns the write on its target in `present`, which is left as the write leaves it.
  fileprivate func on(_ present: inout [Int64: Connection]) -> PlannedWrite {
    guard let id, let connection = present[id] else { return self }
    let write = on(connection)
    present[id] = write.effect(answer: nil)
    return write
  }
}
