#ifndef APPLIANCE_CSQLITE_H
#define APPLIANCE_CSQLITE_H
#include <sqlite3.h>

/// sqlite3_db_config is variadic, which Swift cannot call.
static inline int appliance_no_checkpoint_on_close(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// SQLITE_TRANSIENT is a cast, which Swift does not import: SQLite copies what is bound.
static inline sqlite3_destructor_type appliance_transient(void) { return SQLITE_TRANSIENT; }
#endif
