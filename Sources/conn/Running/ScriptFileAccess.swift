import Evaluation
import Inspection
import Language

/// Gives the checker access to the files that a script refers to.
struct ScriptFileAccess: Sendable {
  let host: Host

  /// Returns a scope that reads files and knows the values of a snapshot. Throws if the snapshot
  /// can't be read. `kept` has the contents that files had at the start of a resumed run.
  func scope(snapshot path: String? = nil, kept: [String: [UInt8]] = [:]) throws(RunError)
    -> Scope
  {
    var scope = Scope(
      files: { path in kept[path].map { schema(path, $0) } ?? schema(path) },
      texts: { path in text(path) })
    scope.tokenVariables = host.withheldVariables.tokens
    do throws(DiskError) {
      let set = try path.map { path throws(DiskError) in
        try SnapshotFile(path, disk: host.disk).set
      }
      scope.values = KnownValues.of(set?.rows.compactMap(\.connection) ?? [])
    } catch {
      throw RunError(.usage, error.message)
    }
    return scope
  }

  private func schema(_ path: String) -> Scope.FileSchema {
    do throws(DiskError) { return schema(path, try host.disk.read(path)) } catch {
      return .problem(error.message)
    }
  }

  private func schema(_ path: String, _ bytes: [UInt8]) -> Scope.FileSchema {
    do { return .schema(try SnapshotFile(path, bytes).set.schema) } catch {
      return .malformed(error.message)
    }
  }

  private func text(_ path: String) -> Scope.TextFile {
    guard host.disk.isFile(path) else { return .problem("file not found: `\(path)`") }
    do throws(DiskError) { return .bytes(try host.disk.readScript(path)) } catch {
      return .problem(error.message)
    }
  }
}
