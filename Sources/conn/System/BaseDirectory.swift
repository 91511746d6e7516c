/// A directory of the XDG Base Directory Specification.
enum BaseDirectory: String {
  case configuration = "XDG_CONFIG_HOME"
  case state = "XDG_STATE_HOME"

  /// The directory's path, or `nil` if neither its variable nor `HOME` names one. As the
  /// specification demands, relative paths are ignored.
  func path(_ environment: [String: String]) -> String? {
    if let own = environment[rawValue], own.hasPrefix("/") { return own }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + (self == .state ? "/.local/state" : "/.config")
  }
}
