"""Formats to start from, in the reader's language; every organisation may add its own."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from coalface.plan.actions import NewFormat
from coalface.records.models import Depth, FormatKind


def ready_formats() -> list[NewFormat]:
    """The catalogue, translated when it is asked for."""
    return [written() for written in READY]


def _shift() -> NewFormat:
    guide = (
        _("Ask the buddy first: what must not go wrong here?"),
        _("Say plainly that you are here to learn, not to inspect."),
        _("Do the job yourself, with your own hands."),
        _("Where did you have to wait, ask, or do something twice?"),
        _("Which rule stood in the way, and what do the others do about it?"),
        _("Thank the team, and say when they will hear from you."),
    )
    return NewFormat("shift", _("A hands-on shift"), FormatKind.SHIFT, Depth.DOING, 180, "\n".join(guide))


def _listening() -> NewFormat:
    guide = (
        _("Draw the calls before you sit down, and take them as they were drawn."),
        _("Tell each agent beforehand. Nobody is judged, and no name is written down."),
        _("Listen to the end. Say nothing, also afterwards."),
        _("What did the customer want, in their own words?"),
        _("What would have spared them the call?"),
    )
    return NewFormat(
        "listening", _("Listening to calls"), FormatKind.LISTENING, Depth.LISTENING, 60, "\n".join(guide)
    )


def _own_walk() -> NewFormat:
    guide = (
        _("Start where a customer starts: with a question and no staff number."),
        _("Find the telephone number. How long did it take?"),
        _("Count every step until a human answers."),
        _("Ask who is responsible. Could you find out?"),
        _("Note each step at once: seconds, effort, feeling, and whether it broke."),
        _("Do not use what only we know."),
    )
    return NewFormat(
        "own-walk", _("Being our own customer"), FormatKind.OWN_WALK, Depth.OWN_WALK, 45, "\n".join(guide),
        may_be_unannounced=True,
    )  # fmt: skip


def _care_walk() -> NewFormat:
    guide = (
        _("Take letters, signs, refusals, forms and hold messages as they come."),
        _("Read each one as somebody would who is worried, old, or new here."),
        _("Does it say “we care”? Decide in ten seconds, as a customer does."),
        _("Take a picture of it, or write down the words."),
        _("How would you say it to your own mother?"),
    )
    return NewFormat(
        "care-walk", _("A care walk"), FormatKind.CARE_WALK, Depth.OWN_WALK, 45, "\n".join(guide),
        may_be_unannounced=True,
    )  # fmt: skip


def _focus_group() -> NewFormat:
    guide = (
        _("Thank them for coming, and say what becomes of what they say."),
        _("Everybody speaks once before anybody speaks twice."),
        _("Tell us about the last time you needed us."),
        _("Are you happy with the price, the service, the product, and with how we treat you?"),
        _("What do you do when we are not there?"),
        _("If you could change one thing tomorrow, what would it be?"),
        _("What did we not ask?"),
    )
    return NewFormat(
        "focus-group", _("A focus group"), FormatKind.FOCUS_GROUP, Depth.GROUP, 90, "\n".join(guide), seats=8
    )


def _lunch() -> NewFormat:
    guide = (
        _("Nobody sells anything, and nobody presents anything."),
        _("Sit with customers, not with colleagues."),
        _("Ask first what they do, then what they need from us."),
        _("What annoyed you lately, here or elsewhere?"),
        _("Write down one sentence of each guest before you go home."),
    )
    return NewFormat(
        "lunch", _("Lunch with customers"), FormatKind.EVENT, Depth.GROUP, 90, "\n".join(guide), seats=24
    )


def _matchmaking() -> NewFormat:
    guide = (
        _("Who of us never meets a customer sits here; nobody sells, and nobody defends anything."),
        _("Say in one sentence what you do. Then ask:"),
        _("What did you last want from us, and how did it go?"),
        _("Which letter, form or screen of ours did you not understand?"),
        _("What should somebody with my job know about you?"),
        _("At the bell everybody moves on; write down one sentence of each guest first."),
    )
    return NewFormat(
        "matchmaking",
        _("A matchmaking event"),
        FormatKind.EVENT,
        Depth.GROUP,
        120,
        "\n".join(guide),
        seats=24,
    )


def _drop_in() -> NewFormat:
    guide = (
        _("Say who you are, and ask whether they have two minutes."),
        _("What brings you here today?"),
        _("Did you get it? What was in the way?"),
        _("Thank them. Write it down before the next one."),
    )
    return NewFormat(
        "drop-in", _("A word in passing"), FormatKind.DROP_IN, Depth.CONVERSING, 10, "\n".join(guide),
        may_be_unannounced=True,
    )  # fmt: skip


def _town_hall() -> NewFormat:
    guide = (
        _("Speak for five minutes at most; the rest belongs to questions."),
        _("Take the questions in the order in which they come, the hard ones too."),
        _("What you cannot answer you say you cannot, and by when you will."),
        _("Every question is written down and gets its answer."),
    )
    return NewFormat(
        "town-hall", _("A town hall"), FormatKind.TOWN_HALL, Depth.GROUP, 60, "\n".join(guide), seats=100
    )


def _incognito() -> NewFormat:
    guide = (
        _("The team knows that such visits happen, only not when."),
        _("Serve or queue like everybody else, and play no tricks."),
        _("Look at the work and the rules, not at persons."),
        _("Keep no name and no words of a customer whom you have not told."),
        _("Say who you were on the same day, and talk it over with the team."),
    )
    return NewFormat(
        "incognito", _("An incognito visit"), FormatKind.INCOGNITO, Depth.DOING, 120, "\n".join(guide),
        may_be_unannounced=True,
    )  # fmt: skip


def _incognito_week() -> NewFormat:
    guide = (
        _("Everybody read at least thirty days before that such weeks happen, only not when and not who."),
        _("Do the job like any newcomer, with the same training, the same tools and the same hours."),
        _("Each evening: what was hard to do well, and which rule or screen made it so?"),
        _("Write nothing about one colleague; look at the work."),
        _("Keep no name and no words of a customer whom you have not told."),
        _("On the last day say who you were, thank the team, and talk over what you saw."),
    )
    return NewFormat(
        "incognito-week", _("A day of an incognito week"), FormatKind.INCOGNITO, Depth.DOING, 480,
        "\n".join(guide), may_be_unannounced=True,
    )  # fmt: skip


def _thank_you_call() -> NewFormat:
    guide = (
        _("Call to thank them, and for nothing else."),
        _("Say what you thank them for."),
        _("Are you happy with the price, the service, the product, and with how we treat you?"),
        _("Is there anything we should do better?"),
        _("Offer nothing. Wish them a good day."),
    )
    return NewFormat(
        "thank-you-call", _("A thank-you call"), FormatKind.CONVERSATION, Depth.CONVERSING, 10,
        "\n".join(guide), remote=True,
    )  # fmt: skip


def _complaint_call() -> NewFormat:
    guide = (
        _("Read the whole case before you call."),
        _("Let them tell it from the beginning, and do not explain."),
        _("Say sorry once, and mean it."),
        _("What would make it good again?"),
        _("Say what happens next, who does it, and by when."),
        _("Ask why our normal way did not solve it, and write that down."),
    )
    return NewFormat(
        "complaint-call", _("Taking over a complaint"), FormatKind.CONVERSATION, Depth.RESOLVING, 40,
        "\n".join(guide), remote=True,
    )  # fmt: skip


def _complaint_visit() -> NewFormat:
    guide = (
        _("Read the whole case, and ask the customer where and when it suits them."),
        _("What happened, from the beginning?"),
        _("What did it cost you: time, money, nerves?"),
        _("What would make it good again?"),
        _("Decide there and then what you may decide; say by when you have the rest."),
        _("Ask why our normal way did not solve it, and write that down."),
    )
    return NewFormat(
        "complaint-visit", _("A complaint resolved in person"), FormatKind.CONVERSATION, Depth.RESOLVING, 60,
        "\n".join(guide),
    )  # fmt: skip


def _office_visit() -> NewFormat:
    guide = (
        _("Go to them: their office, workshop, farm or kitchen table."),
        _("Show me how you do it today, from the first step on."),
        _("Where do you use us in it, and where do you wait for us?"),
        _("What have you built yourself because we do not offer it?"),
        _("Who else here deals with us, and what would they say?"),
        _("What did we promise, and did we keep it?"),
    )
    return NewFormat(
        "office-visit", _("A visit where they work"), FormatKind.CONVERSATION, Depth.CONVERSING, 60,
        "\n".join(guide),
    )  # fmt: skip


def _video() -> NewFormat:
    guide = (
        _("Ask first whether the picture and the hour suit them; a call without a picture is as good."),
        _("Tell me about the last time you needed us."),
        _("Could you show me on your screen where it got stuck?"),
        _("What do you like so much that we must not change it?"),
        _("What would you change first?"),
        _("Nothing is recorded. Write down their words at once, and read one back to them."),
    )
    return NewFormat(
        "video", _("A video conversation"), FormatKind.CONVERSATION, Depth.CONVERSING, 30, "\n".join(guide),
        remote=True,
    )  # fmt: skip


def _remote_listening() -> NewFormat:
    guide = (
        _("Draw the calls before you sit down, and take them as they were drawn."),
        _("Tell each agent beforehand. Nobody is judged, and no name is written down."),
        _("Listen where nobody else hears it, and keep no copy."),
        _("What did the customer want, in their own words?"),
        _("How often did they have to say it?"),
        _("What would have spared them the call?"),
    )
    return NewFormat(
        "remote-listening", _("Listening to calls from anywhere"), FormatKind.LISTENING, Depth.LISTENING, 60,
        "\n".join(guide), remote=True,
    )  # fmt: skip


def _interview() -> NewFormat:
    guide = (
        _("Tell me about the last time you needed us."),
        _("What did you hope for, and what happened?"),
        _("Are you happy with the price, the service, the product, and with how we treat you?"),
        _("What do you like so much that we must not change it?"),
        _("What would you change first?"),
        _("What did we promise, and did we keep it?"),
        _("Be silent for three seconds after each answer."),
    )
    return NewFormat(
        "interview", _("A conversation"), FormatKind.CONVERSATION, Depth.CONVERSING, 45, "\n".join(guide)
    )


READY: tuple[Callable[[], NewFormat], ...] = (
    _interview, _video, _thank_you_call, _complaint_call, _complaint_visit, _office_visit, _drop_in, _shift,
    _listening, _remote_listening, _own_walk, _care_walk, _focus_group, _lunch, _matchmaking, _town_hall,
    _incognito, _incognito_week,
)  # fmt: skip
