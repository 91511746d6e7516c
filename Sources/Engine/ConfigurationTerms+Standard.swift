import ConnectionsClient
import Language

extension ConfigurationTerms {
  /// What `conn` knows: the regions, the result formats, what an address and a place look like.
  package static let standard = ConfigurationTerms(
    regions: Region.table.map(\.name), formats: ResultFormat.allCases.map(\.rawValue),
    addressProblem: { text in
      do throws(ServerAddress.Problem) { _ = try ServerAddress(text) } catch {
        return error.description
      }
      return nil
    },
    isTokenPlace: { text in
      guard let reference = SecretReference(text) else { return false }
      return reference.source != .prompt
    })
}
