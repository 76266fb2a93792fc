"""What the user said of folds: lines of a source, and phrases."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from desktop_app.core.folding import FoldRule, Phrase, Verdict
from desktop_app.store.columns import words_key
from desktop_app.store.tables import fold_phrase, fold_rule


class ReadFoldRules:
    """The user's rules as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[FoldRule]:
        """All rules on lines, by source and line."""
        order = (fold_rule.c.source_key, fold_rule.c.line)
        rows = self._connection.execute(select(fold_rule).order_by(*order))
        return [FoldRule(row.source, row.line, Verdict(row.verdict)) for row in rows]

    def of_source(self, source: str) -> dict[str, Verdict]:
        """The verdicts on the lines of a source, by line."""
        return self.of_key(words_key(source))

    def of_key(self, source_key: str) -> dict[str, Verdict]:
        """The verdicts on the lines of the source with that key."""
        rows = select(fold_rule).where(fold_rule.c.source_key == source_key)
        return {row.line: Verdict(row.verdict) for row in self._connection.execute(rows)}

    def phrases(self) -> list[Phrase]:
        """The user's own phrases, and those of the product that are switched off."""
        rows = self._connection.execute(select(fold_phrase).order_by(fold_phrase.c.phrase))
        return [Phrase(row.kind, row.phrase, bool(row.active)) for row in rows]


class FoldRules(ReadFoldRules):
    """The user's rules, to be changed inside a transaction."""

    def set(self, source: str, line: str, verdict: Verdict | None) -> None:
        """Say what becomes of a normalised line of a source; None takes back what was said."""
        key = words_key(source)
        self._connection.execute(
            delete(fold_rule).where(fold_rule.c.source_key == key, fold_rule.c.line == line)
        )
        if verdict is not None:
            row = {"source_key": key, "source": source, "line": line, "verdict": verdict.value}
            self._connection.execute(insert(fold_rule), [row])

    def set_phrase(self, phrase: str, as_: Phrase | None) -> None:
        """Keep a phrase, or with None forget it."""
        self._connection.execute(delete(fold_phrase).where(fold_phrase.c.phrase == phrase))
        if as_ is not None:
            row = {"kind": as_.kind, "phrase": as_.phrase, "active": int(as_.active)}
            self._connection.execute(insert(fold_phrase), [row])
