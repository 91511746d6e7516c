import Evaluation

/// Helpers for commands that check or rewrite several scripts.
struct ScriptFiles {
  let host: Host

  /// Processes all files. Throws at the end if `body` returned `false`, or if a file couldn't be
  /// read or written; errors are reported as they occur.
  func each(_ files: [String], _ body: (String) throws -> Bool) throws {
    var failed = false
    for file in files {
      do { if try !body(file) { failed = true } } catch {
        failed = true
        _ = host.report(error)
      }
    }
    if failed { throw ReportedFailure(exitCode: .usage) }
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(RunError) {
    do throws(DiskError) { try host.disk.replace(path, with: bytes) } catch {
      throw RunError(.usage, error.message)
    }
  }
}
