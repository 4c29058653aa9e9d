import CArchive

/// The archive library in use, with its compressors: `libarchive 3.6.2 zlib/1.2.13 …`.
package var archiveVersion: String { String(cString: archive_version_details()) }
