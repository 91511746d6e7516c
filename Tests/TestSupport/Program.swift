import Foundation

/// Runs the built program in the way its users do.
package enum Program {
  /// The program that was built together with these tests. They end at once if it isn't there, or
  /// if an object that it is made of is newer: it would be another program that is tested.
  package static let binary: URL = {
    let build = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let program = build.appending(path: "conn")
    guard let linked = changed(program) else { fatalError("\(program.path) has not been built") }
    for object in objects(in: build) where changed(object).map({ $0 > linked }) == true {
      fatalError("\(program.path) is older than \(object.path): build it first")
    }
    return program
  }()

  private static func objects(in build: URL) -> [URL] {
    let sources = Golden.root.appending(path: "Sources")
    let targets = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
    return targets.flatMap { target in
      let objects = build.appending(path: "\(target).build")
      return
        (try? FileManager.default.contentsOfDirectory(
          at: objects, includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
    }.filter { $0.pathExtension == "o" }
  }

  private static func changed(_ file: URL) -> Date? {
    try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
  }

  package struct Result: Sendable {
    package let output: String
    package let errors: String
    package let exitCode: Int32
  }

  /// Creates a temporary directory for a test.
  package static func makeScratch() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "conn-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// The environment of a user who has configured nothing, plus the given variables.
  package static func environment(_ added: [String: String] = [:]) -> [String: String] {
    let own = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("WORKATO_") && !unset.contains($0.key)
    }
    let path = binary.deletingLastPathComponent().path + ":" + (own["PATH"] ?? "")
    let home = ["PATH": path, "XDG_CONFIG_HOME": "/nonexistent"]
    return own.merging(home) { $1 }.merging(added) { $1 }
  }

  private static let unset: Set<String> = [
    "NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "HTTPS_PROXY", "https_proxy", "NO_PROXY",
    "no_proxy", "SSL_CERT_FILE",
  ]

  /// Creates a writable directory that looks like the repository.
  package static func makeDesk() throws -> URL {
    let desk = try makeScratch()
    for name in try FileManager.default.contentsOfDirectory(atPath: Golden.root.path) {
      try FileManager.default.createSymbolicLink(
        at: desk.appending(path: name), withDestinationURL: Golden.root.appending(path: name))
    }
    return desk
  }

  /// Runs a line of shell, by default in the repository; `conn` is the built program. It waits on a
  /// thread of its own, since waiting would block one of the few that run tasks.
  package static func shell(
    _ line: String, in directory: URL = Golden.root, environment added: [String: String] = [:]
  ) async throws -> Result {
    try await Turns.shared.take {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(
            with: Swift.Result { try shellNow(line, in: directory, environment: added) })
        }
      }
    }
  }

  private static func shellNow(
    _ line: String, in directory: URL, environment added: [String: String]
  ) throws -> Result {
    let scratch = try makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    // The tests may be started with ignored signals, and a shell can't reset those.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT,TERM,HUP,PIPE", "/bin/bash", "-c", line]
    process.currentDirectoryURL = directory
    process.environment = environment(["XDG_STATE_HOME": scratch.path].merging(added) { $1 })
    let files = ["out", "err"].map { scratch.appending(path: $0) }
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(output: texts[0], errors: texts[1], exitCode: process.terminationStatus)
  }
}
