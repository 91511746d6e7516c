import Foundation
import TestSupport

/// Compiles the C sources that tests need.
enum Clang {
  /// `source` is its path in `Tests/ConnTests`.
  static func compile(_ source: String, _ options: [String] = [], to result: URL) throws {
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    let path = Golden.root.appending(path: "Tests/ConnTests").appending(path: source).path
    compiler.arguments = ["clang", "-Wall", "-Werror"] + options + ["-o", result.path, path]
    try compiler.run()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw POSIXError(.ENOEXEC) }
  }
}
