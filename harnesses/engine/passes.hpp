// The passes of shrinking. Each walks over the best case once and proposes simpler ones; shrink.cpp
// has their order. A pass must bear that every success changes what it walks over.
#pragma once

#include "harnesses/engine/descent.hpp"

namespace harness {

// ---- structure: fewer choices ----

// Everything from some point on becomes the simplest.
void cut_tail(Descent& descent);
// Spans go away, alone and in runs of neighbours.
void delete_spans(Descent& descent);
// A span becomes one of the same label inside it: a tree becomes its subtree.
void hoist_descendants(Descent& descent);
// A span becomes the simplest of its kind, and its remainder goes away.
void simplify_spans(Descent& descent);
// A number goes down together with as many neighbours as it counts.
void lower_and_delete(Descent& descent);
// A number goes down together with one span behind it: of what it counts, each has its own length.
void lower_and_delete_span(Descent& descent);
// A member of a list goes away, and numbers that count or point beyond it go down by one.
void delete_and_renumber(Descent& descent);
// A counted member goes away together with a span of a later list: an input, and what was decided
// about it.
void delete_from_two_lists(Descent& descent);
// A few choices go away wherever they stand: joins lists, repairs what has no spans.
void delete_chunks(Descent& descent);
// Of two neighbours that hold a number each, one goes away, and the other becomes their sum or a
// limit of its type.
void join_neighbours(Descent& descent);

// ---- values: smaller ranks ----

// Each choice goes down as far as it alone can.
void lower_each(Descent& descent);
// Equal choices go down together.
void lower_duplicates(Descent& descent);
// Of two numbers the first goes down, and the other as much down, or as much up; or the second
// moves to the other side of the first.
void move_pairs(Descent& descent);

// ---- order ----

// Neighbouring spans of one label come in order, the simplest first.
void sort_spans(Descent& descent);
// So do single choices of one type.
void swap_choices(Descent& descent);
// Two spans of one label change places anywhere, then all come in order: trees turn around.
void exchange_spans(Descent& descent);

}  // namespace harness
