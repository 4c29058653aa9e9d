#include "late.h"

#if APPLIANCE_LOADS_LATE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum library { CURL, ARCHIVE };

// By the names under which distributions have them, the likeliest first.
static const char *const file_names[][2] = {
    [CURL] = {"libcurl.so.4", "libcurl-gnutls.so.4"},
    [ARCHIVE] = {"libarchive.so.13", "libarchive.so"},
};

static const struct {
  enum library library;
  const char *name;
} functions[] = {
#define LATE(number, library, name) [number] = {library, #name},
#include "functions.h"
};

extern _Atomic(void *) appliance_late_functions[];

static void *symbol(enum library library, const char *name) {
  // Loading what is loaded already gives the same handle, so that threads need not agree on who is first.
  void *handle = dlopen(file_names[library][0], RTLD_LAZY | RTLD_LOCAL);
  if (handle == NULL) handle = dlopen(file_names[library][1], RTLD_LAZY | RTLD_LOCAL);
  void *found = handle == NULL ? NULL : dlsym(handle, name);
  if (found == NULL) {
    // What the system does when it starts a program whose library is missing.
    fprintf(stderr, "appliance: %s\nInstall %s and run again.\n", dlerror(), file_names[library][0]);
    exit(127);
  }
  return found;
}

// The address of a function; its stub jumps there from now on.
void *appliance_late_find(unsigned number) {
  void *found = symbol(functions[number].library, functions[number].name);
  atomic_store_explicit(&appliance_late_functions[number], found, memory_order_release);
  return found;
}
#endif
