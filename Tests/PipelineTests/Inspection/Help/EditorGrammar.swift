import Inspection
import JSON
import Language

/// Generates the grammars for editors, `grammar/conn.tmLanguage.json` and `grammar/conn.vim`, from the
/// tables of help.
enum EditorGrammar {
  /// A group of words that an editor shows alike.
  private struct Group {
    /// The name of the scope in TextMate grammars.
    let scope: String
    /// The name of the group in Vim, and the standard group that it links to.
    let name: String
    let link: String
    let words: [String]
    /// What must follow the words, as a TextMate and as a Vim pattern.
    var follower = (textMate: "", vim: "")
  }

  /// The groups, those first that win where a word is in several.
  private static let groups = [
    Group(
      scope: "support.function.conn", name: "connFunction", link: "Function",
      words: words(.functions), follower: (#"(?=\()"#, #"\ze("#)),
    Group(
      scope: "entity.name.function.stage.conn", name: "connStage", link: "Type",
      words: words(.stages)),
    Group(
      scope: "keyword.control.conn", name: "connKeyword", link: "Keyword",
      words: Set(
        [HelpTable.statements, .sources, .operators].flatMap(words)
          + ["true", "false", "null"] + Keyword.reserved.map(\.rawValue)
      ).subtracting(["variables"]).sorted()),
    Group(
      scope: "variable.other.property.conn", name: "connField", link: "Identifier",
      words: words(.fields)),
  ]

  /// Returns the words in the names of a table's entries, sorted.
  private static func words(_ table: HelpTable) -> [String] {
    let names = table.entries.flatMap(\.names).flatMap { $0.split(separator: " ") }
    let plain = names.map { $0.hasSuffix("()") ? $0.dropLast(2) : $0 }.filter { name in
      name.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLowercase || $0.isNumber)) }
        && name.first?.isLetter == true
    }
    return Set(plain.map(String.init)).sorted()
  }

  // MARK: TextMate

  static var textMate: String {
    let words = groups.map { group in
      pattern(
        group.scope, "\\b(?:\(group.words.joined(separator: "|")))\\b\(group.follower.textMate)")
    }
    return object([
      "name": .string("conn"), "scopeName": .string("source.conn"),
      "fileTypes": .array([.string("conn")]),
      "patterns": .array(
        [
          pattern("comment.line.number-sign.conn", "#.*$"), string, rawString,
          pattern("variable.other.conn", #"\$[A-Za-z_][A-Za-z0-9_]*"#),
          pattern("constant.numeric.conn", #"\b[0-9][0-9A-Za-z_.:-]*"#),
        ] + words),
    ]).indentedText + "\n"
  }

  private static let string = object([
    "name": .string("string.quoted.double.conn"), "begin": .string("\""),
    "end": .string("\"|$"),
    "patterns": .array([pattern("constant.character.escape.conn", #"\\."#)]),
  ])

  private static let rawString = object([
    "name": .string("string.quoted.single.conn"), "begin": .string("'"), "end": .string("'|$"),
  ])

  private static func pattern(_ name: String, _ match: String) -> JSON {
    object(["name": .string(name), "match": .string(match)])
  }

  private static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(JSON.Object(members.map { ($0.key, $0.value) }))
  }

  // MARK: Vim

  static var vim: String {
    let lines = groups.reversed().map { group in
      let words = group.words.joined(separator: #"\|"#)
      return #"syntax match \#(group.name) /\<\%(\#(words)\)\>\#(group.follower.vim)/"#
    }
    let links = groups.map { "highlight default link \($0.name) \($0.link)" }
    return (head + lines + literals + links + tail).map { $0 + "\n" }.joined()
  }

  private static let head = [
    "\" Vim syntax of conn scripts, generated from the program's own tables.",
    "if exists('b:current_syntax') | finish | endif",
  ]

  private static let literals = [
    #"syntax match connNumber /\<[0-9][0-9A-Za-z_.:-]*/"#,
    #"syntax match connVariable /\$[A-Za-z_][A-Za-z0-9_]*/"#,
    #"syntax region connString start=/"/ skip=/\\./ end=/"/ oneline"#,
    #"syntax region connString start=/'/ end=/'/ oneline"#, "syntax match connComment /#.*$/",
  ]

  private static let tail = [
    "highlight default link connNumber Number", "highlight default link connVariable Identifier",
    "highlight default link connString String", "highlight default link connComment Comment",
    "let b:current_syntax = 'conn'",
  ]
}
