import Planning

extension [PlannedWrite] {
  /// The writes with their places in a run.
  var numbered: [PlannedWrite] {
    enumerated().map { index, write in
      var write = write
      write.number = index + 1
      return write
    }
  }
}
