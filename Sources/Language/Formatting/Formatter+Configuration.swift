/// Formats profiles, one setting per line.
extension Formatter {
  mutating func add(_ profile: Profile, indent: Int) {
    hoistComments(before: profile.body.start, indent: indent)
    add("profile \(file.text(profile.name.span)) {", indent: indent)
    if profile.settings.isEmpty, !hasComment(in: profile.body) { return extendLastLine("}") }
    addTrailingComment(after: profile.body.start + 1)
    begin(profile.body)
    let settings = profile.settings
    add(settings.map(\.span), indent: indent + 2, end: profile.body.end - 1) { formatter, index in
      let setting = settings[index]
      formatter.add(
        "\(setting.key.text) = ", setting.value, setting.span.end, indent: indent + 2)
    }
    add("}", indent: indent)
  }
}
