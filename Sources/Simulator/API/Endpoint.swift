/// The five endpoints of the API's page.
package enum Endpoint: String, CaseIterable, Sendable {
  case list
  case create
  case update
  case disconnect
  case delete
}
