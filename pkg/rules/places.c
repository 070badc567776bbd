/* places - where the rows of a table came from */
#include "rules/places.h"
#include "base/pack.h"
#include "rules/journal.h"

#include <stdlib.h>
#include <string.h>

/* A sheet, or a text, that rows came from. */
typedef struct source {
    const char *file;
    uint32_t number;
    char *sheet; /* NULL for a text */
    char *own;   /* file, where it is kept here */
} source;

struct hg_places {
    source *sources; /* the last is that of the rows at hand */
    size_t n;
    bool located;
    bool followed; /* a row of this run was noted, and those after it follow */
    uint64_t from;  /* row of the first row of this run; 0 not known */
    uint64_t first; /* its number; 0: it is yet to come */
    hg_notes *notes;
    size_t texts;
    hg_slice *texts_read;
    hg_journal *journal;
    unsigned id; /* in it */
};

enum { SOURCE, NOTE }; /* records of the journal */

bool hg_cell_read(hg_slice text, uint64_t *row, uint32_t *col)
{
    size_t i = 0, letters;
    *row = 0;
    *col = 0;
    for (; i < text.n && i < 3 && text.p[i] >= 'A' && text.p[i] <= 'Z'; i++)
        *col = *col * 26 + (uint32_t)(text.p[i] - 'A' + 1);
    letters = i;
    for (; i < text.n && i < letters + 15 && (unsigned char)(text.p[i] - '0') < 10; i++)
        *row = *row * 10 + (uint64_t)(text.p[i] - '0');
    return letters > 0 && *row > 0 && i == text.n;
}

static bool same_source(const source *s, const char *file, const hg_origin *at)
{
    return s->file == file && s->number == at->source && !s->sheet == !at->sheet &&
           (!at->sheet || strcmp(s->sheet, at->sheet) == 0);
}

static hg_status add_source(hg_places *places, source s, hg_err *err)
{
    source *sources = realloc(places->sources, (places->n + 1) * sizeof *sources);
    if (sources)
        places->sources = sources;
    s.sheet = s.sheet ? strdup(s.sheet) : NULL;
    if (!sources) {
        free(s.sheet);
        return hg_fail_nomem(err);
    }
    sources[places->n++] = s;
    return HG_OK;
}

static hg_status write_source(const hg_places *places, hg_err *err)
{
    const source *s = &places->sources[places->n - 1];
    hg_buf *record = hg_journal_begin(places->journal, places->id);
    hg_pack_number(record, SOURCE);
    hg_pack_number(record, s->number);
    hg_pack_text(record, (hg_slice){ s->file, s->file ? strlen(s->file) : 0 });
    hg_pack_text(record, (hg_slice){ s->sheet, s->sheet ? strlen(s->sheet) : 0 });
    return hg_journal_end(places->journal, err);
}

hg_status hg_places_from(hg_places *places, const char *file, const hg_origin *at,
                         bool located, hg_err *err)
{
    places->located = located;
    places->from = at->row;
    places->first = 0;
    places->followed = false;
    if (places->n > 0 && same_source(&places->sources[places->n - 1], file, at))
        return HG_OK;
    source s = { file, at->source, (char *)(uintptr_t)at->sheet, NULL };
    hg_status st = add_source(places, s, err);
    if (st == HG_OK && hg_journal_writes(places->journal))
        st = write_source(places, err);
    return st;
}

void hg_places_first(hg_places *places, uint64_t number)
{
    if (places->first == 0)
        places->first = number;
}

bool hg_places_located(const hg_places *places)
{
    return places->located;
}

hg_place hg_places_of(const hg_places *places, uint32_t index)
{
    const source *s = &places->sources[index];
    return (hg_place){ s->file, s->sheet, s->number, index, 0, 0 };
}

hg_place hg_places_any(const hg_places *places)
{
    return places && places->n > 0 ? (hg_place){ .file = places->sources[0].file } : (hg_place){ 0 };
}

hg_place hg_places_at(const hg_places *places, uint64_t number, hg_slice at, size_t column)
{
    hg_place place = hg_places_of(places, (uint32_t)(places->n - 1));
    if (places->located) {
        hg_cell_read(at, &place.row, &place.col);
    } else if (places->from > 0) {
        place.row = places->from + (number - places->first);
        place.col = (uint32_t)column;
    }
    return place;
}

static hg_status write_note(const hg_places *places, const hg_note *note, hg_err *err)
{
    hg_buf *record = hg_journal_begin(places->journal, places->id);
    hg_pack_number(record, NOTE);
    hg_pack_number(record, note->number);
    hg_pack_number(record, note->place);
    hg_pack_number(record, note->row);
    hg_pack_number(record, note->col);
    for (size_t i = 0; i < places->texts; i++)
        hg_pack_text(record, note->texts[i]);
    return hg_journal_end(places->journal, err);
}

hg_status hg_places_note(hg_places *places, uint64_t number, hg_slice at,
                         const hg_slice *texts, hg_err *err)
{
    bool told = places->located || !places->followed;
    for (size_t i = 0; i < places->texts && !told; i++)
        told = texts[i].p != NULL;
    if (!places->notes || !told)
        return HG_OK;
    places->followed = true;
    hg_place place = hg_places_at(places, number, at, 0);
    hg_note note = { number, place.row, place.col, place.index, texts };
    if (!hg_notes_news(places->notes, &note))
        return HG_OK;
    return hg_journal_writes(places->journal) ? write_note(places, &note, err)
                                              : hg_notes_add(places->notes, &note, err);
}

static hg_status replay_source(hg_places *places, hg_slice record, hg_err *err)
{
    uint32_t number = (uint32_t)hg_unpack_number(&record);
    hg_slice file = hg_unpack_text(&record), sheet = hg_unpack_text(&record);
    char *own = file.p ? strndup(file.p, file.n) : NULL,
         *copy = sheet.p ? strndup(sheet.p, sheet.n) : NULL;
    hg_status st = (file.p && !own) || (sheet.p && !copy)
                       ? hg_fail_nomem(err)
                       : add_source(places, (source){ own, number, copy, own }, err);
    if (st != HG_OK)
        free(own);
    free(copy);
    return st;
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_places *places = self;
    if (hg_unpack_number(&record) == SOURCE)
        return replay_source(places, record, err);
    hg_note note = { .number = hg_unpack_number(&record) + before.rows,
                     .texts = places->texts_read };
    note.place = (uint32_t)hg_unpack_number(&record) + before.places;
    note.row = hg_unpack_number(&record);
    note.col = (uint32_t)hg_unpack_number(&record);
    for (size_t i = 0; i < places->texts; i++)
        places->texts_read[i] = hg_unpack_text(&record);
    if (!places->notes || note.place >= places->n)
        return hg_journal_wrong(err);
    return hg_notes_add(places->notes, &note, err);
}

hg_status hg_places_find(hg_places *places, uint64_t number, size_t column, hg_place *place,
                         const hg_slice **texts, hg_err *err)
{
    hg_note note;
    hg_status st = hg_notes_find(places->notes, number, &note, err);
    if (st != HG_OK)
        return st;
    *place = hg_places_of(places, note.place);
    place->row = note.row;
    place->col = note.col > 0 || note.row == 0 ? note.col : (uint32_t)column;
    *texts = note.texts;
    return HG_OK;
}

hg_status hg_places_new(hg_places **out, bool noted, size_t texts, hg_budget *budget,
                        hg_err *err)
{
    hg_places *places = *out = calloc(1, sizeof *places);
    if (!places)
        return hg_fail_nomem(err);
    places->journal = budget->journal;
    places->texts = texts;
    places->texts_read = calloc(texts + 1, sizeof *places->texts_read);
    hg_status st = !places->texts_read ? hg_fail_nomem(err)
                   : noted ? hg_notes_new(&places->notes, texts, budget, err)
                           : HG_OK;
    if (st == HG_OK)
        st = hg_journal_join(places->journal, replay, places, &places->id, err);
    if (st != HG_OK) {
        hg_places_free(places);
        *out = NULL;
    }
    return st;
}

uint32_t hg_places_count(const hg_places *places)
{
    return (uint32_t)places->n;
}

void hg_places_free(hg_places *places)
{
    if (!places)
        return;
    for (size_t i = 0; i < places->n; i++) {
        free(places->sources[i].sheet);
        free(places->sources[i].own);
    }
    free(places->texts_read);
    free(places->sources);
    hg_notes_free(places->notes);
    free(places);
}
