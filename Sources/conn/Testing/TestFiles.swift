import Evaluation
import Glibc
import Language

/// Finds the test files that a command line names.
struct TestFiles {
  let host: Host

  /// Returns the test files among these files and below these directories, sorted, each once. Throws
  /// if there are none, or if a name leads to neither.
  func paths(_ names: [String]) throws(RunError) -> [String] {
    var found: Set<String> = []
    for name in names.isEmpty ? ["."] : names { found.formUnion(try paths(name)) }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func paths(_ name: String) throws(RunError) -> [String] {
    var status = stat()
    guard stat(host.disk.resolved(name), &status) == 0 else {
      throw RunError(.usage, SystemFile.problem("cannot read", name).message)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      if name.hasSuffix(TestFileAnalysis.suffix) { return [name] }
      throw RunError(
        .usage, "`\(name)` is not a test file",
        help: "the name of a test file ends in \(TestFileAnalysis.suffix)")
    }
    let prefix = name == "." ? "" : name.hasSuffix("/") ? name : name + "/"
    let found = try files(below: name, prefix)
    guard found.isEmpty else { return found }
    throw RunError(
      .usage, "there are no test files below `\(name)`",
      help: "the tests of clean.conn are in clean_test.conn; conn help tests shows what is in them")
  }

  /// Returns the test files below a directory. Links to directories and hidden names are left out.
  private func files(below directory: String, _ prefix: String) throws(RunError) -> [String] {
    let names: [String]
    do { names = try SystemFile.names(in: host.disk.resolved(directory)) } catch {
      throw RunError(.usage, error.message)
    }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      let path = prefix + name
      let mode = FilePath.status(host.disk.resolved(path))?.st_mode ?? 0
      if mode & S_IFMT == S_IFDIR {
        found += try files(below: path, path + "/")
      } else if name.hasSuffix(TestFileAnalysis.suffix) {
        found.append(path)
      }
    }
    return found
  }
}
