package io.dcssync.source;

import java.util.BitSet;
import java.util.List;

/**
 * A page that the walk has taken.
 *
 * @param offset where in the list it was asked for
 * @param ids of its entries, in their order; null for one that has none
 * @param held where the entries stand whose content is what the ledger holds, once the page is stored
 * @param askedAt a time by the clock of the ledger that lies before the answer
 */
record TakenPage(int offset, ListedPage page, List<String> ids, BitSet held, String askedAt) {}
