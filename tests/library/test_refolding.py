"""Folds follow from what the library holds, in whatever order it came there."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import BadUsage
from desktop_app.core.folding import Verdict, folds_of
from desktop_app.core.model import FactName
from desktop_app.core.words import words
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import SetFacts, SetTrashed
from desktop_app.library.fold_commands import (
    RemoveFoldPhrase,
    SetFoldPhrase,
    SetFoldRule,
    SetFoldRules,
)
from desktop_app.library.library import Library
from desktop_app.library.refolding import rules_of
from desktop_app.store.columns import words_key

SUBJECTS = ["siege", "dam", "convoy", "harvest", "election", "bridge", "border", "winter"]
MOTTO = "The Beacon brings you 12 stories a week, since 1999"


def story(subject: str) -> list[str]:
    return [
        f"The {subject} began on a Monday, and nobody in the {subject} town had seen it coming.",
        f"Those who saw the {subject} told of long nights, and of what the {subject} left behind.",
        f"In the end the {subject} was forgotten by all but those who kept a {subject} diary.",
    ]


def article(subject: str, *more: str, source: str = "The Beacon") -> str:
    lines = [f"On the {subject}", f"Source: {source}", *story(subject), *more]
    return "\n\n".join(lines) + "\n"


def folded(library: Library, id_: int) -> list[tuple[str, str]]:
    text = library.text(id_)
    return [(fold.kind, text.canonical[fold.start : fold.end]) for fold in text.folds]


def of_title(library: Library) -> dict[str, tuple[object, ...]]:
    """Titles with folds and words."""
    return {
        document.title: (*folded(library, document.id), document.words)
        for document in library.documents(list(library.search("").ids))
    }


def check_sound(library: Library) -> None:
    """The stored folds are those that folds_of gives, and the words are those outside them."""
    library.wait_until_folded()
    with library._store.read() as snapshot:
        assert snapshot.lines.due() == 0
        for document in snapshot.documents.many(sorted(snapshot.documents.all_ids())):
            key = words_key(document.facts.source or "")
            rules = rules_of(snapshot, key, snapshot.lines.of_source(key))
            text = snapshot.texts.get(document.id)
            assert text.folds == folds_of(
                text.blocks, text.starts, title=document.title, rules=rules
            )
            open_text = list(text.canonical)
            for fold in text.folds:
                open_text[fold.start : fold.end] = " " * (fold.end - fold.start)
            assert document.words == len(words("".join(open_text)))


def test_a_line_is_folded_once_three_stories_of_a_source_carry_it(library, bring) -> None:
    bring(article("siege", MOTTO), article("dam", MOTTO.replace("12", "40")))
    assert all("repeated line" not in str(found) for found in of_title(library).values())
    told: list[Changes] = []
    library.listen(told.append)
    bring(article("convoy", MOTTO))
    assert all(("repeated line", MOTTO) in f or ("repeated line", MOTTO.replace("12", "40")) in f
               for f in of_title(library).values())  # fmt: skip
    assert any(Kind.TEXT in changes.kinds and len(changes.documents) == 3 for changes in told)
    check_sound(library)


def test_another_source_or_none_learns_nothing_from_it(library, bring) -> None:
    for subject in SUBJECTS[:2]:
        bring(article(subject, MOTTO))
    bring(article("border", MOTTO, source="The Lantern"))
    bring(*["\n\n".join([f"On the {s}", *story(s), MOTTO]) for s in SUBJECTS[3:7]])
    assert all("repeated line" not in str(found) for found in of_title(library).values())
    check_sound(library)


def test_versions_of_one_story_do_not_fold_each_other(library, bring) -> None:
    short = "“They said that the bridge was the hardest,” one of them said."
    for number in range(5):
        bring(article("siege", short, *story("dam"), f"Version {number} of it came later."))
    assert all("repeated line" not in str(found) for found in of_title(library).values())


def test_a_changed_source_and_its_undo_bring_folds_up_to_date(library, bring) -> None:
    ids = [o.document for s in SUBJECTS[:3] for o in bring(article(s, MOTTO))]
    before = of_title(library)
    library.run(SetFacts((ids[0],), {FactName.SOURCE: "The Lantern"}))
    check_sound(library)
    assert all("repeated line" not in str(found) for found in of_title(library).values())
    library.undo()
    check_sound(library)
    assert of_title(library) == before
    library.run(SetTrashed((ids[0],), True))
    library.wait_until_folded()
    assert "repeated line" in str(folded(library, ids[1]))
    library.empty_trash()
    check_sound(library)
    assert "repeated line" not in str(folded(library, ids[1]))


def test_a_changed_title_is_folded_where_the_text_repeats_it(library, bring) -> None:
    (outcome,) = bring(article("siege"))
    assert folded(library, outcome.document) == [("headline", "On the siege")]
    library.run(SetFacts((outcome.document,), {FactName.TITLE: "Another"}))
    library.wait_until_folded()
    assert folded(library, outcome.document) == []
    library.undo()
    library.wait_until_folded()
    assert folded(library, outcome.document) == [("headline", "On the siege")]


def test_never_and_always_hold_for_one_source_and_can_be_undone(library, bring) -> None:
    (here,) = bring(article("siege", "Share on Facebook", "Our own word for it"))
    (there,) = bring(article("dam", "Share on Facebook", source="The Lantern"))
    library.run(SetFoldRule("The Beacon", "Share on Facebook", Verdict.NEVER))
    library.run(SetFoldRule("the beacon", "OUR own word, for it!", Verdict.ALWAYS))
    check_sound(library)
    assert ("share bar", "Share on Facebook") not in folded(library, here.document)
    assert ("line you chose", "Our own word for it") in folded(library, here.document)
    assert ("share bar", "Share on Facebook") in folded(library, there.document)
    assert [(r.source, r.line, r.verdict) for r in library.fold_rules()] == [
        ("the beacon", "our own word for it", Verdict.ALWAYS),
        ("The Beacon", "share on facebook", Verdict.NEVER),
    ]
    library.run(SetFoldRule("The Beacon", "share on facebook", None))
    library.undo()
    library.undo()
    library.undo()
    check_sound(library)
    assert ("share bar", "Share on Facebook") in folded(library, here.document)
    assert library.fold_rules() == []
    assert library.undo_name() != ""


def test_a_text_without_a_source_keeps_a_wrong_fold_open(library, bring) -> None:
    plain = "\n\n".join(["On the siege", *story("siege"), "Share on Facebook"])
    one, there = bring(plain, article("dam", "Share on Facebook"))
    assert ("share bar", "Share on Facebook") in folded(library, one.document)
    library.run(SetFoldRule("", "Share on Facebook", Verdict.NEVER))
    assert library.undo_name() == "Never fold “Share on Facebook” in texts without a source"
    check_sound(library)
    assert ("share bar", "Share on Facebook") not in folded(library, one.document)
    assert ("share bar", "Share on Facebook") in folded(library, there.document)
    library.undo()
    check_sound(library)
    assert ("share bar", "Share on Facebook") in folded(library, one.document)


def test_all_lines_of_long_folds_are_kept_open_and_are_one_thing_to_undo(library) -> None:
    lines = [f"Notice {'x' * number}" for number in range(40)]
    wanted = ("\n".join(lines), "Share on Facebook")
    library.run(SetFoldRules("The Beacon", wanted, Verdict.NEVER))
    assert len(library.fold_rules()) == 41
    library.undo()
    assert library.fold_rules() == []


def test_more_lines_than_are_kept_are_said(library) -> None:
    lines = "\n".join(f"Notice {'x' * number}" for number in range(1, 990))
    lines += "".join(f"\nNote {'y' * number}" for number in range(1, 212))
    library.run(SetFoldRule("The Beacon", lines, Verdict.NEVER))
    assert len(library.fold_rules()) == 1_000
    assert library.undo_name().startswith("Never fold the first 1,000 of 1,200 lines, “Notice x")


def test_a_fold_rule_needs_a_word(library) -> None:
    with pytest.raises(BadUsage):
        library.run(SetFoldRule("The Beacon", "***", Verdict.NEVER))


def test_phrases_of_ones_own_and_those_switched_off_hold_for_all(library, bring) -> None:
    (one,) = bring(article("siege", "Share on Facebook", "Tip our writers: 5 euros"))
    library.run(SetFoldPhrase("newsletter", "tip our writers *", True))
    phrase = "share on/via/to/with/by facebook/twitter/x/linkedin/whatsapp/reddit/pinterest/telegram/email/e/print/google"
    library.run(SetFoldPhrase("share bar", phrase, False))
    check_sound(library)
    assert ("newsletter", "Tip our writers: 5 euros") in folded(library, one.document)
    assert "share bar" not in str(folded(library, one.document))
    (two,) = bring(article("dam", "Share on Facebook", "Tip our writers: 9 euros"))
    assert ("newsletter", "Tip our writers: 9 euros") in folded(library, two.document)
    library.run(RemoveFoldPhrase(phrase))
    library.run(RemoveFoldPhrase("tip our writers *"))
    check_sound(library)
    assert "share bar" in str(folded(library, one.document))
    assert "newsletter" not in str(folded(library, two.document))
    with pytest.raises(BadUsage):
        library.run(SetFoldPhrase("newsletter", "(open", True))
    with pytest.raises(BadUsage):
        library.run(SetFoldPhrase("nonsense", "tip our writers", True))


def test_the_order_of_import_makes_no_difference(tmp_path: Path, worker: Worker) -> None:
    texts = [article(s, MOTTO, "Share on Facebook") for s in SUBJECTS[:4]]
    texts += [article(s, MOTTO, source="The Lantern") for s in SUBJECTS[4:7]]
    texts += [article("siege", MOTTO, f"Version {n}.", source="Wire") for n in range(3)]
    texts.append(article("winter", MOTTO, source="Wire"))
    files = tmp_path / "files"
    files.mkdir()
    paths = [files / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    seen: list[dict[str, list[tuple[str, str]]]] = []
    for run in range(4):
        chance = random.Random(run)
        order = chance.sample(paths, len(paths))
        library = Library.open(
            tmp_path / f"library-{run}", cache=tmp_path / "cache", index="inline", worker=worker
        )
        step = chance.choice([1, 3, 20])
        for at in range(0, len(order), step):
            library.import_files(order[at : at + step])
        check_sound(library)
        documents = library.documents(list(library.search("").ids))
        seen.append({d.original: folded(library, d.id) for d in documents})
        library.close()
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert "repeated line" in str(seen[0])


def test_a_library_whose_lines_were_never_gathered_is_brought_up_to_date(library, bring) -> None:
    for subject in SUBJECTS[:3]:
        bring(article(subject, MOTTO))
    before = of_title(library)
    with library._store.write() as work:
        for table in ("lines", "refold_queue"):
            work.connection.exec_driver_sql(f"DELETE FROM {table}")
        work.connection.exec_driver_sql("UPDATE text SET folds = '[]'")
        work.lines.all_due()
    check_sound(library)
    assert of_title(library) == before


def test_rules_that_are_cut_short_are_taken_up_again(library, bring, monkeypatch) -> None:
    ids = [o.document for s in SUBJECTS[:3] for o in bring(article(s, "A word of our own"))]
    refolding = library._refolding
    with monkeypatch.context() as patch:
        patch.setattr(refolding, "kick", lambda: None)
        library.run(SetFoldRule("The Beacon", "A word of our own", Verdict.ALWAYS))
        patch.setattr(refolding, "_fold", lambda stale, rules: refolding._stop.set())
        library.wait_until_folded()
    refolding._stop.clear()
    check_sound(library)
    assert all("line you chose" in str(folded(library, id_)) for id_ in ids)
    assert replace(library.documents([ids[0]])[0]).words > 0


def test_what_was_left_undone_is_done_when_the_library_is_opened_again(
    tmp_path: Path, worker: Worker
) -> None:
    def opened() -> Library:
        return Library.open(
            tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=worker
        )

    path = tmp_path / "one.txt"
    path.write_text(article("siege", "A word of our own"))
    library = opened()
    library.import_files([path])
    library._refolding.close()  # as if the process ended before it looked
    library.run(SetFoldRule("The Beacon", "A word of our own", Verdict.ALWAYS))
    assert "line you chose" not in str(folded(library, 1))
    library.close()
    library = opened()
    check_sound(library)
    assert "line you chose" in str(folded(library, 1))
    library.close()


@pytest.mark.parametrize("seed", range(4))
def test_folds_are_sound_after_any_change_and_its_undo(library, bring, seed: int) -> None:
    chance = random.Random(seed)
    lines = [MOTTO, "Share on Facebook", "A word of our own", "Written with care by us all"]
    sources = ["The Beacon", "The Lantern", "Wire"]

    def some() -> tuple[int, ...]:
        return (chance.choice(sorted(library.search("").ids) or [1]),)

    for number in range(14):
        match chance.randrange(8):
            case 0 | 1 | 2:
                subject = f"{chance.choice(SUBJECTS)} {number if chance.random() < 0.8 else ''}"
                more = chance.sample(lines, chance.randrange(4))
                bring(article(subject, *more, f"{seed} {number}", source=chance.choice(sources)))
            case 3:
                library.run(SetFacts(some(), {FactName.SOURCE: chance.choice([*sources, None])}))
            case 4:
                library.run(SetFacts(some(), {FactName.TITLE: chance.choice(["On the dam", "X"])}))
            case 5:
                verdict = chance.choice([None, *Verdict])
                library.run(SetFoldRule(chance.choice(sources), chance.choice(lines), verdict))
            case 6:
                library.run(
                    SetFoldPhrase("newsletter", "written with care *", chance.random() < 0.7)
                )
            case 7:
                library.run(SetTrashed(some(), True))
                library.empty_trash()
        check_sound(library)
        if chance.random() < 0.3:
            library.undo()
            check_sound(library)
            if chance.random() < 0.5:
                library.redo()
                check_sound(library)
