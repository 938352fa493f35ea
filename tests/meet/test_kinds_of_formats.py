"""What belongs to one kind of format is taken nowhere else, where its rules would be missing."""

import pytest

from tests.meet import at, held
from tests.people import Cast, client_for


@pytest.mark.parametrize(
    "page",
    ["prepare_shift", "describe_shift", "draw_calls", "add_step", "undo_step", "judge_item", "care_sheet"],
)
def test_a_conversation_has_no_calls_steps_items_or_buddy(cast: Cast, page: str):
    meeting, olga = held(cast), client_for(cast.olga)
    send = olga.get if page == "care_sheet" else olga.post
    assert send(at(page, meeting.pk)).status_code == 404
    assert client_for(cast.gus).post(at(page, meeting.pk)).status_code == 404
