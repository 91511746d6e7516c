import API
import Evaluation
import Language
import Planning
import Text

/// Saves rows. A file that the run finds is only replaced if the script says so; one that the run
/// itself has saved is its own.
extension Interpreter {
  /// Refuses to start if a file that the statements save exists, as far as its name is known; that of a
  /// pipeline may depend on the row of a loop.
  func requireNewFiles(_ statements: [CheckedStatement]) throws(RunError) {
    for file in SavedFiles(statements, environment).files {
      guard !mayReplace(file.path, file.target), context.disk.exists(file.path) else { continue }
      throw RunError(
        report.tally.sent > 0 ? .someFailed : .usage, "`\(file.path)` already exists",
        help: "to replace it, write `save replace`; otherwise choose another name", at: file.span)
    }
  }

  mutating func save(_ set: RowSet, to target: CheckedOutputFile, _ span: SourceSpan)
    throws(RunError)
  {
    let path = try evaluator.constant(target.path).text
    guard let kind = FileKind(path: path), let format = ResultFormat(rawValue: kind.rawValue)
    else {
      throw RunError(.usage, "unknown file type: `\(path)` (use .json, .jsonl or .csv)", at: span)
    }
    if kind == .csv { try requireNoNUL(set, span) }
    let text = try format.text(set)
    guard isLive else {
      if course != nil { return }
      return context.output.talk("\(set.rows.count.counted("row")) would be saved to \(path)")
    }
    try write(Array(text.utf8), to: path, target, span)
    context.output.talk("\(set.rows.count.counted("row")) saved to \(path)")
  }

  /// Refuses text that a CSV file can't hold.
  private func requireNoNUL(_ set: RowSet, _ span: SourceSpan) throws(RunError) {
    for row in set.rows {
      guard let name = set.nameOfNUL(in: row) else { continue }
      let which = row.connection.map { "connection \($0.id): " } ?? ""
      throw RunError(
        report.tally.sent > 0 ? .someFailed : .usage,
        "\(which)`\(name)` contains NUL, which CSV can't hold",
        help: "save a .json or .jsonl file, or remove it with `replace`", at: span)
    }
  }

  private mutating func write(
    _ bytes: [UInt8], to path: String, _ target: CheckedOutputFile, _ span: SourceSpan
  ) throws(RunError) {
    do throws(DiskError) {
      if mayReplace(path, target) {
        try context.disk.replace(path, with: bytes)
      } else {
        try context.disk.create(path, with: bytes)
      }
    } catch {
      throw RunError(report.tally.sent > 0 ? .someFailed : .usage, error.message, at: span)
    }
    filesSaved.insert(path)
  }

  /// A resumed run repeats what it saved before; a plan file saves nothing.
  private func mayReplace(_ path: String, _ target: CheckedOutputFile) -> Bool {
    if case .planning(_, for: .file) = context.mode { return true }
    return target.replaces || filesSaved.contains(path) || recorder?.replay.isResumed == true
  }
}
