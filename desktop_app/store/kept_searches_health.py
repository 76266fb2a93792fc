"""Look at saved searches, name families and concordances, and put right what can be without a loss.

verify.py says what is found here; mending.py calls what puts it right.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, func, select, update

from desktop_app.core.line_states import LineState
from desktop_app.core.name_families import spelling_key
from desktop_app.store.columns import among
from desktop_app.store.findings import Finding, Mending, there_are
from desktop_app.store.packed_ids import unpack_ids
from desktop_app.store.tables import (
    concordance,
    concordance_line,
    document,
    name_family,
    name_spelling,
    saved_search,
)

_STATES = tuple(int(state) for state in LineState)


def findings_of_searches(connection: Connection) -> Iterator[Finding]:
    """What is wrong with what a person has kept of searching."""
    unreadable = len(_unreadable(connection))
    if unreadable:
        yield Finding(
            "It cannot be read what was looked at of"
            f" {'1 saved search' if unreadable == 1 else f'{unreadable:,} saved searches'}.",
            "Its name and its query are safe; repairing lets nothing of it count as new.",
            Mending.SEARCHES,
        )
    stale = len(_stale_spellings(connection))
    if stale:
        yield Finding(
            f"{there_are(stale, 'spelling')} of a name that would not be found.",
            "Nothing is lost; repairing puts it right.",
            Mending.FAMILIES,
        )
    lonely = len(_lonely_families(connection))
    if lonely:
        yield Finding(
            f"{there_are(lonely, 'name')} with fewer than two spellings.",
            "Repairing takes it away; a spelling alone is found as it is.",
            Mending.FAMILIES,
        )
    strange = connection.execute(
        select(func.count())
        .select_from(concordance_line)
        .where(concordance_line.c.state.not_in(_STATES))
    ).scalar_one()
    if strange:
        yield Finding(
            f"{there_are(strange, 'line')} of a concordance marked in no known way.",
            "Repairing lets it be a line that was not yet seen.",
            Mending.CONCORDANCES,
        )


def mend_searches(connection: Connection) -> None:
    """Forget what was looked at where it cannot be read."""
    this = saved_search.c.id
    gone = among(this, _unreadable(connection))
    connection.execute(update(saved_search).where(gone).values(looked_at=None, looked=None))


def mend_families(connection: Connection) -> None:
    """Write spellings as they are looked for, and take away what is no family."""
    families = select(name_family.c.id)
    connection.execute(delete(name_spelling).where(name_spelling.c.family.not_in(families)))
    for forms, right in _stale_spellings(connection):
        taken = connection.execute(
            select(name_spelling.c.family).where(name_spelling.c.forms == right)
        ).scalar()
        this = name_spelling.c.forms == forms
        if right and taken is None:
            connection.execute(update(name_spelling).where(this).values(forms=right))
        else:
            connection.execute(delete(name_spelling).where(this))
    connection.execute(
        delete(name_family).where(among(name_family.c.id, _lonely_families(connection)))
    )


def mend_concordances(connection: Connection) -> None:
    """Take away lines of what is gone, and let strange ones be unseen."""
    connection.execute(
        delete(concordance_line).where(
            concordance_line.c.concordance.not_in(select(concordance.c.id))
            | concordance_line.c.document.not_in(select(document.c.id))
        )
    )
    strange = concordance_line.c.state.not_in(_STATES)
    unseen = int(LineState.KNOWN)
    connection.execute(update(concordance_line).where(strange).values(state=unseen))


def _unreadable(connection: Connection) -> list[int]:
    found = []
    for row in connection.execute(
        select(saved_search.c.id, saved_search.c.looked_at, saved_search.c.looked)
    ):
        try:
            if (row.looked is None) != (row.looked_at is None):
                found.append(row.id)
            elif row.looked is not None:
                unpack_ids(row.looked)
        except ValueError:
            found.append(row.id)
    return found


def _stale_spellings(connection: Connection) -> list[tuple[str, str]]:
    """Spellings that are not written as they are looked for, with how they should be."""
    every = connection.execute(select(name_spelling.c.forms)).scalars().all()
    return [(forms, spelling_key(forms)) for forms in every if forms != spelling_key(forms)]


def _lonely_families(connection: Connection) -> list[int]:
    rows = (
        select(name_family.c.id)
        .outerjoin(name_spelling, name_spelling.c.family == name_family.c.id)
        .group_by(name_family.c.id)
        .having(func.count(name_spelling.c.forms) < 2)
    )
    return list(connection.execute(rows).scalars())
