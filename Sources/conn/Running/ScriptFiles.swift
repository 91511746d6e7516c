import ArgumentParser
import Evaluation

/// Helpers for commands that check or rewrite several scripts.
enum ScriptFiles {
  /// Returns `false` if `body` does, or if it throws because a file can't be read or written. The
  /// error has been reported, and the files after this one are still processed.
  static func succeeds(_ body: () throws -> Bool) -> Bool { (try? body()) ?? false }

  static func replace(_ path: String, with bytes: [UInt8]) throws {
    do throws(DiskError) { try SystemDisk().replace(path, with: bytes) } catch {
      StandardOutput.shared.talk("error: \(error.message)")
      throw CommandFailure(exitCode: .usage)
    }
  }
}
