import API
import ConnectionsClient
import Evaluation
import Planning
import Language
import Text

/// Checks on live data that each pipeline selects the same rows with and without the server's filters.
package struct PushdownVerifier {
  /// The result, one line per pipeline.
  package private(set) var text = ""
  private let script: CheckedScript
  private let sources: SourceMap
  private var environment: Environment
  private var patience: RunRetryPolicy

  /// `output` receives notices about waits.
  package init(
    _ script: CheckedScript, _ environment: Environment, sources: SourceMap, output: any Output
  ) {
    patience = RunRetryPolicy(output)
    self.script = script
    self.sources = sources
    self.environment = environment
    self.environment.bind(script.parameters)
  }

  /// Returns the error if verification fails, or `nil` if every pipeline selects the same rows.
  package mutating func failure(_ reader: (any ConnectionReader)?) async -> RunError? {
    guard let reader else { return RunError(.internalError, "no workspace to query") }
    do throws(RunError) { try await run(reader) } catch { return error }
    return nil
  }

  private mutating func run(_ reader: any ConnectionReader) async throws(RunError) {
    var isProven = true
    for statement in script.statements {
      for pipeline in statement.pipelines where pipeline.lists {
        let (finding, isEqual) = try await compare(pipeline, reader)
        text += "\(sources.location(of: pipeline.span)): \(finding)\n"
        isProven = isProven && isEqual
      }
      environment.bind(statement)
    }
    if isProven { return }
    throw RunError(.guardRefused, "the server's filters select different rows; use --no-push")
  }

  private mutating func compare(_ pipeline: CheckedPipeline, _ reader: any ConnectionReader)
    async throws(RunError) -> (finding: String, isEqual: Bool)
  {
    let pushdown = Pushdown(pipeline, Evaluator(environment), allowed: true)
    if pipeline.leadingConjuncts.contains(where: { environment.readsUnknown($0) })
      || pipeline.rounds != .atMost(1)
    {
      return ("not verified: it depends on rows known only when the script runs", true)
    }
    guard pushdown.query.isFiltered else { return ("the server filters nothing", true) }
    var difference = try await difference(pipeline, pushdown.query, reader)
    // Somebody may have changed a row between the two calls.
    if !difference.isEmpty {
      difference = try await self.difference(pipeline, pushdown.query, reader)
    }
    if let doubt = difference.doubt {
      return ("not verified: the list may be incomplete: \(doubt)", true)
    }
    return (difference.finding, difference.isEmpty)
  }

  private mutating func difference(
    _ pipeline: CheckedPipeline, _ query: ListQuery, _ reader: any ConnectionReader
  ) async throws(RunError) -> Difference {
    let with = try await selected(pipeline, query, reader)
    let without = try await selected(pipeline, query.unfiltered, reader)
    return Difference(
      with: with.ids, without: without.ids, doubt: with.doubt ?? without.doubt)
  }

  private mutating func selected(
    _ pipeline: CheckedPipeline, _ query: ListQuery, _ reader: any ConnectionReader
  ) async throws(RunError) -> (ids: Set<Int64>, doubt: String?) {
    let list: ConnectionList
    do { list = try await reader.list(query, &patience) } catch {
      throw RunError(error, at: pipeline.source.span)
    }
    let evaluator = Evaluator(environment)
    let kept = try list.connections.keeping { connection throws(RunError) in
      for condition in pipeline.leadingConjuncts
      where !(try evaluator.holds(condition, Row(connection))) { return false }
      return true
    }
    return (Set(kept.map(\.id)), list.doubt)
  }
}

/// The ids selected with and without the server's filters.
private struct Difference {
  let with: Set<Int64>
  let without: Set<Int64>
  /// The reason why one of the lists may be incomplete, if it may be.
  let doubt: String?

  var isEmpty: Bool { with == without }

  var finding: String {
    if isEmpty {
      return "verified: \(with.count.counted("row")) with and without the server's filters"
    }
    return
      "the rows differ: only with the server's filters: \(ids(with.subtracting(without))); "
      + "only without: \(ids(without.subtracting(with)))"
  }

  private func ids(_ ids: Set<Int64>) -> String {
    ids.isEmpty ? "none" : ids.sorted().prefix(10).map(String.init).joined(separator: " ")
  }
}
