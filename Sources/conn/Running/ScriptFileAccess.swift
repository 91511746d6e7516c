import Evaluation
import Inspection
import Language

/// Gives the checker access to the files that a script refers to.
struct ScriptFileAccess: Sendable {
  let host: Host
  /// `true` iff stdin may be read, because the script runs.
  var readsInput = false

  /// Returns a scope that reads files and knows the values of a snapshot. Throws if the snapshot
  /// can't be read. `kept` has the contents that files had at the start of a resumed run.
  func scope(snapshot path: String? = nil, kept: [String: [UInt8]] = [:]) throws(RunError)
    -> Scope
  {
    var scope = Scope(
      files: { file in kept[file.path].map { schema(DataContent(file, $0)) } ?? schema(file) },
      texts: { path in text(path) })
    scope.tokenVariables = host.withheldVariables.tokens
    do throws(DiskError) {
      if let path {
        let rows = try host.dataDisk.data(DataFile(path)).rows().set.rows
        scope.values = { KnownValues.values(of: $0, in: rows) }
      }
    } catch {
      throw RunError(.usage, error.message)
    }
    return scope
  }

  private func schema(_ file: DataFile) -> Scope.FileSchema {
    if file.isStandardInput, !readsInput { return .unknown }
    do throws(DiskError) { return schema(try host.dataDisk.data(file)) } catch {
      return .problem(error.message)
    }
  }

  private func schema(_ content: DataContent) -> Scope.FileSchema {
    do {
      let file = try content.rows()
      return .schema(file.set.schema, plainReason: file.plainReason)
    } catch {
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
