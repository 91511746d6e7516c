import Evaluation
import API
import JSON
import Language
import Text

/// Describes writes in one plain sentence, such as ``Update `name` of the 2 connections, then delete
/// them.``
///
/// Unlike ``PlanSummary`` it needs no script. It says only what follows from the writes themselves, so
/// it can't differ from what will be sent, wherever the writes come from.
struct WritesSentence {
  private let stages: [[PlannedWrite]]
  /// The number of connections in the workspace; `nil` to leave it out.
  private let population: Int?

  init(_ part: Plan.Part) { (stages, population) = (part.stages, nil) }

  /// Creates the sentence for several rounds through a pipeline, stage by stage.
  init(rounds: [[PlannedWrite]], population: Int?) {
    (stages, self.population) = (rounds, population)
  }

  var text: String { words + "." }

  /// The sentence without its full stop.
  var words: String { stages.indices.map(clause).joined(separator: ", then ") }

  private func clause(_ index: Int) -> String {
    let total = index == 0 ? population.map { " (of \($0))" } ?? "" : ""
    return action(index) + total
  }

  private func action(_ index: Int) -> String {
    let writes = stages[index]
    let verb = writes[0].definition.phrase(Self.details(writes))
    let phrase = index == 0 ? verb : verb.prefix(1).lowercased() + verb.dropFirst()
    let isSame = index > 0 && Self.targets(writes) == Self.targets(stages[index - 1])
    return phrase + " " + (isSame ? writes.count.agreeing("it", "them") : Self.counted(writes))
  }

  private static func counted(_ writes: [PlannedWrite]) -> String {
    let count = writes.targetCount
    guard count == 1, let target = writes[0].connection else {
      return (writes[0].creates ? "" : "the ") + count.counted("connection")
    }
    return Connection.definiteName(target)
  }

  private static func targets(_ writes: [PlannedWrite]) -> Set<Int64> {
    Set(writes.compactMap(\.planID))
  }

  /// The fields or tags that the writes change, without repetition.
  private static func details(_ writes: [PlannedWrite]) -> [String] {
    var seen: Set<String> = []
    return writes.flatMap { write in
      let titles = write.members.tags.map { JSON.string($0.title).text }
      return titles.isEmpty ? write.members.map(\.name) : titles
    }.filter { seen.insert($0).inserted }
  }
}
