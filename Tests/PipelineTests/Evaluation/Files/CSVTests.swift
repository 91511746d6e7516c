import API
import JSON
import Language
import Testing
import Text

@testable import Evaluation

/// Reads CSV strictly, and what the writer wrote exactly.
@Suite struct CSVTests {
  private static func read(_ text: String) throws -> SnapshotFile {
    try SnapshotFile("f.csv", Array(text.utf8))
  }

  private static func problem(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch { return (error as? DiskError)?.message }
  }

  /// The rows as text: the columns of each joined by `|`.
  private static func rows(_ text: String) throws -> [String] {
    let set = try read(text).set
    return try set.rows.map { row in
      try set.schema.columns.indices.map { try row.value($0) }
        .map { $0.isNull ? "null" : $0.text }.joined(separator: "|")
    }
  }

  // MARK: What is refused

  @Test(arguments: [
    ("id,name\n1,\"a\"x,evil\n", "`f.csv`:2: text after a closing quote"),
    ("a,b\n\"1\" ,2\n", "`f.csv`:2: text after a closing quote"),
    ("a,b\n\"1\"\"2\"3,2\n", "`f.csv`:2: text after a closing quote"),
    (
      "a,b\n1,x\"y\n",
      "`f.csv`:2: a quote inside an unquoted field; put the field in quotes and double it"
    ),
    (
      "a,b\n1, \"y\"\n",
      "`f.csv`:2: a quote inside an unquoted field; put the field in quotes and double it"
    ),
    ("a,b\n\"x\ny\",1\n1\n", "`f.csv`:4: 1 field, but the header has 2"),
    ("a,b\n1,2,3\n", "`f.csv`:2: 3 fields, but the header has 2"),
    ("a,b\n1,2\n\n3\n", "`f.csv`:4: 1 field, but the header has 2"),
    ("a,b\n1,\"x\n\n", "`f.csv`:2: a quoted field is never closed"),
    ("a,b\n1,\0\n", "`f.csv`:2: a NUL character"),
    ("a,b\n1,\"\0\"\n", "`f.csv`:2: a NUL character"),
    (
      "a,b\r1,2\r",
      "`f.csv`:1: a carriage return without a line feed; save the file with other line ends"
    ),
    ("a,b,a\n1,2,3\n", "`f.csv`:1: the column `a` occurs twice"),
    ("name,Name\n1,2\n", "`f.csv`:1: the column `name` occurs twice"),
    ("X,x\n1,2\n", "`f.csv`:1: the column `x` occurs twice"),
    ("provider,application\n1,2\n", "`f.csv`:1: the column `application` occurs twice"),
    ("a,\n1,2\n", "`f.csv`:1: column 2 has no name"),
    (
      "a,b;c\n1,2\n",
      "`f.csv`:1: the header has `,` and `;`; write a line such as `sep=,` before it"
    ),
    (
      "a\tb;c\n1\n",
      "`f.csv`:1: the header has `;` and tabs; write a line such as `sep=,` before it"
    ),
    ("sep=|\na|b\n", "`f.csv`:1: `sep=` names no separator: write a comma, a semicolon or a tab"),
    ("sep=", "`f.csv`:1: `sep=` names no separator: write a comma, a semicolon or a tab"),
    ("sep=,\n", "`f.csv` has no header"),
  ])
  func refuses(_ text: String, _ message: String) {
    #expect(Self.problem(text) == message)
  }

  @Test func refusesOtherEncodings() {
    for bytes in [[0xFF, 0xFE, 0x61, 0x00], [0x61, 0x0A, 0xC3, 0x28]] as [[UInt8]] {
      #expect(throws: DiskError.self) { try SnapshotFile("f.csv", bytes) }
    }
  }

  /// Every byte that is cut off a file leaves either an error or a part of its rows.
  @Test func truncationInventsNothing() throws {
    let text = Array("a,b\r\n1,\"x,\"\"\r\ny\"\r\n2,z\r\n".utf8)
    let whole = ["1|x,\"\r\ny", "2|z"]
    for count in 1...text.count {
      guard let rows = try? Self.rows(String(decoding: text[..<count], as: UTF8.self)) else {
        continue
      }
      for (row, expected) in zip(rows, whole) {
        #expect(expected.hasPrefix(row.replacing("null", with: "")))
      }
    }
  }

  // MARK: What is read

  @Test(
    arguments: [
      ("a,b\n1,2\n", ["1|2"]), ("a,b\r\n1,2", ["1|2"]), ("\u{FEFF}a,b\n1,2\n", ["1|2"]),
      ("a;b\n1;2,5\n", ["1|2,5"]), ("a\tb\n1\t2;5\n", ["1|2;5"]), ("\"a;b\",c\n1,2\n", ["1|2"]),
      ("sep=;\r\n\"a\";b,c\n1;2\n", ["1|2"]), ("\u{FEFF}sep=\t\na;b\tc\n1\t2\n", ["1|2"]),
      ("a\n1,5\n", nil), ("a,b\n,\n1,2\n\n,\n", ["1|2"]), ("a,b\n\"\",2\n", ["|2"]),
      ("a,b\n,2\n", ["null|2"]), ("a\n\"\"\n", [""]),
    ] as [(String, [String]?)])
  func reads(_ text: String, _ rows: [String]?) {
    #expect((try? Self.rows(text)) == rows)
  }

  @Test func tellsWhatItReadDifferently() throws {
    let notes = try Self.read("Id; Name ;X\n1;a;b\n;;\n2;c;d\n;;\n").notes
    #expect(
      notes.map(\.text) == [
        "the column `Id` is read as `id`", "the column ` Name ` is read as `name`",
        "2 blank rows skipped", "fields are separated by `;`",
      ])
    #expect(notes.map(\.isDetail) == [false, false, false, true])
    #expect(try Self.read("id,name,X\n1,a,b\n").notes == [])
  }

  @Test(arguments: [
    ("0", false), ("-5", false), ("007", false), ("+1", false), ("1.0", false), (" 1", false),
    ("9223372036854775808", false), ("1", true), ("9223372036854775807", true),
  ])
  func numbersThatAreNoIDsAreRefused(_ id: String, _ isID: Bool) throws {
    let message = Self.problem("id,name\n7,a\n\(id),b\n")
    #expect((message == nil) == isID)
    #expect(isID || message == "`f.csv`:3: \"\(id)\" is not an id; ids are whole numbers from 1")
    let json = Array(#"[{"id":7,"name":"a"},{"id":"\#(id)","name":"b"}]"#.utf8)
    #expect(((try? SnapshotFile("f.json", json)) != nil) == isID)
  }

  @Test(arguments: [
    ("created_at", "yesterday", "timestamp"), ("folder_id", "x", "int"),
    ("parent_id", "1.5", "int"),
  ])
  func fieldsOfTheWrongTypeAreRefused(_ name: String, _ value: String, _ type: String) {
    #expect(
      Self.problem("id,name,\(name)\n7,a,\n8,b,\(value)\n")
        == "`f.csv`:3: `\(name)` is \"\(value)\", which is not of type \(type)")
  }

  // MARK: Bulk edits

  @Test func ownColumnsAreFields() throws {
    let set = try Self.read("id,new_name\n36,a\n37,\n").set
    #expect(set.schema.areConnections)
    #expect(set.schema.columns.map(\.name) == ["id", "new_name"])
    #expect(set.rows.map { $0.connection?.id } == [36, 37])
    let whole = try Self.read("id,name,new_name\n36,x,a\n").set
    #expect(whole.schema.areConnections && whole.schema.slot(of: "raw") != nil)
    #expect(try whole.rows[0].value(whole.schema.slot(of: "new_name") ?? 0) == .string("a"))
  }

  /// Swift takes a letter with a combining mark for the composed letter.
  @Test func namesThatLookAlikeAreTwoColumns() throws {
    let bytes = Array("[{\"n\":1,\"\u{E9}\":2,\"e\u{301}\":3}]".utf8)
    let set = try SnapshotFile("f.json", bytes).set
    #expect(
      try set.schema.columns.indices.map { try set.rows[0].value($0) } == [
        .int(1), .int(2), .int(3),
      ])
  }

  @Test func rowsWithoutIDsAreRecords() throws {
    for text in ["id,name\nU1,a\n", "id,name\n,a\n", "name\na\n"] {
      #expect(try !Self.read(text).set.schema.areConnections, "\(text)")
    }
  }

  // MARK: Round trips

  /// Texts that CSV, spreadsheets or this format treat specially, in any combination.
  private static let pieces = [
    "=", "+", "-", "@", "'", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠", " ", "\"", ",", ";",
    "[", "]", "\\", "null", "sep=", "7", "a", "日本", "\u{FEFF}", "\u{1F600}", "|", "\u{308}",
    "\u{200D}",
  ]

  private static func text(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...5, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func object(_ id: Int64, _ random: inout SplitMix64) -> JSON.Object {
    let texts = ["description", "authorization_status", "external_id", "connection_lost_reason"]
    var object = JSON.Object([("id", .int(id)), ("name", .string(text(&random)))])
    for name in texts {
      object.set(name, Bool.random(using: &random) ? .null : .string(text(&random)))
    }
    let tags = (0..<Int.random(in: 0...3, using: &random)).map { _ in JSON.string(text(&random)) }
    object.set("tags", Bool.random(using: &random) ? .null : .array(tags))
    object.set("folder_id", Bool.random(using: &random) ? .null : .int(4515))
    object.set("updated_at", .string("2026-01-30T10:00:00.250-08:00"))
    return object
  }

  /// What is saved is read back: every field of every row, in every format.
  @Test(arguments: [ResultFormat.csv, .json, .jsonl])
  func savedRowsAreReadBack(_ format: ResultFormat) throws {
    var random = SplitMix64(seed: 13)
    for round in 0..<300 {
      let objects = (1...4).map { Self.object($0, &random) }
      let rows = objects.compactMap { Connection(.object($0)) }.map { Row($0) }
      let saved = try format.text(RowSet(.connections, rows))
      let back = try SnapshotFile("f.\(format.rawValue)", Array(saved.utf8)).set
      for (row, other) in zip(rows, back.rows) {
        for slot in Field.readable.indices where Field.readable[slot].origin == .answer {
          let (one, two) = (try? row.value(slot), try? other.value(slot))
          #expect(one == two, "round \(round), \(Field.readable[slot].name): \(saved)")
        }
      }
      #expect(back.rows.count == rows.count)
    }
  }

  // MARK: Rows of nulls

  @Test func readsBackRowsOfNulls() throws {
    let schema = Schema(
      [Schema.Column("a", .string, nullable: true), Schema.Column("b", .string, nullable: true)],
      areConnections: false)
    let values: [[Value]] = [
      [.null, .null], [.string("'"), .null], [.null, .string("x")], [.string(""), .null],
    ]
    let saved = try ResultFormat.csv.text(RowSet(schema, values.map { Row(values: $0) }))
    #expect(saved == "a,b\r\n',\r\n'',\r\n,x\r\n\"\",\r\n")
    #expect(try Self.rows(saved) == ["null|null", "'|null", "null|x", "|null"])
  }

  @Test func tellsARowOfNullsFromABlankRow() throws {
    let file = try Self.read("a,b\n,\n',\n\"'\",\n\n")
    #expect(file.set.rows.count == 2)
    #expect(file.notes.map(\.text) == ["2 blank rows skipped"])
  }
}
