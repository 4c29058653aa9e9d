#ifndef APPLIANCE_CXML_H
#define APPLIANCE_CXML_H
// Debian's libxml2 would bring in ICU's headers, which clash with the ones inside Foundation. Only the tail of a struct
// that is never made here depends on them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlmemory.h>

// Gives back what libxml2 has handed out. `xmlFree` itself is a global variable that holds a function: Swift's
// concurrency checks cannot call it, and it would have to be loaded at the start.
static inline void appliance_xml_free(void *memory) {
  xmlFreeFunc release = NULL;
  xmlMemGet(&release, NULL, NULL, NULL);
  release(memory);
}
#endif
