#ifndef APPLIANCE_CBUILD_H
#define APPLIANCE_CBUILD_H

/// The commit that the binary was built from, or "unknown". Swift has no macros with values; C has.
const char *appliance_commit(void);

#endif
