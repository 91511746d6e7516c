/// The calls that share a limit.
enum Budget: Hashable, CaseIterable {
  case list
  case others
  case tags
}
