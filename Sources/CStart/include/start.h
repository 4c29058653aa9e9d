#ifndef APPLIANCE_CSTART_H
#define APPLIANCE_CSTART_H

/// How many arguments `main` got, the program's name among them.
int appliance_argument_count(void);

/// The argument at a place; valid as long as the process lives.
const char *appliance_argument(int place);

/// The file that was started, as whoever started it named it; NULL where the system does not tell.
const char *appliance_started_file(void);

#endif
