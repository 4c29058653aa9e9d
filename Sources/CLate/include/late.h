#ifndef APPLIANCE_CLATE_H
#define APPLIANCE_CLATE_H

// libcurl and libarchive bring forty libraries with them, and loading those takes longer than `status` takes to answer.
// On Linux on x86-64 the linker is therefore not told of them: their functions, as far as we call them, stand in this
// target under their own names. The first call of one loads its library, and from then on the call is a jump. One more
// of their functions has to be named in functions.h before it links.
#if defined(__linux__) && defined(__x86_64__)
#define APPLIANCE_LOADS_LATE 1
#endif

#endif
