import Foundation
import Synchronization
import Testing

/// A thread that runs the jobs of one task, which may block it.
package final class ThreadExecutor: TaskExecutor {
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)

  private struct State {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  package init() { Thread.detachNewThread { [self] in run() } }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    wake.signal()
  }

  package func stop() {
    state.withLock { $0.isStopped = true }
    wake.signal()
  }

  private func run() {
    while true {
      wake.wait()
      let (job, isStopped) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isStopped)
      }
      if let job { job.runSynchronously(on: asUnownedTaskExecutor()) } else if isStopped { return }
    }
  }
}

/// Runs each test of a suite on a thread of its own: a test that waits for a terminal blocks its
/// thread, and only as many threads run tasks as there are cores.
package struct OwnThreadTrait: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let executor = ThreadExecutor()
    defer { executor.stop() }
    try await withTaskExecutorPreference(executor) { try await body() }
  }
}

extension Trait where Self == OwnThreadTrait {
  package static var ownThread: OwnThreadTrait { OwnThreadTrait() }
}
