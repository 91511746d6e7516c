import Evaluation
import Inspection
import Language

/// Gives the checker access to the files that a script refers to.
enum SurroundingFiles {
  /// Returns a scope that reads files and knows the values of a snapshot. Throws, after reporting
  /// why, if the snapshot can't be read. `kept` has the contents that files had at the start of a
  /// resumed run.
  static func scope(snapshot path: String? = nil, kept: [String: [UInt8]] = [:]) throws -> Scope {
    var scope = Scope(
      files: { path in kept[path].map { schema(path, $0) } ?? schema(path) }, texts: text)
    do throws(DiskError) {
      let set = try path.map { path throws(DiskError) in
        try SnapshotFile(path, disk: SystemDisk()).set
      }
      scope.values = KnownValues.of(set?.rows.compactMap(\.connection) ?? [])
    } catch {
      StandardOutput.shared.talk("error: \(error.message)")
      throw CommandFailure(exitCode: .usage)
    }
    return scope
  }

  private static let schema: @Sendable (String) -> Scope.FileSchema = { path in
    do throws(DiskError) {
      return .schema(try SnapshotFile(path, disk: SystemDisk()).set.schema)
    } catch {
      return .problem(error.message)
    }
  }

  private static func schema(_ path: String, _ bytes: [UInt8]) -> Scope.FileSchema {
    do { return .schema(try SnapshotFile(path, bytes).set.schema) } catch {
      return .problem(error.message)
    }
  }

  private static let text: @Sendable (String) -> Scope.TextFile = { path in
    guard SystemDisk.isFile(path) else { return .problem("file not found: `\(path)`") }
    do throws(DiskError) { return .bytes(try SystemDisk().read(path)) } catch {
      return .problem(error.message)
    }
  }
}
