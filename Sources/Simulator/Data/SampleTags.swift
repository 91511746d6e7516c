/// The tags of the sample workspace; no connection has the first one.
enum SampleTags {
  static let table = [
    SimulatedTag(
      handle: "tag-ANgdXgTF-bANz3H", title: "Accounting", description: "Owned by accounting",
      color: "green"),
    SimulatedTag(handle: "tag-ANgeffPL-3gxQwA", title: "Sales", color: "orange"),
    SimulatedTag(
      handle: "tag-do-not-touch", title: "Do not touch", description: "Ask before any change",
      color: "red"),
    SimulatedTag(handle: "tag-eu", title: "EU"),
    SimulatedTag(handle: "tag-legacy", title: "Legacy", color: "brown"),
    SimulatedTag(handle: "tag-prod", title: "Production", color: "violet"),
  ]
}
