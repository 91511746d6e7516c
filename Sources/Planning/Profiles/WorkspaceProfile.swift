import API
import Evaluation
import Language
import Text

/// A profile of the configuration: a workspace, its address and token, and its guards.
package struct WorkspaceProfile: Sendable {
  package let name: String
  package let region: String?
  package let server: ServerAddress
  /// The place where the token is kept; `nil` if the environment holds it.
  package let token: SecretReference?
  /// The proxy for the server, or none; `nil` leaves it to the environment.
  package let proxy: ProxyChoice?
  /// The file with the certificates to trust; `nil` leaves it to the environment.
  package let certificatePath: String?
  package let guards: ProfileGuards
  /// Maximum writes per second; `nil` is the default.
  package let rate: Double?
  /// The format of results if no option chooses one.
  package let output: ResultFormat?

  /// Returns `nil` if the profile is one that the checker rejects.
  init?(_ profile: CheckedProfile, _ sources: SourceMap) {
    let own = profile.host.flatMap { try? ServerAddress($0) }
    guard let server = profile.region.flatMap(Region.named)?.server ?? own else { return nil }
    name = profile.name
    region = profile.region
    self.server = server
    token = profile.token.flatMap(SecretReference.init)
    proxy = profile.proxy.flatMap(ProxyChoice.init)
    certificatePath = profile.certificatePath
    rate = profile.rate.map(Double.init)
    output = profile.output.flatMap(ResultFormat.init)
    guards = ProfileGuards(
      name: profile.name, isProduction: profile.isProduction, isReadOnly: profile.isReadOnly,
      protection: profile.protect.map { predicate in
        ProfileGuards.Protection(
          predicate: predicate, text: sources.text(predicate.span).onOneLine,
          location: sources.location(of: predicate.span))
      },
      maxWrites: profile.maxWrites, maxPercent: profile.maxPercent)
  }

  /// The settings in configuration syntax, in the order of ``ProfileSetting/table``; `nil` for those
  /// not set. For the token this is the place where it is kept, never the token itself.
  package var settings: [(key: ProfileSetting, value: String?)] {
    ProfileSetting.table.map { ($0, value(of: $0)) }
  }

  private func value(of key: ProfileSetting) -> String? {
    switch key.name {
    case "region": region?.quoted
    case "host": region == nil ? server.base.quoted : nil
    case "token": token.map { "secret(\($0.description.quoted))" }
    case "proxy": proxy?.text.quoted
    case "ca_file": certificatePath?.quoted
    case "production": guards.isProduction ? "true" : nil
    case "read_only": guards.isReadOnly ? "true" : nil
    case "protect": guards.protection?.text
    case "max_writes": guards.maxWrites.map(String.init)
    case "max_percent": guards.maxPercent.map(String.init)
    case "rate": rate.map { String(Int($0)) }
    case "output": output?.rawValue.quoted
    default: nil
    }
  }
}
