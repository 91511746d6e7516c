import Glibc
import Text

/// The size of the terminal, and whether it shows colours.
extension Host {
  /// The style of results.
  var outputStyle: TextStyle { style(isTerminal: output.showsToTerminal) }

  /// The style of messages.
  var messageStyle: TextStyle { style(isTerminal: output.talksToTerminal) }

  private func style(isTerminal: Bool) -> TextStyle {
    let isRefused = isColorDisabled || environment["NO_COLOR"]?.isEmpty == false || output.isDumb
    return isTerminal && !isRefused ? .colored : .plain
  }

  /// The columns of the terminal that shows the results, or `nil` if there is none.
  var width: Int? { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }

  /// The rows of the terminal that shows the results, or `nil` if there is none.
  var height: Int? { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

  private var size: winsize? {
    var size = winsize()
    return ioctl(output.output, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }
}
