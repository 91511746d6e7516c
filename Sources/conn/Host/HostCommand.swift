import ArgumentParser

/// A command that is given everything outside the program.
protocol HostCommand: ParsableCommand {
  /// `true` iff the user asked for no colours.
  var isColorDisabled: Bool { get }

  /// Runs the command; throws if it fails, or if its exit code isn't 0.
  func run(on host: Host) async throws
}

extension HostCommand {
  var isColorDisabled: Bool { false }
}
