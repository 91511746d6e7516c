import API
import Evaluation
import Language
import Planning

/// Statements that were planned and confirmed together, while they are carried out.
///
/// The statements run again, with real outcomes, but on the course that was planned: the same rounds
/// of loops, the same branches, and for each pipeline that writes, the rows and writes of its plan.
struct PlannedBlock: Sendable {
  private var course: ArraySlice<PlanningCourse.Step>
  let session: WriteSession?
  var progress = PlanProgress()
  let line: ProgressLine

  init(_ course: PlanningCourse, _ session: WriteSession?, _ line: ProgressLine) {
    self.course = course.steps[...]
    self.session = session
    self.line = line
  }

  // MARK: The course

  mutating func rounds() throws(RunError) -> [Environment.Binding] {
    guard case .rounds(let rounds)? = course.popFirst() else { throw Self.offCourse }
    return rounds.map { round in
      if case .row(let row) = round { .row(progress.real(row)) } else { round }
    }
  }

  mutating func condition() throws(RunError) -> Bool {
    guard case .condition(let holds)? = course.popFirst() else { throw Self.offCourse }
    return holds
  }

  mutating func pipeline(at span: SourceSpan) throws(RunError) -> PlanningCourse.Selected {
    guard case .pipeline(let selected)? = course.popFirst(), selected.span == span else {
      throw Self.offCourse
    }
    return selected
  }

  var unreached: [PlannedWrite] {
    course.flatMap { step -> [PlannedWrite] in
      if case .pipeline(let selected) = step { selected.plan.part.writes } else { [] }
    }
  }

  private static let offCourse = RunError(
    .internalError, "the script took another course than the one that was planned")
}

extension PlanProgress {
  /// Returns the row with its connection as the writes so far have left it.
  func real(_ row: Row) -> Row {
    guard let id = row.connection?.id, let real = connection(id) else { return row }
    return row.isWhole ? row.replacing(real, added: row.addedValues) : row.standing(for: real)
  }
}
