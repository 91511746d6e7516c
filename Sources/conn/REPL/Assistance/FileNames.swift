import Glibc
import Language

/// Completes file names.
struct FileNames {
  let host: Host

  /// Returns the directories and files that `typed` may become. Files must have one of the endings,
  /// unless `endings` is empty.
  func candidates(_ typed: String, _ endings: [String]) -> [Candidate] {
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<slash]), String(typed[slash...]))
    let names = (try? SystemFile.names(in: host.disk.resolved(folder.isEmpty ? "." : folder))) ?? []
    return names.compactMap { name in
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { return nil }
      let path = folder + name
      if isDirectory(host.disk.resolved(path)) { return Candidate(path + "/", .value) }
      let isWanted = endings.isEmpty || endings.contains { name.hasSuffix("." + $0) }
      return isWanted ? Candidate(path, .value) : nil
    }
  }

  private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
