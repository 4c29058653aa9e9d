#ifndef APPLIANCE_CLATE_H
#define APPLIANCE_CLATE_H

// libcurl, libarchive, libxml2 and libzstd bring forty libraries with them, and loading those takes longer than `status` takes to
// answer. On Linux on x86-64 the program therefore does not need them to start: their functions, as far as we call them,
// stand in this target under their own names. The first call of one loads its library, and from then on the call is a
// jump. One more of their functions has to be named in functions.h; a variable of theirs cannot be had this way.
#if defined(__linux__) && defined(__x86_64__)
#define APPLIANCE_LOADS_LATE 1
#endif

#endif
