import Execution

extension Session {
  /// The degree to which statements reach the server.
  enum Mode: String, CaseIterable {
    case dryRun = "dry-run"
    case preview, live

    /// A sentence on what happens to statements from now on.
    var text: String {
      switch self {
      case .dryRun: "Dry run: from now on nothing is sent; every call is printed."
      case .preview: "Preview: from now on only GETs are sent; writes are shown and simulated."
      case .live: "Live: from now on confirmed changes are sent."
      }
    }
  }

  var mode: Mode {
    runner.options.mode.dryRun ? .dryRun : runner.options.mode.preview ? .preview : .live
  }
}

extension RunMode {
  /// Returns this mode with readers that keep the connections they list in `listing`.
  func keeping(_ listing: WorkspaceListing) -> RunMode {
    switch self {
    case .dryRun: self
    case .preview(let printer, let reader):
      .preview(printer, ListingReader(reader: reader, listing: listing))
    case .planning(let reader, let purpose):
      .planning(ListingReader(reader: reader, listing: listing), for: purpose)
    case .live(let reader, let writers):
      .live(ListingReader(reader: reader, listing: listing), writers)
    }
  }
}
