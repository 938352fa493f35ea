"""Numbers an organisation may choose, each with its default; docs/running/policies.md gives the reasons."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from coalface.records.models import Policy


@dataclass(frozen=True, slots=True)
class Choice:
    """A number with its default and one sentence that says what it does."""

    default: float
    sentence: str
    least: float = 0.0
    most: float = 10_000.0


POLICIES: Final[dict[str, Choice]] = {
    "approach_gap_days": Choice(
        90, _("Days between two approaches to one customer, whatever the channel."), 0, 730
    ),
    "cap_over_household": Choice(
        0, _("Whether one approach counts for everybody of a household or account: 1 yes, 0 no."), 0, 1
    ),
    "erasure_days": Choice(30, _("A wish to be erased is carried out within so many days."), 1, 90),
    "small_organisation_below": Choice(
        20, _("Below so many people levels and cadences are not asked for."), 2, 200
    ),
    "smallest_group": Choice(5, _("Figures about people are shown for groups of at least so many."), 3, 50),
    "resolution_after_days": Choice(
        30, _("A remark counts in the resolution rate once it is older than this."), 1, 365
    ),
    "hand_over_days": Choice(
        14, _("A hand-over nobody answers goes back to the giver after so many days."), 1, 90
    ),
    "fix_answer_days": Choice(
        7, _("A fix nobody accepts goes back to who gave it after so many days."), 1, 90
    ),
    "hour_costs": Choice(
        60, _("An hour of one of us costs so much, in whole units of your money."), 0, 10_000
    ),
    "report_costs": Choice(
        40_000, _("A bought research report costs so much, in whole units of your money."), 0, 10_000_000
    ),
    "guest_reminder_days": Choice(2, _("A guest who comes is reminded by mail so many days before."), 1, 14),
    "guest_asked_again_days": Choice(
        7, _("A guest who has not answered is asked once more after so many days, and never again."), 2, 60
    ),
    "token_most_per_guest": Choice(
        30, _("A token of thanks is worth at most so much, in whole units of its currency."), 0, 1000
    ),
    "token_most_a_year": Choice(
        50, _("Tokens of thanks to one customer are worth at most so much within 365 days."), 0, 10_000
    ),
    "token_public_service": Choice(
        0, _("Whether customers whose segment is public service may be given a token: 1 yes, 0 no."), 0, 1
    ),
    "record_within_days": Choice(
        7, _("An encounter counts when something was noted within so many days."), 1, 60
    ),
    "induction_minutes": Choice(
        10, _("A hands-on shift begins with an induction of so many minutes."), 5, 120
    ),
    "half_life_days": Choice(90, _("After so many days what somebody heard counts half."), 7, 1000),
    "aware_from": Choice(0.5, _("From this awareness on somebody is said to know an issue."), 0.1, 0.99),
    "depth_doing": Choice(1.0, _("How much serving customers oneself counts."), 0, 1),
    "depth_resolving": Choice(1.0, _("How much solving somebody's complaint counts."), 0, 1),
    "depth_conversing": Choice(0.9, _("How much a conversation counts."), 0, 1),
    "depth_group": Choice(0.7, _("How much meeting a group counts."), 0, 1),
    "depth_beside": Choice(0.7, _("How much sitting beside somebody who serves counts."), 0, 1),
    "depth_listening": Choice(0.6, _("How much listening to calls counts."), 0, 1),
    "depth_own_walk": Choice(0.6, _("How much being one's own customer counts."), 0, 1),
    "depth_reading": Choice(
        0.3, _("How much reading counts for awareness; it never counts as contact."), 0, 1
    ),
    "sure_from": Choice(
        0.6, _("A mention counts by itself from this confidence on; below, a person decides."), 0, 1
    ),
    "themes_from_clauses": Choice(
        50, _("Themes are looked for once so many statements belong to no issue."), 10, 10_000
    ),
    "themes_months": Choice(
        6, _("Themes are looked for in what was said in so many months up to the newest words."), 1, 36
    ),
    "themes_most_clauses": Choice(
        20_000,
        _("A search for themes goes through at most so many statements, the newest first."),
        100,
        100_000,
    ),
    "theme_grown_by": Choice(
        2, _("A theme that was declined is proposed again once it is so many times as large."), 1, 100
    ),
    "learned_sure_from": Choice(
        0.85, _("What was learnt from people’s decisions counts by itself from this confidence on."), 0.5, 1
    ),
    "learned_least_issues": Choice(
        2, _("Sorting learns once so many issues have been decided often enough."), 2, 100
    ),
    "learned_least_decisions": Choice(
        5, _("An issue has been decided often enough to learn from after so many decisions."), 2, 1000
    ),
    "learned_counts_after": Choice(
        30,
        _("What was learnt counts by itself only after so many decisions; before, it suggests."),
        2,
        10_000,
    ),
    "learned_again": Choice(
        300, _("After each decision so many of those that wait are looked at again."), 0, 5000
    ),
    "model_questions_a_day": Choice(
        50, _("A language model is asked at most so often in 24 hours; 0: never."), 0, 10_000
    ),
    "model_quotes": Choice(12, _("A language model is sent at most so many statements at once."), 3, 40),
    "journey_days": Choice(180, _("Touchpoints are judged by the answers of so many days."), 14, 730),
    "moment_misery_above": Choice(
        0.15, _("It is misery where surely more than this share of those who answered suffer."), 0.01, 0.9
    ),
    "moment_magic_above": Choice(
        0.5, _("It is magic where surely more than this share are delighted and say so."), 0.05, 0.99
    ),
    "moment_magic_misery_below": Choice(
        0.1, _("It is magic only where surely less than this share suffer."), 0.01, 0.9
    ),
    "moment_mediocre_misery_below": Choice(
        0.15, _("It is mediocre only where surely less than this share suffer."), 0.01, 0.9
    ),
    "moment_mediocre_magic_below": Choice(
        0.3, _("It is mediocre only where surely less than this share are delighted."), 0.01, 0.9
    ),
    "smallest_effect": Choice(0.7, _("The rate ratio a fix should reach to have been worth it."), 0.05, 0.99),
    "customer_yes_needed": Choice(
        1, _("So many customers must say that it is better, and none that it is not."), 1, 100
    ),
    "ask_after_days": Choice(
        7, _("Where customers judge, they are asked by themselves so many days after a fix shipped."), 1, 60
    ),
    "tell_after_days": Choice(
        3, _("News that nobody sent to those who raised it goes out by itself after so many days."), 0, 60
    ),
    "news_days": Choice(180, _("What became of a fix is told to customers within so many days."), 7, 730),
    "told_within_days": Choice(
        30, _("In the share told, a customer counts as told within so many days of the end of a fix."), 1, 365
    ),
    "decidable_within_weeks": Choice(
        26, _("What counts could not decide within so many weeks is left to those who raised it."), 4, 260
    ),
    "relapse_limit": Choice(
        6, _("How much has to come back before a fix that worked is said to have relapsed."), 2, 50
    ),
    "photo_megabytes": Choice(60, _("A photo may be as large as so many megabytes."), 1, 200),
    "transcript_megabytes": Choice(
        5,
        _("The largest transcript that is taken in, in megabytes; twelve hours of talk are about one."),
        1,
        50,
    ),
    "proposals_of_a_transcript": Choice(
        40, _("At most so many passages of one transcript are proposed for noting."), 5, 500
    ),
    "digest_weekday": Choice(
        0, _("The weekday on which the weekly mail comes: 0 is Monday, 6 is Sunday."), 0, 6
    ),
    "import_megabytes": Choice(
        500, _("The largest file that is brought in by the page, in megabytes."), 1, 5000
    ),
    "research_megabytes": Choice(
        30, _("The largest research report that is taken in, in megabytes."), 1, 200
    ),
    "research_pages": Choice(500, _("The most pages of a research report."), 10, 5000),
    "research_seconds": Choice(60, _("After so many seconds reading a research report is given up."), 5, 300),
    "recording_megabytes": Choice(500, _("The largest recording that is taken in, in megabytes."), 1, 5000),
    "transcriber_minutes": Choice(
        120, _("After so many minutes a recording of which no words came is given up and deleted."), 1, 1440
    ),
    "mail_megabytes": Choice(10, _("The largest mail that is read, in megabytes."), 1, 50),
    "incognito_notice_days": Choice(
        30, _("Days between the notice of incognito visits and the first of them."), 0, 365
    ),
    "random_share": Choice(
        0.15, _("This share of a plan’s matches is drawn by chance from all customers."), 0, 0.5
    ),
    "continuity_share": Choice(
        0.1, _("This share of a plan’s matches is with customers whom the same person met before."), 0, 0.5
    ),
    "after_purchase_share": Choice(
        0.5, _("At least this share of a plan’s matches is with customers who have bought."), 0, 1
    ),
    "plan_ahead_days": Choice(
        7, _("So many days before a published plan ends the next month is planned by itself."), 1, 60
    ),
    "plan_publishes_itself": Choice(
        0, _("Whether a month planned by itself is published by itself: 1 yes, 0 no."), 0, 1
    ),
    "plan_most_customers": Choice(
        10_000, _("A plan looks at no more than so many customers, drawn by chance."), 100, 100_000
    ),
    "travel_minutes": Choice(
        60, _("Between encounters at two places, so many minutes are left for the way."), 0, 1440
    ),
    "calendar_minutes": Choice(15, _("Connected calendars are read again after so many minutes."), 5, 1440),
    "calendar_days": Choice(180, _("Calendars are read so many days ahead."), 14, 400),
    "questions_per_encounter": Choice(
        500, _("So many live questions one encounter takes from its page."), 1, 10_000
    ),
    "pin_tries": Choice(5, _("After so many wrong PINs a staff code waits for a new one."), 3, 10),
    "one_time_pin_days": Choice(14, _("A one-time PIN nobody used is good for so many days."), 1, 90),
    "till_minutes": Choice(
        30, _("On a shared device a session ends after so many minutes, whatever is done."), 2, 720
    ),
    "till_idle_seconds": Choice(60, _("A shared device locks when nobody touched it for so long."), 15, 900),
    "api_calls_a_minute": Choice(
        600, _("So often a program may ask within a minute, with one token."), 10, 10_000
    ),
    "say_calm_per_address": Choice(
        30,
        _("So many public messages in ten minutes from one range of addresses are taken without more ado."),
        1,
    ),
    "say_calm_per_place": Choice(
        90, _("So many public messages in ten minutes at one place are taken without more ado."), 1
    ),
    "say_most_per_address": Choice(
        300, _("More public messages than this in ten minutes from one range of addresses have to wait."), 1
    ),
    "look_ups_per_number": Choice(
        20, _("So often in ten minutes the number of one receipt may be tried."), 3, 1000
    ),
    "look_ups_per_address": Choice(
        100, _("So often in ten minutes receipts may be looked up from one range of addresses."), 3
    ),
    "tries_before_giving_up": Choice(
        6, _("So often a consequence or a message is tried before a person is asked."), 1, 20
    ),
}


def number(key: str) -> float:
    """The number in force: what the organisation chose last, or the default."""
    chosen = Policy.objects.filter(key=key).values_list("value", flat=True).first()
    return POLICIES[key].default if chosen is None else chosen


def numbers(prefix: str) -> dict[str, float]:
    """All numbers whose key starts with the prefix, in one query, keyed by the rest of the key."""
    chosen: dict[str, float] = {}
    rows = Policy.objects.filter(key__startswith=prefix).order_by("key", "-set_at", "-id")
    for key, value in rows.values_list("key", "value"):
        chosen.setdefault(key, value)
    return {
        key.removeprefix(prefix): chosen.get(key, choice.default)
        for key, choice in POLICIES.items()
        if key.startswith(prefix)
    }
