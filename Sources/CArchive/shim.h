#ifndef APPLIANCE_CARCHIVE_H
#define APPLIANCE_CARCHIVE_H
#include <archive.h>
#include <archive_entry.h>
#endif
