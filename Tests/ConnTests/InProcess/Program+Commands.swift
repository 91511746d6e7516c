import Foundation
import TestSupport

@testable import conn

extension Program {
  /// Runs a line of shell, by default in the repository. Its `conn` commands run in this process,
  /// unless their process matters: see `Stub/conn.c`.
  static func run(
    _ line: String, in directory: URL = Golden.root, environment added: [String: String] = [:]
  ) async throws -> Result {
    let variables = try CommandServer.place.get().variables
    return try await shell(line, in: directory, environment: variables.merging(added) { $1 })
  }
}
