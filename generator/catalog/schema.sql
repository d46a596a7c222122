-- The state file: everything in it is derived from the sources and may be deleted at any time.

CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Read from one source each ------------------------------------------------

CREATE TABLE source (
    path TEXT PRIMARY KEY, role TEXT NOT NULL, board TEXT NOT NULL, topic TEXT NOT NULL, language TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    digest BLOB NOT NULL, recipe BLOB NOT NULL, young INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX source_owner ON source (role, topic);
CREATE INDEX source_board ON source (board, role);

-- The folders of the sources as they were last listed.
CREATE TABLE folder (name TEXT PRIMARY KEY, names BLOB NOT NULL, dates BLOB NOT NULL) WITHOUT ROWID;

-- What a source says; apart from `source`, so that a scan passes over short rows only.
CREATE TABLE document (source TEXT PRIMARY KEY, head BLOB, lost BLOB NOT NULL, entries BLOB NOT NULL);

-- `uses` counts the sources that show it.
CREATE TABLE html (digest BLOB PRIMARY KEY, uses INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX html_unused ON html (uses) WHERE uses <= 0;

CREATE TABLE problem (
    scope TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL, field TEXT NOT NULL,
    message TEXT NOT NULL, hint TEXT NOT NULL, severity TEXT NOT NULL
);
CREATE INDEX problem_scope ON problem (scope);

-- Derived from all sources together ----------------------------------------

-- What pages read, under the key that is touched when it changes.
CREATE TABLE fact (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE board (key TEXT PRIMARY KEY, parent TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;

-- One row a topic or plain page, visible or not; a `covered` one has a picture, or is hidden, so that none is drawn;
-- `folded` is its address as a case-folding file system sees it.
CREATE TABLE topic (
    key TEXT PRIMARY KEY, board TEXT NOT NULL, base TEXT NOT NULL, language TEXT NOT NULL, path TEXT NOT NULL,
    address TEXT NOT NULL, folded TEXT NOT NULL, visible INTEGER NOT NULL, standing INTEGER NOT NULL,
    listed INTEGER NOT NULL, covered INTEGER NOT NULL, pages INTEGER NOT NULL, replies INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX topic_board ON topic (board, standing, listed, replies);
CREATE INDEX topic_folded ON topic (folded, path);
CREATE INDEX topic_base ON topic (base);

-- An owner is a topic ("topic/KEY"), a board's or a member's own text ("board/KEY", "member/KEY").
-- A row is a page of entries; `later` finds those that are not on the first.
CREATE TABLE placed (owner TEXT NOT NULL, page INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (owner, page));
CREATE TABLE later (
    owner TEXT NOT NULL, id TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (owner, id)
) WITHOUT ROWID;

-- Ordered lists. A long one is cut into stretches, each from a place on, so that any part of it is found fast.
CREATE TABLE list (scope TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE listing (
    scope TEXT NOT NULL, at INTEGER NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (scope, at, item)
) WITHOUT ROWID;
CREATE TABLE stretch (
    scope TEXT NOT NULL, at INTEGER NOT NULL, item TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (scope, at, item)
) WITHOUT ROWID;

-- What an owner makes findable: members and tags by name, topics by title, files by path, old addresses.
CREATE TABLE named (
    family TEXT NOT NULL, folded TEXT NOT NULL, value TEXT NOT NULL, owner TEXT NOT NULL,
    PRIMARY KEY (family, folded, value, owner)
) WITHOUT ROWID;

-- How much was written in each month, of what sites show charts of.
CREATE TABLE tally (
    scope TEXT NOT NULL, month TEXT NOT NULL, topics INTEGER NOT NULL, replies INTEGER NOT NULL,
    PRIMARY KEY (scope, month)
) WITHOUT ROWID;

-- An owner's part of the lists, names and tallies, packed, to be compared with what it is to be.
CREATE TABLE made (owner TEXT PRIMARY KEY, data BLOB NOT NULL);

-- Members and tags by the address that they would like to have.
CREATE TABLE addressed (
    family TEXT NOT NULL, key TEXT NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL,
    PRIMARY KEY (family, key)
) WITHOUT ROWID;
CREATE INDEX addressed_slug ON addressed (family, slug, key);

-- What members did in a topic on a day (counted from the year 1), where badges, trust or top lists are wanted. A visitor
-- has no key but a name.
CREATE TABLE deed (
    topic TEXT NOT NULL, day INTEGER NOT NULL, member TEXT NOT NULL, visitor INTEGER NOT NULL, board TEXT NOT NULL,
    month TEXT NOT NULL, topics INTEGER NOT NULL, entries INTEGER NOT NULL, accepted INTEGER NOT NULL,
    votes INTEGER NOT NULL, reactions INTEGER NOT NULL, PRIMARY KEY (topic, day, member, visitor)
) WITHOUT ROWID;
CREATE INDEX deed_member ON deed (member, visitor, day);
CREATE INDEX deed_day ON deed (day);

-- How topics and members (`person` 1) stand in a month ("2026/11"), a year and in all (""): `more` counts the people in
-- a topic, a member's accepted answers.
CREATE TABLE standing (
    person INTEGER NOT NULL, item TEXT NOT NULL, period TEXT NOT NULL, score INTEGER NOT NULL, entries INTEGER NOT NULL,
    votes INTEGER NOT NULL, reactions INTEGER NOT NULL, more INTEGER NOT NULL, PRIMARY KEY (person, item, period)
) WITHOUT ROWID;
CREATE INDEX standing_score ON standing (person, period, score, item);

-- The sums of a member's deeds: in all, and by board, of which only the count of entries is needed.
CREATE TABLE merit (
    member TEXT PRIMARY KEY, topics INTEGER NOT NULL, entries INTEGER NOT NULL, accepted INTEGER NOT NULL,
    votes INTEGER NOT NULL, reactions INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE merit_board (
    member TEXT NOT NULL, board TEXT NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (member, board)
) WITHOUT ROWID;

-- When something is published or expires.
CREATE TABLE moment (owner TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (owner, at)) WITHOUT ROWID;
CREATE INDEX moment_at ON moment (at);

-- Search: one row an entry. Its number orders it, the best first, and names it (see `numbers`); `terms` are the
-- words by which it is found, each with a letter for how much it is about it; `facts` are what the browser is told
-- of it, which names, ranks and sorts it.
CREATE VIRTUAL TABLE search USING fts5(terms, detail = none, columnsize = 0, tokenize = "ascii tokenchars '+#'");
CREATE TABLE search_fact (row INTEGER PRIMARY KEY, facts BLOB NOT NULL);
CREATE VIRTUAL TABLE search_term USING fts5vocab(search, instance);
CREATE VIRTUAL TABLE search_count USING fts5vocab(search, row);

-- What an owner has in the index; `digest` is that of all that its row there depends on, `size` is that of its text in bytes.
CREATE TABLE search_entry (
    owner TEXT NOT NULL, number INTEGER NOT NULL, row INTEGER NOT NULL, digest BLOB NOT NULL,
    words INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (owner, number)
) WITHOUT ROWID;

-- A few entries of a topic that stand together, by the number that their text's file is found by.
CREATE TABLE search_part (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, part INTEGER NOT NULL);

-- How many entries have a word; the branches, each with how many entries its words point to; and the leaves, which
-- go from one branch to another of those on one.
CREATE TABLE search_word (word TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE search_branch (branch TEXT PRIMARY KEY, above TEXT NOT NULL, weight INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX search_branch_above ON search_branch (above, branch, weight);
CREATE TABLE search_leaf (first TEXT PRIMARY KEY, last TEXT NOT NULL, node TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX search_leaf_node ON search_leaf (node);

-- The ledger: which page read what -----------------------------------------

CREATE TABLE key (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, changed INTEGER NOT NULL);
CREATE INDEX key_changed ON key (changed) WHERE changed > 0;

-- Who read a key, and the other way round: what a node read, as the packed ids of the keys.
-- Units of the plan have negative nodes, artifacts positive ones.
CREATE TABLE trace (key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE TABLE reading (node INTEGER PRIMARY KEY, keys BLOB NOT NULL);

CREATE TABLE unit (
    node INTEGER PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, recipe BLOB NOT NULL,
    UNIQUE (kind, scope)
);

CREATE TABLE planned (
    folded TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, address TEXT NOT NULL, arg TEXT NOT NULL,
    source TEXT NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (folded, rank, source, kind, scope, address, arg)
) WITHOUT ROWID;
CREATE INDEX planned_unit ON planned (kind, scope);

CREATE TABLE artifact (
    node INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, arg TEXT NOT NULL,
    run INTEGER NOT NULL, claimed INTEGER NOT NULL,
    context BLOB, output BLOB, size INTEGER NOT NULL DEFAULT -1, mtime_ns INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX artifact_suspect ON artifact (kind, node) WHERE claimed = 1;
CREATE INDEX artifact_gone ON artifact (node) WHERE kind = '';

-- The recipe by which each kind of artifact was last made.
CREATE TABLE recipe (kind TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
