#ifndef APPLIANCE_CXML_H
#define APPLIANCE_CXML_H
// Debian's libxml2 would bring in ICU's headers, which clash with the ones inside Foundation. Only the tail of a struct
// that is never made here depends on them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

/* `xmlFree` is a global variable that holds a function; Swift's concurrency checks cannot call it. */
static inline void appliance_xml_free(void *memory) { xmlFree(memory); }
#endif
