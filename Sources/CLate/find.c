#include "late.h"

#if APPLIANCE_LOADS_LATE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// A library by the names under which distributions have it, the likeliest first.
struct library {
  const char *file_names[2];
};

#define LIBRARY(name, first, second) \
  __attribute__((visibility("hidden"))) const struct library appliance_late_##name = {{first, second}}
LIBRARY(ARCHIVE, "libarchive.so.13", "libarchive.so");
LIBRARY(CURL, "libcurl.so.4", "libcurl-gnutls.so.4");
LIBRARY(XML, "libxml2.so.2", "libxml2.so.16");
LIBRARY(ZSTD, "libzstd.so.1", "libzstd.so");

// One function, as stubs.S lays it out.
struct function {
  // Where its stub jumps to.
  _Atomic(void *) target;
  const char *name;
  const struct library *library;
};

// Whether the library may well be there, and only cannot be opened.
static int lacks_descriptors(void) {
  int probe = open("/", O_RDONLY | O_CLOEXEC);
  if (probe < 0) return errno == EMFILE || errno == ENFILE;
  close(probe);
  return 0;
}

static void *symbol(const struct library *library, const char *name) {
  // Loading what is loaded already gives the same handle, so that threads need not agree on who is first.
  void *handle = dlopen(library->file_names[0], RTLD_LAZY | RTLD_LOCAL);
  if (handle == NULL) handle = dlopen(library->file_names[1], RTLD_LAZY | RTLD_LOCAL);
  void *found = handle == NULL ? NULL : dlsym(handle, name);
  if (found == NULL) {
    if (lacks_descriptors()) {
      fprintf(stderr, "appliance: too many files are open to load %s; raise the limit: ulimit -n 256\n",
              library->file_names[0]);
      exit(1);
    }
    // What the system does when it starts a program whose library is missing.
    fprintf(stderr, "appliance: %s\nInstall %s and run again.\n", dlerror(), library->file_names[0]);
    exit(127);
  }
  return found;
}

// The address of a function; its stub jumps there from now on.
void *appliance_late_find(struct function *function) {
  void *found = symbol(function->library, function->name);
  atomic_store_explicit(&function->target, found, memory_order_release);
  return found;
}
#endif
