/* opc - the parts of an Office Open XML file and how they refer to each other */
#include "workbook/opc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct hg_opc {
    hg_zip *zip;
    char *name;
    uint64_t max; /* bytes that one part may inflate to */
};

struct hg_part {
    hg_zip *zip;
    hg_xml *xml;
    char *name;
};

static const hg_xml_space rel_spaces[] = {
    { 'p', "http://schemas.openxmlformats.org/package/2006/relationships" },
    { 0, NULL },
};

void hg_opc_free(hg_opc *opc)
{
    if (!opc)
        return;
    hg_zip_free(opc->zip);
    free(opc->name);
    free(opc);
}

static uint64_t inflated_limit(int fd)
{
    struct stat st;
    uint64_t bytes = fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
    if (bytes > HG_OPC_MAX_BYTES / HG_OPC_MAX_RATIO)
        return HG_OPC_MAX_BYTES;
    bytes *= HG_OPC_MAX_RATIO;
    return bytes > HG_OPC_MAX_PART ? bytes : HG_OPC_MAX_PART;
}

hg_status hg_opc_open(hg_opc **out, int fd, const char *name, hg_err *err)
{
    hg_opc *opc = *out = calloc(1, sizeof *opc);
    if (!opc)
        return hg_fail_nomem(err);
    opc->name = strdup(name);
    opc->max = inflated_limit(fd);
    hg_status st = opc->name ? hg_zip_open(&opc->zip, fd, name, err) : hg_fail_nomem(err);
    if (st != HG_OK) {
        hg_opc_free(opc);
        *out = NULL;
    }
    return st;
}

const char *hg_opc_name(const hg_opc *opc)
{
    return opc->name;
}

/* A letter in small, a slash upright. */
static char plain(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c == '\\' ? '/' : c;
}

/* The same name, whatever the case, the slashes, and a slash before it? */
static bool same_name(const char *member, const char *part)
{
    if (plain(*member) == '/')
        member++;
    for (; *member && plain(*member) == plain(*part); member++, part++)
        ;
    return *member == *part;
}

/* The member that holds a part, the same letters before another case; SIZE_MAX: none. */
static size_t find(const hg_opc *opc, const char *part)
{
    size_t found = SIZE_MAX;
    for (size_t i = hg_zip_members(opc->zip); i-- > 0;) {
        const char *member = hg_zip_member(opc->zip, i);
        if (strcmp(member, part) == 0)
            return i;
        if (same_name(member, part))
            found = i;
    }
    return found;
}

bool hg_opc_has(const hg_opc *opc, const char *part)
{
    return find(opc, part) != SIZE_MAX;
}

hg_status hg_part_open(hg_part **out, hg_opc *opc, const char *name,
                       const hg_xml_space *spaces, const hg_xml_events *events, void *ctx,
                       const hg_loc *loc, hg_err *err)
{
    size_t i = find(opc, name);
    *out = NULL;
    if (i == SIZE_MAX)
        return hg_fail(err, HG_EINPUT, loc, "its part %s is missing", name);
    hg_part *part = calloc(1, sizeof *part);
    if (!part || !(part->name = strdup(name))) {
        free(part);
        return hg_fail_nomem(err);
    }
    part->zip = opc->zip;
    hg_status st = hg_zip_enter(opc->zip, i, opc->max, err);
    if (st == HG_OK)
        st = hg_xml_new(&part->xml, spaces, events, ctx, loc, part->name, err);
    if (st == HG_OK)
        *out = part;
    else
        hg_part_free(part);
    return st;
}

hg_status hg_part_fetch(hg_part *part, hg_slice *piece, hg_err *err)
{
    const void *bytes = NULL;
    size_t n = 0;
    hg_status st = hg_zip_read(part->zip, &bytes, &n, err);
    *piece = (hg_slice){ bytes, n };
    return st;
}

hg_status hg_part_feed(hg_part *part, hg_slice piece, bool last, hg_err *err)
{
    return hg_xml_feed(part->xml, piece.p, piece.n, last, err);
}

void hg_part_pass(hg_part *part, hg_slice piece)
{
    hg_xml_pass(part->xml, piece);
}

hg_status hg_part_step(hg_part *part, hg_err *err)
{
    hg_slice piece;
    hg_status st = hg_part_fetch(part, &piece, err);
    if (st == HG_OK)
        return hg_part_feed(part, piece, false, err);
    if (st != HG_END)
        return st;
    st = hg_part_feed(part, (hg_slice){ 0 }, true, err);
    return st == HG_OK ? HG_END : st;
}

void hg_part_free(hg_part *part)
{
    if (!part)
        return;
    hg_xml_free(part->xml);
    free(part->name);
    free(part);
}

hg_status hg_opc_read(hg_opc *opc, const char *name, const hg_xml_space *spaces,
                      const hg_xml_events *events, void *ctx, hg_err *err)
{
    hg_loc loc = { .file = opc->name };
    hg_part *part;
    hg_status st = hg_part_open(&part, opc, name, spaces, events, ctx, &loc, err);
    while (st == HG_OK)
        st = hg_part_step(part, err);
    hg_part_free(part);
    return st == HG_END ? HG_OK : st;
}

/* Take the last segment off a path of n bytes; returns what is left of n. */
static size_t parent(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/')
        n--;
    return n;
}

/* Resolve a target against the folder of the part that names it. NULL: out of memory. */
static char *resolve(const char *part, const char *target)
{
    size_t n = *target == '/' ? 0 : parent(part, strlen(part));
    char *path = malloc(n + strlen(target) + 1);
    if (!path)
        return NULL;
    memcpy(path, part, n);
    while (*target) {
        size_t len = strcspn(target, "/\\");
        if (len == 2 && memcmp(target, "..", 2) == 0) {
            n = n > 0 ? parent(path, n - 1) : 0;
        } else if (len > 0 && !(len == 1 && *target == '.')) {
            memcpy(path + n, target, len);
            n += len;
            if (target[len])
                path[n++] = '/';
        }
        target += len + (target[len] != '\0');
    }
    path[n] = '\0';
    return path;
}

typedef struct reading {
    hg_rels *rels;
    const hg_opc *opc;
    const char *part;
} reading;

static hg_status add(reading *r, const char *id, const char *type, const char *target,
                     hg_err *err)
{
    hg_rels *rels = r->rels;
    hg_loc loc = { .file = r->opc->name };
    if (rels->n == HG_OPC_MAX_RELS)
        return hg_fail(err, HG_EINPUT, &loc, "more than %u relationships of one part",
                       HG_OPC_MAX_RELS);
    if (rels->n == rels->cap) {
        size_t cap = rels->cap ? rels->cap * 2 : 16;
        hg_rel *list = realloc(rels->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        rels->list = list;
        rels->cap = cap;
    }
    const char *segment = strrchr(type, '/');
    hg_rel rel = { .id = strdup(id), .type = strdup(segment ? segment + 1 : type) };
    if (target)
        rel.target = resolve(r->part, target);
    rels->list[rels->n++] = rel;
    return rel.id && rel.type && (rel.target || !target) ? HG_OK : hg_fail_nomem(err);
}

static hg_status on_rel(void *ctx, char space, const char *name,
                        const hg_xml_attrs *attrs, hg_err *err)
{
    if (space != 'p' || strcmp(name, "Relationship") != 0)
        return HG_OK;
    const char *id = hg_xml_attr(attrs, 0, "Id"), *type = hg_xml_attr(attrs, 0, "Type");
    const char *target = hg_xml_attr(attrs, 0, "Target"),
               *mode = hg_xml_attr(attrs, 0, "TargetMode");
    if (!id || !type || !target)
        return HG_OK;
    return add(ctx, id, type, mode && strcmp(mode, "External") == 0 ? NULL : target, err);
}

static int compare_ids(const void *a, const void *b)
{
    const hg_rel *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

static hg_status sort_ids(hg_rels *rels, hg_err *err)
{
    if (rels->n == 0)
        return HG_OK;
    rels->by_id = malloc(rels->n * sizeof *rels->by_id);
    if (!rels->by_id)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < rels->n; i++)
        rels->by_id[i] = &rels->list[i];
    qsort(rels->by_id, rels->n, sizeof *rels->by_id, compare_ids);
    return HG_OK;
}

hg_status hg_opc_rels(hg_rels *rels, hg_opc *opc, const char *part, hg_err *err)
{
    static const hg_xml_events events = { .start = on_rel };
    reading r = { rels, opc, part };
    size_t folder = parent(part, strlen(part)),
           size = strlen(part) + sizeof "_rels/.rels";
    char *name = malloc(size);
    hg_status st = HG_OK;

    *rels = (hg_rels){ 0 };
    if (!name)
        return hg_fail_nomem(err);
    snprintf(name, size, "%.*s_rels/%s.rels", (int)folder, part, part + folder);
    if (hg_opc_has(opc, name))
        st = hg_opc_read(opc, name, rel_spaces, &events, &r, err);
    free(name);
    return st == HG_OK ? sort_ids(rels, err) : st;
}

const hg_rel *hg_rels_id(const hg_rels *rels, const char *id)
{
    size_t from = 0, to = rels->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(rels->by_id[middle]->id, id) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < rels->n && strcmp(rels->by_id[from]->id, id) == 0;
    return found ? rels->by_id[from] : NULL;
}

const hg_rel *hg_rels_type(const hg_rels *rels, const char *type)
{
    for (size_t i = 0; i < rels->n; i++)
        if (rels->list[i].target && strcmp(rels->list[i].type, type) == 0)
            return &rels->list[i];
    return NULL;
}

void hg_rels_release(hg_rels *rels)
{
    for (size_t i = 0; i < rels->n; i++) {
        free(rels->list[i].id);
        free(rels->list[i].type);
        free(rels->list[i].target);
    }
    free(rels->list);
    free(rels->by_id);
    *rels = (hg_rels){ 0 };
}
