import Foundation

/// The child: feeds one target, and leaves the number of the input in hand where the parent finds it.
struct FuzzFeed {
  private let target: FuzzTarget
  private let mutator: Mutator
  private let arguments: FuzzArguments

  /// Memory that a reader of 64 KiB may take, the program itself included.
  private static let memory: UInt64 = 4 << 30

  init(_ arguments: FuzzArguments) throws {
    guard let target = try arguments.targets().first else { throw FuzzUsage(description: "name a target") }
    self.target = target
    self.arguments = arguments
    mutator = Mutator(seeds: target.corpus, seed: arguments.seed)
  }

  /// Ends with 0 when all was well, with 3 where the target says what does not hold.
  func perform() throws {
    var limit = rlimit(rlim_cur: rlim_t(Self.memory), rlim_max: rlim_t(Self.memory))
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    let mark = open(arguments.mark, O_RDWR)
    guard mark >= 0, let page = mmap(nil, 16, PROT_READ | PROT_WRITE, MAP_SHARED, mark, 0), page != MAP_FAILED else {
      throw FuzzUsage(description: "\(arguments.mark) cannot be mapped")
    }
    let end = arguments.number("--seconds").map { ContinuousClock.now + .seconds(Int($0)) }
    let count = arguments.number("--inputs").map { Int($0) } ?? (end == nil ? 1000 : .max)
    var number = 0
    while number < count {
      if let end, number & 15 == 0, ContinuousClock.now >= end { break }
      page.storeBytes(of: UInt64(number + 1), as: UInt64.self)
      if let fault = target.read(mutator.input(number)) {
        tell(fault)
        exit(3)
      }
      number += 1
    }
    page.storeBytes(of: UInt64(number), toByteOffset: 8, as: UInt64.self)
  }

  /// One input, in this process, so that a debugger sees it fall.
  func once() throws {
    let input = mutator.input(Int(arguments.number("--input") ?? 0))
    if arguments.shows {
      FileHandle.standardOutput.write(Data(input))
      return
    }
    tell(target.read(input) ?? "all is well")
  }
}
