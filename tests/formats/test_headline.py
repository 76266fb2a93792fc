from desktop_app.core.text import Block, BlockKind
from desktop_app.formats.headline import headline_folds


def blocks(*texts, kind=BlockKind.PARAGRAPH):
    return [Block(kind, text) for text in texts]


def folded(made, title):
    text = "\n".join(block.text for block in made)
    return [text[fold.start : fold.end] for fold in headline_folds(made, title)]


def test_both_copies_of_a_doubled_headline_become_one_fold():
    made = blocks("Siege of the town", "Siege of the Town", "3 May 2015", "The convoy waited.")
    assert folded(made, "Siege of the town") == ["Siege of the town\nSiege of the Town"]


def test_copies_apart_become_two_folds():
    made = blocks("Siege", "3 May 2015", "Siege", "The convoy waited.")
    assert folded(made, "Siege") == ["Siege", "Siege"]


def test_a_first_sentence_that_serves_as_title_stays():
    made = blocks("The convoy waited.", "Then it went on.")
    assert folded(made, "The convoy waited.") == []


def test_nothing_is_folded_where_nothing_would_be_left():
    assert folded(blocks("Siege", "Siege"), "Siege") == []
    assert folded(blocks("Siege", "Text"), None) == []
    assert folded([], "Siege") == []


def test_a_mention_far_down_is_not_the_headline():
    made = blocks("Kicker", *(f"Paragraph {n}" for n in range(9)), "Siege")
    assert folded(made, "Siege") == []
