/* opc.h - the parts of an Office Open XML file and how they refer to each other
 * (ECMA-376 part 2, Open Packaging Conventions): a zip whose members are XML. */
#ifndef HG_WORKBOOK_OPC_H
#define HG_WORKBOOK_OPC_H

#include "container/unzip.h"
#include "text/xml.h"

/*
 * What a part may inflate to: 64 MiB, or 100 times the length of the whole file where
 * that is more (deflate reaches 1,032; sheets seldom 50), and 4 GiB at most.
 */
#define HG_OPC_MAX_PART  ((uint64_t)1 << 26)
#define HG_OPC_MAX_RATIO 100
#define HG_OPC_MAX_BYTES ((uint64_t)1 << 32)
#define HG_OPC_MAX_RELS  65536 /* relationships of one part */

typedef struct hg_opc hg_opc;

/* Open a file of parts from a descriptor that the caller keeps. HG_EINPUT as
 * hg_zip_open(). */
hg_status hg_opc_open(hg_opc **out, int fd, const char *name, hg_err *err);
void hg_opc_free(hg_opc *opc); /* NULL is fine */
const char *hg_opc_name(const hg_opc *opc);
/* Is there such a part? Names have no leading '/', and letters of either case are the
 * same. */
bool hg_opc_has(const hg_opc *opc, const char *part);

/* Read a part in steps, its elements going to events (see hg_xml_new()). One part of a
 * file is open at a time; name is copied, loc is not. HG_EINPUT: there is no such part.
 */
typedef struct hg_part hg_part;
hg_status hg_part_open(hg_part **out, hg_opc *opc, const char *name,
                       const hg_xml_space *spaces, const hg_xml_events *events, void *ctx,
                       const hg_loc *loc, hg_err *err);
hg_status hg_part_step(hg_part *part, hg_err *err); /* HG_OK: go on; HG_END: it is read */
/* The same in two steps, for who reads some of the bytes without XML: fetch a piece,
 * which borrows until the next (HG_END: there is none), and feed what XML shall read. Of
 * what it shall not, only the lines are counted; then the rest still has to be well
 * formed. */
hg_status hg_part_fetch(hg_part *part, hg_slice *piece, hg_err *err);
hg_status hg_part_feed(hg_part *part, hg_slice piece, bool last, hg_err *err);
void hg_part_pass(hg_part *part, hg_slice piece);
void hg_part_free(hg_part *part); /* NULL is fine */

/* Read a part through. */
hg_status hg_opc_read(hg_opc *opc, const char *name, const hg_xml_space *spaces,
                      const hg_xml_events *events, void *ctx, hg_err *err);

/* A relationship from one part to another. */
typedef struct hg_rel {
    char *id;
    char *type;   /* the last segment of its IRI, the same in all editions: "worksheet" */
    char *target; /* name of the part, resolved; NULL where it is outside the file */
} hg_rel;

typedef struct hg_rels {
    hg_rel *list;
    size_t n, cap;
    hg_rel **by_id; /* the same in the order of ids, the first of one id first */
} hg_rels;

/* The relationships of a part, "" for those of the whole file; none where it has none. */
hg_status hg_opc_rels(hg_rels *rels, hg_opc *opc, const char *part, hg_err *err);
const hg_rel *hg_rels_id(const hg_rels *rels, const char *id); /* or NULL */
const hg_rel *hg_rels_type(const hg_rels *rels,
                           const char *type); /* the first, or NULL */
void hg_rels_release(hg_rels *rels);

#endif
