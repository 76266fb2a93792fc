"""The trail of places that were read."""

from __future__ import annotations

from desktop_app.ui.trail import KEPT_STEPS, Step, Trail


def test_going_back_leads_to_where_one_left_and_forward_to_where_one_was() -> None:
    trail = Trail()
    trail.visit(1)
    trail.leave(400)
    trail.visit(2)
    assert trail.can_go_back
    assert not trail.can_go_forward
    assert trail.go(-1, 70) == Step(1, 400)
    assert trail.go(1, 500) == Step(2, 70)
    assert trail.go(-1, 0) == Step(1, 500)
    assert trail.go(-1, 0) is None


def test_coming_to_the_document_where_one_is_makes_no_step() -> None:
    trail = Trail()
    trail.visit(1)
    trail.visit(1)
    assert not trail.can_go_back


def test_a_jump_inside_a_document_is_a_step() -> None:
    trail = Trail()
    trail.visit(1)
    trail.jump(300, stepping=False)
    assert trail.go(-1, 9_000) == Step(1, 300)
    assert trail.go(1, 300) == Step(1, 9_000)


def test_a_match_that_one_opens_a_document_at_is_no_step() -> None:
    trail = Trail()
    trail.visit(1)
    trail.jump(0, stepping=True)
    assert not trail.can_go_back


def test_steps_from_match_to_match_are_one_until_one_reads_on() -> None:
    trail = Trail()
    trail.visit(1)
    trail.read_on()
    trail.jump(300, stepping=True)
    trail.jump(800, stepping=True)
    trail.jump(1_200, stepping=True)
    assert len(trail.steps) == 2
    trail.read_on()
    trail.jump(1_900, stepping=True)
    assert trail.go(-1, 2_500) == Step(1, 1_900)
    assert trail.go(-1, 1_900) == Step(1, 300)


def test_a_step_to_the_place_where_one_is_is_passed_over() -> None:
    trail = Trail([Step(1, 100), Step(1, 300), Step(1, 300)])
    assert trail.go(-1, 300) == Step(1, 100)


def test_going_elsewhere_drops_what_lay_ahead() -> None:
    trail = Trail([Step(1, 0), Step(2, 0), Step(3, 0)])
    trail.go(-1, 0)
    trail.visit(4)
    assert [step.document for step in trail.steps] == [1, 2, 4]
    assert not trail.can_go_forward


def test_a_document_that_is_gone_leaves_the_trail() -> None:
    trail = Trail([Step(1, 0), Step(2, 0), Step(1, 50), Step(3, 0)])
    trail.go(-1, 0)
    trail.forget(1)
    assert trail.steps == [Step(2, 0), Step(3, 0)]
    assert trail.at == 0


def test_places_follow_a_document_to_another_text() -> None:
    trail = Trail([Step(1, 10), Step(2, 10)])
    trail.move(1, lambda place: place * 2)
    assert trail.steps == [Step(1, 20), Step(2, 10)]


def test_a_trail_does_not_grow_without_end() -> None:
    trail = Trail()
    for document in range(KEPT_STEPS * 2):
        trail.visit(document)
    assert len(trail.steps) == KEPT_STEPS
    assert trail.at == KEPT_STEPS - 1
