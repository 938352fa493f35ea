"""Three Valleys Bank: one year of an invented bank, told through the actions its people would have used."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import transaction

from coalface.act.actions import expire_offers, send_what_lies
from coalface.demo.actions import bank_base, bank_directory, bank_people
from coalface.demo.actions.bank_brought_in import bring_in_a_study, bring_in_purchases
from coalface.demo.actions.bank_changes import act_on_more, pay_for_gatherings
from coalface.demo.actions.bank_counter import pass_things_on
from coalface.demo.actions.bank_encounters import Diary, keep_promises, meet_customers, plan_ahead, plan_diary
from coalface.demo.actions.bank_fixes import judge_at_the_end, work_on_fixes
from coalface.demo.actions.bank_gatherings import gather
from coalface.demo.actions.bank_hands_on import lend_a_hand
from coalface.demo.actions.bank_journey import Ratings, count_who_came_through, link_the_way
from coalface.demo.actions.bank_meetings import call_the_next, meet_monthly
from coalface.demo.actions.bank_opportunity import pursue
from coalface.demo.actions.bank_places import hang_posters, say_at_posters
from coalface.demo.actions.bank_themes import name_what_was_found, say_what_nobody_named
from coalface.demo.actions.bank_transcript import bring_in_a_transcript
from coalface.demo.actions.bank_year import (
    DAYS,
    Year,
    count_contacts,
    customers_speak,
    open_year,
    sort_the_unsure,
)
from coalface.demo.actions.chance import at
from coalface.demo.actions.quarter import look_ahead
from coalface.demo.actions.quiet_hours import catch_up
from coalface.home import actions as home
from coalface.measure.actions import take_snapshots
from coalface.meet.actions import return_unanswered
from coalface.records.history import note
from coalface.understand.actions import judge_touchpoints
from coalface.verify.actions import judge_due
from coalface.worker import actions as worker

SEED = 17
FIGURES_EVERY = 28
DIGESTS_FROM = DAYS - 7


def build_bank(
    *, until: date, seed: int = SEED, told: Callable[[int, int], None] = lambda day, days: None
) -> Year:
    """Tell the whole year that ends on `until`; `told` hears after each day how far the story is."""
    chance = Random(seed)
    start = until - timedelta(days=DAYS)
    morning = at(start, 6)
    with transaction.atomic():
        bank = bank_people.found_bank(chance=chance, on=start, now=morning)
        formats = bank_base.add_formats(bank=bank, now=morning)
        touchpoints, issues = bank_base.add_issues(bank=bank, now=morning)
        link_the_way(bank=bank, touchpoints=touchpoints, now=morning)
        bank_directory.write_texts(bank=bank, now=morning)
        bank_base.know_competitors(bank=bank, now=morning)
    customers = bank_base.add_customers(bank=bank, chance=chance, on=start, now=morning)
    bank_people.open_accounts(bank=bank, now=morning)
    worker.drain(now=morning)
    year = Year(bank, start, chance, customers, issues, touchpoints)
    open_year(year)
    diary = plan_diary(year, formats)
    ratings = Ratings(year, seed)
    for number in range(DAYS + 1):
        live_a_day(year, diary, ratings, number)
        told(number, DAYS)
    plan_ahead(year, diary)
    with transaction.atomic():
        gather(year, formats)
        pay_for_gatherings(year)
        by_themselves = Random(seed)  # so that the rest of the story stays what it was
        say_at_posters(year, hang_posters(year, by_themselves), by_themselves)
        bring_in_a_study(year)
        say_what_nobody_named(year, DAYS, Random(seed))
    bring_in_purchases(year)
    judge_at_the_end(year)
    bring_in_a_transcript(year)
    with transaction.atomic():
        look_ahead(year, formats)
        call_the_next(year)
    bank_directory.tidy_directory(bank=bank, now=at(year.day(DAYS), 22))
    close(year)
    return year


def live_a_day(year: Year, diary: Diary, ratings: Ratings, number: int) -> None:
    """What people do in one transaction, then what follows from it, each in its own."""
    night = at(year.day(number), 23)
    with transaction.atomic():
        work_on_fixes(year, number)
        act_on_more(year, number)
        pursue(year, number)
        meet_monthly(year, number)
        diary.afterwards.guests_answer(at(year.day(number), 8))
        meet_customers(year, diary, number)
        lend_a_hand(year, diary.formats, number)
        customers_speak(year, number)
        ratings.of_a_week(number)
        count_who_came_through(year, number)
        pass_things_on(year, number)
        count_contacts(year, number)
        keep_promises(year, number)
        sort_the_unsure(year, number)
    worker.drain(now=night)
    return_unanswered(now=night)
    expire_offers(now=night)
    judge_due(now=night)
    send_what_lies(now=night)
    if number >= DIGESTS_FROM:
        home.send_digests(now=night)
    if number and number % FIGURES_EVERY == 0:
        take_snapshots(now=night)
        judge_touchpoints(now=night)
    worker.drain(now=night)
    worker.send_messages(now=night)


def close(year: Year) -> None:
    """The figures of the last day, and a mark that the story was told to its end."""
    night = at(year.day(DAYS), 23, 30)
    worker.drain(now=night)
    worker.send_messages(now=night)
    take_snapshots(now=night)
    catch_up(now=night)
    name_what_was_found(year, night)
    note("demo.built", about=year.bank.root, by=None, at=night)
    worker.drain(now=night)
