/// An answer and the way it is delivered to the client.
struct Reply {
  enum Delivery {
    case whole
    /// All of it, after which the TCP connection is closed without notice.
    case unannouncedClose
    case half
    /// These bytes instead of it.
    case bytes([UInt8])
    case reset
    /// Nothing, and the connection stays open.
    case none
    /// A byte of the body each second.
    case byteByByte
    case late(milliseconds: Int64)
  }

  let answer: HTTPAnswer
  var delivery = Delivery.whole
}
