import Execution
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

  /// The terminal that shows the messages and questions; `nil` if there is none. A dumb terminal can't
  /// show a text page by page.
  var screen: ScreenSize? {
    guard let size = StandardOutput.size(of: output.errors), size.ws_col > 0 else { return nil }
    let rows = output.isDumb || size.ws_row == 0 ? nil : Int(size.ws_row)
    return ScreenSize(columns: Int(size.ws_col), rows: rows)
  }

  private var size: winsize? { StandardOutput.size(of: output.output) }
}
