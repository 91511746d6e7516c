/// Lexes strings, numbers, durations and dates.
extension Lexer {
  mutating func string() -> Token {
    peek() == UInt8(ascii: "'") ? rawString() : escapedString()
  }

  private mutating func rawString() -> Token {
    let start = offset
    offset += 1
    let body = offset
    skip { $0 != UInt8(ascii: "'") }
    guard peek() != nil else { return unterminated(from: start, .raw(text(from: body))) }
    let value = text(from: body)
    offset += 1
    return token(.literal(.string(value)), from: start)
  }

  private mutating func escapedString() -> Token {
    let start = offset
    offset += 1
    let text = escapedText()
    guard peek() != nil else { return unterminated(from: start, .escaped(text)) }
    offset += 1
    return token(.literal(.string(text)), from: start)
  }

  /// Reads up to the closing quote. Text without escapes is taken as it stands.
  private mutating func escapedText() -> String {
    let start = offset
    skip { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    guard peek() == UInt8(ascii: "\\") else { return text(from: start) }
    var value = Array(bytes[start..<offset])
    while let byte = peek(), byte != UInt8(ascii: "\"") { consumeCharacter(byte, into: &value) }
    return String(decoding: value, as: UTF8.self)
  }

  /// Reads `f"text {expression} {{literal braces}}"`.
  mutating func interpolation() -> Token {
    let start = offset
    offset += 2
    interpolationDepth += 1
    defer { interpolationDepth -= 1 }
    guard interpolationDepth <= Parser.nestingLimit else { return tooDeep(from: start) }
    var segments: [Token.Segment] = []
    segments.reserveCapacity(4)
    var text: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "{"), peek(1) != byte {
        segments.appendText(&text)
        segments.append(.expression(expressionTokens()))
      } else {
        consumeInterpolatedCharacter(byte, into: &text)
      }
    }
    guard peek() != nil else {
      let isInBraces = text.isEmpty && segments.last?.isUnclosed == true
      return unterminated(from: start, .interpolated(isInBraces: isInBraces))
    }
    offset += 1
    segments.appendText(&text)
    return token(.interpolation(segments), from: start)
  }

  /// Skips the rest of the text, because its closing quote can't be determined.
  private mutating func tooDeep(from start: Int) -> Token {
    let token = invalid(.nestedTooDeeply(span(from: start)), from: start)
    offset = bytes.count
    return token
  }

  private mutating func consumeInterpolatedCharacter(_ byte: UInt8, into text: inout [UInt8]) {
    let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
    guard isBrace else { return consumeCharacter(byte, into: &text) }
    if peek(1) == byte {
      offset += 2
      text.append(byte)
    } else {
      offset += 1
      report(.loneBrace(span(from: offset - 1)))
    }
  }

  /// Reads the tokens up to and including the closing brace.
  private mutating func expressionTokens() -> [Token] {
    offset += 1
    var tokens: [Token] = []
    tokens.reserveCapacity(4)
    var depth = 0
    while true {
      let token = next()
      switch token.terminal {
      case .newline: continue
      case .symbol(.leftBrace): depth += 1
      case .symbol(.rightBrace) where depth == 0:
        tokens.append(Token(kind: .end, span: token.span))
        return tokens
      case .symbol(.rightBrace): depth -= 1
      default: break
      }
      let isEnd = token.terminal == .end
      tokens.append(token)
      if isEnd { return tokens }
    }
  }

  private mutating func consumeCharacter(_ byte: UInt8, into value: inout [UInt8]) {
    guard byte == UInt8(ascii: "\\") else {
      value.append(byte)
      offset += 1
      return
    }
    consumeEscape(into: &value)
  }

  private mutating func consumeEscape(into value: inout [UInt8]) {
    let start = offset
    offset += 1
    let letter = peek()
    if letter != nil { offset += 1 }
    switch letter {
    case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "r"): value.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): value.append(bytes[offset - 1])
    case UInt8(ascii: "u"): consumeUnicodeEscape(from: start, into: &value)
    default: report(.unknownEscape(span(from: start)))
    }
  }

  /// Reads the rest of `\u{1F600}`, after the letter.
  private mutating func consumeUnicodeEscape(from start: Int, into value: inout [UInt8]) {
    let open = offset
    skip { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n") }
    let digits = bytes[open..<offset].dropFirst()
    if peek() == UInt8(ascii: "}") { offset += 1 }
    guard bytes[open..<offset].first == UInt8(ascii: "{"), digits.count <= 8,
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(number)
    else { return report(.badUnicodeEscape(span(from: start))) }
    value.append(contentsOf: String(scalar).utf8)
  }

  /// Reads a number such as `36` or `1_000`, or with units a duration such as `1d12h`.
  mutating func number() -> Token {
    let start = offset
    skip { $0.isNamePart }
    let lexeme = bytes[start..<offset]
    guard lexeme.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: "_") }) else {
      return duration(text(from: start), from: start)
    }
    guard let value = Int64(digits: lexeme) else {
      return invalid(.numberTooLarge(span(from: start)), from: start)
    }
    return token(.literal(.int(value)), from: start)
  }

  private mutating func duration(_ lexeme: String, from start: Int) -> Token {
    do {
      return token(.literal(.duration(try TimeSpan.parse(lexeme))), from: start)
    } catch {
      return dateWithoutAt(from: start)
        ?? invalid(.badDuration(error, lexeme, span(from: start)), from: start)
    }
  }

  /// Reads the rest of `2026-01-31T10:00:00Z`, of which the last two fields so far are `31T10`.
  private mutating func dateWithoutAt(from start: Int) -> Token? {
    let dateStart = start - "2026-01-".utf8.count
    guard dateStart >= 0, text(from: dateStart).utf8.isDateWithHour else { return nil }
    skipTimestamp()
    return invalid(.dateWithoutAt(span(from: dateStart)), from: start)
  }

  private mutating func skipTimestamp() {
    repeat {
      skip { $0.isASCIIDigit || $0.isASCIILetter || "-:+".utf8.contains($0) }
    } while consumeDecimalPoint()
  }

  mutating func timestamp() -> Token {
    let start = offset
    offset += 1
    skipTimestamp()
    do {
      let lexeme = text(from: start + 1)
      let instant = try TimestampParser.parse(lexeme)
      let literal = Timestamp(microseconds: instant.microseconds, lexeme: lexeme)
      return token(.literal(.timestamp(literal)), from: start)
    } catch {
      let span = span(from: start)
      let isFormat = ForeignTable.stages.match(at: start, in: file) != nil
      return invalid(isFormat ? .noFormatHere(span) : .badDate(error, span), from: start)
    }
  }
}

extension Lexer {
  /// Takes a decimal point. A dot without a digit after it belongs to a member access instead.
  private mutating func consumeDecimalPoint() -> Bool {
    guard peek() == UInt8(ascii: "."), peek(1)?.isASCIIDigit == true else { return false }
    offset += 1
    return true
  }
}

extension Token.Segment {
  /// `true` iff the text ends before the closing brace of the expression. A closing brace has a
  /// width; the end of the text doesn't.
  fileprivate var isUnclosed: Bool {
    guard case .expression(let tokens) = self, let end = tokens.last?.span else { return false }
    return end.start == end.end
  }
}

extension String.UTF8View {
  /// `true` for a text such as `2026-01-31T10`.
  fileprivate var isDateWithHour: Bool {
    let shape = map { $0.isASCIIDigit ? UInt8(ascii: "0") : $0 }
    return shape.starts(with: "0000-00-00T".utf8)
  }
}

extension [Token.Segment] {
  fileprivate mutating func appendText(_ text: inout [UInt8]) {
    if !text.isEmpty { append(.text(String(decoding: text, as: UTF8.self))) }
    text = []
  }
}

extension Diagnostic {
  fileprivate static func loneBrace(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0005", "unmatched `}` in an interpolated string", at: span, label: "no opening brace",
      help: ["write `}}` for a literal brace"], fix: Fix(span, "}}"))
  }

  fileprivate static func unknownEscape(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0006", "unknown escape", at: span, label: "not a valid escape",
      help: [#"the escapes are \n \t \r \" \\ \u{1F600}; '…' has none"#])
  }

  fileprivate static func badUnicodeEscape(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0007", "invalid Unicode escape", at: span, label: "not a character's number in braces",
      help: [#"write a hexadecimal number in braces: \u{1F600}"#])
  }

  fileprivate static func numberTooLarge(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0008", "the number is too large", at: span, label: "doesn't fit in 64 bits",
      help: ["the largest number is 9223372036854775807"])
  }

  /// Reports a date without its `@`.
  static func dateWithoutAt(_ span: SourceSpan) -> Diagnostic {
    let start = SourceSpan(span.start, span.start)
    return Diagnostic(
      "C0010", "a date begins with `@`", at: span, label: "not a date without `@`",
      help: ["write `@` before it"], fix: Fix("write `@`", [Edit(start, "@")]))
  }

  /// Returns the fix for a duration with the name of its unit, such as `90days`.
  private static func shorterUnit(_ lexeme: String, _ span: SourceSpan) -> Fix? {
    let number = lexeme.prefix { $0.isNumber }
    let unit = lexeme.dropFirst(number.count).lowercased()
    let letter =
      unitLetters[unit] ?? (unit.hasSuffix("s") ? unitLetters[String(unit.dropLast())] : nil)
    return letter.map { Fix(span, "\(number)\($0)") }
  }

  fileprivate static func badDuration(
    _ problem: TimeSpan.Problem, _ lexeme: String, _ span: SourceSpan
  ) -> Diagnostic {
    switch problem {
    case .calendarUnit:
      Diagnostic(
        "C0009", "durations can't be in months or years", at: span, label: "has no fixed length",
        help: ["use days, such as `30d` or `365d`"])
    case .malformed:
      Diagnostic(
        "C0009", "invalid number or duration", at: span, label: "unknown unit",
        help: ["write a duration as `45s`, `15m`, `36h`, `90d`, `2w` or combined: `1d12h`"],
        fix: shorterUnit(lexeme, span))
    case .tooLarge:
      Diagnostic("C0008", "the duration is too large", at: span, label: "doesn't fit in 64 bits")
    }
  }

  /// Reports a format of jq, such as `@csv`.
  fileprivate static func noFormatHere(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0010", "a date follows `@`", at: span, label: "not a date",
      help: ["for a format, write `show as csv`"])
  }

  fileprivate static func badDate(_ problem: TimestampParser.Problem, _ span: SourceSpan)
    -> Diagnostic
  {
    switch problem {
    case .noSuchDay:
      Diagnostic("C0010", "this date doesn't exist", at: span, label: "not in the calendar")
    case .noSuchTime:
      Diagnostic("C0010", "this time doesn't exist", at: span, label: "not a time of day")
    case .missingZone:
      Diagnostic(
        "C0010", "missing time zone", at: span, label: "no time zone",
        help: ["add `Z` for UTC, or an offset such as `+02:00`"])
    case .malformed:
      Diagnostic(
        "C0010", "invalid date", at: span, label: "not ISO 8601",
        help: ["write `@2026-01-31` or `@2026-01-31T10:00:00Z`"])
    }
  }
}
