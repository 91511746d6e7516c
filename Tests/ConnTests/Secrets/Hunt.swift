import Foundation
import Glibc
import TestSupport
import Testing

/// One scene of the hunt: a line of commands against a server, and the search for sentinels in everything
/// that it leaves.
struct Hunt: Sendable {
  /// The line, with `$RUN` for the options of a run without questions.
  let line: String
  var echoes = true
  var fault = EchoServer.Fault.none
  var failsLists = false
  /// A signal that ends each command of the line early, such as `INT`.
  var signal: String?

  static let sentinels = [
    Sentinel("token", "wrk-7Zq3/token.of+this~workspace", isToken: true),
    Sentinel("token of another profile", "wrk-4Hx8/token.of+another~one", isToken: true),
    Sentinel("token in a file", "wrk-1Mv6/token.in+a~file", isToken: true),
    Sentinel("secret in a variable", #"v"ar\iable/sécret %41+1"#),
    Sentinel("secret in a file", "file secret/3=é&\"x\"?"),
    Sentinel("secret of a command", "command's \\secret\\ 😀 5"),
    Sentinel("literal in the script", "literal-in-script/+7"),
    Sentinel("literal as an argument", "argument-literal/+9"),
    Sentinel("cell of a file", "cell-of-a-file/+11"),
  ]

  /// The extent of a search.
  struct Count: Sendable {
    /// Pairs of an encoding and a place that were searched.
    var pairs = 0
    /// Requests with a secret in their body.
    var sent = 0
    /// Places in which a secret is masked.
    var masked = 0

    static func + (left: Count, right: Count) -> Count {
      Count(
        pairs: left.pairs + right.pairs, sent: left.sent + right.sent,
        masked: left.masked + right.masked)
    }
  }

  /// Searches everything that the line leaves.
  func search() async throws -> Count {
    let server = try EchoServer(
      Self.sentinels, echoes: echoes, fault: fault, failsLists: failsLists)
    defer { server.stop() }
    let desk = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: desk) }
    try Self.furnish(desk)
    let result = try await Program.run(
      commands, in: desk, environment: Self.variables(desk, server.url))
    var places = [("stdout", Array(result.output.utf8)), ("stderr", Array(result.errors.utf8))]
    for folder in ["state", "out", "tmp"] {
      places += try Self.files(in: desk.appending(path: folder))
    }
    places.append(("working directory", Array(try Self.names(in: desk).utf8)))
    let log = server.log
    return Count(
      pairs: expectNothing(in: places) + expectNothingMisplaced(in: log),
      sent: log.count { request in
        let body = Self.parts(request).body
        return Self.sentinels.contains { $0.forms.prefix(3).contains { body.holds($0) } }
      },
      masked: places.count { $0.1.holds(Array("‹secret env:WORKATO_API_TOKEN›".utf8)) })
  }

  private var commands: String {
    let run = "--yes --max-writes 9 --rate 50"
    let line = line.replacing("$RUN", with: run)
    guard let signal else { return line }
    return "export CONN_PROCESS=1; "
      + line.replacing("conn ", with: "timeout -s \(signal) 1.2 conn ")
  }

  // MARK: The search

  private func expectNothing(in places: [(name: String, bytes: [UInt8])]) -> Int {
    var count = 0
    for place in places where !place.bytes.isEmpty {
      for sentinel in Self.sentinels {
        for form in sentinel.forms {
          count += 1
          if place.bytes.holds(form) { complain(sentinel, form, "\(place.name)") }
        }
      }
    }
    return count
  }

  /// Tokens belong into one header, and the rest into bodies.
  private func expectNothingMisplaced(in log: [[UInt8]]) -> Int {
    var count = 0
    for request in log {
      let parts = Self.parts(request)
      for sentinel in Self.sentinels {
        for form in sentinel.forms {
          count += 1
          if parts.head.holds(form) { complain(sentinel, form, "head of a request") }
          guard sentinel.isToken else { continue }
          count += 1
          if parts.body.holds(form) { complain(sentinel, form, "body of a request") }
        }
      }
    }
    return count
  }

  private func complain(_ sentinel: Sentinel, _ form: [UInt8], _ place: String) {
    Issue.record(
      """
      the \(sentinel.name) (\(String(decoding: form, as: UTF8.self))) is in \(place) after: \(line)
      echoes: \(echoes), fault: \(fault), of lists: \(failsLists), signal: \(signal ?? "none")
      """)
  }

  private static func parts(_ request: [UInt8]) -> (head: [UInt8], body: [UInt8]) {
    let end = request.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound ?? request.count
    let lines = String(decoding: request[..<end], as: UTF8.self).split(separator: "\r\n")
    let head = lines.filter { !$0.lowercased().hasPrefix("authorization: bearer ") }
    return (Array(head.joined(separator: "\n").utf8), Array(request[end...]))
  }

  private static func files(in folder: URL) throws -> [(String, [UInt8])] {
    let names = FileManager.default.subpaths(atPath: folder.path) ?? []
    return try names.compactMap { name in
      let url = folder.appending(path: name)
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      guard exists, !isFolder.boolValue else { return nil }
      return (
        "\(folder.lastPathComponent)/\(name)", Array(name.utf8) + Array(try Data(contentsOf: url))
      )
    }
  }

  private static func names(in desk: URL) throws -> String {
    (FileManager.default.subpaths(atPath: desk.path) ?? []).joined(separator: "\n")
  }

  // MARK: The desk

  private static func text(_ name: String) -> String {
    sentinels.first { $0.name == name }?.text ?? ""
  }

  private static func variables(_ desk: URL, _ url: String) -> [String: String] {
    [
      "XDG_STATE_HOME": desk.appending(path: "state").path,
      "XDG_CONFIG_HOME": desk.appending(path: "config").path,
      "TMPDIR": desk.appending(path: "tmp").path, "OUT": desk.appending(path: "out").path,
      "WORKATO_HOST": url, "WORKATO_API_TOKEN": text("token"),
      "COPY": "Bearer " + text("token"), "EU_TOKEN": text("token of another profile"),
      "S": text("secret in a variable"), "COPY_OF_S": "s=" + text("secret in a variable"),
      "PAGER": "cat",
    ]
  }

  private static func furnish(_ desk: URL) throws {
    for folder in ["state", "out", "tmp", "config/conn", "tests"] {
      try FileManager.default.createDirectory(
        at: desk.appending(path: folder), withIntermediateDirectories: true)
    }
    let literal = text("literal in the script")
    let files = [
      "config/conn/config.conn": """
      profile "eu" { region = "eu"; token = secret("env:EU_TOKEN") }
      profile "jp" { region = "jp"; token = secret("file:\(desk.path)/token") }
      """,
      "token": text("token in a file") + "\n", "secret": text("secret in a file") + "\n",
      "command-secret": text("secret of a command") + "\n",
      "child.sh": """
      { env; tr '\\0' '\\n' < /proc/$$/environ; tr '\\0' '\\n' < /proc/$$/cmdline; } > $OUT/child-$$
      cat command-secret
      """,
      "all.conn": """
      let s = { variable: secret("env:S"), file: secret("file:secret") }
      get 36, 37 | update input = {
        all: $s, command: secret("cmd:sh -c 'exec sh child.sh'"), password: "\(literal)",
        list: [$s.variable]
      }

      """,
      "argument.conn": "param password: string\nget 36 | update input = { password: $password }\n",
      "argument": text("literal as an argument"),
      "rows.conn": "from \"rows.csv\" | update input = { password: password }\n",
      "rows.csv": "id,password\r\n36,\(text("cell of a file"))\r\n",
      "tests/a.conn": """
      let s = { variable: secret("env:S"), file: secret("file:secret") }
      get 36, 37 | update input = {
        all: $s, command: secret("cmd:sh -c 'exec sh child.sh'"), password: "\(literal)",
      } | save "saved.csv"
      list where name == env("COPY")
      """,
      "tests/a_test.conn": """
      let workspace = [{ id: 36, name: "A" }, { id: 37, name: "\(literal)" }]
      test "sends" {
        given = $workspace; environment = { COPY: "A" }; selection = []; rows = []
        calls = ["PUT /api/connections/36 {}", "PUT /api/connections/37 {}"]
      }
      test "refuses" { given = $workspace; error = "none" }
      """,
      "tests/broken.conn": "get 36 | update input = { password: \"\(literal)\" } | wehre id == 1\n",
      "tests/broken_test.conn": "test \"a\" { password = \"\(literal)\"; exit = 0 }\n",
      "broken.conn": "get 36 | update input = { password: \"\(literal)\" } | wehre id == 1\n",
      "open.conn": "get 36 | update input = { password: \"\(literal)\n",
    ]
    for (name, content) in files {
      let url = desk.appending(path: name)
      try content.write(to: url, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
    }
  }
}

extension [UInt8] {
  /// Returns `true` iff the bytes occur in these.
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    withUnsafeBytes { text in
      wanted.withUnsafeBytes { wanted in
        guard let first = wanted.first, let start = text.baseAddress,
          let sought = wanted.baseAddress
        else { return false }
        var place = 0
        while place + wanted.count <= text.count {
          let rest = text.count - wanted.count + 1 - place
          guard let found = memchr(start + place, Int32(first), rest) else { return false }
          if memcmp(found, sought, wanted.count) == 0 { return true }
          place = UnsafeRawPointer(found) - start + 1
        }
        return false
      }
    }
  }
}
