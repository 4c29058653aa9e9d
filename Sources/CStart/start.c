#include "start.h"

#include <stddef.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#ifdef __linux__
/// The run-time's own. It is not in every version; without it the run-time looks for the arguments by itself.
extern void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count) __attribute__((weak));
#endif

static int argument_count = 0;
static char **arguments = NULL;

/// The loader calls this with what it calls `main` with. Swift's run-time looks for the arguments on the stack, which it
/// finds by a file of /proc: where that cannot be opened, it takes them to be none at all.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
#ifdef __linux__
  if (_swift_stdlib_overrideUnsafeArgvArgc && count > 0) _swift_stdlib_overrideUnsafeArgvArgc(values, count);
#endif
}

int appliance_argument_count(void) { return argument_count; }

const char *appliance_argument(int place) { return arguments[place]; }

const char *appliance_started_file(void) {
#ifdef __linux__
  return (const char *)getauxval(AT_EXECFN);
#else
  return NULL;
#endif
}
