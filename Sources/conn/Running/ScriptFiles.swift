import ArgumentParser
import Evaluation

/// Scripts that a command writes anew.
enum ScriptFiles {
  /// Returns `false` where `body` does, or where a file cannot be read or written: that has been
  /// said, and the files behind it are not left out.
  static func succeeds(_ body: () throws -> Bool) -> Bool { (try? body()) ?? false }

  static func replace(_ path: String, with bytes: [UInt8]) throws {
    do throws(DiskError) { try SystemDisk().replace(path, with: bytes) } catch {
      StandardOutput.shared.talk("error: \(error.message)")
      throw CommandFailure(exitCode: .usage)
    }
  }
}
