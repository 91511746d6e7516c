import Language

/// An open document, with the result of its last check.
struct Document {
  let uri: String
  var version: Int64
  var text: DocumentText
  /// `true` iff the text has changed since its diagnostics were published.
  var isUnchecked = true

  /// The file name: the path of a `file:` URI, otherwise the URI itself.
  var name: String {
    guard uri.hasPrefix("file://") else { return uri }
    let path = uri.dropFirst("file://".count).drop { $0 != "/" }
    return String(path).withoutPercentEncoding
  }

  var input: Analysis.Input { Analysis.Input(name: name, bytes: text.bytes) }
  var file: SourceFile { SourceFile(name: name, bytes: text.bytes) }
  /// `true` iff the text is too large to be checked.
  var isTooLarge: Bool { text.bytes.count > Analysis.maxBytes }
}

extension String {
  fileprivate var withoutPercentEncoding: String {
    var decoded: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        decoded.append(value)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
