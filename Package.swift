// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The packages that the dependencies need in turn, at the versions that the tests ran with. No target
/// uses them directly. docs/dependencies.md lists all packages, with licences and advisories.
let transitive: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-algorithms.git", exact: "1.2.1"),
  .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
  .package(url: "https://github.com/apple/swift-async-algorithms.git", exact: "1.1.4"),
  .package(url: "https://github.com/apple/swift-atomics.git", exact: "1.3.0"),
  .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
  .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0", traits: []),
  .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
  .package(url: "https://github.com/apple/swift-distributed-tracing.git", exact: "1.7.3"),
  .package(url: "https://github.com/apple/swift-http-structured-headers.git", exact: "1.7.0"),
  .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
  .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
  .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
  .package(url: "https://github.com/apple/swift-nio-transport-services.git", exact: "1.28.0"),
  .package(url: "https://github.com/apple/swift-numerics.git", exact: "1.1.1"),
  .package(url: "https://github.com/apple/swift-service-context.git", exact: "1.5.1"),
  .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
]

// Linux with glibc only, since the sources import Glibc; `platforms` can't say that.
let package = Package(
  name: "conn",
  products: [.executable(name: "conn", targets: ["conn"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections.git", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
  ] + transitive,
  targets: [
    // A target sees the targets that it names, and no others.
    .target(name: "Text", swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .target(
      name: "Language",
      dependencies: [
        "Text", .product(name: "HashTreeCollections", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(name: "API", dependencies: ["JSON", "Text"], swiftSettings: strict),
    .target(
      name: "ConnectionsClient",
      dependencies: [
        "API", "JSON", "Text",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .target(
      name: "Evaluation",
      dependencies: ["Language", "API", "JSON", "Text"],
      swiftSettings: strict),
    .target(
      name: "Planning", dependencies: ["Evaluation", "Language", "API", "JSON", "Text"],
      swiftSettings: strict),
    .target(
      name: "Inspection",
      dependencies: ["Planning", "Evaluation", "Language", "API", "JSON", "Text"],
      swiftSettings: strict),
    .target(
      name: "LanguageServer",
      dependencies: ["Inspection", "Evaluation", "Language", "API", "JSON", "Text"],
      swiftSettings: strict),
    .target(
      name: "Execution",
      dependencies: [
        "Planning", "Evaluation", "Language", "ConnectionsClient", "API", "JSON", "Text",
      ],
      swiftSettings: strict),
    .target(
      name: "Simulator",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .target(name: "LineEditing", dependencies: ["CReadline"], swiftSettings: strict),
    .systemLibrary(name: "CSpawn"),
    .executableTarget(
      name: "conn",
      dependencies: [
        "CSpawn", "Text", "JSON", "Language", "API", "ConnectionsClient", "Evaluation", "Planning",
        "Inspection", "LanguageServer", "Execution", "Simulator", "LineEditing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "LanguageTests",
      dependencies: ["Text", "Language", "Evaluation", "Inspection", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ConnectionsClientTests",
      dependencies: [
        "Text", "JSON", "API", "ConnectionsClient", "Simulator", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    // The targets that a pipeline passes through share fixtures, so their tests are one target.
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Text", "JSON", "Language", "API", "ConnectionsClient", "Evaluation", "Planning",
        "Inspection", "Execution", "Simulator", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      swiftSettings: strict),
    .testTarget(name: "TextTests", dependencies: ["Text", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SimulatorTests", dependencies: ["Simulator", "TestSupport"],
      exclude: ["Workspaces"], swiftSettings: strict),
    .testTarget(
      name: "ConnTests",
      dependencies: [
        "conn", "Text", "JSON", "Language", "API", "ConnectionsClient", "Evaluation", "Planning",
        "Inspection", "LanguageServer", "Execution", "LineEditing", "Simulator", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: [
        "Editors/Client", "KeptStateFixture", "Reports", "Shim", "Stub", "Transcripts", "Walks",
      ],
      swiftSettings: strict),
  ]
)

/// The targets whose readers meet bytes from outside.
let readers = [
  "Text", "JSON", "Language", "API", "ConnectionsClient", "Evaluation", "Planning", "Inspection",
  "Execution", "LanguageServer",
]

// `scripts/test --long fuzz`: the readers under libFuzzer and AddressSanitizer.
if Context.environment["CONN_FUZZ"] != nil {
  let sanitize: [String] = ["-sanitize=fuzzer,address", "-parse-as-library"]
  for target in package.targets where readers.contains(target.name) {
    target.swiftSettings = strict + [.unsafeFlags(Array(sanitize.prefix(1)))]
  }
  package.targets.append(
    .executableTarget(
      name: "conn-fuzz", dependencies: readers.map { .init(stringLiteral: $0) },
      path: "Tests/Fuzz", exclude: ["Corpus", "words.dict"],
      swiftSettings: strict + [.unsafeFlags(sanitize)],
      linkerSettings: [.unsafeFlags(sanitize.prefix(1) + ["-use-ld=lld"])]))
}

// `scripts/bench keys` and `scripts/bench writes`.
if Context.environment["CONN_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "conn-bench",
      dependencies: ["Language", "API", "JSON", "Evaluation", "Inspection", "Simulator"],
      path: "Tests/Bench", swiftSettings: strict))
}
