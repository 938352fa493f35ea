"""Sign-in wears the same clothes, and says in plain words what to do."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "There is no sign-up"),
        ("account_reset_password", "A new password"),
        ("account_reset_password_done", "Look into your mail"),
        ("account_reset_password_from_key_done", "Your new password is kept"),
        ("account_inactive", "This account is closed"),
    ],
)
def test_a_page_before_sign_in(client: Client, page: str, heading: str):
    html = client.get(reverse(page)).content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert INLINE.findall(html) == []


@pytest.mark.django_db
def test_a_wrong_password_is_said_beside_the_form(client: Client):
    html = client.post(reverse("account_login"), {"login": "a@example.org", "password": "x"}).content.decode()
    assert '<ul class="errorlist nonfield"' in html


@pytest.mark.django_db
def test_a_used_link_offers_a_new_one(client: Client):
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "used-up"})
    html = client.get(address).content.decode()
    assert "This link no longer works" in html
    assert f'href="{reverse("account_reset_password")}"' in html


@pytest.mark.django_db
def test_who_has_no_account_is_told_so_by_mail_only(client: Client):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer.url == reverse("account_reset_password_done")
    (letter,) = mail.outbox
    assert letter.subject == "Coalface: No account with this address"
    assert "nobody@example.org" in letter.body
