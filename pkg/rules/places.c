/* places - where the rows of a table came from */
#include "rules/places.h"

#include <stdlib.h>
#include <string.h>

/* A sheet, or a text, that rows came from. */
typedef struct source {
    const char *file;
    uint32_t number;
    char *sheet; /* NULL for a text */
} source;

struct hg_places {
    source *sources; /* the last is that of the rows at hand */
    size_t n;
    bool located;
    uint64_t from;  /* row of the first row of this run; 0 not known */
    uint64_t first; /* its number; 0: it is yet to come */
    hg_notes *notes;
};

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

hg_status hg_places_from(hg_places *places, const char *file, const hg_origin *at,
                         bool located, hg_err *err)
{
    places->located = located;
    places->from = at->row;
    places->first = 0;
    if (places->n > 0 && same_source(&places->sources[places->n - 1], file, at))
        return HG_OK;
    source *sources = realloc(places->sources, (places->n + 1) * sizeof *sources);
    if (!sources)
        return hg_fail_nomem(err);
    places->sources = sources;
    source s = { file, at->source, at->sheet ? strdup(at->sheet) : NULL };
    if (at->sheet && !s.sheet)
        return hg_fail_nomem(err);
    sources[places->n++] = s;
    return HG_OK;
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

hg_status hg_places_note(hg_places *places, uint64_t number, hg_slice at,
                         const hg_slice *texts, hg_err *err)
{
    if (!places->notes)
        return HG_OK;
    hg_place place = hg_places_at(places, number, at, 0);
    hg_note note = { number, place.row, place.col, place.index, texts };
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
    hg_status st = noted ? hg_notes_new(&places->notes, texts, budget, err) : HG_OK;
    if (st != HG_OK) {
        free(places);
        *out = NULL;
    }
    return st;
}

void hg_places_free(hg_places *places)
{
    if (!places)
        return;
    for (size_t i = 0; i < places->n; i++)
        free(places->sources[i].sheet);
    free(places->sources);
    hg_notes_free(places->notes);
    free(places);
}
