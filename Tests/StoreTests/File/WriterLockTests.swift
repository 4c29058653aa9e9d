import Foundation
import GRDB
import SQLite
import Support
import Testing

@testable import Store

@Suite struct WriterLockTests {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws { folder = try TemporaryFolder() }

  @Test func `a second writer is told at once who holds the file`() throws {
    let first = try Store.writing(path, command: "ingest")
    let holder = "process \(getpid()), ingest"
    #expect(throws: StoreError.locked(path: path, holder: holder)) {
      try Store.writing(path, command: "backup")
    }
    #expect(Store.writer(of: path) == holder)
    withExtendedLifetime(first) {}
  }

  @Test func `a second writer is told so too while nothing of the file can be read`() throws {
    do { _ = try Store.writing(path, command: "ingest") }
    let lock = try WriterLock(database: path, command: "ingest")
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
      #expect(throws: StoreError.locked(path: path, holder: "process \(getpid()), ingest")) {
        try Store.writing(path, command: "backup")
      }
      try db.execute(sql: "ROLLBACK")
    }
    withExtendedLifetime(lock) {}
  }

  @Test func `the lock ends with its holder`() throws {
    do { _ = try Store.writing(path, command: "ingest") }
    #expect(Store.writer(of: path) == nil)
    let second = try Store.writing(path, command: "backup")
    #expect(Store.writer(of: path) == "process \(getpid()), backup")
    withExtendedLifetime(second) {}
  }

  @Test func `a note that a dead process left behind blocks nobody`() throws {
    try folder.write(Array("process 1, ingest\n".utf8), to: "appliance.db.lock")
    #expect(Store.writer(of: path) == nil)
    let store = try Store.writing(path, command: "backup")
    #expect(Store.writer(of: path) == "process \(getpid()), backup")
    withExtendedLifetime(store) {}
  }

  @Test func `a longer note of an earlier holder does not shine through`() throws {
    try folder.write(Array("process 123456789, a very long command indeed\nmore\n".utf8), to: "appliance.db.lock")
    let store = try Store.writing(path, command: "x")
    #expect(Store.writer(of: path) == "process \(getpid()), x")
    withExtendedLifetime(store) {}
  }

  @Test func `a process that is killed lets go of the lock`() throws {
    // Opened before, so that there is a file to hold.
    do { _ = try Store.writing(path, command: "ingest") }
    let (input, output) = (Pipe(), Pipe())
    let child = try ChildProgram(
      ["/bin/sh", "-c", "exec 9>>\"$1\"; flock -n 9 && echo held; read wait", "sh", path + ".lock"],
      input: .descriptor(input.fileHandleForReading.fileDescriptor),
      output: .descriptor(output.fileHandleForWriting.fileDescriptor))
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
    let error = #expect(throws: StoreError.self) { _ = try Store.writing(path, command: "backup") }
    #expect(error.map { if case .locked = $0 { true } else { false } } == true)
    // An end of its input would let the child go on and end by itself.
    withExtendedLifetime(input) { child.signal(SIGKILL) }
    child.waitForEnd()
    _ = try Store.writing(path, command: "backup")
  }

  @Test func `readers need no lock`() throws {
    let writer = try Store.writing(path, command: "ingest")
    _ = try Store.reading(path)
    _ = try Store.reading(path)
    withExtendedLifetime(writer) {}
  }

  @Test func `a lock file that is a link is not followed`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + ".lock", withDestinationPath: folder.file("precious"))
    try folder.write(Array("precious".utf8), to: "precious")
    #expect(throws: StoreError.self) { try Store.writing(path, command: "ingest") }
    #expect(try folder.contents()["precious"] == Array("precious".utf8))
  }
}

@Suite struct OpenFilesTests {
  @Test func `a file that this process has open is not looked at past SQLite`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("appliance.db")
    var looks = 0
    try OpenFiles.ifClosed(path) { looks += 1 }
    let writer = try Store.writing(path, command: "ingest")
    let reader = try Store.reading(path)
    try OpenFiles.ifClosed(path) { looks += 1 }
    #expect(looks == 1)
    withExtendedLifetime((writer, reader)) {}
  }

  @Test func `it is again when all connections are gone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("appliance.db")
    do { withExtendedLifetime(try Store.writing(path, command: "ingest")) {} }
    var looks = 0
    try OpenFiles.ifClosed(path) { looks += 1 }
    #expect(looks == 1)
  }
}
