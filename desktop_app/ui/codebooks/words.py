"""What is said of the lines of a plan, and of what an import comes to."""

from __future__ import annotations

from desktop_app.library.codebooks.marks import Fit
from desktop_app.library.codebooks.plan import Choice, LineKind, Plan, PlanLine

KIND_WORDS = {
    LineKind.NEW: "New",
    LineKind.SAME: "Same",
    LineKind.RENAMED: "Renamed",
    LineKind.CONFLICT: "Conflicting",
    LineKind.MERGED: "Merged",
}
_CHOICE_WORDS = {
    Choice.ADD: "Add",
    Choice.LEAVE: "Leave out",
    Choice.KEEP: "Keep mine",
    Choice.FILL: "Keep mine, add what it lacks",
    Choice.TAKE: "Take the file’s",
    Choice.BESIDE: "Add beside mine",
}


def choice_words(choice: Choice, line: PlanLine | None = None) -> str:
    """What a choice is called; line: of that line."""
    if line is not None and line.kind is LineKind.MERGED and line.known is not None:
        if choice is Choice.KEEP:
            return f"Use “{line.known.name}”"
        if choice is Choice.BESIDE:
            return "Add as a tag of its own"
    return _CHOICE_WORDS[choice]


def counted(number: int, one: str, many: str) -> str:
    """A number with what it counts."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}"


def outcome_words(plan: Plan, *, codings: bool) -> str:
    """What an import comes to, in a sentence."""
    parts = []
    if plan.before is None:
        parts.append(f"makes the collection “{plan.collection.name}”")
    if plan.made:
        parts.append(f"adds {counted(plan.made, 'tag', 'tags')}")
    if plan.changed:
        parts.append(f"changes {counted(plan.changed, 'tag', 'tags')}")
    if plan.links:
        parts.append(f"links {counted(len(plan.links), 'pair of tags', 'pairs of tags')}")
    if codings and (carried := carried_words(plan.fit)):
        parts.append(f"tags {carried}")
    if not parts:
        if plan.before is not None and plan.before != plan.collection:
            return "Fills in what is said of the collection."
        return "Nothing would change."
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    used = " New tags go to it from then on." if plan.before is None else ""
    return f"{said[0].upper()}{said[1:]}.{used}"


def carried_words(fit: Fit) -> str:
    """What gets tags, in words; "" for nothing."""
    marks = sum(1 for mark in fit.marks if mark.tags)
    parts = []
    if fit.new_documents:
        parts.append(counted(fit.new_documents, "document", "documents"))
    if marks:
        new = f" ({fit.new_marks:,} of them new)" if fit.new_marks else ""
        parts.append(f"{counted(marks, 'highlight', 'highlights')}{new}")
    return " and ".join(parts)


def fit_words(plan: Plan, uses: int) -> str:
    """How the uses of tags that a file holds fit the texts here."""
    fit = plan.fit
    parts = [f"{counted(fit.new_codings, 'is', 'are')} new here"]
    if fit.known:
        parts.append(f"{counted(fit.known, 'is', 'are')} here already")
    if fit.unfit:
        parts.append(f"{fit.unfit:,} fit no text here")
    if fit.left_out:
        parts.append(f"{fit.left_out:,} of tags that are left out")
    said = f"Of {counted(uses, 'use of its tags', 'uses of its tags')} {', '.join(parts)}."
    if fit.notes_kept:
        kept = counted(
            fit.notes_kept, "note here is another and stays", "notes here are others and stay"
        )
        said += f" {kept}."
    if fit.notes_cut:
        cut = counted(
            fit.notes_cut,
            "note is longer than a highlight can hold, and its end is left out",
            "notes are longer than a highlight can hold, and their ends are left out",
        )
        said += f" {cut}."
    return said


def details_of(line: PlanLine) -> str:
    """All that is not the same in a tag, or what a new one says, a line for each."""
    said = [f"{line.path}: {line.says}"]
    if line.differences:
        for each in line.differences:
            field = f"{each.field[0].upper()}{each.field[1:]}"
            here = each.here or "nothing"
            said.append(f"{field}. Here: {here} · In the file: {each.there}")
        return "\n".join(said)
    tag = line.tag
    for name, text in (
        ("Definition", tag.definition),
        ("When to use", tag.use_when),
        ("When not to", tag.not_when),
        ("Examples", tag.examples),
        ("Other names", ", ".join(alias.name for alias in tag.aliases)),
    ):
        if text:
            said.append(f"{name}: {text}")
    return "\n".join(said)
