import API
import Evaluation
import Language

extension ServerAddress {
  /// Throws with exit 2 if the host contains a domain of Workato without being in it, as a mistyped
  /// or a deceptive address does: it would get the token. The `host` of a profile was written with care.
  func requireNoImitation(knownTo configuration: Configuration) throws(RunError) {
    guard let domain = Self.domains.first(where: imitates),
      !configuration.profiles.contains(where: { $0.server == self })
    else { return }
    throw RunError(
      .usage, "`\(hostName)` contains `\(domain)`, but isn't in that domain",
      help: "did you mean https://\(original(domain))? "
        + "If the host is right, make it the `host` of a profile")
  }

  /// The domains of the servers in the table of regions.
  private static let domains = ["workato.com", "workatoapp.cn"]

  private func imitates(_ domain: String) -> Bool {
    hostName.contains(domain) && hostName != domain && !hostName.hasSuffix("." + domain)
  }

  /// The region's host that is most like this one.
  private func original(_ domain: String) -> String {
    let known = Region.table.map(\.server.hostName).filter { $0.hasSuffix(domain) }
    let start = hostName.firstRange(of: domain).map { String(hostName[..<$0.upperBound]) } ?? ""
    return known.first { $0 == start || $0.hasSuffix("." + start) }
      ?? Diagnostic.nearest(start, among: known) ?? known.first ?? domain
  }
}
