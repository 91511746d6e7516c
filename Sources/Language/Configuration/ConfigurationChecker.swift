import Text

/// Checks the profiles of a configuration, setting by setting.
///
/// Every independent error is reported.
struct ConfigurationChecker {
  let vocabulary: Vocabulary
  let terms: ConfigurationTerms
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var profiles: [CheckedProfile] = []
  private var standard: Name?
  /// The spans of the profile names.
  private var named: [String: SourceSpan] = [:]

  init(_ parsed: Parser.Output, vocabulary: Vocabulary, terms: ConfigurationTerms) {
    self.vocabulary = vocabulary
    self.terms = terms
    for statement in parsed.script.statements {
      switch statement.kind {
      case .profile(let profile): check(profile)
      case .defaultProfile(let name): check(defaultProfile: name)
      default: if !statement.isBroken { report(.notAProfile(statement.span)) }
      }
    }
    // A profile with a syntax error may be the one that `default` means.
    let isWhole = !parsed.diagnostics.contains(where: \.isError)
    if isWhole, let standard, named[standard.text] == nil {
      report(.unknownProfile(standard, among: named.keys.sorted()))
    }
  }

  var configuration: CheckedConfiguration {
    CheckedConfiguration(profiles: profiles, standard: standard?.text)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  private mutating func check(defaultProfile name: Name) {
    if let standard { return report(.givenTwice("default", name.span, standard.span)) }
    standard = name
  }

  // MARK: Profiles

  private mutating func check(_ profile: SettingsBlock) {
    if profile.name.text.allSatisfy(\.isWhitespace) { report(.namelessProfile(profile.name.span)) }
    if let before = named[profile.name.text] { report(.profileTwice(profile.name, before)) }
    named[profile.name.text] = profile.name.span
    var checked = CheckedProfile(name: profile.name.text)
    var seen: [String: SourceSpan] = [:]
    for setting in profile.settings {
      let key = setting.key.text
      if let before = seen[key] { report(.givenTwice(key, setting.key.span, before)) }
      seen[key] = setting.key.span
      check(setting, &checked)
    }
    requireOneHost(profile, seen)
    profiles.append(checked)
  }

  private mutating func requireOneHost(_ profile: SettingsBlock, _ seen: [String: SourceSpan]) {
    switch (seen["region"], seen["host"]) {
    case (let region?, let host?): report(.regionAndHost(region, host))
    case (nil, nil): report(.noHost(profile.name))
    default: break
    }
  }

  private mutating func check(_ setting: SettingsBlock.Setting, _ profile: inout CheckedProfile) {
    guard let key = ProfileSetting.named(setting.key.text) else {
      return report(.unknownKey(setting.key))
    }
    if case .invalid = setting.value.kind { return }
    switch key.kind {
    case .region: profile.region = region(setting.value, key)
    case .address: profile.host = address(setting.value, key)
    case .token: profile.token = token(setting.value)
    case .proxy: profile.proxy = proxy(setting.value, key)
    case .path: profile.certificatePath = path(setting.value, key)
    case .flag: set(flag(setting.value, key), of: key, &profile)
    case .predicate: profile.protect = predicate(setting.value)
    case .count(let most): set(count(setting.value, key, from: 0, to: most), of: key, &profile)
    case .rate: profile.rate = count(setting.value, key, from: 1, to: nil)
    case .format: profile.output = format(setting.value, key)
    }
  }

  private func set(_ flag: Bool, of key: ProfileSetting, _ profile: inout CheckedProfile) {
    if key.name == "production" { profile.isProduction = flag } else { profile.isReadOnly = flag }
  }

  private func set(_ count: Int?, of key: ProfileSetting, _ profile: inout CheckedProfile) {
    if key.name == "max_writes" { profile.maxWrites = count } else { profile.maxPercent = count }
  }
}

extension Statement {
  /// `true` iff a syntax error at its beginning has been reported.
  fileprivate var isBroken: Bool {
    guard case .pipeline(let pipeline) = kind, case .invalid = pipeline.source.kind else {
      return false
    }
    return true
  }
}

extension Diagnostic {
  fileprivate static func notAProfile(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0602", "the configuration can contain only profiles", at: span,
      label: "neither `profile` nor `default`", help: ["move it to a script"])
  }

  fileprivate static func unknownKey(_ key: Name) -> Diagnostic {
    let keys = ProfileSetting.table.map(\.name)
    return Diagnostic(
      "C0603", "unknown setting `\(key.text)`", at: key.span, label: "no such setting",
      help: suggestion(for: key.text, among: keys)
        ?? ["the settings are \(keys.joined(separator: ", "))"],
      fix: guess(key, among: keys))
  }

  fileprivate static func regionAndHost(_ region: SourceSpan, _ host: SourceSpan) -> Diagnostic {
    let (first, second) = region.start < host.start ? (region, host) : (host, region)
    return Diagnostic(
      "C0605", "a profile can have a region or a host, not both", at: second,
      label: "the second one", help: ["remove one of them; a region implies its host"]
    ).noting(first, "the first one")
  }

  fileprivate static func noHost(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0606", "the profile \(name.text.quoted) doesn't say which workspace it is for",
      at: name.span, label: "neither `region` nor `host`",
      help: ["for example `region = \"eu\"`, or `host = \"https://www.workato.com\"`"])
  }

  fileprivate static func givenTwice(_ key: String, _ span: SourceSpan, _ before: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      "C0608", "`\(key)` is set twice", at: span, label: "set again",
      help: ["remove one of them"]
    ).noting(before, "first set here")
  }

  fileprivate static func profileTwice(_ name: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0609", "duplicate profile \(name.text.quoted)", at: name.span, label: "same name again",
      help: ["rename one of them"]
    ).noting(before, "first one here")
  }

  fileprivate static func unknownProfile(_ name: Name, among names: [String]) -> Diagnostic {
    let near = nearest(name.text, among: names)
    let all = names.map(\.quoted).joined(separator: ", ")
    return Diagnostic(
      "C0610", "unknown profile \(name.text.quoted)", at: name.span, label: "no such profile",
      help: near.map { ["did you mean \($0.quoted)?"] }
        ?? [names.isEmpty ? "the configuration has no profiles" : "the profiles are \(all)"],
      fix: near.map { Fix("write \($0.quoted)", [Edit(name.span, $0.quoted)], isCertain: false) })
  }

  fileprivate static func namelessProfile(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0616", "profile without a name", at: span, label: "empty",
      help: ["for example `profile \"eu-prod\" { … }`"])
  }
}
