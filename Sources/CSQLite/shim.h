#ifndef APPLIANCE_CSQLITE_H
#define APPLIANCE_CSQLITE_H
#include <sqlite3.h>
#include <sys/types.h>

/// Takes the count of allocated bytes, which nobody reads, and its lock out of every allocation. sqlite3_config is
/// variadic, which Swift cannot call; it works until SQLite is first used, and is harmless afterwards.
static inline void appliance_count_no_memory(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/// sqlite3_db_config is variadic, which Swift cannot call.
static inline int appliance_no_checkpoint_on_close(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// One of the switches of a connection, on or off; variadic as well.
static inline int appliance_switch(sqlite3 *db, int option, int on) {
  return sqlite3_db_config(db, option, on, (int *)0);
}

/// SQLITE_TRANSIENT is a cast, which Swift does not import: SQLite copies what is bound.
static inline sqlite3_destructor_type appliance_transient(void) { return SQLITE_TRANSIENT; }

#if defined(__linux__)
// Declared by the C library for those only who ask for all that GNU has, which Swift's own module does not.
extern int sync_file_range(int file, off_t start, off_t length, unsigned int flags);

/// Has the system begin to write what an open file holds, beneath SQLite; it promises nothing. Elsewhere nothing is done.
static inline void appliance_begin_to_write(int file) { (void)sync_file_range(file, 0, 0, 2 /* SYNC_FILE_RANGE_WRITE */); }
#else
static inline void appliance_begin_to_write(int file) { (void)file; }
#endif
#endif
