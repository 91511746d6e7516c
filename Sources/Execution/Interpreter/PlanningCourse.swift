import API
import Evaluation
import Language
import Planning

/// The course that statements take while they are planned ahead, and take again when carried out.
struct PlanningCourse: Sendable {
  private(set) var steps: [Step] = []
  private(set) var plan = Plan()
  /// The connections as they were listed for the first pipeline that needed them.
  private var connections: [Int64: Connection] = [:]

  enum Step: Sendable {
    case rounds([Environment.Binding])
    case condition(Bool)
    case pipeline(Selected)
  }

  /// A pipeline that writes: its rows, and its plan.
  struct Selected: Sendable {
    let span: SourceSpan
    let source: RowSet
    let targets: RowSet
    let listing: Listing?
    /// Knows the other rows that its stages need.
    let reader: StageReader
    let plan: PipelinePlan
  }

  mutating func add(_ step: Step) { steps.append(step) }

  /// `listed` are the connections of the workspace, if they were listed.
  mutating func add(_ pipeline: Selected, among listed: [Connection]?) {
    steps.append(.pipeline(pipeline))
    if !pipeline.plan.part.writes.isEmpty { plan.parts.append(pipeline.plan.part) }
    for connection in listed ?? [] where connection.id > 0 && connections[connection.id] == nil {
      connections[connection.id] = connection
    }
  }

  var listed: [Connection]? { connections.isEmpty ? nil : Array(connections.values) }
}
