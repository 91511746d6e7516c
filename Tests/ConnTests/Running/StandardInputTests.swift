import Foundation
import TestSupport
import Testing

/// Rows from stdin, and bytes that aren't UTF-8 in what the shell hands over.
@Suite struct StandardInputTests {
  private func run(_ line: String) async throws -> Program.Result {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    return try await Program.run(
      line, in: scratch,
      environment: [
        "XDG_STATE_HOME": scratch.appending(path: "state").path,
        "XDG_CONFIG_HOME": scratch.appending(path: "config").path,
      ])
  }

  // MARK: Rows

  @Test(arguments: [
    ("csv", "id,n\\n36,a\\n37,b\\n"), ("json", "[{\"id\":36,\"n\":\"a\"},{\"id\":37,\"n\":\"b\"}]"),
    ("jsonl", "{\"id\":36,\"n\":\"a\"}\\n{\"id\":37,\"n\":\"b\"}\\n"),
  ])
  func readsRowsFromStdin(_ kind: String, _ rows: String) async throws {
    let result = try await run(
      "printf '\(rows)' | conn eval --simulator 'from \"-\" as \(kind) | select id, n | show as csv'"
    )
    #expect(result.output == "id,n\r\n36,a\r\n37,b\r\n", "\(result.errors)")
  }

  /// Both pipelines see all rows; the second reads nothing again.
  @Test func readsStdinOnce() async throws {
    let result = try await run(
      """
      printf 'id\\n36\\n' | conn eval --simulator \
        'from "-" as csv | show as ids; from "-" as csv | show as ids'
      """)
    #expect(result.output == "36\n36\n", "\(result.errors)")
  }

  @Test func writesToRowsOfStdinWithALimit() async throws {
    let script = "from \"-\" as csv | disconnect | select outcome | show as csv"
    let refused = try await run("printf 'id\\n36\\n' | conn eval --simulator '\(script)'")
    #expect(refused.exitCode == 4, "\(refused.errors)")
    let result = try await run(
      "printf 'id\\n36\\n' | conn eval --simulator --yes --max-writes 1 '\(script)'")
    #expect(result.output == "outcome\r\ndone\r\n", "\(result.errors)")
  }

  @Test(arguments: [
    ("echo 'from \"-\" as csv' | conn run --simulator -", "stdin holds the script"),
    ("conn eval --simulator 'from \"-\"' < /dev/null", "say what it holds: `from \"-\" as csv`"),
    ("conn eval --simulator 'from \"-\" as csv' < /dev/null", "`stdin` is empty"),
    (
      "printf 'id\\n1\"\\n' | conn eval --simulator 'from \"-\" as csv'",
      "`stdin`:2: a quote inside an unquoted field"
    ),
    ("conn eval --simulator 'from \"x.txt\"' < /dev/null", "`from \"x.txt\" as csv`"),
    ("conn eval --simulator 'from \"-\" as xml' < /dev/null", "unexpected `xml`"),
  ])
  func refusesOtherInput(_ line: String, _ problem: String) async throws {
    let result = try await run(line)
    #expect(result.exitCode == 2)
    #expect(result.errors.contains(problem), "\(result.errors)")
  }

  /// A check reads no rows, so it doesn't wait for them.
  @Test func checksWithoutReadingStdin() async throws {
    let result = try await run(
      "echo 'from \"-\" as csv | where anything == \"x\" | disconnect' > x.conn; conn check x.conn")
    #expect(result.exitCode == 0, "\(result.errors)")
  }

  @Test func readsAFileOfAnyName() async throws {
    let result = try await run(
      "printf 'id\\n36\\n' > ids.txt; conn eval --simulator 'from \"ids.txt\" as csv | show as ids'"
    )
    #expect(result.output == "36\n", "\(result.errors)")
  }

  // MARK: Rows that aren't connections

  @Test(arguments: [
    ("csv", "key,owner\\na,b\\n", "`f.csv` has no column `id` in its first line: key, owner"),
    ("csv", "id,n\\n36,a\\nU1,b\\n", "`f.csv`:3: the `id` is \"U1\""),
    ("csv", "id,n\\n36,a\\n,b\\n", "`f.csv`:3 has no `id`"),
    ("json", "[{\"id\":36},{\"n\":1}]", "`f.json`: element 2 has no `id`"),
    ("jsonl", "{\"id\":36}\\n\\n{\"id\":null}\\n", "`f.jsonl`:3 has no `id`"),
  ])
  func saysWhyRowsArentConnections(_ kind: String, _ rows: String, _ reason: String) async throws {
    for script in [
      "from \"f.\(kind)\" | disconnect", "let r = from \"f.\(kind)\"; $r | disconnect",
    ] {
      let result = try await run("printf '\(rows)' > f.\(kind); conn eval --simulator '\(script)'")
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("error[C0302]"))
      #expect(result.errors.contains(reason), "\(result.errors)")
    }
  }

  // MARK: Columns as lists

  @Test(arguments: [
    ("list where id in $ids.id | show as ids", "36\n37\n"),
    ("get $ids.id | show as ids", "37\n36\n"), ("print count($ids.n)", "2\n"),
    ("list where id == 36 and not (name in $ids.n) | show as ids", "36\n"),
    ("print $ids.n", "a;b\n"), ("print f\"{$ids.id}\"", "37;36\n"),
  ])
  func readsAColumnAsAList(_ script: String, _ expected: String) async throws {
    let result = try await run(
      "printf 'id,n\\n37,a\\n36,b\\n' > f.csv; conn eval --simulator 'let ids = from \"f.csv\"; \(script)'"
    )
    #expect(result.output == expected, "\(result.errors)")
  }

  /// A column of outcomes is known when the writes are done.
  @Test func readsAColumnOfOutcomes() async throws {
    let result = try await run(
      """
      conn eval --simulator --yes --max-writes 2 'let done = get 36, 37 | disconnect; \
      list where id in $done.id | select connected | show as csv' < /dev/null
      """)
    #expect(result.output.contains("connected\r\nfalse\r\nfalse\r\n"), "\(result.errors)")
  }

  @Test func namesAnUnknownColumn() async throws {
    let result = try await run("conn eval --simulator 'let r = list; print $r.nme' < /dev/null")
    #expect(result.errors.contains("did you mean `name`?"), "\(result.errors)")
  }

  // MARK: Names that scripts can't write

  @Test func suggestsNoNameThatCantBeWritten() async throws {
    let result = try await run(
      "printf 'id,New Name\\n36,a\\n' > f.csv; conn eval --simulator 'from \"f.csv\" | select New_Name' < /dev/null"
    )
    #expect(!result.errors.contains("did you mean"), "\(result.errors)")
    #expect(result.errors.contains("the column `New Name` can't be named in a script"))
  }

  @Test func savesNoNULAsCSV() async throws {
    let rows = "[{\"id\":36,\"note\":\"a\\u0000b\"}]"
    let result = try await run(
      """
      printf '%s' '\(rows)' > f.json
      conn eval --simulator 'from "f.json" | save "g.csv"' < /dev/null; code=$?
      conn eval --simulator 'from "f.json" | save "g.json"' < /dev/null && grep -c 'u0000' g.json
      ls g.csv; exit $code
      """)
    #expect(result.exitCode == 2)
    #expect(
      result.errors.contains("connection 36: `note` contains NUL, which CSV can't hold"),
      "\(result.errors)")
    #expect(result.output == "1\n")
  }

  // MARK: Bytes that aren't UTF-8

  @Test(arguments: [
    ("conn eval --simulator $'print \"\\xFF\"'", "argument 3, ", 2),
    ("conn eval --simulator 'param p: string; print $p' $'p=\\xE9'", "argument 4, ", 2),
    ("conn run --simulator $'caf\\xE9.conn'", "argument 3, ", 2),
    (
      "mkdir $'d\\xE9'; cd $'d\\xE9'; conn eval --simulator 'from \"a.csv\" | count'",
      "the name of the working directory", 2
    ),
    (
      "export X=$'\\xE9'; conn eval --simulator 'print env(\"X\")'",
      "the environment variable `X` is not UTF-8", 2
    ),
    (
      "printf '\\351' > t; chmod 600 t; conn eval --token-from file:t --host http://127.0.0.1:9 list",
      "`t` is not UTF-8", 3
    ),
    (
      "conn eval --token-from \"cmd:printf '\\\\351'\" --host http://127.0.0.1:9 list",
      "the output of `printf` is not UTF-8", 3
    ),
  ])
  func refusesBytesThatArentUTF8(_ line: String, _ problem: String, _ code: Int32) async throws {
    let result = try await run(
      "cat > line.sh <<'END'\nexport CONN_PROCESS=1\n\(line)\nEND\nbash line.sh < /dev/null")
    #expect(result.exitCode == code)
    #expect(
      result.errors.contains(problem) && result.errors.contains("is not UTF-8"), "\(result.errors)")
  }
}
