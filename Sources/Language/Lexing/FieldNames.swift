extension String {
  /// `true` iff the text can be written as the name of a field.
  var isName: Bool {
    Keyword(rawValue: self)?.isReserved != true && !["true", "false", "null"].contains(self)
      && utf8.first?.isNameStart == true && utf8.allSatisfy(\.isNamePart)
  }
}

extension [String] {
  /// The names in a list, of which a long one is cut short.
  var briefly: String {
    prefix(40).joined(separator: ", ") + (count > 40 ? ", …" : "")
  }
}
