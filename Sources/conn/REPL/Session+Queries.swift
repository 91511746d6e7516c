import API
import Evaluation
import Execution
import Inspection
import Language

/// The largest file that is read while a line is being typed, in bytes.
private let largestFile = 1 << 20

/// Questions about a line or the last selection that are answered without running anything.
extension Session {
  /// Returns the ranges in a line that are wrong whatever is typed next, as offsets in its UTF-8.
  /// The word at the cursor is left out, since it may be incomplete. No file is read.
  func lastingErrors(in line: String, behind before: String, cursor: Int) -> [Range<Int>] {
    var known = scope
    known.files = { _ in .problem("") }
    known.texts = { _ in .problem("") }
    let input = input(before + line)
    let base = Analysis(input, vocabulary: .standard, scope: known)
    let start =
      before.utf8.count + (base.sources.files.dropFirst(sources.files.count).first?.base ?? 0)
    return base.diagnostics.filter { $0.isError && Self.isLasting($0.code) }.compactMap { error in
      let range = (error.span.start - start)..<(error.span.end - start)
      return range.lowerBound >= 0 && range.upperBound < cursor ? range : nil
    }
  }

  /// Unknown names, and the operators of other languages.
  private static func isLasting(_ code: String) -> Bool { code.hasPrefix("C01") || code == "C0056" }

  /// Completes a statement at an offset in its UTF-8; reads no file above 1 MiB.
  func completion(of text: String, at cursor: Int) -> Completion {
    var known = scope
    known.files = { [files = scope.files, disk = runner.host.disk] file in
      disk.isFile(file.path, noLargerThan: largestFile) ? files(file) : .problem("")
    }
    return Completion(input(text), at: cursor, vocabulary: .standard, scope: known)
  }

  /// Returns work that reads a part of the workspace with one call, and returns the reason if it
  /// fails; `nil` if nothing may be sent.
  func reading(_ missing: WorkspaceListing.Missing) -> (@Sendable () async -> String?)? {
    guard mode != .dryRun, runner.options.workspace.snapshot == nil else { return nil }
    switch missing {
    case .connections:
      guard let reader = access.reader else { return nil }
      return { [listing] in
        await ListingReader(reader: reader, listing: listing).problemListing()
      }
    case .tags:
      guard let reader = access.tagReader else { return nil }
      return { [listing] in
        await ListingTagReader(reader: reader, listing: listing).problemReading()
      }
    }
  }

  func preview(_ text: String) -> LinePreview {
    var now = interpreter
    now.begin(now.context, nil, now: runner.now)
    return LinePreview(
      analysis: analyse(text), interpreter: now, listing: listing.now,
      now: runner.host.clock.instant())
  }
}

extension Session {
  /// A pipeline with the rows of its source and the values of its names, as it was run.
  struct Selection {
    let pipeline: CheckedPipeline
    let listing: Listing?
    let environment: Environment
    let sources: SourceMap
  }

  func record(_ listing: Listing?, of job: Job) {
    guard let pipeline = job.analysis.script?.statements.flatMap(\.pipelines).last else {
      return
    }
    selection = Selection(
      pipeline: pipeline, listing: listing, environment: job.environment,
      sources: job.analysis.sources)
  }

  /// Explains whether the last selection contains the connection. Throws if nothing has been
  /// selected yet.
  func why(_ id: Int64) throws(RunError) -> WhyPage {
    guard let selection, let listed = selection.listing else {
      throw RunError(
        .usage, "nothing has been selected yet", help: "run a pipeline such as `list where …`")
    }
    return WhyPage(
      selection.pipeline, id: id, in: widened(listed), selection.environment,
      sources: selection.sources,
      files: { [disk = runner.host.disk] file in
        (try? disk.read(file.path)).flatMap { try? SnapshotFile(file, $0).set }
      })
  }

  /// Adds the other known connections if the server was asked for only some of them.
  private func widened(_ listed: Listing) -> Listing {
    let known = listing.now
    guard listed.isNarrowed, known.isWhole else { return listed }
    let fresh = listed.set.rows
    let answered = Set(fresh.compactMap { $0.connection?.id })
    let others = known.connections.filter { !answered.contains($0.id) }.map { Row($0) }
    return Listing(RowSet(.connections, fresh + others))
  }
}
