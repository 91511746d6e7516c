import ConnectionsClient
import Planning

/// Defines what a run may do by the objects it gets: a dry run has none that can reach the network, a
/// preview none that can write.
package enum RunMode: Sendable {
  case dryRun(CallPrinter, snapshot: SnapshotReader?)
  /// Shows the changes, and with a printer the calls, too.
  case preview(CallPrinter?, any ConnectionReader)
  /// Like a preview, but collects the writes for a plan file.
  case planning(any ConnectionReader, for: Planner.Purpose = .file)
  case live(any ConnectionReader, any WriterSource)
}

extension RunMode {
  package var name: String {
    switch self {
    case .dryRun: "dry-run"
    case .preview: "preview"
    case .planning: "plan"
    case .live: "live"
    }
  }

  /// `true` iff the run changes the workspace, or plans what it is about to change.
  var leadsToWrites: Bool {
    switch self {
    case .live, .planning(_, for: .execution): true
    case .dryRun, .preview, .planning: false
    }
  }

  package var isLive: Bool { if case .live = self { true } else { false } }

  /// The reader of the workspace or of a snapshot; `nil` if there is none.
  package var reader: (any ConnectionReader)? {
    switch self {
    case .preview(_, let reader), .planning(let reader, _), .live(let reader, _): reader
    case .dryRun(_, let snapshot): snapshot
    }
  }
}
