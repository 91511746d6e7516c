import Glibc
import Language

/// The files that a path, as far as it is typed, can mean.
enum FileNames {
  /// Directories, and files with one of the endings, or any where there are none.
  static func candidates(_ typed: String, _ endings: [String]) -> [Candidate] {
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<slash]), String(typed[slash...]))
    let names = (try? SystemFile.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { return nil }
      let path = folder + name
      if isDirectory(path) { return Candidate(path + "/", .value) }
      let isWanted = endings.isEmpty || endings.contains { name.hasSuffix("." + $0) }
      return isWanted ? Candidate(path, .value) : nil
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
