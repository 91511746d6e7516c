import API
import Language

extension ConfigurationTerms {
  /// The terms of `conn`: regions, result formats, and checks of addresses and token places.
  package static let standard = ConfigurationTerms(
    regions: Region.table.map(\.name), formats: ResultFormat.allCases.map(\.rawValue),
    addressProblem: { text in
      do throws(ServerAddress.Problem) { _ = try ServerAddress(text) } catch {
        return error.description
      }
      return nil
    },
    proxyProblem: { text in
      if text == "none" { return nil }
      do throws(ProxyAddress.Problem) { _ = try ProxyAddress(text) } catch {
        return error.description
      }
      return nil
    },
    isTokenSource: { text in
      switch SecretReference(text)?.source {
      case .environment, .command: true
      // A relative path would depend on the directory a run is started in.
      case .file(let path): path.hasPrefix("/")
      case .prompt, nil: false
      }
    })
}
