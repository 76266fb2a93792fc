"""The tables of the library's database, as the newest migration leaves them.

Times are whole milliseconds since 1970 in UTC. A column named `*_key` holds folded words for
finding: one blank before, between and after them, so that LIKE '% word %' finds whole words; in
`authors_key` a `|` stands between two authors.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnClause,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal_column,
)

metadata = MetaData()

meta = Table(  # uuid, generation (new after each restore), created_at, last_backup_on, tags_changed
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

schema_step = Table(
    "schema_step",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("applied_at", Integer, nullable=False),
)

original = Table(
    "original",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("kept_at", Integer, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False),
    Column("authors", Text, nullable=False),  # JSON list
    Column("authors_key", Text, nullable=False),
    Column("source", Text),
    Column("source_key", Text, nullable=False),
    Column("url", Text),
    Column("published", Text),  # ISO, may be partial
    Column("published_first", Text),  # ISO day
    Column("published_last", Text),
    Column("language", Text),
    Column("origins", Text, nullable=False),  # JSON {fact: [kind, place, confidence]}
    Column("media_type", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("original", Text, ForeignKey("original.sha256"), nullable=False),
    Column("text_version", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("progress", Float, nullable=False),
    Column("position", Integer, nullable=False),
    Column("starred", Integer, nullable=False),
    Column("added_at", Integer, nullable=False),
    Column("changed_at", Integer, nullable=False),
    Column("trashed_at", Integer),
    UniqueConstraint("original", name="one_document_an_original"),
    sqlite_autoincrement=True,  # an id is never given twice: the index and old hits may still hold it
)
# These answer the sidebar and every order of the list without a look at the documents.
Index("document_by_state", document.c.state, document.c.starred, document.c.trashed_at)
Index("document_by_added", document.c.added_at, document.c.id, document.c.trashed_at)
Index("document_by_published", document.c.published_first, document.c.id, document.c.trashed_at)
Index("document_by_source", document.c.source_key)
Index("document_by_title", document.c.title_key, document.c.id.desc(), document.c.trashed_at)
Index("document_in_trash", document.c.id, sqlite_where=document.c.trashed_at.is_not(None))

text = Table(
    "text",
    metadata,
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Text, primary_key=True),
    Column("extractor", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("blocks", LargeBinary, nullable=False),  # JSON without the text, see store/texts.py
    Column("folds", Text, nullable=False),  # JSON list of [start, end, kind, rule]
    Column("made_at", Integer, nullable=False),
    # main: what the reader is shown first; whole: all of a web page of which main is the article;
    # old: made by an earlier extractor, kept because something hangs on it.
    Column("role", Text, nullable=False, server_default="main"),
    Column("chapters", Text, nullable=False, server_default="[]"),  # JSON [level, title, start]
    # See core/text.py: the same in texts that are equal, "" in one without a word.
    Column("digest", Text, nullable=False, server_default=""),
)
Index("text_by_digest", text.c.digest, text.c.document, text.c.version)

part = Table(  # what belongs to a document beside its original and its texts
    "part",
    metadata,
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    # companion: a file of a saved page's folder, its name the way to it; picture: made from the
    # original, its name empty; attachment: lies inside the original, and has no original of its own
    Column("role", Text, primary_key=True),
    Column("number", Integer, primary_key=True),  # from 0
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("original", Text, ForeignKey("original.sha256"), index=True),
    sqlite_with_rowid=False,
)

proposals = Table(  # what the file and its text propose as facts, best first
    "proposals",
    metadata,
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("items", Text, nullable=False),  # JSON list of [fact, value, kind, place, confidence]
)

lines = Table(  # of each text in use, what tells which lines a source repeats
    "lines",
    metadata,
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Text, nullable=False),  # of the text that they are of
    Column("keys", LargeBinary, nullable=False),  # see core/lines.py
    Column("folded_as", Text, nullable=False),  # what its folds were made from, see store/lines.py
)

refold_queue = Table(  # sources whose texts may have other folds now; filled by triggers only
    "refold_queue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_key", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

fold_rule = Table(  # what the user said of a line of one source
    "fold_rule",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_key", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("line", Text, nullable=False),  # as normalised
    Column("verdict", Text, nullable=False),  # never, always
    UniqueConstraint("source_key", "line"),
    sqlite_autoincrement=True,
)

fold_phrase = Table(  # the user's own phrases, and those of the product that are switched off
    "fold_phrase",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("phrase", Text, nullable=False, unique=True),
    Column("active", Integer, nullable=False),
    sqlite_autoincrement=True,
)

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Integer, nullable=False),
    Column("ended_at", Integer),
    Column("state", Text, nullable=False),  # see store/import_runs.py
    Column("paths", LargeBinary, nullable=False),  # joined by a zero, in the file system's coding
    Column("tag", Integer),
    Column("counts", Text, nullable=False),  # JSON {kind of outcome: how many}
    Column("undo_step", Integer),  # the step that takes it back
    sqlite_autoincrement=True,
)

import_outcome = Table(
    "import_outcome",
    metadata,
    Column("run", Integer, ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 0, in the order they were said
    Column("path", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document", Integer),
    Column("title", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

watched = Table(  # folders whose new files are imported while the window is open
    "watched",
    metadata,
    Column("path", LargeBinary, primary_key=True),
    Column("tag", Integer),
    Column("added_at", Integer, nullable=False),
)

watched_file = Table(  # the files of a watched folder that were taken, or were there before
    "watched_file",
    metadata,
    Column("folder", LargeBinary, ForeignKey("watched.path", ondelete="CASCADE"), primary_key=True),
    Column("path", LargeBinary, primary_key=True),  # below the folder
    Column("size", Integer, nullable=False),  # with the folder of a saved page
    Column("changed_ns", Integer, nullable=False),
    sqlite_with_rowid=False,
)

collection = Table(
    "collection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("active", Integer, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("author", Text, nullable=False, server_default=""),
    Column("licence", Text, nullable=False, server_default=""),
    Column("version", Text, nullable=False, server_default=""),
    Column("scheme", Text, nullable=False, server_default="postil"),
    Column("shown", Integer, nullable=False, server_default="1"),
    Column("locked", Integer, nullable=False, server_default="0"),
    Column("archived", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

tag = Table(
    "tag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("collection", Integer, ForeignKey("collection.id", ondelete="CASCADE"), nullable=False),
    Column("parent", Integer, ForeignKey("tag.id", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("aliases", Text, nullable=False),  # JSON, see core/tag_aliases.py
    Column("digit", Integer),  # 1-9: the key that gives the tag
    Column("pattern", Text, nullable=False, server_default="plain"),
    Column("letters", Text, nullable=False, server_default=""),
    Column("definition", Text, nullable=False, server_default=""),
    Column("use_when", Text, nullable=False, server_default=""),
    Column("not_when", Text, nullable=False, server_default=""),
    Column("examples", Text, nullable=False, server_default=""),
    Column("archived", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
Index("one_tag_a_digit", tag.c.collection, tag.c.digit, unique=True)
Index(
    "one_name_among_siblings",
    tag.c.collection,
    func.coalesce(tag.c.parent, 0),
    tag.c.name_key,
    unique=True,
)

tagging = Table(
    "tagging",
    metadata,
    Column("tag", Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("tagged_at", Integer, nullable=False),
    Index("tagging_by_document", "document", "tag"),
    sqlite_with_rowid=False,
)

tag_count = Table(  # of each tag itself, kept by triggers only, see store/migrations
    "tag_count",
    metadata,
    Column("tag", Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Column("documents", Integer, nullable=False),  # outside the trash, by themselves or a highlight
    Column("highlights", Integer, nullable=False),
)

tag_link = Table(  # see TagLink in core/model.py
    "tag_link",
    metadata,
    Column("one", Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "other", Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)

tag_redirect = Table(  # which tag a uuid means now that was of one that went up in it
    "tag_redirect",
    metadata,
    Column("uuid", Text, primary_key=True),
    Column("tag", Integer, ForeignKey("tag.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

tag_bin = Table(  # deleted tags and collections, see Binned in core/model.py
    "tag_bin",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("tags", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("highlights", Integer, nullable=False),
    Column("deleted_at", Integer, nullable=False),
    Column("steps", Text, nullable=False),
    sqlite_autoincrement=True,
)

highlight = Table(  # see core/highlights.py
    "highlight",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    # The anchor. The text of its version is kept for as long as the highlight is.
    Column("version", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("past", Integer, nullable=False),  # the code point behind the last
    Column("quote", Text, nullable=False),
    Column("text_before", Text, nullable=False),
    Column("text_after", Text, nullable=False),
    Column("page", Integer),
    Column("quads", Text, nullable=False),  # JSON list of eight numbers each
    Column("colour", Text, nullable=False),
    Column("style", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("words_key", Text, nullable=False),  # of the quote and the note
    Column("made_at", Integer, nullable=False),
    Column("changed_at", Integer, nullable=False),
    # Where it stands in the text in use; store/placing.py keeps it. A lost one: where it was marked.
    Column("place_first", Integer, nullable=False),
    Column("place_past", Integer, nullable=False),
    Column("how", Text, nullable=False),
    sqlite_autoincrement=True,
)
# Each order and count of the list of all highlights is one of these, walked from end to end.
Index("highlight_in_document", highlight.c.id, highlight.c.document, unique=True)
Index("highlight_by_document", highlight.c.document, highlight.c.place_first)
Index("highlight_by_made", highlight.c.made_at, highlight.c.id, highlight.c.document)
Index("highlight_by_changed", highlight.c.changed_at, highlight.c.id, highlight.c.document)
Index(
    "highlight_by_colour",
    highlight.c.colour,
    highlight.c.style,
    highlight.c.document,
    highlight.c.place_first,
)
Index("highlight_by_how", highlight.c.how, highlight.c.document)
Index("highlight_with_note", highlight.c.document, sqlite_where=highlight.c.note != "")
# Written out, since SQLite knows the index again by the letters of the expression.
quote_start: ColumnClause[str] = literal_column("substr(words_key, 1, 48)", Text)
Index("highlight_by_quote", quote_start, highlight.c.document, highlight.c.place_first)

placement = (
    Table(  # where highlights stand in texts that they were not made on; see store/placing.py
        "placement",
        metadata,
        Column(
            "highlight", Integer, ForeignKey("highlight.id", ondelete="CASCADE"), primary_key=True
        ),
        Column("version", Text, primary_key=True),
        Column("first", Integer, nullable=False),  # 0 for a lost one
        Column("past", Integer, nullable=False),
        Column("how", Text, nullable=False),  # position, quote, context, close, lost
        sqlite_with_rowid=False,
    )
)

highlight_tagging = Table(
    "highlight_tagging",
    metadata,
    Column("tag", Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Column("highlight", Integer, primary_key=True),
    Column("document", Integer, nullable=False),  # of the highlight, so that tags count documents
    Column("tagged_at", Integer, nullable=False),
    ForeignKeyConstraint(
        ["highlight", "document"], ["highlight.id", "highlight.document"], ondelete="CASCADE"
    ),
    Index("highlight_tagging_by_highlight", "highlight", "tag"),
    Index("highlight_tagging_by_document", "document", "tag"),
    sqlite_with_rowid=False,
)

document_note = Table(  # the note on a whole document; no row where there is none
    "document_note",
    metadata,
    Column("document", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("note", Text, nullable=False),
    Column("changed_at", Integer, nullable=False),
)

saved_search = Table(  # see store/saved_searches.py
    "saved_search",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # as it was typed
    Column("grammar", Integer, nullable=False),  # of the language it was typed in
    Column("position", Integer, nullable=False),  # in the sidebar, from 0
    Column("looked_at", Integer),
    Column("looked", LargeBinary),  # what it gave when it was last looked at, see packed_ids.py
    sqlite_autoincrement=True,
)

search_history = Table(
    "search_history",
    metadata,
    Column("query", Text, primary_key=True),
    Column("used_at", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Index("search_history_by_used", "used_at"),
    sqlite_with_rowid=False,
)

name_family = Table(
    "name_family",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    sqlite_autoincrement=True,
)

name_spelling = Table(  # a spelling is of one family only
    "name_spelling",
    metadata,
    # The key first: integrity_check of SQLite mistakes the columns of such a table otherwise.
    Column("forms", Text, primary_key=True),  # folded words, a blank between two
    Column(
        "family",
        Integer,
        ForeignKey("name_family.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sqlite_with_rowid=False,
)

concordance = Table(  # what was gone through, by the query whose lines these are
    "concordance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("query", Text, nullable=False, unique=True),
    Column("width", Integer, nullable=False),
    Column("made_at", Integer, nullable=False),
    sqlite_autoincrement=True,
)

concordance_line = Table(
    "concordance_line",
    metadata,
    Column(
        "concordance", Integer, ForeignKey("concordance.id", ondelete="CASCADE"), primary_key=True
    ),
    Column(
        "document",
        Integer,
        ForeignKey("document.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("key", Integer, primary_key=True),  # what a line is known again by; 64 bits, signed
    Column("state", Integer, nullable=False),  # 0 known, 1 seen, 2 irrelevant, 3 tagged
    sqlite_with_rowid=False,
)

index_queue = Table(  # filled by triggers only, see store/migrations
    "index_queue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

undo_step = Table(
    "undo_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # "Tag 3 documents “siege”"
    Column("done_at", Integer, nullable=False),
    Column("undone", Integer, nullable=False),  # 0: can be undone; 1: can be redone
    Column("commands", Text, nullable=False),  # JSON, the library's to write and to read
    sqlite_autoincrement=True,
)
