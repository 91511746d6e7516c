import API
import Language

/// An open document.
struct Document {
  let uri: String
  var version: Int64
  var text: DocumentText

  init(uri: String, version: Int64, text: DocumentText) {
    (self.uri, self.version, self.text) = (uri, version, text)
  }

  /// Makes a document of a file that isn't open; `nil` if its path is relative, which no URI can be.
  init?(_ file: SourceFile) {
    guard file.name.hasPrefix("/") else { return nil }
    let path = file.name.split(separator: "/", omittingEmptySubsequences: false)
      .map { String($0).percentEncoded }.joined(separator: "/")
    self.init(uri: "file://" + path, version: 0, text: DocumentText(file.bytes))
  }

  /// The file name: the path of a `file:` URI, otherwise the URI itself.
  var name: String {
    guard uri.hasPrefix("file://") else { return uri }
    let path = uri.dropFirst("file://".count).drop { $0 != "/" }
    return String(percentEncoded: path) ?? String(path)
  }

  var input: Analysis.Input { Analysis.Input(name: name, bytes: text.bytes) }
  var file: SourceFile { SourceFile(name: name, bytes: text.bytes) }
  /// `true` iff the text is too large to be checked.
  var isTooLarge: Bool { text.bytes.count > Analysis.maxBytes }
}
