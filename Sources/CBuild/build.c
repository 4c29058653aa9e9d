#include "build.h"

const char *appliance_commit(void) { return APPLIANCE_COMMIT; }
