import Execution

extension Session {
  /// How statements are carried out.
  enum Mode: String, CaseIterable {
    case dryRun = "dry-run"
    case preview, live

    /// What becomes of the statements from now on.
    var words: String {
      switch self {
      case .dryRun: "From now on nothing is sent; every call is printed."
      case .preview: "From now on GETs alone are sent; writes are printed and simulated."
      case .live: "From now on what is confirmed is written."
      }
    }
  }

  var mode: Mode {
    runner.options.dryRun ? .dryRun : runner.options.preview ? .preview : .live
  }
}

extension RunMode {
  /// The same, keeping what is listed.
  func keeping(_ listing: WorkspaceListing) -> RunMode {
    switch self {
    case .dryRun: self
    case .preview(let printer, let reader):
      .preview(printer, ListingReader(reader: reader, listing: listing))
    case .planning(let reader): .planning(ListingReader(reader: reader, listing: listing))
    case .live(let reader, let writers):
      .live(ListingReader(reader: reader, listing: listing), writers)
    }
  }
}
