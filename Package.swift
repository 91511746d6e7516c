// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "conn",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "conn", targets: ["conn"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"3.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(name: "Language", swiftSettings: strict),
    .target(
      name: "ConnectionsClient",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "Engine",
      dependencies: [
        "Language", "ConnectionsClient", .product(name: "Crypto", package: "swift-crypto"),
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
    .executableTarget(
      name: "conn",
      dependencies: [
        "Language", "ConnectionsClient", "Engine", "Simulator", "CReadline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "LanguageTests", dependencies: ["Language", "Engine", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ConnectionsClientTests",
      dependencies: [
        "ConnectionsClient", "Simulator", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Engine", "Simulator", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SimulatorTests", dependencies: ["Simulator", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ConnTests",
      dependencies: [
        "conn", "ConnectionsClient", "Simulator", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Shim", "State", "Transcripts"], swiftSettings: strict),
  ]
)

// `scripts/test --long fuzz`: the readers under libFuzzer and AddressSanitizer.
if Context.environment["CONN_FUZZ"] != nil {
  let sanitize: [String] = ["-sanitize=fuzzer,address", "-parse-as-library"]
  for target in package.targets
  where ["Language", "ConnectionsClient", "Engine"].contains(target.name) {
    target.swiftSettings = strict + [.unsafeFlags(Array(sanitize.prefix(1)))]
  }
  package.targets.append(
    .executableTarget(
      name: "conn-fuzz", dependencies: ["Language", "ConnectionsClient", "Engine"],
      path: "Tests/Fuzz", exclude: ["Corpus", "words.dict"],
      swiftSettings: strict + [.unsafeFlags(sanitize)],
      linkerSettings: [.unsafeFlags(sanitize.prefix(1) + ["-use-ld=lld"])]))
}

// `scripts/bench keys`: what happens at a key press.
if Context.environment["CONN_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "conn-bench", dependencies: ["Language", "ConnectionsClient", "Engine"],
      path: "Tests/Bench", swiftSettings: strict))
}
