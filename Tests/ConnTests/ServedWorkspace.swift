import Foundation
import TestSupport
import Testing

/// `conn simulate` on a port of its own.
struct ServedWorkspace {
  let url: String
  private let token: String
  private let process: Process

  init(faults: String? = nil) throws {
    process = Process()
    process.executableURL = Program.binary
    process.arguments = ["simulate", "--port", "0"]
    if let faults {
      let file = try Program.makeScratch().appending(path: "faults.json")
      try faults.write(to: file, atomically: true, encoding: .utf8)
      process.arguments? += ["--faults", file.path]
    }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var lines = ""
    while lines.count(where: \.isNewline) < 2 {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "the simulator did not start")
      lines += String(decoding: data, as: UTF8.self)
    }
    url = lines.firstMatch(of: #/WORKATO_HOST=(.*)/#).map { String($0.1) } ?? ""
    token = lines.firstMatch(of: #/WORKATO_API_TOKEN=(.*)/#).map { String($0.1) } ?? ""
  }

  var variables: [String: String] { ["WORKATO_API_TOKEN": token] }

  func stop() { kill(process.processIdentifier, SIGKILL) }
}
