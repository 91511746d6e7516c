import API
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
      switch SecretReference(text)?.source {
      case .environment, .command: true
      // A relative path would depend on where a run is started.
      case .file(let path): path.hasPrefix("/")
      case .prompt, nil: false
      }
    })
}
