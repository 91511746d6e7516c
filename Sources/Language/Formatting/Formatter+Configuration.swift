/// Formats profiles and tests, one setting per line.
extension Formatter {
  mutating func add(_ block: SettingsBlock, behind word: String, indent: Int) {
    hoistComments(before: block.body.start, indent: indent)
    add("\(word) \(file.text(block.name.span)) {", indent: indent)
    if block.settings.isEmpty, !hasComment(in: block.body) { return extendLastLine("}") }
    addTrailingComment(after: block.body.start + 1)
    begin(block.body)
    let settings = block.settings
    add(settings.map(\.span), indent: indent + 2, end: block.body.end - 1) { formatter, index in
      let setting = settings[index]
      formatter.add(
        "\(setting.key.text) = ", setting.value, setting.span.end, indent: indent + 2)
    }
    add("}", indent: indent)
  }
}
