"""What follows from what: one table from events to actions of later rooms, and what is done every day."""

from collections.abc import Callable, Mapping
from typing import Final

from coalface.act.actions import (
    expire_offers,
    hand_on_fixes,
    hand_on_meetings,
    send_what_lies,
    tell_those_who_raised_it,
    write_letters,
)
from coalface.customers.actions import finish_erasures, hand_on_customers, propose_merges
from coalface.measure.actions import take_snapshots
from coalface.meet.actions import (
    apologise,
    ask_guests,
    call_off_restricted,
    choose_calls,
    hand_on_encounters,
    hand_on_hand_overs,
    hand_on_promises,
    hand_on_remarks,
    remind_guests,
    remind_to_note,
    return_unanswered,
    tell_process_owner,
)
from coalface.people.actions import hand_on_reports, say_goodbye
from coalface.plan.actions import (
    end_commitments,
    hand_on_slots,
    look_at_calendars,
    publish_unattended,
    roll,
    shut_feeds,
    tell_calendars,
    tell_of_plan,
    withdraw_protected,
)
from coalface.understand.actions import (
    check_sorting,
    discover_weekly,
    find_competitors,
    forget_withdrawn,
    hand_on_competitors,
    judge_touchpoints,
    learn,
    look_for_competitor,
    search_soon,
    sort_feedback,
    sort_remark,
    sort_unsure_again,
)
from coalface.verify.actions import (
    ask_due,
    hand_on_judging,
    judge_due,
    reopen_what_did_not_last,
)

Reaction = Callable[..., object]
Reactions = Mapping[str, Mapping[str, Reaction]]


def named(*actions: Reaction) -> dict[str, Reaction]:
    """Each action under the name its consequences carry, such as `understand.sort_remark`."""
    return {f"{action.__module__.split('.')[1]}.{action.__name__}": action for action in actions}


REACTIONS: Final[Reactions] = {
    "encounter.planned": named(look_at_calendars, tell_calendars),
    "encounter.moved": named(look_at_calendars, tell_calendars),
    "encounter.called_off": named(look_at_calendars, tell_calendars, apologise),
    "attendance.said": named(look_at_calendars, tell_calendars),
    "attendance.withdrawn": named(look_at_calendars, tell_calendars),
    "attendance.handed_on": named(look_at_calendars, tell_calendars),
    "invitation.kept": named(look_at_calendars),
    "remark.noted": named(sort_remark, tell_process_owner, find_competitors),
    "feedback.taken_in": named(sort_feedback, find_competitors),
    "feedback.withdrawn": named(forget_withdrawn),
    "feedback.changed": named(sort_feedback, find_competitors),
    "route.set": named(sort_unsure_again),
    "issue.confirmed": named(sort_unsure_again),
    "issue.merged": named(sort_unsure_again),
    "themes.wanted": named(search_soon),
    "mention.settled": named(learn),
    "mention.unsettled": named(learn),
    "customer.restricted": named(call_off_restricted, withdraw_protected),
    "competitor.added": named(look_for_competitor),
    "competitor.changed": named(look_for_competitor),
    # Published first: the mail tells what became of it.
    "plan.made": named(publish_unattended, tell_of_plan),
    "plan.failed": named(tell_of_plan),
    "fix.shipped": named(tell_those_who_raised_it),
    "fix.declined": named(tell_those_who_raised_it),
    "fix.judged": named(tell_those_who_raised_it, reopen_what_did_not_last),
    # A second attempt says that the first did not last.
    "fix.opened": named(tell_those_who_raised_it),
    "telling.wanted": named(write_letters),
    # Hand-overs before remarks: what comes back to its giver is a remark of theirs already.
    "person.left": named(
        hand_on_reports,
        hand_on_customers,
        end_commitments,
        shut_feeds,
        hand_on_slots,
        hand_on_hand_overs,
        hand_on_remarks,
        hand_on_promises,
        hand_on_encounters,
        hand_on_fixes,
        hand_on_meetings,
        hand_on_judging,
        hand_on_competitors,
    ),
}

EVERY_DAY: Final[Mapping[str, Reaction]] = named(
    say_goodbye,
    return_unanswered,
    expire_offers,
    remind_to_note,
    judge_due,
    ask_due,
    send_what_lies,
    ask_guests,
    remind_guests,
    choose_calls,
    take_snapshots,
    judge_touchpoints,
    finish_erasures,
    propose_merges,
    discover_weekly,
    check_sorting,
    roll,
)
