import TestSupport
import Testing

@testable import conn

/// The words of a line of bash, and what is inserted into it.
@Suite struct ShellLineTests {
  @Test(arguments: [
    ("conn ", [""]), ("conn r", ["r"]), ("  conn   run  x", ["run", "x"]),
    ("conn run 'a b' \"c d\" e\\ f", ["run", "a b", "c d", "e f"]), ("conn ''", [""]),
    ("conn '' ", ["", ""]), ("conn \"a\\\"b\\x", ["a\"b\\x"]), ("conn 'a\\", ["a\\"]),
    ("conn a'b'\"c\"d", ["abcd"]), ("conn \"$(rm x)\" `y`", ["$(rm x)", "`y`"]),
    ("conn tag=\"a b", ["tag=a b"]), ("conn x\\", ["x\\"]), ("conn é\t'ü", ["é", "ü"]),
  ])
  func wordsAreReadAsBashReadsThem(_ line: String, _ words: [String]) {
    #expect(ShellLine(line).words == words)
  }

  /// The line, the end that bash replaces, the candidate, and what is put there.
  @Test(arguments: [
    ("conn ru", "ru", "run", "run"), ("conn run tag=", "", "tag=legacy", "legacy"),
    ("conn run tag=le", "le", "tag=legacy", "legacy"), ("conn run ", "", "my dir/", "my\\ dir/"),
    ("conn run my\\ d", "my\\ d", "my dir/", "my\\ dir/"),
    ("conn run \"my d", "my d", "my dir/", "my dir/"),
    ("conn run \"my d", "\"my d", "my dir/", "my dir/"),
    ("conn run \"my dir/\"", "\"my dir/\"", "my dir/x", "my\\ dir/x"),
    (
      "conn run ", "", "$(rm x);`y`&|<>*?[]{}!#'\"\\",
      "\\$\\(rm\\ x\\)\\;\\`y\\`\\&\\|\\<\\>\\*\\?\\[\\]\\{\\}\\!\\#\\'\\\"\\\\"
    ),
    ("conn run \"", "", "$(x)`\"\\", "\\$(x)\\`\\\"\\\\"),
    ("conn run '", "", "$(x)`\"\\", "$(x)`\"\\"),
    ("conn run ~/", "~/", "~/a b", "~/a\\ b"), ("conn run ", "", "~root", "\\~root"),
    ("conn run --token-from env:P", "P", "env:PATH", "PATH"),
  ])
  func candidatesAreQuotedForTheCursor(
    _ line: String, _ typed: String, _ candidate: String, _ inserted: String
  ) {
    #expect(ShellLine(line).insertion(candidate, for: typed) == inserted)
  }

  /// Between these quotes, the candidate can't be written.
  @Test func aCandidateThatTheQuoteCannotHoldIsLeftOut() {
    #expect(ShellLine("conn run '").insertion("it's", for: "") == nil)
    #expect(ShellLine("conn run \"").insertion("wow!", for: "") == nil)
  }
}
