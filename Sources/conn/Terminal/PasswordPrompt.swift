import Glibc
import LineEditing

/// Asks the user for a secret without echo. Keys typed before the question are discarded.
enum PasswordPrompt {
  /// Returns the secret; `nil` if there is no terminal, or if the user cancels with Ctrl-C, Ctrl-D
  /// or a signal.
  static func ask(_ question: String) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var found = termios()
    guard tcgetattr(terminal, &found) == 0 else { return nil }
    var hidden = found
    hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    withUnsafeMutableBytes(of: &hidden.c_cc) { ($0[Int(VMIN)], $0[Int(VTIME)]) = (1, 0) }
    tcsetattr(terminal, TCSAFLUSH, &hidden)
    defer { tcsetattr(terminal, TCSANOW, &found) }
    _ = FileBytes.write(question, to: terminal)
    defer { _ = FileBytes.write([UInt8(ascii: "\n")], to: terminal) }
    return typed(on: terminal)
  }

  private static func typed(on terminal: Int32) -> String? {
    let before = Interruption.enter(.prompting)
    defer { Interruption.enter(before) }
    var line = PasswordInput()
    while !Interruption.isRequested {
      guard Interruption.waitForInputOrWake(on: terminal) else { continue }
      var byte: UInt8 = 0
      guard read(terminal, &byte, 1) == 1 else { return nil }
      if let end = line.handle(byte) { return end == .line ? line.text : nil }
    }
    return nil
  }
}

/// A line typed without echo, byte by byte.
struct PasswordInput {
  private var bytes: [UInt8] = []

  enum End { case line, givenUp }

  /// The line; `nil` if it is not valid UTF-8.
  var text: String? { String(validating: bytes, as: UTF8.self) }

  /// Adds a byte; returns the kind of end if the byte ends the line.
  mutating func handle(_ byte: UInt8) -> End? {
    switch byte {
    case 0x0A, 0x0D: return .line
    // Ctrl-C and Ctrl-D.
    case 0x03, 0x04: return .givenUp
    case 0x08, 0x7F: removeCharacter()
    // Ctrl-U.
    case 0x15: bytes = []
    default: bytes.append(byte)
    }
    return nil
  }

  private mutating func removeCharacter() {
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
  }
}
