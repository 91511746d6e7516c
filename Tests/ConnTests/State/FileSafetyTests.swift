import Foundation
import TestSupport
import Testing

@testable import conn

/// Files that a script reads and saves: nothing is overwritten unasked, nobody leads a write
/// elsewhere, and nothing that isn't a file makes a run wait for ever.
@Suite struct FileSafetyTests {
  private func run(_ line: String) async throws -> Program.Result {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    return try await Program.run(
      line + " < /dev/null", in: scratch,
      environment: [
        "XDG_STATE_HOME": scratch.appending(path: "state").path,
        "XDG_CONFIG_HOME": scratch.appending(path: "config").path,
      ])
  }

  // MARK: Existing files

  /// Scripts whose file names are known before they run, each with the file that exists.
  @Test(arguments: [
    "list | save \"a.csv\"", "let f = \"a.csv\"; list | count; list | save $f",
    "get 36 | disconnect | save \"a.csv\"", "let d = \"a\"; list | save f\"{$d}.csv\"",
    "for f in [\"b.csv\", \"a.csv\"] { list | save $f }",
    "if true { list | save \"a.csv\" } else { list }",
    "def keep(f: string) = save $f; list | keep(\"a.csv\")",
    "let x = list | save \"a.csv\" | count; print 1", "from \"a.csv\" | save \"a.csv\"",
  ])
  func refusesAnExistingFileBeforeAnythingElse(_ script: String) async throws {
    let result = try await run(
      "echo id > a.csv; conn eval --simulator --yes --verbose '\(script)'; code=$?; cat a.csv; ls; exit $code"
    )
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains("`a.csv` already exists"), "\(result.errors)")
    #expect(result.errors.contains("save replace"))
    #expect(!result.errors.contains("GET"), "nothing is sent: \(result.errors)")
    #expect(result.output == "id\na.csv\n")
  }

  @Test(arguments: ["", "--dry-run --snapshot s.json", "--preview"])
  func rehearsalsRefuseAnExistingFileToo(_ mode: String) async throws {
    let result = try await run(
      "echo '[{\"id\":1}]' > s.json; echo id > a.csv; conn eval --simulator \(mode) 'list | save \"a.csv\"'"
    )
    #expect(result.exitCode == 2, "\(result.errors)")
  }

  @Test func leavesAFileAloneThatABranchNotTakenSaves() async throws {
    let result = try await run(
      "echo id > a.csv; conn eval --simulator 'param p: bool = false; if $p { list | save \"a.csv\" }'"
    )
    #expect(result.exitCode == 0, "\(result.errors)")
  }

  /// A name that depends on rows is known late, but still before the first write.
  @Test func refusesAnExistingFileOfARow() async throws {
    let script = "for c in get 36 { get $c.id | disconnect | save f\"{$c.id}.csv\" }"
    let result = try await run(
      "echo id > 36.csv; conn eval --simulator --yes --max-writes 1 '\(script)'; code=$?; cat 36.csv; exit $code"
    )
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains("`36.csv` already exists"))
    #expect(result.output == "id\n")
  }

  @Test func replacesAnExistingFileIfTheScriptSaysSo() async throws {
    let result = try await run(
      "echo old > a.csv; conn eval --simulator 'get 36 | select id | save replace \"a.csv\"'; cat a.csv"
    )
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "id\r\n36\r\n")
  }

  @Test func replacesWhatTheSameRunSaved() async throws {
    let result = try await run(
      "conn eval --simulator 'for i in [36, 37] { get $i | select id | save \"a.csv\" }'; cat a.csv"
    )
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "id\r\n37\r\n")
  }

  /// A link that leads nowhere is a name that exists.
  @Test func refusesALinkThatLeadsNowhere() async throws {
    let result = try await run(
      "ln -s gone.csv a.csv; conn eval --simulator 'list | save \"a.csv\"'; code=$?; ls; exit $code"
    )
    #expect(result.exitCode == 2)
    #expect(result.output == "a.csv\n")
  }

  /// Whoever makes the file first keeps it, without and with hard links.
  @Test func createsNothingOverAFileThatAppears() async throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let disk = SystemDisk(directory: scratch.path)
    try disk.create("a", with: [1])
    #expect(throws: (any Error).self) { try disk.create("a", with: [2]) }
    #expect(try disk.read("a") == [1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a"])
  }

  // MARK: Links

  /// Directories that others can write to: by anybody, sticky, by the group.
  @Test(arguments: ["777", "1777", "770"])
  func followsNoLinkOfOthers(_ mode: String) async throws {
    for (link, file) in [
      ("ln -s ../own/t.csv d/a.csv", "d/a.csv"), ("ln -s ../own d/l", "d/l/t.csv"),
    ] {
      let result = try await run(
        """
        mkdir -m 700 own; echo kept > own/t.csv; mkdir d; chmod \(mode) d; \(link)
        conn eval --simulator 'list | save replace "\(file)"'; code=$?; cat own/t.csv; exit $code
        """)
      #expect(result.exitCode == 2)
      #expect(
        result.errors.contains("is a symbolic link in a directory that other users can write to"))
      #expect(result.output == "kept\n")
    }
  }

  @Test(arguments: ["ln -s own/t.csv a.csv", "ln -s $PWD/own l; ln -s l/../own/t.csv a.csv"])
  func followsLinksOfOnesOwn(_ link: String) async throws {
    let result = try await run(
      """
      mkdir -m 700 own; echo old > own/t.csv; \(link)
      conn eval --simulator 'get 36 | select id | save replace "a.csv"'; cat own/t.csv; test -L a.csv
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "id\r\n36\r\n")
  }

  @Test func endsAtACircleOfLinks() async throws {
    let result = try await run(
      "ln -s a.csv b.csv; ln -s b.csv a.csv; conn eval --simulator 'list | save replace \"a.csv\"'")
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("too many levels of symbolic links"), "\(result.errors)")
  }

  @Test func writesEventsThroughNoLinkOfOthers() async throws {
    let result = try await run(
      """
      mkdir -m 700 own; mkdir -m 777 d; chmod 777 d; ln -s ../own/t d/e
      conn eval --simulator --events d/e list; code=$?; ls own; exit $code
      """)
    #expect(result.exitCode == 2)
    #expect(result.output.isEmpty)
  }

  // MARK: Names with NUL

  @Test(arguments: [
    "list | save \"a\\u{0}.csv\"", "list | save replace \"a\\u{0}.csv\"",
    "from \"a\\u{0}.csv\"", "use \"a\\u{0}.csv\"",
  ])
  func refusesNUL(_ script: String) async throws {
    let result = try await run(
      "printf 'id\\n1\\n' > a; conn eval --simulator '\(script)'; code=$?; cat a; exit $code")
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.output == "id\n1\n")
  }

  // MARK: Things that are not files

  @Test(arguments: ["mkfifo p.csv", "ln -s /dev/zero p.csv", "ln -s /dev/tty p.csv"])
  func readsNoRowsFromPipesAndDevices(_ make: String) async throws {
    for line in [
      "conn eval --simulator 'from \"p.csv\"'", "conn eval --snapshot p.csv list",
      "conn eval --simulator --simulator-data p.csv list", "conn eval --token-from file:p.csv list",
    ] {
      let result = try await run("\(make); chmod -f 600 p.csv; timeout 20 \(line)")
      #expect(result.exitCode != 0 && result.exitCode != 124, "\(line): \(result.errors)")
      #expect(!result.errors.isEmpty)
    }
  }

  @Test func readsAScriptFromAPipe() async throws {
    let result = try await run(
      "export CONN_PROCESS=1; bash -c 'conn run --simulator <(echo \"get 36 | show as ids\")'")
    #expect(result.output == "36\n", "\(result.errors)")
    let device = try await run("timeout 20 conn run --simulator /dev/zero")
    #expect(device.exitCode == 2)
    #expect(device.errors.contains("`/dev/zero` is not a regular file"))
  }

  /// A pipe that nobody writes to is given up.
  @Test func givesUpAPipeWithoutAWriter() throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    mkfifo(scratch.appending(path: "p").path, 0o600)
    let disk = SystemDisk(directory: scratch.path)
    #expect(throws: (any Error).self) { try disk.readScript("p", patience: 50) }
  }

  @Test func refusesFilesOfDefinitionsThatAreTooLarge() async throws {
    let result = try await run(
      """
      for n in a b; do head -c 1200000 /dev/zero | tr '\\0' '#' > $n.conn; done
      printf 'use "a.conn"\nuse "b.conn"\n' > u.conn; conn check u.conn
      """)
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("with `b.conn`, the script is larger than 2 MiB"))
  }

  @Test func refusesAScriptThatIsTooLarge() async throws {
    for line in ["conn check x.conn", "conn run --simulator x.conn", "conn check - < x.conn"] {
      let result = try await run("truncate -s 100M x.conn; (\(line))")
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("is larger than 2 MiB"), "\(result.errors)")
    }
  }
}
