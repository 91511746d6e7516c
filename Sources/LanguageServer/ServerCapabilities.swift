import JSON

/// The capabilities that the server announces.
enum ServerCapabilities {
  static let result = JSON.members([
    "capabilities": capabilities, "serverInfo": .members(["name": .string("conn")]),
  ])

  private static let capabilities = JSON.members([
    "positionEncoding": .string("utf-16"),
    "textDocumentSync": .members(["openClose": .bool(true), "change": .int(Int64(2))]),
    "completionProvider": .members([
      "triggerCharacters": .array(["$", ".", "|", "\"", " "].map(JSON.string))
    ]),
    "hoverProvider": .bool(true),
    "documentFormattingProvider": .bool(true),
    "documentSymbolProvider": .bool(true),
    "definitionProvider": .bool(true),
    "referencesProvider": .bool(true),
    "renameProvider": .bool(true),
    "codeActionProvider": .members(["codeActionKinds": .array([.string("quickfix")])]),
    "semanticTokensProvider": .members([
      "legend": .members([
        "tokenTypes": .array(SemanticTokens.types.map { .string($0.name) }),
        "tokenModifiers": .array([]),
      ]),
      "full": .bool(true),
    ]),
    "inlayHintProvider": .bool(true),
  ])
}
