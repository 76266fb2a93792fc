"""What is proposed for the facts of documents, beside what stands there now: one row a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document, FactName, Origin, OriginKind, Proposal
from desktop_app.ui.panes.fact_texts import FactValue, origin_words, value_of, written

SURE, LIKELY = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that is proposed, with how it is written and where it comes from in words."""

    value: FactValue
    text: str
    origin: Origin

    @property
    def place(self) -> str:
        """Where it comes from."""
        if self.origin.kind is OriginKind.YOU:
            return "you"
        said = "the file" if self.origin.kind is OriginKind.FILE else "the text"
        return self.origin.place or said

    @property
    def sureness(self) -> str:
        """How sure it is, in a word."""
        return sureness_in_words(self.origin.confidence)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of a document for which something is proposed.

    now: as it is written. own: the user set it. offers: best first, never empty, no value twice.
    different: the best proposal is not what stands there. unsure: it should be looked at, as a weak
    guess, or one of several that differ.
    """

    document: int
    title: str
    fact: FactName
    now: str
    now_from: str
    own: bool
    offers: tuple[Offer, ...]
    different: bool
    unsure: bool

    @property
    def ticked_at_first(self) -> bool:
        """Whether accepting it without a look can do no harm."""
        return not self.own and self.offers[0].origin.confidence >= SURE


def rows_of_facts(
    documents: Sequence[Document], proposals: Mapping[int, Sequence[Proposal]]
) -> list[FactRow]:
    """Make the rows of documents, in their order and in the order of the facts."""
    rows: list[FactRow] = []
    for document in documents:
        offered = offers_of(proposals.get(document.id, ()))
        for fact in FactName:
            if offers := offered.get(fact):
                origin = document.facts.origins.get(fact)
                now = written(fact, value_of(document, fact))
                rows.append(
                    FactRow(
                        document.id,
                        document.title,
                        fact,
                        now,
                        origin_words(document, fact),
                        origin is not None and origin.kind is OriginKind.YOU,
                        offers,
                        different=offers[0].text != now,
                        unsure=len(offers) > 1 or offers[0].origin.confidence < SURE,
                    )
                )
    return rows


def offers_of(proposals: Sequence[Proposal]) -> dict[FactName, tuple[Offer, ...]]:
    """What is proposed for each fact, best first, each value once."""
    found: dict[FactName, dict[str, Offer]] = {}
    for proposal in proposals:
        value = value_of_proposal(proposal)
        text = written(proposal.fact, value)
        found.setdefault(proposal.fact, {}).setdefault(text, Offer(value, text, proposal.origin))
    return {fact: tuple(offers.values()) for fact, offers in found.items()}


def value_of_proposal(proposal: Proposal) -> FactValue:
    """A proposed value as a fact holds it."""
    if proposal.fact is FactName.PUBLISHED and isinstance(proposal.value, str):
        return PartialDate.parse(proposal.value)
    return proposal.value


def sureness_in_words(confidence: float) -> str:
    """Say how sure a proposal is."""
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "unsure"
