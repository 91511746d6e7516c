/// An answer and how much of it reaches the client.
struct Reply {
  enum Delivery {
    case whole
    /// All of it, then the end of the TCP connection, unannounced.
    case unannouncedClose
    case half
    /// These bytes in its place.
    case bytes([UInt8])
    case reset
    /// Nothing, ever.
    case none
    case late(milliseconds: Int64)
  }

  let answer: HTTPAnswer
  var delivery = Delivery.whole
}
