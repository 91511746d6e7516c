import JSON

/// The server's own words.
extension Answer {
  /// The server's message, its errors and the id of a server error.
  var message: String? { (try? JSONParser.parse(body)).flatMap(message) }

  /// The message in the answer's JSON.
  func message(_ json: JSON) -> String? {
    guard let object = json.object else { return isSuccess ? nil : Self.words(json) }
    let parts = [
      object["message"]?.string, object["errors"].flatMap(Self.words),
      object["error"].flatMap(Self.words),
      status >= 500 ? object["id"]?.string.map { "id \($0)" } : nil,
    ]
    return Self.joined(parts)
  }

  /// The errors of an answer that looks like a success; `nil` for a connection, which may have fields of
  /// that name.
  static func errors(_ json: JSON?) -> String? {
    guard let object = json?.object, object["id"] == nil else { return nil }
    return joined(["errors", "error"].map { object[$0].flatMap(words) })
  }

  /// `success`, in whatever case it is written.
  static func success(_ json: JSON?) -> Bool? {
    let values = json?.object?.members.filter { $0.name.lowercased() == "success" }.map(\.value)
    return values?.last.flatMap { if case .bool(let value) = $0 { value } else { nil } }
  }

  /// Formats `{"field":["…"]}` as `field: …` and `{"code":…,"title":"…"}` as `… (code)`. Returns `nil`
  /// for what says nothing, such as an empty list.
  private static func words(_ errors: JSON) -> String? {
    switch errors {
    case .null, .bool(false): nil
    case .string(let text): text.isEmpty ? nil : text
    case .array(let values): joined(values.map(words))
    case .object(let object): titled(object) ?? joined(object.members.map(field))
    case .bool, .int, .number: errors.text
    }
  }

  private static func titled(_ object: JSON.Object) -> String? {
    let names = ["title", "message", "detail"]
    guard let title = names.lazy.compactMap({ object[$0]?.string }).first else { return nil }
    guard let code = object["code"], let text = code.string ?? code.int.map(String.init) else {
      return title
    }
    return "\(title) (\(text))"
  }

  private static func field(_ member: JSON.Object.Member) -> String? {
    let texts = (member.value.array ?? [member.value]).compactMap(words)
    return texts.isEmpty ? nil : "\(member.name): \(texts.joined(separator: ", "))"
  }

  private static func joined(_ parts: [String?]) -> String? {
    let texts = parts.compactMap { $0 }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }
}
