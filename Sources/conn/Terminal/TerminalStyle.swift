import Glibc
import LineEditing
import Synchronization
import Text

/// The size of the terminal, and whether it shows colours.
enum TerminalStyle {
  static func style(of descriptor: Int32, isColorDisabled: Bool) -> TextStyle {
    let refused = isColorDisabled || variable("NO_COLOR")?.isEmpty == false || TerminalModes.isDumb
    return isatty(descriptor) == 1 && !refused ? .colored : .plain
  }

  /// The columns of the terminal on stdout, or `nil` if there is none.
  static var width: Int? { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }

  /// The rows of the terminal on stdout, or `nil` if there is none.
  static var height: Int? { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

  private static var size: winsize? {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
