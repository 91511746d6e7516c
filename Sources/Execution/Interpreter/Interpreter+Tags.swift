import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Reads the workspace's tags, once per run, when the first pipeline needs them.
extension Interpreter {
  /// Makes the tags known that the pipeline names or reads the titles of. Throws with exit 5 if one
  /// that it names doesn't exist, even if the pipeline selects no rows.
  mutating func readTags(for pipeline: CheckedPipeline) async throws(RunError) {
    let named = pipeline.stages.compactMap(\.write).map(\.tags).filter { !$0.isEmpty }
    let isGuarded = pipeline.writes && context.guards.profile?.readsTitles == true
    guard !named.isEmpty || readsTitles || isGuarded else { return }
    try await readTags(at: pipeline.span)
    for tags in named where !tags.contains(where: environment.readsUnknown) {
      _ = try evaluator.tags(tags)
    }
  }

  /// Throws with exit 5 if the pipeline compares handles with the title of a tag: no row would match,
  /// or all of them, if it is negated. The tags are read only if no row has the text as a handle; if
  /// they can't be read, it counts as a handle. Without the privilege for tags, the list may lack those
  /// of connections, too: if no row has a tag, throws with exit 3.
  mutating func requireHandles(in pipeline: CheckedPipeline, among rows: Rows)
    async throws(RunError)
  {
    let literals = pipeline.tagLiterals(evaluator)
    guard !literals.isEmpty, context.tagReader != nil || view.tags != nil else { return }
    let unknown = literals.filter { literal in
      !rows.contains { $0.connection?.tagHandles.contains(literal.text) ?? false }
    }
    guard !unknown.isEmpty else { return }
    guard let tags = try await tagsIfReadable(at: pipeline.span) else {
      let areUntagged = rows.allSatisfy { $0.connection?.tagHandles.isEmpty ?? true }
      guard let problem = view.tagsProblem, problem.exitCode == .authentication, areUntagged,
        !rows.isEmpty
      else { return }
      throw problem
    }
    for literal in unknown where !tags.holds(handle: literal.text) {
      if let tag = tags.tags(titled: literal.text).first {
        throw RunError.titleForHandle(literal.text, tag, literal.span)
      }
    }
  }

  /// Makes the tags known that a saved plan adds or removes.
  mutating func readTags(of plan: Plan) async throws(RunError) {
    guard plan.writes.contains(where: \.readsTags), !isResumedWithoutTags else { return }
    try await readTags(at: nil)
  }

  /// `true` iff the run was started by a version that didn't read them.
  private var isResumedWithoutTags: Bool {
    recorder.map { $0.replay.isResumed && !$0.replay.expectsTags } ?? false
  }

  private mutating func tagsIfReadable(at span: SourceSpan) async throws(RunError) -> TagDirectory?
  {
    if let tags = view.tags { return tags }
    guard context.tagReader != nil, !isDryRun, view.tagsProblem == nil else { return nil }
    if isResumedWithoutTags { return nil }
    do { try await readTags(at: span) } catch {
      if error.exitCode == .interrupted { throw error }
      view.tagsProblem = error
      // A resumed run must find that they were asked for.
      do { try recorder?.keep([API.Tag]()) } catch {
        throw RunError(.internalError, "can't record the run: \(error.message)", at: span)
      }
    }
    return view.tags
  }

  private mutating func readTags(at span: SourceSpan?) async throws(RunError) {
    guard view.tags == nil, !view.hasPrintedTags else { return }
    if case .dryRun = context.mode {
      view.hasPrintedTags = true
      return show(CallPrinter.Entry(.tags(page: 1), effect: .read, span: span))
    }
    guard let reader = context.tagReader else {
      throw RunError(.internalError, "nothing can read the tags", at: span)
    }
    try await view.readTags(reader, context, &recorder, &report, at: span)
  }
}

extension RunError {
  fileprivate static func titleForHandle(_ text: String, _ tag: Tag, _ span: SourceSpan)
    -> RunError
  {
    let title = tag.title.quoted.escapingHiddenCharacters()
    let handle = tag.handle.quoted.escapingHiddenCharacters()
    return RunError(
      .guardRefused,
      "`tags` holds handles, and \(text.quoted.escapingHiddenCharacters()) is a title",
      help: "compare with the handle \(handle), or write `tag_titles has \(title)`", at: span)
  }
}

extension CheckedScript {
  var readsTitles: Bool {
    statements.flatMap(\.expressions).contains { expression in
      expression.contains { operand in
        switch operand.kind {
        case .field(_, "tag_titles"), .rowField(_, _, "tag_titles"): true
        default: false
        }
      }
    }
  }
}

extension WorkspaceView {
  /// Reads the tags. A resumed run uses the recorded ones.
  fileprivate mutating func readTags(
    _ reader: any TagReader, _ context: RunContext, _ recorder: inout RunJournal?,
    _ report: inout RunReport, at span: SourceSpan?
  ) async throws(RunError) {
    if let recorded = try recorder?.replay.recordedTags() {
      tags = TagDirectory(recorded)
      return
    }
    let answer = try await patiently(context, at: span) { patience throws(ClientError) in
      try await reader.tags(&patience)
    }
    report.lists += answer.count / Request.tagsPerPage + 1
    try keep(context, at: span) { () throws(DiskError) in try recorder?.keep(answer) }
    tags = TagDirectory(answer)
  }
}
