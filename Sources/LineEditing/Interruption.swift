import Glibc
import Synchronization

/// Handles Ctrl-C (SIGINT), SIGTERM and SIGHUP.
///
/// During writes, the first Ctrl-C lets the call in flight finish and then stops; the second ends
/// the program at once. At the prompt, Ctrl-C abandons the line or cancels the read; at a question,
/// it cancels the answer. At any other time it ends the program at once. SIGTERM and SIGHUP do the
/// same, and also end the prompt. Signals that were ignored when the program started stay ignored.
package enum Interruption {
  private static let count = Atomic<Int>(0)
  private static let terminated = Atomic<Bool>(false)
  private static let phase = Atomic<Int>(Phase.reading.rawValue)

  /// The activity that an interruption would disturb.
  package enum Phase: Int {
    /// Nothing is lost if the program ends.
    case reading
    case writing
    /// The prompt or a question is waiting, handles the interruption itself, and continues.
    case prompting
  }

  package static var current: Phase {
    Phase(rawValue: phase.load(ordering: .acquiring)) ?? .reading
  }

  package static var isRequested: Bool { count.load(ordering: .acquiring) > 0 }

  /// `true` iff the request was to end the program.
  package static var isTermination: Bool { terminated.load(ordering: .acquiring) }

  /// A descriptor that becomes readable with each request, on whichever thread the signal arrives.
  static var wake: Int32 { pipe.reading }

  private static let pipe = makePipe()

  /// Makes a pipe for the self-pipe trick: writing to a pipe is allowed in a signal handler.
  private static func makePipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = Glibc.pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }

  // MARK: The end

  private static let last = Mutex<@Sendable () -> Void>({})
  private static let ending = makePipe()
  /// `true` once a thread is waiting to end the program.
  private static let endsElsewhere = Atomic<Bool>(false)

  /// Registers work to do before an interruption ends the program at once. It runs on a thread of
  /// its own, since a signal handler may do next to nothing.
  package static func beforeTheEnd(_ work: @escaping @Sendable () -> Void) {
    last.withLock { $0 = work }
    guard !endsElsewhere.load(ordering: .acquiring) else { return }
    var thread = pthread_t()
    let isStarted = pthread_create(&thread, nil, { _ in Interruption.awaitTheEnd() }, nil) == 0
    endsElsewhere.store(isStarted, ordering: .releasing)
  }

  private static func awaitTheEnd() -> UnsafeMutableRawPointer? {
    var request = pollfd(fd: ending.reading, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, -1) < 1 {}
    last.withLock { $0() }
    _exit(130)
  }

  /// Handles the loss of the terminal. SIGHUP and the end of the input may both report it; together
  /// they count as one request.
  package static func hangUp() {
    if !terminated.exchange(true, ordering: .acquiringAndReleasing) { receive() }
  }

  /// Handles SIGTERM. If the first one didn't end the prompt, the second ends it at once.
  static func terminate() {
    let isAgain = terminated.exchange(true, ordering: .acquiringAndReleasing)
    receive(isAgain: isAgain)
  }

  package static func install() {
    _ = (pipe, ending, endsElsewhere.load(ordering: .acquiring))
    if !isIgnored(SIGINT) { signal(SIGINT) { _ in Interruption.receive() } }
    if !isIgnored(SIGTERM) { signal(SIGTERM) { _ in Interruption.terminate() } }
    if !isIgnored(SIGHUP) { signal(SIGHUP) { _ in Interruption.hangUp() } }
  }

  /// `true` iff the signal was ignored when the program started: `nohup` does that with SIGHUP, and
  /// a shell without job control with SIGINT for commands started with `&`.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  package static func reset() {
    count.store(0, ordering: .releasing)
    drain()
  }

  private static func drain() {
    var requests = (UInt64(0), UInt64(0))
    while read(pipe.reading, &requests, 16) > 0 {}
  }

  /// Has the same effect as Ctrl-C.
  package static func request() { receive() }

  /// Ends a wait for input, as a signal does. Safe to call in a signal handler.
  package static func poke() { write(to: pipe) }

  private static func write(to pipe: (reading: Int32, writing: Int32)) {
    var one: UInt8 = 1
    _ = Glibc.write(pipe.writing, &one, 1)
  }

  /// Waits for input; returns `false` if an interruption comes first.
  package static func waitForInput() -> Bool {
    while !isRequested { if waitForInputOrWake() { return !isRequested } }
    return false
  }

  /// Waits for input, a signal or a message; returns `true` iff there is input or end of input.
  package static func waitForInputOrWake(on descriptor: Int32 = STDIN_FILENO) -> Bool {
    var inputs = [descriptor, wake].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let ready = poll(&inputs, 2, -1)
    let reason = errno
    drain()
    return ready > 0 ? inputs[0].revents != 0 : ready < 0 && reason != EINTR
  }

  /// Waits for a signal or a message.
  package static func waitForWake() {
    var request = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, -1)
    drain()
  }

  /// Runs short asynchronous work and blocks the calling thread until it is done.
  package static func wait<T: Sendable>(for work: @escaping @Sendable () async -> T) -> T {
    let (box, _) = start(work)
    // The waits above may have consumed a wake-up that was meant for another waiter.
    defer { poke() }
    while true {
      if let value = box.value.withLock({ $0 }) { return value }
      waitForWake()
    }
  }

  /// Runs asynchronous work and blocks the calling thread until it is done. A key or a signal to end
  /// cancels it; then the result is `nil`, and the key is still to be read.
  package static func wait<T: Sendable>(orKeyDuring work: @escaping @Sendable () async -> T) -> T? {
    let (box, task) = start(work)
    defer { poke() }
    while true {
      if let value = box.value.withLock({ $0 }) { return value }
      guard !waitForInputOrWake(), !isRequested else {
        task.cancel()
        return nil
      }
    }
  }

  /// Starts asynchronous work that puts its result into the box and then wakes whoever waits.
  private static func start<T: Sendable>(_ work: @escaping @Sendable () async -> T)
    -> (Box<T>, Task<Void, Never>)
  {
    let box = Box<T>()
    let task = Task.detached {
      let value = await work()
      box.value.withLock { $0 = value }
      poke()
    }
    return (box, task)
  }

  private final class Box<T: Sendable>: Sendable {
    let value = Mutex<T?>(nil)
  }

  /// `true` iff input or end of input is available, or arrives within `seconds`.
  static func hasInput(within seconds: Double = 0) -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, Int32(seconds * 1000)) > 0
  }

  /// Sets the current phase and returns the previous one.
  @discardableResult
  package static func enter(_ new: Phase) -> Phase {
    Phase(rawValue: phase.exchange(new.rawValue, ordering: .acquiringAndReleasing)) ?? .reading
  }

  /// Counts a request and reacts to it. It runs in a signal handler, so it may only do what is safe
  /// there.
  private static func receive(isAgain: Bool = false) {
    let (_, new) = count.add(1, ordering: .acquiringAndReleasing)
    poke()
    switch (current, new) {
    case (.prompting, _) where !isAgain: return
    case (.writing, 1):
      say("\ninterrupted: waiting for the call in flight; interrupt again to quit at once\n")
      return
    case (.writing, _): say("\nquit: the call in flight is in doubt; conn resume looks it up\n")
    case (_, 1) where endsElsewhere.load(ordering: .acquiring):
      say("\n")
      write(to: ending)
      return
    default: say("\n")
    }
    TerminalModes.restore()
    _exit(130)
  }

  private static func say(_ text: StaticString) {
    _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
