import ConnectionsClient
import Planning

/// What a run may do, and through which objects. In a dry run no object exists that could reach
/// the network; in a preview none that could write.
package enum RunMode: Sendable {
  case dryRun(CallPrinter, snapshot: SnapshotReader?)
  case preview(CallPrinter, any ConnectionReader)
  /// Like a preview; the writes are kept for a plan file.
  case planning(any ConnectionReader)
  case live(any ConnectionReader, any WriterSource)
}

extension RunMode {
  /// As the options and the events call it.
  package var name: String {
    switch self {
    case .dryRun: "dry-run"
    case .preview: "preview"
    case .planning: "plan"
    case .live: "live"
    }
  }
}
