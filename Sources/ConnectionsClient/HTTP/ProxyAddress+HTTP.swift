import API
import AsyncHTTPClient

extension HTTPClient.Configuration.Proxy {
  init(_ address: ProxyAddress) {
    self = .server(
      host: address.host, port: address.port,
      authorization: address.credentials.map {
        .basic(username: $0.user, password: $0.password)
      })
  }
}
